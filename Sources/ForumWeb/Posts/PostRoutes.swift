import Forum
import ForumAPI
import Postgres

/// Posts: the newest, one, its answers; writing, changing and removing; likes.
struct PostRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Posts.latest, .everybody) { call in
            let posts = try await community.latestPosts(
                before: call.body.before.map { Int64($0) },
                for: call.viewer
            )
            return LatestPostsReply(
                latestPosts: posts.map { PostPresenter.listed($0, viewer: call.viewer) }
            )
        }
        routes.serve(API.Posts.show, .everybody) { call in
            let post = try await community.post(call.postID(), for: call.viewer)
            return PostPresenter.body(
                try await community.withPolls(post, for: call.viewer),
                viewer: call.viewer
            )
        }
        routes.serve(API.Posts.showByNumber, .everybody) { call in
            guard let number = try call.int("post_number") else { throw ForumError.notFound }
            let post = try await community.post(call.topicID(), number: number, for: call.viewer)
            return PostPresenter.body(
                try await community.withPolls(post, for: call.viewer),
                viewer: call.viewer
            )
        }
        routes.serve(API.Posts.replies, .everybody) { call in
            let posts = try await community.replies(
                to: call.postID(),
                after: call.body.after ?? 0,
                for: call.viewer
            )
            return posts.map { PostPresenter.body($0, viewer: call.viewer) }
        }
        addWrites(to: routes)
        addLikes(to: routes)
    }

    private func addWrites(to routes: RouteTable) {
        routes.serve(API.Posts.create, .member) { call in
            let principal = try call.principal
            let source: PostSource = call.proof == .apiKey ? .api : .web
            do {
                let created =
                    if let topic = call.body.topicID {
                        try await reply(call.body, topic: TopicID(Int64(topic)), principal, source)
                    } else {
                        try await topic(call.body, principal, source)
                    }
                return .written(
                    PostPresenter.written(
                        try await community.withPolls(created.post, for: call.viewer),
                        draftSequence: created.draftSequence,
                        viewer: call.viewer
                    )
                )
            } catch let held as HeldPost {
                return .enqueued(ReviewPresenter.enqueued(held))
            }
        }
        routes.serve(API.Posts.update, .member) { call in
            guard let raw = call.body.post?.raw ?? call.body.raw else {
                throw WireError.missing(parameter: "post")
            }
            let post = try await community.editPost(
                call.postID(),
                raw: raw,
                editReason: call.body.post?.editReason ?? call.body.editReason,
                originalRaw: call.body.post?.originalText,
                by: call.principal
            )
            let shown = try await community.withPolls(post, for: call.viewer)
            let draft = try await community.draft("topic_\(post.topicID)", of: call.principal)
            return UpdatePostReply(
                post: PostPresenter.written(
                    shown,
                    draftSequence: draft.sequence,
                    viewer: call.viewer
                )
            )
        }
        routes.serve(API.Posts.delete, .member) { call in
            let id = try call.postID()
            if call.body.forceDestroy == true { try Self.refuseDestruction(call.principal) }
            try await community.deletePost(id, by: call.principal)
            return NoReply()
        }
        routes.serve(API.Posts.recover, .member) { call in
            let id = try call.postID()
            try await community.recoverPost(id, by: call.principal)
            let post = try await community.post(id, for: call.viewer)
            return PostPresenter.body(post, viewer: call.viewer)
        }
    }

    /// Discourse's `can_permanently_delete` is off: what is deleted can be brought back.
    static func refuseDestruction(_ principal: Principal) throws(ForumError) {
        throw ForumError(
            .forbidden,
            principal.isAdmin
                ? "Posts and topics are not deleted for good on this site."
                : ForumError.forbidden.message
        )
    }

    private func addLikes(to routes: RouteTable) {
        routes.serve(API.PostActions.create, .member) { call in
            guard call.body.postActionTypeID == PostActionType.like.rawValue else {
                return try await FlagRoutes(community: community).flag(call)
            }
            let post = try await community.like(
                PostID(Int64(call.body.id)),
                by: call.principal
            )
            return PostPresenter.acted(post, viewer: call.viewer)
        }
        routes.serve(API.PostActions.delete, .member) { call in
            guard call.body.postActionTypeID == PostActionType.like.rawValue else {
                return try await FlagRoutes(community: community).unflag(call)
            }
            let post = try await community.unlike(call.postID(), by: call.principal)
            return PostPresenter.acted(post, viewer: call.viewer)
        }
    }

    private func reply(
        _ body: CreatePostRequest,
        topic: TopicID,
        _ principal: Principal,
        _ source: PostSource
    ) async throws -> CreatedPost {
        let new = NewPost(
            topicID: topic,
            raw: body.raw,
            replyToPostNumber: body.replyToPostNumber,
            createdAt: try Self.date(body.createdAt)
        )
        return try await community.createPost(new, by: principal, source: source)
    }

    private func topic(
        _ body: CreatePostRequest,
        _ principal: Principal,
        _ source: PostSource
    ) async throws -> CreatedPost {
        let recipients = MessagePresenter.recipients(of: body)
        guard body.archetype != "private_message" || !recipients.isEmpty else {
            throw ForumError(.invalid, "You must select a valid user.", field: "target_recipients")
        }
        let new = NewTopic(
            title: body.title ?? "",
            raw: body.raw,
            categoryID: body.category.map { CategoryID(Int64($0)) },
            tags: body.tags ?? [],
            createdAt: try Self.date(body.createdAt),
            externalID: body.externalID,
            recipients: recipients,
            draftKey: body.draftKey.flatMap { $0.isEmpty ? nil : $0 }
        )
        return try await community.createTopic(new, by: principal, source: source)
    }

    private static func date(_ text: String?) throws(ForumError) -> Timestamp? {
        guard let text, !text.isEmpty else { return nil }
        guard let time = Timestamp(iso8601: text) else {
            throw ForumError(.malformed, "created_at is not a date.", field: "created_at")
        }
        return time
    }
}
