/// `GET /u/{username}/summary`.
package struct UserSummaryReply: Codable, Sendable, Equatable {
    package var userSummary: UserSummaryBody
    package var topics: [SummaryTopicBody]
    package var badges: [WireValue]
    package var users: [BasicUserBody]

    package init(
        userSummary: UserSummaryBody,
        topics: [SummaryTopicBody] = [],
        badges: [WireValue] = [],
        users: [BasicUserBody] = []
    ) {
        self.userSummary = userSummary
        self.topics = topics
        self.badges = badges
        self.users = users
    }

    private enum CodingKeys: String, CodingKey {
        case userSummary = "user_summary"
        case topics
        case badges
        case users
    }
}

/// What somebody did here, in numbers and best examples.
package struct UserSummaryBody: Codable, Sendable, Equatable {
    package var likesGiven: Int
    package var likesReceived: Int
    package var topicsEntered: Int
    package var postsReadCount: Int
    package var daysVisited: Int
    package var topicCount: Int
    package var postCount: Int
    package var timeRead: Int
    package var recentTimeRead: Int
    package var bookmarkCount: Int
    package var canSeeSummaryStats: Bool
    package var canSeeUserActions: Bool
    package var topicIDs: [Int]
    package var replies: [SummaryReplyBody]
    package var links: [SummaryLinkBody]
    package var mostLikedByUsers: [SummaryUserBody]
    package var mostLikedUsers: [SummaryUserBody]
    package var mostRepliedToUsers: [SummaryUserBody]
    package var badges: [WireValue]
    package var topCategories: [SummaryCategoryBody]

    package init(
        likesGiven: Int,
        likesReceived: Int,
        topicsEntered: Int,
        postsReadCount: Int,
        daysVisited: Int,
        topicCount: Int,
        postCount: Int,
        timeRead: Int,
        recentTimeRead: Int,
        bookmarkCount: Int,
        canSeeSummaryStats: Bool = true,
        canSeeUserActions: Bool = true,
        topicIDs: [Int] = [],
        replies: [SummaryReplyBody] = [],
        links: [SummaryLinkBody] = [],
        mostLikedByUsers: [SummaryUserBody] = [],
        mostLikedUsers: [SummaryUserBody] = [],
        mostRepliedToUsers: [SummaryUserBody] = [],
        badges: [WireValue] = [],
        topCategories: [SummaryCategoryBody] = []
    ) {
        self.likesGiven = likesGiven
        self.likesReceived = likesReceived
        self.topicsEntered = topicsEntered
        self.postsReadCount = postsReadCount
        self.daysVisited = daysVisited
        self.topicCount = topicCount
        self.postCount = postCount
        self.timeRead = timeRead
        self.recentTimeRead = recentTimeRead
        self.bookmarkCount = bookmarkCount
        self.canSeeSummaryStats = canSeeSummaryStats
        self.canSeeUserActions = canSeeUserActions
        self.topicIDs = topicIDs
        self.replies = replies
        self.links = links
        self.mostLikedByUsers = mostLikedByUsers
        self.mostLikedUsers = mostLikedUsers
        self.mostRepliedToUsers = mostRepliedToUsers
        self.badges = badges
        self.topCategories = topCategories
    }

    private enum CodingKeys: String, CodingKey {
        case likesGiven = "likes_given"
        case likesReceived = "likes_received"
        case topicsEntered = "topics_entered"
        case postsReadCount = "posts_read_count"
        case daysVisited = "days_visited"
        case topicCount = "topic_count"
        case postCount = "post_count"
        case timeRead = "time_read"
        case recentTimeRead = "recent_time_read"
        case bookmarkCount = "bookmark_count"
        case canSeeSummaryStats = "can_see_summary_stats"
        case canSeeUserActions = "can_see_user_actions"
        case topicIDs = "topic_ids"
        case replies
        case links
        case mostLikedByUsers = "most_liked_by_users"
        case mostLikedUsers = "most_liked_users"
        case mostRepliedToUsers = "most_replied_to_users"
        case badges
        case topCategories = "top_categories"
    }
}

/// A topic of somebody.
package struct SummaryTopicBody: Codable, Sendable, Equatable {
    package var id: Int
    package var title: String
    package var fancyTitle: String
    package var slug: String
    package var postsCount: Int
    package var likeCount: Int
    package var categoryID: Int?
    package var createdAt: String

    package init(
        id: Int,
        title: String,
        fancyTitle: String,
        slug: String,
        postsCount: Int,
        likeCount: Int,
        categoryID: Int? = nil,
        createdAt: String
    ) {
        self.id = id
        self.title = title
        self.fancyTitle = fancyTitle
        self.slug = slug
        self.postsCount = postsCount
        self.likeCount = likeCount
        self.categoryID = categoryID
        self.createdAt = createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case fancyTitle = "fancy_title"
        case slug
        case postsCount = "posts_count"
        case likeCount = "like_count"
        case categoryID = "category_id"
        case createdAt = "created_at"
    }
}

/// A reply of somebody.
package struct SummaryReplyBody: Codable, Sendable, Equatable {
    package var postNumber: Int
    package var likeCount: Int
    package var createdAt: String
    package var topicID: Int

    package init(
        postNumber: Int,
        likeCount: Int,
        createdAt: String,
        topicID: Int
    ) {
        self.postNumber = postNumber
        self.likeCount = likeCount
        self.createdAt = createdAt
        self.topicID = topicID
    }

    private enum CodingKeys: String, CodingKey {
        case postNumber = "post_number"
        case likeCount = "like_count"
        case createdAt = "created_at"
        case topicID = "topic_id"
    }
}

/// A link that somebody posted.
package struct SummaryLinkBody: Codable, Sendable, Equatable {
    package var url: String
    package var title: String?
    package var clicks: Int
    package var postNumber: Int
    package var topicID: Int

    package init(
        url: String,
        title: String? = nil,
        clicks: Int,
        postNumber: Int,
        topicID: Int
    ) {
        self.url = url
        self.title = title
        self.clicks = clicks
        self.postNumber = postNumber
        self.topicID = topicID
    }

    private enum CodingKeys: String, CodingKey {
        case url
        case title
        case clicks
        case postNumber = "post_number"
        case topicID = "topic_id"
    }
}

/// Somebody, and how often.
package struct SummaryUserBody: Codable, Sendable, Equatable {
    package var count: Int
    package var id: Int
    package var username: String
    package var name: String?
    package var avatarTemplate: String
    @IfPresent package var admin: Bool?
    @IfPresent package var moderator: Bool?
    @IfPresent package var trustLevel: Int?

    package init(
        count: Int,
        id: Int,
        username: String,
        name: String? = nil,
        avatarTemplate: String,
        admin: Bool? = nil,
        moderator: Bool? = nil,
        trustLevel: Int? = nil
    ) {
        self.count = count
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
        self.admin = admin
        self.moderator = moderator
        self.trustLevel = trustLevel
    }

    private enum CodingKeys: String, CodingKey {
        case count
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case admin
        case moderator
        case trustLevel = "trust_level"
    }
}

/// A category that somebody wrote in.
package struct SummaryCategoryBody: Codable, Sendable, Equatable {
    package var topicCount: Int
    package var postCount: Int
    package var id: Int
    package var name: String
    package var color: String
    package var textColor: String
    package var slug: String
    package var readRestricted: Bool
    package var parentCategoryID: Int?

    package init(
        topicCount: Int,
        postCount: Int,
        id: Int,
        name: String,
        color: String,
        textColor: String,
        slug: String,
        readRestricted: Bool,
        parentCategoryID: Int? = nil
    ) {
        self.topicCount = topicCount
        self.postCount = postCount
        self.id = id
        self.name = name
        self.color = color
        self.textColor = textColor
        self.slug = slug
        self.readRestricted = readRestricted
        self.parentCategoryID = parentCategoryID
    }

    private enum CodingKeys: String, CodingKey {
        case topicCount = "topic_count"
        case postCount = "post_count"
        case id
        case name
        case color
        case textColor = "text_color"
        case slug
        case readRestricted = "read_restricted"
        case parentCategoryID = "parent_category_id"
    }
}
