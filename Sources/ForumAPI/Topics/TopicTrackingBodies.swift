/// `PUT /topics/reset-new`: which topics the caller has done with.
package struct ResetNewRequest: Codable, Sendable, Equatable {
    package var topicIDs: [Int]?
    package var categoryID: Int?
    package var includeSubcategories: Bool?
    package var tagID: String?
    /// Only topics that the caller follows.
    package var tracked: Bool?
    /// New topics; true when nothing else is said.
    package var dismissTopics: Bool?
    /// Unread posts.
    package var dismissPosts: Bool?
    /// Follow the topics no more.
    package var untrack: Bool?

    package init(topicIDs: [Int]? = nil) {
        self.topicIDs = topicIDs
    }

    private enum CodingKeys: String, CodingKey {
        case topicIDs = "topic_ids"
        case categoryID = "category_id"
        case includeSubcategories = "include_subcategories"
        case tagID = "tag_id"
        case tracked
        case dismissTopics = "dismiss_topics"
        case dismissPosts = "dismiss_posts"
        case untrack
    }
}

package struct ResetNewReply: Codable, Sendable, Equatable {
    package var topicIDs: [Int]

    package init(topicIDs: [Int]) {
        self.topicIDs = topicIDs
    }

    private enum CodingKeys: String, CodingKey {
        case topicIDs = "topic_ids"
    }
}

/// `GET /u/{username}/topic-tracking-state`.
package struct TopicTrackingReply: Codable, Sendable, Equatable {
    package var data: [TrackedTopicBody]
    /// Channel of the message bus → the id to go on from.
    package var meta: [String: Int]
    /// Whatever the list leaves out is counted here. Discourse's clients count for themselves.
    package var counts: TrackingCountsBody

    package init(data: [TrackedTopicBody], meta: [String: Int], counts: TrackingCountsBody) {
        self.data = data
        self.meta = meta
        self.counts = counts
    }
}

/// How many topics are new and how many have unread posts.
package struct TrackingCountsBody: Codable, Sendable, Equatable {
    /// Of one category or tag.
    package struct Count: Codable, Sendable, Equatable {
        package var id: Int
        package var new: Int
        package var unread: Int

        package init(id: Int, new: Int, unread: Int) {
            self.id = id
            self.new = new
            self.unread = unread
        }
    }

    package var new: Int
    package var unread: Int
    package var categories: [Count]
    package var tags: [Count]

    package init(new: Int, unread: Int, categories: [Count], tags: [Count]) {
        self.new = new
        self.unread = unread
        self.categories = categories
        self.tags = tags
    }
}

/// A topic that is new to the caller or has unread posts.
package struct TrackedTopicBody: Codable, Sendable, Equatable {
    package var topicID: Int
    package var highestPostNumber: Int
    package var lastReadPostNumber: Int?
    package var createdAt: String
    package var categoryID: Int?
    package var notificationLevel: Int?
    package var createdInNewPeriod: Bool
    package var treatAsNewTopicStartDate: String
    package var tags: [TagReferenceBody]

    package init(
        topicID: Int,
        highestPostNumber: Int,
        lastReadPostNumber: Int?,
        createdAt: String,
        categoryID: Int?,
        notificationLevel: Int?,
        createdInNewPeriod: Bool,
        treatAsNewTopicStartDate: String,
        tags: [TagReferenceBody]
    ) {
        self.topicID = topicID
        self.highestPostNumber = highestPostNumber
        self.lastReadPostNumber = lastReadPostNumber
        self.createdAt = createdAt
        self.categoryID = categoryID
        self.notificationLevel = notificationLevel
        self.createdInNewPeriod = createdInNewPeriod
        self.treatAsNewTopicStartDate = treatAsNewTopicStartDate
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case topicID = "topic_id"
        case highestPostNumber = "highest_post_number"
        case lastReadPostNumber = "last_read_post_number"
        case createdAt = "created_at"
        case categoryID = "category_id"
        case notificationLevel = "notification_level"
        case createdInNewPeriod = "created_in_new_period"
        case treatAsNewTopicStartDate = "treat_as_new_topic_start_date"
        case tags
    }
}
