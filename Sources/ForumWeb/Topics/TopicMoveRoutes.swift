import Forum
import ForumAPI
import Markup
import Postgres

/// Posts that go elsewhere, many topics at once, and what can be asked of a topic beside its page.
struct TopicMoveRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.TopicChanges.movePosts, .member) { call in
            let topic = try await community.movePosts(
                call.body.postIDs.map { PostID(Int64($0)) },
                of: call.topicID(),
                to: Self.target(call.body),
                by: call.principal
            )
            return Self.moved(topic)
        }
        routes.serve(API.TopicChanges.merge, .member) { call in
            let topic = try await community.mergeTopic(
                call.topicID(),
                into: TopicID(Int64(call.body.destinationTopicID)),
                by: call.principal
            )
            return Self.moved(topic)
        }
        routes.serve(API.TopicChanges.changeOwner, .member) { call in
            try await community.changeOwner(
                of: call.body.postIDs.map { PostID(Int64($0)) },
                in: call.topicID(),
                to: call.body.username,
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.TopicChanges.bulk, .member) { call in
            let principal = try call.principal
            let action = try Self.action(call.body.operation)
            let ids = try await topics(call.body, action, principal)
            let changed = try await community.changeTopics(ids, action, by: principal)
            return BulkReply(topicIDs: changed.map { Int($0.value) })
        }
        addQuestions(to: routes)
    }

    private func addQuestions(to routes: RouteTable) {
        routes.serve(API.TopicChanges.postIDs, .everybody) { call in
            let ids = try await community.postIDs(
                of: call.topicID(),
                beyond: call.body.postNumber ?? 0,
                ascending: call.body.asc ?? true,
                for: call.viewer
            )
            return TopicPostIDsReply(postIDs: ids.map { Int($0.value) })
        }
        routes.serve(API.TopicChanges.rawPost, .everybody) { call in
            guard let number = try call.int("post_number") else { throw ForumError.notFound }
            return TextReply(
                try await community.rawPost(call.topicID(), number: number, for: call.viewer)
            )
        }
        routes.serve(API.TopicChanges.excerpts, .everybody) { call in
            let ids = try call.ids("post_ids", max: Forum.Limits.postsPerChunk * 5)
            guard !ids.isEmpty else { throw WireError.missing(parameter: "post_ids") }
            let posts = try await community.posts(
                ids.map { PostID($0) },
                in: call.topicID(),
                for: call.viewer
            )
            return posts.map { post in
                PostExcerptBody(
                    postID: Int(post.id.value),
                    username: post.author.username,
                    excerpt: Excerpt.make(html: post.cooked, length: Excerpt.postLength)
                )
            }
        }
        routes.serve(API.TopicChanges.wordpress, .everybody) { call in
            try await wordpress(call)
        }
    }

    /// The best answers of a topic, for a blog that shows them below its article.
    private func wordpress(_ call: Call<WordpressQuery>) async throws -> WordpressBody {
        var filter = PostFilter()
        filter.isSummary = (call.body.best ?? 0) > 0
        let page = try await community.topicPage(call.topicID(), filter: filter, for: call.viewer)
        let wanted = min(max(call.body.best ?? 5, 0), 50)
        let posts = page.posts.filter { post in
            post.number > 1 && post.author.trustLevel >= call.body.minTrustLevel ?? 0
        }
        return WordpressBody(
            id: Int(page.topic.id.value),
            categoryID: page.topic.categoryID.map { Int($0.value) },
            postsCount: page.topic.postsCount,
            filteredPostsCount: page.stream.count,
            posts: posts.prefix(wanted).map { PostPresenter.body($0, viewer: call.viewer) },
            participants: page.participants.map { UserPresenter.basic($0.user) }
        )
    }

    private func topics(
        _ body: BulkRequest,
        _ action: BulkAction,
        _ principal: Principal
    ) async throws -> [TopicID] {
        if let ids = body.topicIDs { return ids.map { TopicID(Int64($0)) } }
        guard body.filter == "unread", action == .dismissPosts else {
            throw WireError.missing(parameter: "topic_ids")
        }
        return try await community.unreadTopicIDs(
            in: body.categoryID.map { CategoryID(Int64($0)) },
            by: principal
        )
    }

    private static func target(_ body: MovePostsRequest) throws -> MoveTarget {
        if let id = body.destinationTopicID { return .topic(TopicID(Int64(id))) }
        guard let title = body.title, !title.isEmpty else {
            throw WireError.missing(parameter: "title")
        }
        return .newTopic(
            title: title,
            body.categoryID.map { CategoryID(Int64($0)) },
            tags: body.tags ?? []
        )
    }

    private static func moved(_ topic: TopicAccess) -> MovePostsReply {
        MovePostsReply(url: "/t/\(topic.slug)/\(topic.id)")
    }

    private static func action(_ operation: BulkOperation) throws -> BulkAction {
        switch operation.type {
        case "close": return .close
        case "open": return .open
        case "archive": return .archive
        case "unarchive": return .unarchive
        case "relist": return .list
        case "unlist": return .unlist
        case "delete": return .delete
        case "reset_read", "destroy_post_timing": return .resetRead
        case "dismiss_posts": return .dismissPosts
        case "dismiss_topics": return .dismissTopics
        case "reset_bump_dates": return .resetBumpDates
        case "remove_tags": return .removeTags
        case "change_tags": return .setTags(operation.tags ?? [])
        case "append_tags": return .appendTags(operation.tags ?? [])
        case "change_category":
            guard let id = operation.categoryID else {
                throw WireError.missing(parameter: "operation[category_id]")
            }
            return .moveTo(CategoryID(Int64(id)))
        case "change_notification_level":
            guard
                let level = operation.notificationLevelID.flatMap({
                    Forum.NotificationLevel(rawValue: $0)
                })
            else { throw WireError.missing(parameter: "operation[notification_level_id]") }
            return .setLevel(level)
        default:
            throw ForumError(.malformed, "operation[type] is not known.", field: "operation[type]")
        }
    }
}
