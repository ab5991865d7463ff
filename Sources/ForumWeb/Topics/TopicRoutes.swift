import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Postgres

/// Topics: reading one, its posts and its text, changing and removing it.
struct TopicRoutes: Sendable {
    let community: Community
    let views: TopicViews
    let suggestions: SuggestedTopics

    private typealias ShowCall = Call<ForumAPI.TopicQuery>

    func add(to routes: RouteTable) {
        routes.serve(API.Topics.show, .everybody, cached: CacheChoice(Self.rule)) { call in
            try await show(call, try await topicID(call, "topic_id"), at: call.body.postNumber)
        }
        // `/t/{slug}/{topic_id}` and `/t/{topic_id}/{post_number}` are one shape to the router.
        routes.serve(API.Topics.showWithSlug, .everybody, cached: CacheChoice(Self.rule)) { call in
            let (id, number) = try Self.twoSegments(call)
            return try await show(call, id, at: number ?? call.body.postNumber)
        }
        routes.serve(API.Topics.showWithSlugAtPost, .everybody, cached: CacheChoice(Self.rule)) {
            call in
            try await show(call, call.topicID(), at: call.int("post_number"))
        }
        routes.serve(API.Topics.posts, .everybody) { call in
            let id = try call.topicID()
            let ids = try call.ids("post_ids", max: Forum.Limits.postIDsPerRequestMax)
            if ids.isEmpty, call.parameters["post_ids"] == nil { return try await window(call, id) }
            let posts = try await community.posts(
                ids.map { PostID($0) },
                in: id,
                includingRaw: call.body.includeRaw ?? false,
                for: call.viewer
            )
            let shown = try await community.withPolls(posts, for: call.viewer)
            return TopicPostsReply(
                postStream: PostStreamBody(
                    posts: shown.map { PostPresenter.body($0, viewer: call.viewer) }
                ),
                id: Int(id.value)
            )
        }
        routes.serve(API.Topics.raw, .everybody) { call in
            TextReply(
                try await community.rawTopic(
                    call.topicID(),
                    page: call.body.page ?? 1,
                    for: call.viewer
                )
            )
        }
        routes.serve(.get, "/t/external_id/{external_id}", .everybody) { call in
            let external = try call.requiredText("external_id")
            let id = try await community.topicID(externalID: external, for: call.viewer)
            let topic = try await community.topicAccess(id, for: call.viewer)
            var response = Response.empty(.movedPermanently)
            response.headers[.location] = "/t/\(topic.slug)/\(id).json"
            return response
        }
        addChanges(to: routes)
    }

    private func addChanges(to routes: RouteTable) {
        routes.serve(API.Topics.update, .member) { call in
            try await update(call, TopicID(try call.id("topic_id")))
        }
        routes.serve(API.Topics.updateByID, .member) { call in
            try await update(call, call.topicID())
        }
        routes.serve(API.Topics.updateStatus, .member) { call in
            guard let status = TopicStatus(rawValue: call.body.status) else {
                throw ForumError(.malformed, "status is not known.", field: "status")
            }
            let until = try WireTime.read(call.body.until, "until")
            try await community.setTopicStatus(
                call.topicID(),
                status: status,
                enabled: call.body.enabled,
                until: until,
                by: call.principal
            )
            return UpdateTopicStatusReply()
        }
        routes.serve(API.Topics.delete, .member) { call in
            let id = try call.topicID()
            if call.body.forceDestroy == true {
                try PostRoutes.refuseDestruction(call.principal)
            }
            try await community.deleteTopic(id, by: call.principal)
            return NoReply()
        }
        routes.serve(API.Topics.recover, .member) { call in
            try await community.recoverTopic(call.topicID(), by: call.principal)
            return NoReply()
        }
    }

    private static func rule(_ call: ShowCall) throws -> CacheRule {
        // A topic found by its slug may be another one tomorrow.
        if let id = try call.text("topic_id").flatMap({ Int64($0) }), try call.text("slug") == nil {
            return .topic(TopicID(id))
        }
        let (id, _) = try twoSegments(call)
        return .topic(id)
    }

    private static func twoSegments(_ call: ShowCall) throws -> (TopicID, Int?) {
        if let slug = try call.text("slug"), let id = Int64(slug) {
            return (TopicID(id), try call.int("topic_id"))
        }
        return (try call.topicID(), nil)
    }

    private func topicID(_ call: ShowCall, _ name: String) async throws -> TopicID {
        let text = try call.requiredText(name)
        if let id = Int64(text) { return TopicID(id) }
        return try await community.topicID(slug: text, for: call.viewer)
    }

    private func show(
        _ call: ShowCall,
        _ id: TopicID,
        at postNumber: Int?
    ) async throws -> TopicBody {
        let window: TopicWindow =
            if call.body.print == true {
                .print
            } else if let page = call.body.page {
                .page(page)
            } else if let postNumber {
                .near(postNumber: postNumber)
            } else {
                .start
            }
        let page = try await community.topicPage(
            id,
            window,
            includingRaw: call.body.includeRaw ?? false,
            filter: Self.filter(call.body),
            for: call.viewer
        )
        views.record(id)
        return TopicPresenter.page(
            page,
            viewer: call.viewer,
            suggested: try await suggested(call, page),
            now: community.clock()
        )
    }

    private static func filter(_ query: ForumAPI.TopicQuery) -> PostFilter {
        var filter = PostFilter()
        filter.isSummary = query.filter == "summary"
        filter.usernames = (query.usernameFilters ?? "").split(separator: ",").map {
            String($0.filter { !$0.isWhitespace })
        }
        filter.isTopLevelOnly = query.filterTopLevelReplies ?? false
        filter.repliesToNumber = query.repliesToPostNumber
        filter.upwardsFrom = query.filterUpwardsPostID.map { PostID(Int64($0)) }
        return filter
    }

    /// Only below a topic's end, as Discourse has it.
    private func suggested(_ call: ShowCall, _ page: TopicPage) async throws -> [ListedTopicBody]? {
        guard call.body.includeSuggested != false, page.topic.archetype == .regular,
            page.posts.last?.id == page.stream.last
        else { return nil }
        return try await suggestions.rows(beside: page.topic.id, in: page.topic.categoryID)
    }

    /// Posts without saying which: those where the topic begins, or around a number.
    private func window(
        _ call: Call<ForumAPI.TopicPostsQuery>,
        _ id: TopicID
    ) async throws -> TopicPostsReply {
        let page = try await community.topicPage(
            id,
            call.body.postNumber.map { .near(postNumber: $0) } ?? .start,
            includingRaw: call.body.includeRaw ?? false,
            for: call.viewer
        )
        return TopicPostsReply(
            postStream: PostStreamBody(
                posts: page.posts.map { PostPresenter.body($0, viewer: call.viewer) }
            ),
            id: Int(id.value)
        )
    }

    private func update(
        _ call: Call<UpdateTopicRequest>,
        _ id: TopicID
    ) async throws -> UpdateTopicReply {
        let principal = try call.principal
        let fields = call.body.topic
        try await community.editTopic(
            id,
            title: call.body.title ?? fields?.title,
            categoryID: (call.body.categoryID ?? fields?.categoryID).map { CategoryID(Int64($0)) },
            tags: call.body.tags ?? fields?.tags,
            by: principal
        )
        let access = try await community.topicAccess(id, for: .member(principal))
        return UpdateTopicReply(
            basicTopic: BasicTopicBody(
                id: Int(id.value),
                title: access.title,
                fancyTitle: access.fancyTitle,
                slug: access.slug,
                postsCount: access.postsCount
            )
        )
    }
}
