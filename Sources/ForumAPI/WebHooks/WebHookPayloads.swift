/// A topic as webhooks tell of it: as its page, without its posts and what concerns one reader.
package struct WebHookTopicBody: Encodable, Sendable {
    package var topic: TopicBody

    package init(_ topic: TopicBody) { self.topic = topic }

    private static let leftOut: Set<String> = [
        "post_stream", "timeline_lookup", "suggested_topics", "has_summary", "image_url", "draft",
        "draft_key", "draft_sequence", "current_post_number", "last_read_post_number",
        "last_read_post_id", "has_deleted", "actions_summary", "chunk_size", "bookmarked",
        "bookmarks", "accepted_answer", "topic_timer", "message_bus_last_id",
        "show_read_indicator", "subtype", "details",
    ]

    package func encode(to encoder: any Encoder) throws {
        let whole = try WireValue.parse(json: encodeJSON(topic)).objectValue ?? WireObject()
        var told = WireObject()
        for (key, value) in zip(whole.keys, whole.values) where !Self.leftOut.contains(key) {
            told.set(key, to: value)
        }
        for (key, person) in [
            ("created_by", topic.details.createdBy), ("last_poster", topic.details.lastPoster),
        ] {
            if let person { told.set(key, to: try WireValue.parse(json: encodeJSON(person))) }
        }
        try WireValue.object(told).encode(to: encoder)
    }
}

/// A post as webhooks tell of it: with what they ask of its topic.
package struct WebHookPostBody: Encodable, Sendable {
    package var post: PostBody
    package var topicPostsCount: Int
    package var topicArchetype: String
    package var categorySlug: String?

    package init(
        post: PostBody,
        topicPostsCount: Int,
        topicArchetype: String,
        categorySlug: String?
    ) {
        self.post = post
        self.topicPostsCount = topicPostsCount
        self.topicArchetype = topicArchetype
        self.categorySlug = categorySlug
    }

    package func encode(to encoder: any Encoder) throws {
        try post.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(topicPostsCount, forKey: .topicPostsCount)
        try container.encode(topicPostsCount, forKey: .topicFilteredPostsCount)
        try container.encode(topicArchetype, forKey: .topicArchetype)
        if let categorySlug { try container.encode(categorySlug, forKey: .categorySlug) }
    }

    private enum CodingKeys: String, CodingKey {
        case topicPostsCount = "topic_posts_count"
        case topicFilteredPostsCount = "topic_filtered_posts_count"
        case topicArchetype = "topic_archetype"
        case categorySlug = "category_slug"
    }
}

/// Who liked what.
package struct WebHookLikeBody: Encodable, Sendable {
    package var post: WebHookPostBody
    package var user: BasicUserBody

    package init(post: WebHookPostBody, user: BasicUserBody) {
        self.post = post
        self.user = user
    }
}

/// A badge that was given or taken.
package struct WebHookUserBadgeBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var grantedAt: String = ""
    package var badgeID: Int = 0
    package var userID: Int = 0
    package var grantedByID: Int = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case grantedAt = "granted_at"
        case badgeID = "badge_id"
        case userID = "user_id"
        case grantedByID = "granted_by_id"
    }
}

/// Who came into which group, or left it.
package struct WebHookGroupUserBody: Codable, Sendable, Equatable {
    package var groupID: Int = 0
    package var userID: Int = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case groupID = "group_id"
        case userID = "user_id"
    }
}

/// What is left to say of something that is gone.
package struct WebHookGoneBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    @IfPresent package var username: String?
    @IfPresent package var name: String?
    @IfPresent package var slug: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case slug
    }
}

/// What was noted with an event.
package struct WebHookFactsBody: Codable, Sendable, Equatable {
    package var gone: WebHookGoneBody?
    package var groupID: Int?
    package var userID: Int?
    package var badgeID: Int?
    package var grantedByID: Int?
    package var grantedAt: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case gone
        case groupID = "group_id"
        case userID = "user_id"
        case badgeID = "badge_id"
        case grantedByID = "granted_by_id"
        case grantedAt = "granted_at"
    }
}

/// What is pushed to a member's program.
package struct PushBody: Codable, Sendable, Equatable {
    package var secretKey: String = ""
    package var url: String = ""
    package var title: String = ""
    package var description: String = ""
    package var notifications: [PushedNotificationBody] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case secretKey = "secret_key"
        case url
        case title
        case description
        case notifications
    }
}

package struct PushedNotificationBody: Codable, Sendable, Equatable {
    package var notificationType: Int = 0
    package var postNumber: Int?
    package var topicTitle: String?
    package var topicID: Int?
    package var excerpt: String?
    package var username: String?
    package var url: String = ""
    @IfPresent package var groupName: String?
    package var clientID: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case notificationType = "notification_type"
        case postNumber = "post_number"
        case topicTitle = "topic_title"
        case topicID = "topic_id"
        case excerpt
        case username
        case url
        case groupName = "group_name"
        case clientID = "client_id"
    }
}
