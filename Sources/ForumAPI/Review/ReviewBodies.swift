/// `GET /review`.
package struct ReviewListReply: Codable, Sendable, Equatable {
    package var reviewables: [ReviewableBody] = []
    package var reviewableScores: [ReviewableScoreBody] = []
    package var bundledActions: [BundledActionBody] = []
    package var actions: [ReviewActionBody] = []
    package var users: [BasicUserBody] = []
    package var topics: [ReviewTopicBody] = []
    package var meta: ReviewMetaBody

    package init(meta: ReviewMetaBody) { self.meta = meta }

    private enum CodingKeys: String, CodingKey {
        case reviewables
        case reviewableScores = "reviewable_scores"
        case bundledActions = "bundled_actions"
        case actions
        case users
        case topics
        case meta
    }
}

/// `GET /review/{id}`.
package struct ReviewReply: Codable, Sendable, Equatable {
    package var reviewable: ReviewableBody
    package var reviewableScores: [ReviewableScoreBody] = []
    package var bundledActions: [BundledActionBody] = []
    package var actions: [ReviewActionBody] = []
    package var users: [BasicUserBody] = []
    package var topics: [ReviewTopicBody] = []

    package init(reviewable: ReviewableBody) { self.reviewable = reviewable }

    private enum CodingKeys: String, CodingKey {
        case reviewable
        case reviewableScores = "reviewable_scores"
        case bundledActions = "bundled_actions"
        case actions
        case users
        case topics
    }
}

package struct ReviewMetaBody: Codable, Sendable, Equatable {
    package var totalRowsReviewables: Int
    /// The path of the next page.
    @IfPresent package var loadMoreReviewables: String?
    package var reviewableTypes: [String]

    package init(total: Int, more: String?, types: [String]) {
        totalRowsReviewables = total
        loadMoreReviewables = more
        reviewableTypes = types
    }

    private enum CodingKeys: String, CodingKey {
        case totalRowsReviewables = "total_rows_reviewables"
        case loadMoreReviewables = "load_more_reviewables"
        case reviewableTypes = "reviewable_types"
    }
}

/// Something that waits for staff, or waited.
package struct ReviewableBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    /// `ReviewableFlaggedPost`, `ReviewableQueuedPost`, `ReviewableUser`.
    package var type: String = ""
    package var typeSource: String = "core"
    /// 0 pending, 1 approved, 2 rejected, 3 ignored, 4 deleted.
    package var status: Int = 0
    package var score: Double = 0
    package var version: Int = 0
    package var createdAt: String = ""
    package var categoryID: Int?
    package var topicID: Int?
    package var topicURL: String?
    package var targetURL: String?
    package var topicTags: [String] = []
    package var canEdit: Bool = false
    package var targetType: String?
    package var targetID: Int?
    package var createdByID: Int?
    package var targetCreatedByID: Int?
    package var targetCreatedByTrustLevel: Int?
    package var reviewableScoreIDs: [Int] = []
    package var bundledActionIDs: [String] = []
    package var potentialSpam: Bool = false
    package var rejectReason: String?
    package var claimedBy: BasicUserBody?
    /// What a post that waits is made of, or whom an account that waits is of.
    package var payload: WireValue?
    @IfPresent package var postID: Int?
    @IfPresent package var postNumber: Int?
    @IfPresent package var postVersion: Int?
    @IfPresent package var replyCount: Int?
    @IfPresent package var raw: String?
    @IfPresent package var cooked: String?
    @IfPresent package var userDeleted: Bool?
    @IfPresent package var username: String?
    @IfPresent package var name: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case type
        case typeSource = "type_source"
        case status
        case score
        case version
        case createdAt = "created_at"
        case categoryID = "category_id"
        case topicID = "topic_id"
        case topicURL = "topic_url"
        case targetURL = "target_url"
        case topicTags = "topic_tags"
        case canEdit = "can_edit"
        case targetType = "target_type"
        case targetID = "target_id"
        case createdByID = "created_by_id"
        case targetCreatedByID = "target_created_by_id"
        case targetCreatedByTrustLevel = "target_created_by_trust_level"
        case reviewableScoreIDs = "reviewable_score_ids"
        case bundledActionIDs = "bundled_action_ids"
        case potentialSpam = "potential_spam"
        case rejectReason = "reject_reason"
        case claimedBy = "claimed_by"
        case payload
        case postID = "post_id"
        case postNumber = "post_number"
        case postVersion = "post_version"
        case replyCount = "reply_count"
        case raw
        case cooked
        case userDeleted = "user_deleted"
        case username
        case name
    }
}

/// Why something waits.
package struct ReviewableScoreBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var score: Double = 0
    /// 0 pending, 1 agreed, 2 disagreed, 3 ignored.
    package var status: Int = 0
    package var reason: String?
    package var reviewableScoreType: ReviewableScoreTypeBody
    package var createdAt: String = ""
    package var reviewedAt: String?
    package var userID: Int?
    package var reviewedByID: Int?
    /// The topic of the message that a flag sent.
    package var metaTopicID: Int?

    package init(type: ReviewableScoreTypeBody) { reviewableScoreType = type }

    private enum CodingKeys: String, CodingKey {
        case id
        case score
        case status
        case reason
        case reviewableScoreType = "score_type"
        case createdAt = "created_at"
        case reviewedAt = "reviewed_at"
        case userID = "user_id"
        case reviewedByID = "reviewed_by_id"
        case metaTopicID = "meta_topic_id"
    }
}

package struct ReviewableScoreTypeBody: Codable, Sendable, Equatable {
    package var id: Int
    package var title: String
    package var icon: String?
    package var reviewablePriority: Double = 0
    package var type: String

    package init(id: Int, title: String, type: String, icon: String? = nil) {
        self.id = id
        self.title = title
        self.type = type
        self.icon = icon
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case icon
        case reviewablePriority = "reviewable_priority"
        case type
    }
}

package struct BundledActionBody: Codable, Sendable, Equatable {
    package var id: String
    package var icon: String?
    package var label: String?
    package var actionIDs: [String]

    package init(id: String, actionIDs: [String]) {
        self.id = id
        self.actionIDs = actionIDs
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case icon
        case label
        case actionIDs = "action_ids"
    }
}

/// What may be done; `server_action` goes into the path of `perform`.
package struct ReviewActionBody: Codable, Sendable, Equatable {
    package var id: String
    package var label: String
    package var serverAction: String
    package var icon: String?
    package var confirmMessage: String?

    package init(id: String, label: String) {
        self.id = id
        self.label = label
        serverAction = id
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case label
        case serverAction = "server_action"
        case icon
        case confirmMessage = "confirm_message"
    }
}

package struct ReviewTopicBody: Codable, Sendable, Equatable {
    package var id: Int
    package var title: String
    package var fancyTitle: String
    package var slug: String
    package var postsCount: Int
    package var archetype: String

    package init(
        id: Int,
        title: String,
        fancyTitle: String,
        slug: String,
        postsCount: Int,
        archetype: String
    ) {
        self.id = id
        self.title = title
        self.fancyTitle = fancyTitle
        self.slug = slug
        self.postsCount = postsCount
        self.archetype = archetype
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case fancyTitle = "fancy_title"
        case slug
        case postsCount = "posts_count"
        case archetype
    }
}

/// `PUT /review/{id}/perform/{action}`.
package struct ReviewPerformReply: Codable, Sendable, Equatable {
    package struct Result: Codable, Sendable, Equatable {
        package var success: Bool = true
        package var transitionTo: String
        package var transitionToID: Int
        package var createdPostID: Int?
        package var createdPostTopicID: Int?
        package var removeReviewableIDs: [Int]
        package var version: Int
        package var reviewableCount: Int
        package var unseenReviewableCount: Int

        package init(
            transitionTo: String,
            transitionToID: Int,
            removed: [Int],
            version: Int,
            count: Int,
            unseen: Int
        ) {
            self.transitionTo = transitionTo
            self.transitionToID = transitionToID
            removeReviewableIDs = removed
            self.version = version
            reviewableCount = count
            unseenReviewableCount = unseen
        }

        private enum CodingKeys: String, CodingKey {
            case success
            case transitionTo = "transition_to"
            case transitionToID = "transition_to_id"
            case createdPostID = "created_post_id"
            case createdPostTopicID = "created_post_topic_id"
            case removeReviewableIDs = "remove_reviewable_ids"
            case version
            case reviewableCount = "reviewable_count"
            case unseenReviewableCount = "unseen_reviewable_count"
        }
    }

    package var reviewablePerformResult: Result

    package init(_ result: Result) { reviewablePerformResult = result }

    private enum CodingKeys: String, CodingKey {
        case reviewablePerformResult = "reviewable_perform_result"
    }
}

/// `GET /review/count`.
package struct ReviewCountReply: Codable, Sendable, Equatable {
    package var count: Int

    package init(count: Int) { self.count = count }
}

/// `GET /review/settings`.
package struct ReviewSettingsReply: Codable, Sendable, Equatable {
    package struct Settings: Codable, Sendable, Equatable {
        package var id: Int = 1
        package var reviewableScoreTypes: [ReviewableScoreTypeBody]
        package var reviewablePriorities: [Priority]

        package init(types: [ReviewableScoreTypeBody], priorities: [Priority]) {
            reviewableScoreTypes = types
            reviewablePriorities = priorities
        }

        private enum CodingKeys: String, CodingKey {
            case id
            case reviewableScoreTypes = "reviewable_score_types"
            case reviewablePriorities = "reviewable_priorities"
        }
    }

    package struct Priority: Codable, Sendable, Equatable {
        package var id: String
        package var name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    package var reviewableSettings: Settings

    package init(_ settings: Settings) { reviewableSettings = settings }

    private enum CodingKeys: String, CodingKey {
        case reviewableSettings = "reviewable_settings"
    }
}
