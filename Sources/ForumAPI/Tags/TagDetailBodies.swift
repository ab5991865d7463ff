/// `GET /tag/{name}/info`.
package struct TagInfoReply: Codable, Sendable, Equatable {
    package var tagInfo: TagInfoBody
    /// The categories that `tag_info.category_ids` speaks of.
    package var categories: [CategoryBody] = []

    package init(tagInfo: TagInfoBody, categories: [CategoryBody] = []) {
        self.tagInfo = tagInfo
        self.categories = categories
    }

    private enum CodingKeys: String, CodingKey {
        case tagInfo = "tag_info"
        case categories
    }
}

package struct TagInfoBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var slug: String
    package var topicCount: Int
    package var staff: Bool
    package var description: String?
    package var synonyms: [TagSynonymBody]
    package var tagGroupNames: [String]
    package var categoryIDs: [Int]
    package var categoryRestricted: Bool

    package init(
        id: Int,
        name: String,
        slug: String,
        topicCount: Int,
        staff: Bool,
        description: String?,
        synonyms: [TagSynonymBody],
        tagGroupNames: [String],
        categoryIDs: [Int],
        categoryRestricted: Bool
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.topicCount = topicCount
        self.staff = staff
        self.description = description
        self.synonyms = synonyms
        self.tagGroupNames = tagGroupNames
        self.categoryIDs = categoryIDs
        self.categoryRestricted = categoryRestricted
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case slug
        case topicCount = "topic_count"
        case staff
        case description
        case synonyms
        case tagGroupNames = "tag_group_names"
        case categoryIDs = "category_ids"
        case categoryRestricted = "category_restricted"
    }
}

package struct TagSynonymBody: Codable, Sendable, Equatable {
    package var id: Int
    package var text: String
    package var name: String
    package var slug: String

    package init(id: Int, name: String, slug: String) {
        self.id = id
        self.text = name
        self.name = name
        self.slug = slug
    }
}

/// `PUT /tag/{name}`.
package struct TagReply: Codable, Sendable, Equatable {
    package var tag: ListTagBody

    package init(tag: ListTagBody) {
        self.tag = tag
    }
}

/// `GET /tag/{name}/notifications`, and what setting the level answers.
package struct TagNotificationReply: Codable, Sendable, Equatable {
    package var tagNotification: TagNotificationBody

    package init(tagNotification: TagNotificationBody) {
        self.tagNotification = tagNotification
    }

    private enum CodingKeys: String, CodingKey {
        case tagNotification = "tag_notification"
    }
}

package struct TagNotificationBody: Codable, Sendable, Equatable {
    /// The name of the tag.
    package var id: String
    package var notificationLevel: Int
    /// When it is not `each`.
    @IfPresent package var delivery: DeliveryWord?

    package init(id: String, notificationLevel: Int, delivery: DeliveryWord? = nil) {
        self.id = id
        self.notificationLevel = notificationLevel
        self.delivery = delivery
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case notificationLevel = "notification_level"
        case delivery
    }
}

/// `GET /tags/filter/search`.
package struct TagSearchReply: Codable, Sendable, Equatable {
    package var results: [TagBody]
    /// Set when the very tag that was typed may not be used.
    @IfPresent package var forbidden: String?
    @IfPresent package var forbiddenMessage: String?

    package init(
        results: [TagBody],
        forbidden: String? = nil,
        forbiddenMessage: String? = nil
    ) {
        self.results = results
        self.forbidden = forbidden
        self.forbiddenMessage = forbiddenMessage
    }

    private enum CodingKeys: String, CodingKey {
        case results
        case forbidden
        case forbiddenMessage = "forbidden_message"
    }
}

/// `GET /tags/unused`.
package struct UnusedTagsReply: Codable, Sendable, Equatable {
    package var tags: [String]

    package init(tags: [String]) {
        self.tags = tags
    }
}

/// `POST /tags/bulk_create`.
package struct CreateTagsReply: Codable, Sendable, Equatable {
    package var created: [String]
    package var existing: [String]
    /// Name → why it was not made.
    package var failed: [String: String] = [:]

    package init(created: [String], existing: [String], failed: [String: String] = [:]) {
        self.created = created
        self.existing = existing
        self.failed = failed
    }
}

/// `GET /tags/personal_messages/{username}`.
package struct MessageTagsReply: Codable, Sendable, Equatable {
    package var tags: [TagBody]

    package init(tags: [TagBody]) {
        self.tags = tags
    }
}
