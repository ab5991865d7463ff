/// A topic as webhooks tell of it: without its posts.
package struct WebHookTopicBody: Codable, Sendable, Equatable {
    package var tags: [TagReferenceBody] = []
    package var tagsDescriptions: [String: String] = [:]
    package var id: Int = 0
    package var title: String = ""
    package var fancyTitle: String = ""
    package var postsCount: Int = 0
    package var createdAt: String = ""
    package var views: Int = 0
    package var replyCount: Int = 0
    package var likeCount: Int = 0
    package var lastPostedAt: String?
    package var visible: Bool = true
    package var closed: Bool = false
    package var archived: Bool = false
    package var archetype: String = "regular"
    package var slug: String = ""
    package var categoryID: Int?
    package var wordCount: Int?
    package var deletedAt: String?
    package var userID: Int = 0
    package var featuredLink: String?
    package var pinnedGlobally: Bool = false
    package var pinnedAt: String?
    package var pinnedUntil: String?
    package var unpinned: Bool?
    package var pinned: Bool = false
    package var highestPostNumber: Int?
    package var deletedBy: BasicUserBody?
    package var participantCount: Int = 0
    package var thumbnails: [WireValue]?
    package var slowModeSeconds: Int = 0
    package var slowModeEnabledUntil: String?
    @IfPresent package var externalID: String?
    @IfPresent package var createdBy: BasicUserBody?
    @IfPresent package var lastPoster: BasicUserBody?

    package init(_ topic: TopicBody) {
        tags = topic.tags
        tagsDescriptions = topic.tagsDescriptions
        id = topic.id
        title = topic.title
        fancyTitle = topic.fancyTitle
        postsCount = topic.postsCount
        createdAt = topic.createdAt
        views = topic.views
        replyCount = topic.replyCount
        likeCount = topic.likeCount
        lastPostedAt = topic.lastPostedAt
        visible = topic.visible
        closed = topic.closed
        archived = topic.archived
        archetype = topic.archetype
        slug = topic.slug
        categoryID = topic.categoryID
        wordCount = topic.wordCount
        deletedAt = topic.deletedAt
        userID = topic.userID
        featuredLink = topic.featuredLink
        pinnedGlobally = topic.pinnedGlobally
        pinnedAt = topic.pinnedAt
        pinnedUntil = topic.pinnedUntil
        unpinned = topic.unpinned
        pinned = topic.pinned
        highestPostNumber = topic.highestPostNumber
        deletedBy = topic.deletedBy
        participantCount = topic.participantCount
        thumbnails = topic.thumbnails
        slowModeSeconds = topic.slowModeSeconds
        slowModeEnabledUntil = topic.slowModeEnabledUntil
        externalID = topic.externalID
        createdBy = topic.details.createdBy
        lastPoster = topic.details.lastPoster
    }

    private enum CodingKeys: String, CodingKey {
        case tags
        case tagsDescriptions = "tags_descriptions"
        case id
        case title
        case fancyTitle = "fancy_title"
        case postsCount = "posts_count"
        case createdAt = "created_at"
        case views
        case replyCount = "reply_count"
        case likeCount = "like_count"
        case lastPostedAt = "last_posted_at"
        case visible
        case closed
        case archived
        case archetype
        case slug
        case categoryID = "category_id"
        case wordCount = "word_count"
        case deletedAt = "deleted_at"
        case userID = "user_id"
        case featuredLink = "featured_link"
        case pinnedGlobally = "pinned_globally"
        case pinnedAt = "pinned_at"
        case pinnedUntil = "pinned_until"
        case unpinned
        case pinned
        case highestPostNumber = "highest_post_number"
        case deletedBy = "deleted_by"
        case participantCount = "participant_count"
        case thumbnails
        case slowModeSeconds = "slow_mode_seconds"
        case slowModeEnabledUntil = "slow_mode_enabled_until"
        case externalID = "external_id"
        case createdBy = "created_by"
        case lastPoster = "last_poster"
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
