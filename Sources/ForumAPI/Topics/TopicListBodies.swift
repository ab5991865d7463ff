/// What `latest`, `top`, a category, a tag and the other lists answer.
package struct TopicListReply: Codable, Sendable, Equatable {
    package var users: [BasicUserBody] = []
    package var primaryGroups: [WireValue] = []
    package var flairGroups: [WireValue] = []
    package var topicList: TopicListBody

    package init(
        users: [BasicUserBody] = [],
        primaryGroups: [WireValue] = [],
        flairGroups: [WireValue] = [],
        topicList: TopicListBody
    ) {
        self.users = users
        self.primaryGroups = primaryGroups
        self.flairGroups = flairGroups
        self.topicList = topicList
    }

    private enum CodingKeys: String, CodingKey {
        case users
        case primaryGroups = "primary_groups"
        case flairGroups = "flair_groups"
        case topicList = "topic_list"
    }
}

package struct TopicListBody: Codable, Sendable, Equatable {
    package var canCreateTopic: Bool = false
    /// The next page with every filter kept and without `.json`; left out on the last page.
    @IfPresent package var moreTopicsURL: String?
    /// `all`, `yearly` … of a `top` list.
    @IfPresent package var forPeriod: String?
    @IfPresent package var filter: String?
    package var draft: String?
    package var draftKey: String = "new_topic"
    package var draftSequence: Int?
    package var perPage: Int = 30
    @IfPresent package var topTags: [TagReferenceBody]?
    /// The tags that a tag list is about.
    @IfPresent package var tags: [ListTagBody]?
    package var topics: [ListedTopicBody]

    package init(
        canCreateTopic: Bool = false,
        moreTopicsURL: String? = nil,
        forPeriod: String? = nil,
        filter: String? = nil,
        draft: String? = nil,
        draftKey: String = "new_topic",
        draftSequence: Int? = nil,
        perPage: Int = 30,
        topTags: [TagReferenceBody]? = nil,
        tags: [ListTagBody]? = nil,
        topics: [ListedTopicBody]
    ) {
        self.canCreateTopic = canCreateTopic
        self.moreTopicsURL = moreTopicsURL
        self.forPeriod = forPeriod
        self.filter = filter
        self.draft = draft
        self.draftKey = draftKey
        self.draftSequence = draftSequence
        self.perPage = perPage
        self.topTags = topTags
        self.tags = tags
        self.topics = topics
    }

    private enum CodingKeys: String, CodingKey {
        case canCreateTopic = "can_create_topic"
        case moreTopicsURL = "more_topics_url"
        case forPeriod = "for_period"
        case filter
        case draft
        case draftKey = "draft_key"
        case draftSequence = "draft_sequence"
        case perPage = "per_page"
        case topTags = "top_tags"
        case tags
        case topics
    }
}

/// The tag of a tag list.
package struct ListTagBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var slug: String = ""
    package var topicCount: Int = 0
    package var staff: Bool = false

    package init(
        id: Int,
        name: String,
        slug: String = "",
        topicCount: Int = 0,
        staff: Bool = false
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.topicCount = topicCount
        self.staff = staff
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case slug
        case topicCount = "topic_count"
        case staff
    }
}

/// A topic as a row.
package struct ListedTopicBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var title: String = ""
    /// The title as HTML: quotes and dashes set, everything else escaped.
    package var fancyTitle: String = ""
    package var slug: String = ""
    package var postsCount: Int = 0
    package var replyCount: Int = 0
    package var highestPostNumber: Int = 0
    package var imageURL: String?
    package var createdAt: String = ""
    package var lastPostedAt: String?
    package var bumped: Bool = false
    package var bumpedAt: String = ""
    package var archetype: String = "regular"
    package var unseen: Bool = false
    @IfPresent package var lastReadPostNumber: Int?
    @IfPresent package var unread: Int?
    @IfPresent package var newPosts: Int?
    @IfPresent package var unreadPosts: Int?
    package var pinned: Bool = false
    package var unpinned: Bool?
    @IfPresent package var excerpt: String?
    package var visible: Bool = true
    package var closed: Bool = false
    package var archived: Bool = false
    @IfPresent package var notificationLevel: Int?
    package var bookmarked: Bool?
    package var liked: Bool?
    package var tags: [TagReferenceBody] = []
    package var tagsDescriptions: [String: String] = [:]
    package var views: Int = 0
    package var likeCount: Int = 0
    package var opLikeCount: Int = 0
    package var hasSummary: Bool = false
    package var lastPosterUsername: String = ""
    package var categoryID: Int?
    package var pinnedGlobally: Bool = false
    package var featuredLink: String?
    package var posters: [PosterBody] = []
    @IfPresent package var participants: [PosterBody]?
    /// A topic of a message between people: how many take part and as what.
    @IfPresent package var allowedUserCount: Int?
    @IfPresent package var externalID: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case fancyTitle = "fancy_title"
        case slug
        case postsCount = "posts_count"
        case replyCount = "reply_count"
        case highestPostNumber = "highest_post_number"
        case imageURL = "image_url"
        case createdAt = "created_at"
        case lastPostedAt = "last_posted_at"
        case bumped
        case bumpedAt = "bumped_at"
        case archetype
        case unseen
        case lastReadPostNumber = "last_read_post_number"
        case unread
        case newPosts = "new_posts"
        case unreadPosts = "unread_posts"
        case pinned
        case unpinned
        case excerpt
        case visible
        case closed
        case archived
        case notificationLevel = "notification_level"
        case bookmarked
        case liked
        case tags
        case tagsDescriptions = "tags_descriptions"
        case views
        case likeCount = "like_count"
        case opLikeCount = "op_like_count"
        case hasSummary = "has_summary"
        case lastPosterUsername = "last_poster_username"
        case categoryID = "category_id"
        case pinnedGlobally = "pinned_globally"
        case featuredLink = "featured_link"
        case posters
        case participants
        case allowedUserCount = "allowed_user_count"
        case externalID = "external_id"
    }
}

/// Who stands beside a topic in a list.
package struct PosterBody: Codable, Sendable, Equatable {
    /// `latest`, `latest single` or null.
    package var extras: String?
    /// “Original Poster, Most Recent Poster” and the like.
    package var description: String = ""
    /// In lists, of one of the list's `users`.
    @IfPresent package var userID: Int?
    /// In suggested topics, the user themself.
    @IfPresent package var user: BasicUserBody?
    package var primaryGroupID: Int?
    package var flairGroupID: Int?

    package init(
        extras: String? = nil,
        description: String = "",
        userID: Int? = nil,
        user: BasicUserBody? = nil,
        primaryGroupID: Int? = nil,
        flairGroupID: Int? = nil
    ) {
        self.extras = extras
        self.description = description
        self.userID = userID
        self.user = user
        self.primaryGroupID = primaryGroupID
        self.flairGroupID = flairGroupID
    }

    private enum CodingKeys: String, CodingKey {
        case extras
        case description
        case userID = "user_id"
        case user
        case primaryGroupID = "primary_group_id"
        case flairGroupID = "flair_group_id"
    }
}
