/// `PUT /t/{id}/change-timestamp`.
package struct ChangeTimestampRequest: Codable, Sendable, Equatable {
    /// Seconds since 1970, or a date.
    package var timestamp: String

    package init(
        timestamp: String
    ) {
        self.timestamp = timestamp
    }

    private enum CodingKeys: String, CodingKey {
        case timestamp
    }
}

/// `POST /t/{id}/timer`.
package struct TopicTimerRequest: Codable, Sendable, Equatable {
    /// `close`, `open`, `publish_to_category`, `delete`, `reminder`, `bump`, `delete_replies` or `silent_close`.
    package var statusType: String
    /// A date, or hours from now; empty removes the timer.
    package var time: String?
    package var basedOnLastPost: Bool?
    package var categoryID: Int?
    package var durationMinutes: Int?
    /// The older unit: hours.
    package var duration: Double?

    package init(
        statusType: String,
        time: String? = nil,
        basedOnLastPost: Bool? = nil,
        categoryID: Int? = nil,
        durationMinutes: Int? = nil,
        duration: Double? = nil
    ) {
        self.statusType = statusType
        self.time = time
        self.basedOnLastPost = basedOnLastPost
        self.categoryID = categoryID
        self.durationMinutes = durationMinutes
        self.duration = duration
    }

    private enum CodingKeys: String, CodingKey {
        case statusType = "status_type"
        case time
        case basedOnLastPost = "based_on_last_post"
        case categoryID = "category_id"
        case durationMinutes = "duration_minutes"
        case duration
    }
}

/// `POST /t/{id}/timer`.
package struct TopicTimerReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    @IfPresent package var executeAt: String?
    package var duration: String?
    package var durationMinutes: Int?
    @IfPresent package var basedOnLastPost: Bool?
    @IfPresent package var closed: Bool?
    package var categoryID: Int?

    package init(
        success: String = "OK",
        executeAt: String? = nil,
        duration: String? = nil,
        durationMinutes: Int? = nil,
        basedOnLastPost: Bool? = nil,
        closed: Bool? = nil,
        categoryID: Int? = nil
    ) {
        self.success = success
        self.executeAt = executeAt
        self.duration = duration
        self.durationMinutes = durationMinutes
        self.basedOnLastPost = basedOnLastPost
        self.closed = closed
        self.categoryID = categoryID
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case executeAt = "execute_at"
        case duration
        case durationMinutes = "duration_minutes"
        case basedOnLastPost = "based_on_last_post"
        case closed
        case categoryID = "category_id"
    }
}

/// `PUT /t/{id}/slow_mode`.
package struct SlowModeRequest: Codable, Sendable, Equatable {
    package var seconds: Int
    package var enabledUntil: String?

    package init(
        seconds: Int,
        enabledUntil: String? = nil
    ) {
        self.seconds = seconds
        self.enabledUntil = enabledUntil
    }

    private enum CodingKeys: String, CodingKey {
        case seconds
        case enabledUntil = "enabled_until"
    }
}

/// `POST /t/{id}/change-owner`.
package struct ChangeOwnerRequest: Codable, Sendable, Equatable {
    package var username: String
    package var postIDs: [Int]

    package init(
        username: String,
        postIDs: [Int]
    ) {
        self.username = username
        self.postIDs = postIDs
    }

    private enum CodingKeys: String, CodingKey {
        case username
        case postIDs = "post_ids"
    }
}

/// `POST /t/{id}/move-posts`.
package struct MovePostsRequest: Codable, Sendable, Equatable {
    package var postIDs: [Int]
    /// Of a new topic.
    package var title: String?
    package var destinationTopicID: Int?
    package var categoryID: Int?
    package var tags: [String]?
    package var archetype: String?
    package var participants: String?
    package var chronologicalOrder: Bool?

    package init(
        postIDs: [Int],
        title: String? = nil,
        destinationTopicID: Int? = nil,
        categoryID: Int? = nil,
        tags: [String]? = nil,
        archetype: String? = nil,
        participants: String? = nil,
        chronologicalOrder: Bool? = nil
    ) {
        self.postIDs = postIDs
        self.title = title
        self.destinationTopicID = destinationTopicID
        self.categoryID = categoryID
        self.tags = tags
        self.archetype = archetype
        self.participants = participants
        self.chronologicalOrder = chronologicalOrder
    }

    private enum CodingKeys: String, CodingKey {
        case postIDs = "post_ids"
        case title
        case destinationTopicID = "destination_topic_id"
        case categoryID = "category_id"
        case tags
        case archetype
        case participants
        case chronologicalOrder = "chronological_order"
    }
}

/// `POST /t/{id}/merge-topic`.
package struct MergeTopicRequest: Codable, Sendable, Equatable {
    package var destinationTopicID: Int

    package init(
        destinationTopicID: Int
    ) {
        self.destinationTopicID = destinationTopicID
    }

    private enum CodingKeys: String, CodingKey {
        case destinationTopicID = "destination_topic_id"
    }
}

/// Where moved posts are.
package struct MovePostsReply: Codable, Sendable, Equatable {
    package var success: Bool = true
    package var url: String

    package init(
        success: Bool = true,
        url: String
    ) {
        self.success = success
        self.url = url
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case url
    }
}

/// `PUT /topics/bulk`.
package struct BulkRequest: Codable, Sendable, Equatable {
    package var topicIDs: [Int]?
    /// `unread`, when no topics are named.
    package var filter: String?
    package var categoryID: Int?
    package var operation: BulkOperation

    package init(
        topicIDs: [Int]? = nil,
        filter: String? = nil,
        categoryID: Int? = nil,
        operation: BulkOperation
    ) {
        self.topicIDs = topicIDs
        self.filter = filter
        self.categoryID = categoryID
        self.operation = operation
    }

    private enum CodingKeys: String, CodingKey {
        case topicIDs = "topic_ids"
        case filter
        case categoryID = "category_id"
        case operation
    }
}

package struct BulkOperation: Codable, Sendable, Equatable {
    package var type: String
    package var categoryID: Int?
    package var notificationLevelID: Int?
    package var tags: [String]?

    package init(
        type: String,
        categoryID: Int? = nil,
        notificationLevelID: Int? = nil,
        tags: [String]? = nil
    ) {
        self.type = type
        self.categoryID = categoryID
        self.notificationLevelID = notificationLevelID
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case categoryID = "category_id"
        case notificationLevelID = "notification_level_id"
        case tags
    }
}

/// `PUT /topics/bulk`: those that were changed.
package struct BulkReply: Codable, Sendable, Equatable {
    package var topicIDs: [Int]

    package init(
        topicIDs: [Int]
    ) {
        self.topicIDs = topicIDs
    }

    private enum CodingKeys: String, CodingKey {
        case topicIDs = "topic_ids"
    }
}

/// `PUT /t/{id}/tags`.
package struct TopicTagsRequest: Codable, Sendable, Equatable {
    package var tags: [String]?

    package init(
        tags: [String]? = nil
    ) {
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case tags
    }
}

/// `PUT /t/{id}/publish`.
package struct PublishTopicRequest: Codable, Sendable, Equatable {
    package var destinationCategoryID: Int

    package init(
        destinationCategoryID: Int
    ) {
        self.destinationCategoryID = destinationCategoryID
    }

    private enum CodingKeys: String, CodingKey {
        case destinationCategoryID = "destination_category_id"
    }
}

/// `POST /t/{id}/timings`.
package struct TopicTimingsRequest: Codable, Sendable, Equatable {
    package var topicTime: Int?
    package var timings: [String: Int]?

    package init(
        topicTime: Int? = nil,
        timings: [String: Int]? = nil
    ) {
        self.topicTime = topicTime
        self.timings = timings
    }

    private enum CodingKeys: String, CodingKey {
        case topicTime = "topic_time"
        case timings
    }
}

/// The query of `DELETE /t/{id}/timings`.
package struct DeleteTimingsQuery: Codable, Sendable, Equatable {
    /// Only the last post that was read.
    package var last: Bool?

    package init(
        last: Bool? = nil
    ) {
        self.last = last
    }

    private enum CodingKeys: String, CodingKey {
        case last
    }
}

/// The query of `GET /t/{id}/post_ids` and `/excerpts`.
package struct TopicPostIDsQuery: Codable, Sendable, Equatable {
    package var postNumber: Int?
    package var asc: Bool?
    package var postIDs: [Int]?

    package init(
        postNumber: Int? = nil,
        asc: Bool? = nil,
        postIDs: [Int]? = nil
    ) {
        self.postNumber = postNumber
        self.asc = asc
        self.postIDs = postIDs
    }

    private enum CodingKeys: String, CodingKey {
        case postNumber = "post_number"
        case asc
        case postIDs = "post_ids"
    }
}

/// `GET /t/{id}/post_ids`.
package struct TopicPostIDsReply: Codable, Sendable, Equatable {
    package var postIDs: [Int]

    package init(
        postIDs: [Int]
    ) {
        self.postIDs = postIDs
    }

    private enum CodingKeys: String, CodingKey {
        case postIDs = "post_ids"
    }
}

/// A post of `GET /t/{id}/excerpts`.
package struct PostExcerptBody: Codable, Sendable, Equatable {
    package var postID: Int
    package var username: String
    package var excerpt: String

    package init(
        postID: Int,
        username: String,
        excerpt: String
    ) {
        self.postID = postID
        self.username = username
        self.excerpt = excerpt
    }

    private enum CodingKeys: String, CodingKey {
        case postID = "post_id"
        case username
        case excerpt
    }
}

/// The query of `GET /t/{id}/wordpress`.
package struct WordpressQuery: Codable, Sendable, Equatable {
    package var best: Int?
    package var minTrustLevel: Int?
    package var minScore: Int?

    package init(
        best: Int? = nil,
        minTrustLevel: Int? = nil,
        minScore: Int? = nil
    ) {
        self.best = best
        self.minTrustLevel = minTrustLevel
        self.minScore = minScore
    }

    private enum CodingKeys: String, CodingKey {
        case best
        case minTrustLevel = "min_trust_level"
        case minScore = "min_score"
    }
}

/// `GET /t/{id}/wordpress`: what a blog shows below its article.
package struct WordpressBody: Codable, Sendable, Equatable {
    package var id: Int
    package var categoryID: Int?
    package var postsCount: Int
    package var filteredPostsCount: Int
    package var posts: [PostBody]
    package var participants: [BasicUserBody]

    package init(
        id: Int,
        categoryID: Int? = nil,
        postsCount: Int,
        filteredPostsCount: Int,
        posts: [PostBody],
        participants: [BasicUserBody]
    ) {
        self.id = id
        self.categoryID = categoryID
        self.postsCount = postsCount
        self.filteredPostsCount = filteredPostsCount
        self.posts = posts
        self.participants = participants
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case categoryID = "category_id"
        case postsCount = "posts_count"
        case filteredPostsCount = "filtered_posts_count"
        case posts
        case participants
    }
}
