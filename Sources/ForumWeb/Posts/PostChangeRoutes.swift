import Forum
import ForumAPI
import Postgres

/// What is done to one post beside writing it: locks, wikis, answers, and who liked it.
struct PostChangeRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.PostChanges.lock, .member) { call in
            let isLocked = call.body.locked
            try await community.setLocked(call.postID(), isLocked, by: call.principal)
            return LockPostReply(locked: isLocked)
        }
        routes.serve(API.PostChanges.wiki, .member) { call in
            let id = try call.postID()
            try await community.setWiki(id, call.body.wiki, by: call.principal)
            return try await post(id, call.viewer)
        }
        routes.serve(API.PostChanges.type, .member) { call in
            let id = try call.postID()
            try await community.setPostType(id, call.body.postType, by: call.principal)
            return try await post(id, call.viewer)
        }
        routes.serve(API.PostChanges.rebake, .member) { call in
            let id = try call.postID()
            try await community.rebakePost(id, by: call.principal)
            return try await post(id, call.viewer)
        }
        routes.serve(API.PostChanges.destroyMany, .member) { call in
            try await community.deletePosts(
                call.body.postIDs.map { PostID(Int64($0)) },
                by: call.principal
            )
            return NoReply()
        }
        routes.serve(API.PostChanges.raw, .everybody) { call in
            let post = try await community.post(call.postID(), for: call.viewer)
            return TextReply(post.raw ?? "")
        }
        routes.serve(API.PostChanges.cooked, .everybody) { call in
            let post = try await community.post(call.postID(), for: call.viewer)
            return CookedReply(cooked: post.cooked)
        }
        addAnswers(to: routes)
    }

    private func addAnswers(to routes: RouteTable) {
        routes.serve(API.PostChanges.actionUsers, .everybody) { call in
            let page = try await community.actors(
                on: PostID(Int64(call.body.id)),
                action: call.body.postActionTypeID,
                page: call.body.page ?? 0,
                limit: call.body.limit ?? Forum.Limits.actorsPerPage,
                for: call.viewer
            )
            return PostActionUsersReply(
                postActionUsers: page.users.map { UserPresenter.basic($0) },
                totalRowsPostActionUsers: page.total > page.users.count ? page.total : nil
            )
        }
        routes.serve(API.PostChanges.accept, .member) { call in
            let post = try await community.acceptAnswer(
                PostID(Int64(call.body.id)),
                by: call.principal
            )
            let solution = try await community.solution(of: post.topicID, for: call.viewer)
            return SolutionReply(acceptedAnswer: solution.map { TopicPresenter.answer($0) })
        }
        routes.serve(API.PostChanges.unaccept, .member) { call in
            _ = try await community.unacceptAnswer(
                PostID(Int64(call.body.id)),
                by: call.principal
            )
            return SolutionReply()
        }
    }

    private func post(_ id: PostID, _ viewer: Viewer) async throws -> PostBody {
        let post = try await community.post(id, for: viewer)
        return PostPresenter.acted(
            try await community.withPolls(post, for: viewer),
            viewer: viewer
        )
    }
}
