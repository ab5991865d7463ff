import Forum
import ForumAPI
import Postgres

enum SitePresenter {
    /// Likes and flags.
    static var postActionTypes: [PostActionTypeBody] { [like] + FlagPresenter.types }

    /// What a whole topic can be flagged as.
    static var topicFlagTypes: [PostActionTypeBody] {
        FlagPresenter.types.filter { $0.appliesTo.contains("Topic") }
    }

    private static var like: PostActionTypeBody {
        var like = PostActionTypeBody(
            id: PostActionType.like.rawValue,
            nameKey: "like",
            name: "Like"
        )
        like.description = "Like this post"
        like.shortDescription = "Like this post"
        like.appliesTo = ["Post"]
        return like
    }

    /// Each setting that programs are told, as the JSON of its kind.
    static func settings(_ settings: SiteSettings) -> WireValue {
        .object(
            WireObject(
                SettingDefinition.forClients.map { definition in
                    let value = definition.value(in: settings)
                    return switch definition.kind {
                    case .boolean: (definition.name, .bool(value == "true"))
                    case .integer: (definition.name, .number(value))
                    case .text, .choice: (definition.name, .string(value))
                    }
                }
            )
        )
    }

    static func about(_ statistics: AboutStatistics, _ community: Community) -> AboutBody {
        let settings = community.settings.current
        var about = AboutBody()
        about.title = settings.title
        about.description = settings.siteDescription
        about.version = SiteRoutes.discourseVersion
        about.locale = settings.defaultLocale
        about.https = community.baseURL.hasPrefix("https:")
        // Texts that are empty, not null: clients have types for them.
        about.extendedSiteDescription = ""
        about.contactEmail = settings.contactEmail
        about.contactURL = ""
        about.siteCreationDate = statistics.siteCreatedAt.iso8601
        about.adminIDs = statistics.adminIDs.map { Int($0.value) }
        about.moderatorIDs = statistics.moderatorIDs.map { Int($0.value) }
        about.stats = stats(statistics)
        return about
    }

    static func stats(_ statistics: AboutStatistics) -> AboutStatsBody {
        var stats = AboutStatsBody()
        stats.topicsCount = statistics.topics.total
        stats.topicsLastDay = statistics.topics.lastDay
        stats.topics7Days = statistics.topics.sevenDays
        stats.topics30Days = statistics.topics.thirtyDays
        stats.postsCount = statistics.posts.total
        stats.postsLastDay = statistics.posts.lastDay
        stats.posts7Days = statistics.posts.sevenDays
        stats.posts30Days = statistics.posts.thirtyDays
        stats.usersCount = statistics.users.total
        stats.usersLastDay = statistics.users.lastDay
        stats.users7Days = statistics.users.sevenDays
        stats.users30Days = statistics.users.thirtyDays
        stats.activeUsersLastDay = statistics.activeUsers.lastDay
        stats.activeUsers7Days = statistics.activeUsers.sevenDays
        stats.activeUsers30Days = statistics.activeUsers.thirtyDays
        stats.participatingUsersLastDay = statistics.participatingUsers.lastDay
        stats.participatingUsers7Days = statistics.participatingUsers.sevenDays
        stats.participatingUsers30Days = statistics.participatingUsers.thirtyDays
        stats.likesCount = statistics.likes.total
        stats.likesLastDay = statistics.likes.lastDay
        stats.likes7Days = statistics.likes.sevenDays
        stats.likes30Days = statistics.likes.thirtyDays
        return stats
    }
}
