/// `GET /review`.
package struct ListReviewablesRequest: Codable, Sendable, Equatable {
    /// `pending` (also when left out), `approved`, `rejected`, `ignored`, `deleted`, `reviewed`,
    /// `all`.
    package var status: String?
    package var type: String?
    package var topicID: Int?
    package var categoryID: Int?
    /// `low`, `medium` or `high`: with at least as much weight.
    package var priority: String?
    /// Of the author.
    package var username: String?
    package var flaggedBy: String?
    /// `score`, `score_asc`, `created_at`, `created_at_asc`.
    package var sortOrder: String?
    package var offset: Int?
    package var ids: [Int]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case status
        case type
        case topicID = "topic_id"
        case categoryID = "category_id"
        case priority
        case username
        case flaggedBy = "flagged_by"
        case sortOrder = "sort_order"
        case offset
        case ids
    }
}

/// `PUT /review/{id}/perform/{action}`.
package struct PerformReviewRequest: Codable, Sendable, Equatable {
    /// What the reviewer saw.
    package var version: Int?
    package var rejectReason: String?
    package var reviseReason: String?
    package var reviseFeedback: String?

    package init(version: Int?) { self.version = version }

    private enum CodingKeys: String, CodingKey {
        case version
        case rejectReason = "reject_reason"
        case reviseReason = "revise_reason"
        case reviseFeedback = "revise_feedback"
    }
}

/// `POST /reviewable_claimed_topics`.
package struct ClaimTopicRequest: Codable, Sendable, Equatable {
    package var reviewableClaimedTopic: Claim

    package struct Claim: Codable, Sendable, Equatable {
        package var topicID: Int

        package init(topicID: Int) { self.topicID = topicID }

        private enum CodingKeys: String, CodingKey {
            case topicID = "topic_id"
        }
    }

    package init(topicID: Int) { reviewableClaimedTopic = Claim(topicID: topicID) }

    private enum CodingKeys: String, CodingKey {
        case reviewableClaimedTopic = "reviewable_claimed_topic"
    }
}

/// `PUT /review/{id}`: changes a post that waits.
package struct UpdateReviewableRequest: Codable, Sendable, Equatable {
    package struct Change: Codable, Sendable, Equatable {
        package struct Payload: Codable, Sendable, Equatable {
            package var raw: String?
            package var title: String?
            package var tags: [String]?

            package init() {}
        }

        package var categoryID: Int?
        package var payload: Payload?

        package init() {}

        private enum CodingKeys: String, CodingKey {
            case categoryID = "category_id"
            case payload
        }
    }

    /// What the reviewer saw.
    package var version: Int?
    package var reviewable: Change

    package init(reviewable: Change) { self.reviewable = reviewable }
}

/// What a change of a waiting post answers.
package struct UpdateReviewableReply: Codable, Sendable, Equatable {
    package var payload: WireValue?
    package var version: Int

    package init(payload: WireValue?, version: Int) {
        self.payload = payload
        self.version = version
    }
}
