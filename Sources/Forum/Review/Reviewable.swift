package import Postgres

/// Something that waits for staff, or waited.
package struct Reviewable: Sendable, RowDecodable {
    package enum Kind: String, Sendable, CaseIterable {
        case flaggedPost = "ReviewableFlaggedPost"
        case queuedPost = "ReviewableQueuedPost"
        case user = "ReviewableUser"
        case post = "ReviewablePost"
    }

    /// The numbers are Discourse's.
    package enum Status: Int, Sendable, CaseIterable {
        case pending, approved, rejected, ignored, deleted

        package var name: String {
            switch self {
            case .pending: "pending"
            case .approved: "approved"
            case .rejected: "rejected"
            case .ignored: "ignored"
            case .deleted: "deleted"
            }
        }
    }

    package let id: Int64
    package let kind: Kind
    package let status: Status
    package let score: Double
    package let version: Int
    package let isPotentialSpam: Bool
    package let createdAt: Timestamp
    package let categoryID: CategoryID?
    package let topicID: TopicID?
    package let targetType: String?
    package let targetID: Int64?
    /// JSON text.
    package let payload: String
    package let rejectReason: String?
    package let createdBy: UserReference?
    package let author: UserReference?
    package let claimedBy: UserReference?
    package let authorTrustLevel: Int?
    package let topic: ReviewedTopic?
    package let post: ReviewedPost?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        let kindName: String = try row.next()
        kind = Kind(rawValue: kindName) ?? .post
        let statusNumber: Int = try row.next()
        status = Status(rawValue: statusNumber) ?? .deleted
        score = try row.next()
        version = try row.next()
        isPotentialSpam = try row.next()
        createdAt = try row.next()
        categoryID = try row.next()
        topicID = try row.next()
        targetType = try row.next()
        targetID = try row.next()
        payload = try row.next()
        rejectReason = try row.next()
        createdBy = try UserReference.read(from: &row)
        author = try UserReference.read(from: &row)
        claimedBy = try UserReference.read(from: &row)
        authorTrustLevel = try row.next()
        topic = try ReviewedTopic.read(from: &row)
        post = try ReviewedPost.read(from: &row)
    }

    package var isPending: Bool { status == .pending }
}

/// The topic that a reviewable is about.
package struct ReviewedTopic: Sendable {
    package let id: TopicID
    package let title: String
    package let fancyTitle: String
    package let slug: String
    package let archetype: String
    package let postsCount: Int
    package let isDeleted: Bool

    static func read(from row: inout RowReader) throws(PostgresError) -> ReviewedTopic? {
        let id: TopicID? = try row.next()
        let title: String? = try row.next()
        let fancyTitle: String? = try row.next()
        let slug: String? = try row.next()
        let archetype: String? = try row.next()
        let postsCount: Int? = try row.next()
        let isDeleted: Bool? = try row.next()
        guard let id, let title else { return nil }
        return ReviewedTopic(
            id: id,
            title: title,
            fancyTitle: fancyTitle ?? title,
            slug: slug ?? "topic",
            archetype: archetype ?? "regular",
            postsCount: postsCount ?? 0,
            isDeleted: isDeleted ?? false
        )
    }
}

/// The post that a reviewable is about, hidden and deleted ones too.
package struct ReviewedPost: Sendable {
    package let id: PostID
    package let number: Int
    package let raw: String
    package let cooked: String
    package let version: Int
    package let replyCount: Int
    package let isHidden: Bool
    package let isDeleted: Bool

    static func read(from row: inout RowReader) throws(PostgresError) -> ReviewedPost? {
        let id: PostID? = try row.next()
        let number: Int? = try row.next()
        let raw: String? = try row.next()
        let cooked: String? = try row.next()
        let version: Int? = try row.next()
        let replyCount: Int? = try row.next()
        let isHidden: Bool? = try row.next()
        let isDeleted: Bool? = try row.next()
        guard let id, let number else { return nil }
        return ReviewedPost(
            id: id,
            number: number,
            raw: raw ?? "",
            cooked: cooked ?? "",
            version: version ?? 1,
            replyCount: replyCount ?? 0,
            isHidden: isHidden ?? false,
            isDeleted: isDeleted ?? false
        )
    }
}

/// One reason why something is in the queue.
package struct ReviewScore: Sendable, RowDecodable {
    package let id: Int64
    package let reviewableID: Int64
    /// A type of post action, or 9: needs approval.
    package let type: Int
    package let status: Int
    package let score: Double
    package let reason: String?
    package let createdAt: Timestamp
    package let reviewedAt: Timestamp?
    package let metaTopicID: TopicID?
    package let user: UserReference?
    package let reviewedBy: UserReference?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        reviewableID = try row.next()
        type = try row.next()
        status = try row.next()
        score = try row.next()
        reason = try row.next()
        createdAt = try row.next()
        reviewedAt = try row.next()
        metaTopicID = try row.next()
        user = try UserReference.read(from: &row)
        reviewedBy = try UserReference.read(from: &row)
    }
}

/// What somebody asks of the queue.
package struct ReviewFilter: Sendable {
    /// `nil` is everything.
    package var statuses: [Int]? = [0]
    package var kind: String?
    package var topicID: TopicID?
    package var categoryID: CategoryID?
    package var username: String?
    package var flaggedBy: String?
    package var minimumScore = 0.0
    package var order = Order.score
    package var offset = 0
    package var ids: [Int64]?

    package enum Order: String, Sendable, CaseIterable {
        case score
        case scoreAscending = "score_asc"
        case createdAt = "created_at"
        case createdAtAscending = "created_at_asc"
    }

    package init() {}
}

/// A page of the queue.
package struct ReviewPage: Sendable {
    package let reviewables: [Reviewable]
    package let scores: [ReviewScore]
    package let totalCount: Int
}

/// What can be done about something in the queue, under Discourse's names.
package enum ReviewAction: String, Sendable, CaseIterable {
    case agreeAndKeep = "agree_and_keep"
    case agreeAndKeepHidden = "agree_and_keep_hidden"
    case agreeAndHide = "agree_and_hide"
    case agreeAndEdit = "agree_and_edit"
    case agreeAndSilence = "agree_and_silence"
    case agreeAndSuspend = "agree_and_suspend"
    case agreeAndRestore = "agree_and_restore"
    case disagree
    case disagreeAndRestore = "disagree_and_restore"
    case ignore
    case ignoreAndDoNothing = "ignore_and_do_nothing"
    case deleteAndIgnore = "delete_and_ignore"
    case deleteAndIgnoreReplies = "delete_and_ignore_replies"
    case deleteAndAgree = "delete_and_agree"
    case deleteAndAgreeReplies = "delete_and_agree_replies"
    case deleteUser = "delete_user"
    case deleteUserBlock = "delete_user_block"
    case approvePost = "approve_post"
    case approvePostClosed = "approve_post_closed"
    case rejectPost = "reject_post"
    case reviseAndRejectPost = "revise_and_reject_post"
    case approveUser = "approve_user"

    package var label: String {
        switch self {
        case .agreeAndKeep: "Keep Post"
        case .agreeAndKeepHidden: "Keep Post Hidden"
        case .agreeAndHide: "Hide Post"
        case .agreeAndEdit: "Agree and Edit Post"
        case .agreeAndSilence: "Silence User"
        case .agreeAndSuspend: "Suspend User"
        case .agreeAndRestore: "Restore Post"
        case .disagree: "Disagree"
        case .disagreeAndRestore: "Disagree and Restore Post"
        case .ignore, .ignoreAndDoNothing: "Ignore"
        case .deleteAndIgnore: "Delete Post and Ignore"
        case .deleteAndIgnoreReplies: "Ignore and Delete Post and Replies"
        case .deleteAndAgree: "Delete Post"
        case .deleteAndAgreeReplies: "Delete Post and Replies"
        case .deleteUser: "Delete User"
        case .deleteUserBlock: "Delete and Block User"
        case .approvePost: "Approve Post"
        case .approvePostClosed: "Approve Post"
        case .rejectPost: "Reject Post"
        case .reviseAndRejectPost: "Revise Post…"
        case .approveUser: "Approve User"
        }
    }
}

extension Reviewable {
    /// What the principal may do about it now.
    package func actions(for principal: Principal, authorIsStaff: Bool) -> [ReviewAction] {
        guard isPending, principal.isStaff else { return [] }
        let removals: [ReviewAction] =
            author == nil || authorIsStaff || author?.id == principal.id
            ? [] : [.deleteUser, .deleteUserBlock]
        switch kind {
        case .flaggedPost, .post:
            guard let post else { return [.ignore, .ignoreAndDoNothing] }
            if post.isDeleted {
                return [
                    .agreeAndKeep, .agreeAndRestore, .disagreeAndRestore, .ignore,
                    .ignoreAndDoNothing,
                ]
            }
            let agreeing: [ReviewAction] =
                post.isHidden
                ? [.agreeAndKeep, .agreeAndKeepHidden] : [.agreeAndKeep, .agreeAndHide]
            return agreeing
                + [
                    .agreeAndEdit, .agreeAndSilence, .agreeAndSuspend, .disagree, .ignore,
                    .ignoreAndDoNothing, .deleteAndIgnore, .deleteAndIgnoreReplies,
                    .deleteAndAgree, .deleteAndAgreeReplies,
                ] + removals
        case .queuedPost:
            return [.approvePost, .approvePostClosed, .rejectPost, .reviseAndRejectPost] + removals
        case .user: return [.approveUser] + removals
        }
    }
}
