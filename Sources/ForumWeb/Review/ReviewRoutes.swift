import Forum
import ForumAPI

/// The review queue, and what of one's own waits there.
struct ReviewRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Review.list, .staff) { call in try await list(call) }
        routes.serve(API.Review.count, .staff) { call in
            ReviewCountReply(count: try await community.reviewCount(for: call.principal))
        }
        routes.serve(API.Review.settings, .admin) { _ in
            ReviewSettingsReply(
                ReviewSettingsReply.Settings(
                    types: ReviewPresenter.scoreTypes,
                    priorities: [
                        ReviewSettingsReply.Priority(id: "0", name: "Low"),
                        ReviewSettingsReply.Priority(id: "5", name: "Medium"),
                        ReviewSettingsReply.Priority(id: "10", name: "High"),
                    ]
                )
            )
        }
        routes.serve(API.Review.show, .staff) { call in
            let page = try await community.reviewable(call.id("review_id"), for: call.principal)
            let parts = try await parts(page, for: call.principal)
            guard let first = parts.reviewables.first else { throw ForumError.notFound }
            var reply = ReviewReply(reviewable: first)
            reply.reviewableScores = parts.scores
            reply.bundledActions = parts.bundles
            reply.actions = parts.actions
            reply.users = parts.users
            reply.topics = parts.topics
            return reply
        }
        routes.serve(API.Review.perform, .staff) { call in try await perform(call) }
        routes.serve(API.Review.update, .staff) { call in try await update(call) }
        addOwn(to: routes)
        addClaims(to: routes)
    }

    private func list(_ call: Call<ListReviewablesRequest>) async throws -> ReviewListReply {
        let body = call.body
        var filter = ReviewFilter()
        filter.statuses = try Self.statuses(body.status)
        filter.kind = body.type.flatMap { $0.isEmpty ? nil : $0 }
        if let kind = filter.kind, Reviewable.Kind(rawValue: kind) == nil {
            throw ForumError(.malformed, "There is no such type of reviewable.", field: "type")
        }
        filter.topicID = body.topicID.map { TopicID(Int64($0)) }
        filter.categoryID = body.categoryID.map { CategoryID(Int64($0)) }
        filter.username = body.username.flatMap { $0.isEmpty ? nil : $0 }
        filter.flaggedBy = body.flaggedBy.flatMap { $0.isEmpty ? nil : $0 }
        filter.minimumScore =
            switch body.priority {
            case "medium": 5
            case "high": 10
            default: 0
            }
        filter.order = body.sortOrder.flatMap { ReviewFilter.Order(rawValue: $0) } ?? .score
        filter.offset = body.offset ?? 0
        filter.ids = body.ids.map { $0.prefix(100).map { Int64($0) } }
        let page = try await community.reviewables(filter, for: call.principal)
        let parts = try await parts(page, for: call.principal)
        let next = filter.offset + page.reviewables.count
        var reply = ReviewListReply(
            meta: ReviewMetaBody(
                total: page.totalCount,
                more: next < page.totalCount && !page.reviewables.isEmpty
                    ? Self.path(of: call.body, offset: next) : nil,
                types: Reviewable.Kind.allCases.map(\.rawValue)
            )
        )
        reply.reviewables = parts.reviewables
        reply.reviewableScores = parts.scores
        reply.bundledActions = parts.bundles
        reply.actions = parts.actions
        reply.users = parts.users
        reply.topics = parts.topics
        return reply
    }

    private func parts(
        _ page: ReviewPage,
        for principal: Principal
    ) async throws -> ReviewPresenter.Parts {
        let staff = try await community.staffAmong(page)
        return try ReviewPresenter.parts(page, for: principal, staff: staff)
    }

    private func perform(_ call: Call<PerformReviewRequest>) async throws -> ReviewPerformReply {
        let id = try call.id("review_id")
        guard let version = call.body.version else {
            throw ForumError(.invalid, "You must supply a version parameter.", field: "version")
        }
        let result = try await community.performReview(
            id,
            call.requiredText("action"),
            version: version,
            reason: call.body.rejectReason ?? call.body.reviseFeedback ?? call.body.reviseReason,
            by: call.principal
        )
        var body = ReviewPerformReply.Result(
            transitionTo: result.status.name,
            transitionToID: result.status.rawValue,
            removed: [Int(id)],
            version: result.version,
            count: result.waiting,
            unseen: result.unseen
        )
        body.createdPostID = result.createdPost.map { Int($0.id.value) }
        body.createdPostTopicID = result.createdPost.map { Int($0.topicID.value) }
        return ReviewPerformReply(body)
    }

    private func update(
        _ call: Call<UpdateReviewableRequest>
    ) async throws -> UpdateReviewableReply {
        let id = try call.id("review_id")
        guard let version = call.body.version else {
            throw ForumError(.invalid, "You must supply a version parameter.", field: "version")
        }
        let change = call.body.reviewable
        let now = try await community.changeReviewable(
            id,
            raw: change.payload?.raw,
            title: change.payload?.title,
            tags: change.payload?.tags,
            category: change.categoryID.map { CategoryID(Int64($0)) },
            version: version,
            by: call.principal
        )
        let page = try await community.reviewable(id, for: call.principal)
        let payload = page.reviewables.first.map { Array($0.payload.utf8) }
        return UpdateReviewableReply(
            payload: try payload.map { try WireValue.parse(json: $0) },
            version: now
        )
    }

    private func addOwn(to routes: RouteTable) {
        routes.serve(API.Review.withdraw, .member) { call in
            try await community.withdrawPost(call.id("review_id"), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Review.pending, .member) { call in
            let found = try await community.pendingPosts(
                of: call.requiredText("username"),
                for: call.principal
            )
            return PendingPostsReply(
                pendingPosts: found.compactMap { ReviewPresenter.pending($0) }
            )
        }
    }

    private func addClaims(to routes: RouteTable) {
        routes.serve(API.Review.claim, .staff) { call in
            let topic = TopicID(Int64(call.body.reviewableClaimedTopic.topicID))
            try await community.claimReview(of: topic, by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Review.unclaim, .staff) { call in
            try await community.unclaimReview(of: call.topicID(), by: call.principal)
            return SuccessReply()
        }
    }

    private static func statuses(_ name: String?) throws(ForumError) -> [Int]? {
        switch name ?? "pending" {
        case "", "pending": return [0]
        case "all": return nil
        case "reviewed": return [1, 2, 3, 4]
        default:
            guard let status = Reviewable.Status.allCases.first(where: { $0.name == name }) else {
                throw ForumError(.malformed, "There is no such status.", field: "status")
            }
            return [status.rawValue]
        }
    }

    private static func path(of query: ListReviewablesRequest, offset: Int) -> String {
        var pairs = ["offset=\(offset)"]
        let given: [(String, String?)] = [
            ("status", query.status), ("type", query.type), ("priority", query.priority),
            ("username", query.username), ("flagged_by", query.flaggedBy),
            ("sort_order", query.sortOrder), ("topic_id", query.topicID.map(String.init)),
            ("category_id", query.categoryID.map(String.init)),
        ]
        for case (let name, let value?) in given where !value.isEmpty {
            pairs.append("\(name)=\(percentEncoded(value))")
        }
        return "/review?" + pairs.joined(separator: "&")
    }
}
