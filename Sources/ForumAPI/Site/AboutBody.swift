/// `GET /about`.
package struct AboutReply: Codable, Sendable, Equatable {
    package var about: AboutBody
    @IfPresent package var users: [BasicUserBody]?

    package init(
        about: AboutBody,
        users: [BasicUserBody]? = nil
    ) {
        self.about = about
        self.users = users
    }

    private enum CodingKeys: String, CodingKey {
        case about
        case users
    }
}

package struct AboutBody: Codable, Sendable, Equatable {
    package var title: String = ""
    package var description: String = ""
    package var extendedSiteDescription: String?
    /// Clients read it as a version (PEP 440), and want 2.5.5 at least.
    package var version: String = ""
    package var locale: String = "en"
    package var https: Bool = false
    package var contactEmail: String?
    package var contactURL: String?
    package var siteCreationDate: String = ""
    package var bannerImage: String?
    package var adminIDs: [Int] = []
    package var moderatorIDs: [Int] = []
    package var categoryModerators: [CategoryModeratorsBody] = []
    package var canSeeAboutStats: Bool = true
    package var discourseDiscoverEnrolled: Bool = false
    package var stats: AboutStatsBody = AboutStatsBody()

    package init(
        title: String = "",
        description: String = "",
        extendedSiteDescription: String? = nil,
        version: String = "",
        locale: String = "en",
        https: Bool = false,
        contactEmail: String? = nil,
        contactURL: String? = nil,
        siteCreationDate: String = "",
        bannerImage: String? = nil,
        adminIDs: [Int] = [],
        moderatorIDs: [Int] = [],
        categoryModerators: [CategoryModeratorsBody] = [],
        canSeeAboutStats: Bool = true,
        discourseDiscoverEnrolled: Bool = false,
        stats: AboutStatsBody = AboutStatsBody()
    ) {
        self.title = title
        self.description = description
        self.extendedSiteDescription = extendedSiteDescription
        self.version = version
        self.locale = locale
        self.https = https
        self.contactEmail = contactEmail
        self.contactURL = contactURL
        self.siteCreationDate = siteCreationDate
        self.bannerImage = bannerImage
        self.adminIDs = adminIDs
        self.moderatorIDs = moderatorIDs
        self.categoryModerators = categoryModerators
        self.canSeeAboutStats = canSeeAboutStats
        self.discourseDiscoverEnrolled = discourseDiscoverEnrolled
        self.stats = stats
    }

    private enum CodingKeys: String, CodingKey {
        case title
        case description
        case extendedSiteDescription = "extended_site_description"
        case version
        case locale
        case https
        case contactEmail = "contact_email"
        case contactURL = "contact_url"
        case siteCreationDate = "site_creation_date"
        case bannerImage = "banner_image"
        case adminIDs = "admin_ids"
        case moderatorIDs = "moderator_ids"
        case categoryModerators = "category_moderators"
        case canSeeAboutStats = "can_see_about_stats"
        case discourseDiscoverEnrolled = "discourse_discover_enrolled"
        case stats
    }
}

package struct CategoryModeratorsBody: Codable, Sendable, Equatable {
    package var categoryID: Int
    package var moderatorIDs: [Int]

    package init(
        categoryID: Int,
        moderatorIDs: [Int]
    ) {
        self.categoryID = categoryID
        self.moderatorIDs = moderatorIDs
    }

    private enum CodingKeys: String, CodingKey {
        case categoryID = "category_id"
        case moderatorIDs = "moderator_ids"
    }
}

package struct AboutStatsBody: Codable, Sendable, Equatable {
    package var topicsCount: Int = 0
    package var topicsLastDay: Int = 0
    package var topics7Days: Int = 0
    package var topics30Days: Int = 0
    package var postsCount: Int = 0
    package var postsLastDay: Int = 0
    package var posts7Days: Int = 0
    package var posts30Days: Int = 0
    package var usersCount: Int = 0
    package var usersLastDay: Int = 0
    package var users7Days: Int = 0
    package var users30Days: Int = 0
    package var activeUsersLastDay: Int = 0
    package var activeUsers7Days: Int = 0
    package var activeUsers30Days: Int = 0
    package var participatingUsersLastDay: Int = 0
    package var participatingUsers7Days: Int = 0
    package var participatingUsers30Days: Int = 0
    package var likesCount: Int = 0
    package var likesLastDay: Int = 0
    package var likes7Days: Int = 0
    package var likes30Days: Int = 0

    package init(
        topicsCount: Int = 0,
        topicsLastDay: Int = 0,
        topics7Days: Int = 0,
        topics30Days: Int = 0,
        postsCount: Int = 0,
        postsLastDay: Int = 0,
        posts7Days: Int = 0,
        posts30Days: Int = 0,
        usersCount: Int = 0,
        usersLastDay: Int = 0,
        users7Days: Int = 0,
        users30Days: Int = 0,
        activeUsersLastDay: Int = 0,
        activeUsers7Days: Int = 0,
        activeUsers30Days: Int = 0,
        participatingUsersLastDay: Int = 0,
        participatingUsers7Days: Int = 0,
        participatingUsers30Days: Int = 0,
        likesCount: Int = 0,
        likesLastDay: Int = 0,
        likes7Days: Int = 0,
        likes30Days: Int = 0
    ) {
        self.topicsCount = topicsCount
        self.topicsLastDay = topicsLastDay
        self.topics7Days = topics7Days
        self.topics30Days = topics30Days
        self.postsCount = postsCount
        self.postsLastDay = postsLastDay
        self.posts7Days = posts7Days
        self.posts30Days = posts30Days
        self.usersCount = usersCount
        self.usersLastDay = usersLastDay
        self.users7Days = users7Days
        self.users30Days = users30Days
        self.activeUsersLastDay = activeUsersLastDay
        self.activeUsers7Days = activeUsers7Days
        self.activeUsers30Days = activeUsers30Days
        self.participatingUsersLastDay = participatingUsersLastDay
        self.participatingUsers7Days = participatingUsers7Days
        self.participatingUsers30Days = participatingUsers30Days
        self.likesCount = likesCount
        self.likesLastDay = likesLastDay
        self.likes7Days = likes7Days
        self.likes30Days = likes30Days
    }

    private enum CodingKeys: String, CodingKey {
        case topicsCount = "topics_count"
        case topicsLastDay = "topics_last_day"
        case topics7Days = "topics_7_days"
        case topics30Days = "topics_30_days"
        case postsCount = "posts_count"
        case postsLastDay = "posts_last_day"
        case posts7Days = "posts_7_days"
        case posts30Days = "posts_30_days"
        case usersCount = "users_count"
        case usersLastDay = "users_last_day"
        case users7Days = "users_7_days"
        case users30Days = "users_30_days"
        case activeUsersLastDay = "active_users_last_day"
        case activeUsers7Days = "active_users_7_days"
        case activeUsers30Days = "active_users_30_days"
        case participatingUsersLastDay = "participating_users_last_day"
        case participatingUsers7Days = "participating_users_7_days"
        case participatingUsers30Days = "participating_users_30_days"
        case likesCount = "likes_count"
        case likesLastDay = "likes_last_day"
        case likes7Days = "likes_7_days"
        case likes30Days = "likes_30_days"
    }
}
