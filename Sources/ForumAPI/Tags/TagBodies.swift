/// `GET /tags`.
package struct TagListReply: Codable, Sendable, Equatable {
    package var tags: [TagBody]
    package var extras: TagExtrasBody = TagExtrasBody()

    package init(
        tags: [TagBody],
        extras: TagExtrasBody = TagExtrasBody()
    ) {
        self.tags = tags
        self.extras = extras
    }

    private enum CodingKeys: String, CodingKey {
        case tags
        case extras
    }
}

package struct TagExtrasBody: Codable, Sendable, Equatable {
    package var categories: [CategoryTagsBody] = []
    @IfPresent package var tagGroups: [TagGroupTagsBody]?

    package init(
        categories: [CategoryTagsBody] = [],
        tagGroups: [TagGroupTagsBody]? = nil
    ) {
        self.categories = categories
        self.tagGroups = tagGroups
    }

    private enum CodingKeys: String, CodingKey {
        case categories
        case tagGroups = "tag_groups"
    }
}

/// The tags that belong to one category alone.
package struct CategoryTagsBody: Codable, Sendable, Equatable {
    package var id: Int
    package var tags: [TagBody]

    package init(
        id: Int,
        tags: [TagBody]
    ) {
        self.id = id
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case tags
    }
}

package struct TagGroupTagsBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var tags: [TagBody]

    package init(
        id: Int,
        name: String,
        tags: [TagBody]
    ) {
        self.id = id
        self.name = name
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case tags
    }
}

package struct TagBody: Codable, Sendable, Equatable {
    package var id: Int
    package var text: String
    package var name: String
    package var slug: String = ""
    package var description: String?
    /// Topics with this tag that the caller may see.
    package var count: Int
    package var pmCount: Int = 0
    package var pmOnly: Bool = false
    /// The tag of which this one is a synonym.
    package var targetTag: String?

    package init(
        id: Int,
        text: String,
        name: String,
        slug: String = "",
        description: String? = nil,
        count: Int,
        pmCount: Int = 0,
        pmOnly: Bool = false,
        targetTag: String? = nil
    ) {
        self.id = id
        self.text = text
        self.name = name
        self.slug = slug
        self.description = description
        self.count = count
        self.pmCount = pmCount
        self.pmOnly = pmOnly
        self.targetTag = targetTag
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case text
        case name
        case slug
        case description
        case count
        case pmCount = "pm_count"
        case pmOnly = "pm_only"
        case targetTag = "target_tag"
    }
}

/// `PUT /tag/{name}/notifications`.
package struct TagNotificationRequest: Codable, Sendable, Equatable {
    package var tagNotification: NotificationLevelRequest?
    /// The level without the wrapping, as some clients send it.
    package var notificationLevel: Int?
    package var delivery: DeliveryWord?

    package init(
        tagNotification: NotificationLevelRequest? = nil,
        notificationLevel: Int? = nil,
        delivery: DeliveryWord? = nil
    ) {
        self.tagNotification = tagNotification
        self.notificationLevel = notificationLevel
        self.delivery = delivery
    }

    private enum CodingKeys: String, CodingKey {
        case tagNotification = "tag_notification"
        case notificationLevel = "notification_level"
        case delivery
    }
}
