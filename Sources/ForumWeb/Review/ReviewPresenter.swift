import Forum
import ForumAPI
import Postgres

enum ReviewPresenter {
    struct Parts {
        var reviewables: [ReviewableBody] = []
        var scores: [ReviewableScoreBody] = []
        var bundles: [BundledActionBody] = []
        var actions: [ReviewActionBody] = []
        var users: [BasicUserBody] = []
        var topics: [ReviewTopicBody] = []
    }

    static func parts(
        _ page: ReviewPage,
        for principal: Principal,
        staff: Set<Int64>
    ) throws -> Parts {
        var parts = Parts()
        var actions: [ReviewAction] = []
        for found in page.reviewables {
            let isStaff = found.author.map { staff.contains($0.id.value) } ?? false
            let possible = found.actions(for: principal, authorIsStaff: isStaff)
            for action in possible where !actions.contains(action) { actions.append(action) }
            let scores = page.scores.filter { $0.reviewableID == found.id }
            var body = try self.body(found)
            body.reviewableScoreIDs = scores.map { Int($0.id) }
            let bundles = possible.map {
                BundledActionBody(
                    id: "\(found.id)-\($0.rawValue)",
                    actionIDs: [$0.rawValue]
                )
            }
            body.bundledActionIDs = bundles.map(\.id)
            parts.bundles += bundles
            parts.scores += scores.map(score)
            parts.reviewables.append(body)
            add([found.createdBy, found.author, found.claimedBy], to: &parts)
            add(scores.flatMap { [$0.user, $0.reviewedBy] }, to: &parts)
            if let topic = found.topic { add(topic, to: &parts) }
        }
        parts.actions = actions.map { ReviewActionBody(id: $0.rawValue, label: $0.label) }
        return parts
    }

    private static func add(_ users: [UserReference?], to parts: inout Parts) {
        for user in users.compactMap(\.self)
        where !parts.users.contains(where: { $0.id == Int(user.id.value) }) {
            parts.users.append(AdminUserPresenter.basic(user))
        }
    }

    private static func add(_ topic: ReviewedTopic, to parts: inout Parts) {
        let id = Int(topic.id.value)
        guard !parts.topics.contains(where: { $0.id == id }) else { return }
        parts.topics.append(
            ReviewTopicBody(
                id: id,
                title: topic.title,
                fancyTitle: topic.fancyTitle,
                slug: topic.slug,
                postsCount: topic.postsCount,
                archetype: topic.archetype
            )
        )
    }

    private static func body(_ found: Reviewable) throws -> ReviewableBody {
        var body = ReviewableBody()
        body.id = Int(found.id)
        body.type = found.kind.rawValue
        body.status = found.status.rawValue
        body.score = found.score
        body.version = found.version
        body.createdAt = found.createdAt.iso8601
        body.categoryID = found.categoryID.map { Int($0.value) }
        body.topicID = found.topicID.map { Int($0.value) }
        body.targetType = found.targetType
        body.targetID = found.targetID.map { Int($0) }
        body.createdByID = found.createdBy.map { Int($0.id.value) }
        body.targetCreatedByID = found.author.map { Int($0.id.value) }
        body.targetCreatedByTrustLevel = found.authorTrustLevel
        body.potentialSpam = found.isPotentialSpam
        body.rejectReason = found.rejectReason
        body.claimedBy = found.claimedBy.map(AdminUserPresenter.basic)
        if let topic = found.topic {
            body.topicURL = "/t/\(topic.slug)/\(topic.id)"
            body.targetURL = found.post.map { "/t/\(topic.slug)/\(topic.id)/\($0.number)" }
        }
        if let post = found.post {
            body.postID = Int(post.id.value)
            body.postNumber = post.number
            body.postVersion = post.version
            body.replyCount = post.replyCount
            body.raw = post.raw
            body.cooked = post.cooked
            body.userDeleted = post.isDeleted
        }
        if found.kind != .flaggedPost {
            body.payload = try WireValue.parse(json: Array(found.payload.utf8))
        }
        if let queued = found.queued { body.raw = queued.raw }
        if found.kind == .user {
            body.username = found.author?.username
            body.name = found.author?.name
            body.targetURL = found.author.map { "/u/\($0.username)" }
        }
        return body
    }

    private static func score(_ score: ReviewScore) -> ReviewableScoreBody {
        var body = ReviewableScoreBody(type: scoreType(score.type))
        body.id = Int(score.id)
        body.score = score.score
        body.status = score.status
        body.reason = score.reason
        body.createdAt = score.createdAt.iso8601
        body.reviewedAt = score.reviewedAt?.iso8601
        body.userID = score.user.map { Int($0.id.value) }
        body.reviewedByID = score.reviewedBy.map { Int($0.id.value) }
        body.metaTopicID = score.metaTopicID.map { Int($0.value) }
        return body
    }

    static let scoreTypes = [3, 4, 7, 8, 9, 10].map(scoreType)

    private static func scoreType(_ number: Int) -> ReviewableScoreTypeBody {
        switch number {
        case 3: ReviewableScoreTypeBody(id: 3, title: "Off-Topic", type: "off_topic", icon: "flag")
        case 4:
            ReviewableScoreTypeBody(
                id: 4,
                title: "Inappropriate",
                type: "inappropriate",
                icon: "flag"
            )
        case 7:
            ReviewableScoreTypeBody(
                id: 7,
                title: "Something Else",
                type: "notify_moderators",
                icon: "flag"
            )
        case 8: ReviewableScoreTypeBody(id: 8, title: "Spam", type: "spam", icon: "flag")
        case 10: ReviewableScoreTypeBody(id: 10, title: "Illegal", type: "illegal", icon: "flag")
        default:
            ReviewableScoreTypeBody(id: number, title: "Needs Approval", type: "needs_approval")
        }
    }

    static func pending(_ found: Reviewable) -> PendingPostBody? {
        guard let author = found.author, let queued = found.queued else { return nil }
        var body = PendingPostBody(
            id: Int(found.id),
            username: author.username,
            name: author.name,
            avatarTemplate: AvatarTemplate.make(author.username),
            createdByID: Int(author.id.value),
            createdAt: found.createdAt.iso8601,
            rawText: queued.raw,
            title: queued.title ?? found.topic?.title,
            topicID: found.topicID.map { Int($0.value) },
            categoryID: found.categoryID.map { Int($0.value) }
        )
        body.topicURL = found.topic.map { "/t/\($0.slug)/\($0.id)" }
        return body
    }

    static func enqueued(_ held: HeldPost) -> EnqueuedPostReply {
        EnqueuedPostReply(
            pendingPost: PendingPostBody(
                id: Int(held.id),
                username: held.author.username,
                name: held.author.name,
                avatarTemplate: AvatarTemplate.make(held.author.username),
                createdByID: Int(held.author.id.value),
                createdAt: held.createdAt.iso8601,
                rawText: held.raw,
                title: held.title,
                topicID: held.topicID.map { Int($0.value) },
                categoryID: held.categoryID.map { Int($0.value) }
            ),
            pendingCount: held.pendingCount
        )
    }
}
