import Forum
import ForumAPI
import Postgres

enum SitePresenter {
    static var postActionTypes: [PostActionTypeBody] { [like] + flags }

    /// What a whole topic can be flagged as.
    static var topicFlagTypes: [PostActionTypeBody] {
        flags.filter { $0.appliesTo.contains("Topic") }
    }

    private static let flags: [PostActionTypeBody] = [
        flag(
            .offTopic,
            "It's Off-Topic",
            "This post is not relevant to the current discussion as defined by the title and "
                + "first post, and should probably be moved elsewhere.",
            "Not relevant to the discussion",
            appliesTo: ["Post"],
            position: 1
        ),
        flag(
            .inappropriate,
            "It's Inappropriate",
            "This post contains content that a reasonable person would consider offensive, "
                + "abusive, to be hateful conduct or a violation of the community guidelines.",
            "A violation of the community guidelines",
            position: 2
        ),
        flag(
            .spam,
            "It's Spam",
            "This post is an advertisement, or vandalism. It is not useful or relevant to the "
                + "current topic.",
            "This is an advertisement or vandalism",
            position: 3
        ),
        flag(
            .illegal,
            "It's Illegal",
            "This post requires staff attention because I believe it contains content that is "
                + "illegal.",
            "This is illegal",
            needsMessage: true,
            position: 4
        ),
        flag(
            .notifyUser,
            "Send @%{username} a message",
            "I want to talk to this person directly and personally about their post.",
            "I want to talk to this person directly and personally about their post.",
            needsMessage: true,
            appliesTo: ["Post"],
            position: 0
        ),
        flag(
            .notifyModerators,
            "Something Else",
            "This post requires staff attention for another reason not listed above.",
            "Requires staff attention for another reason",
            needsMessage: true,
            position: 5
        ),
    ]

    private static func flag(
        _ type: PostActionType,
        _ name: String,
        _ description: String,
        _ short: String,
        needsMessage: Bool = false,
        appliesTo: [String] = ["Post", "Topic"],
        position: Int
    ) -> PostActionTypeBody {
        PostActionTypeBody(
            id: type.rawValue,
            nameKey: type.name,
            name: name,
            description: description,
            shortDescription: short,
            isFlag: type != .notifyUser,
            requireMessage: needsMessage,
            appliesTo: appliesTo,
            position: position
        )
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

    static func about(_ statistics: AboutStatistics, _ community: Community) -> AboutBody {
        let settings = community.settings.current
        var about = AboutBody()
        about.title = settings.title
        about.description = settings.siteDescription
        about.version = SiteRoutes.discourseVersion
        about.locale = settings.defaultLocale
        about.https = community.baseURL.hasPrefix("https:")
        about.contactEmail = settings.contactEmail.isEmpty ? nil : settings.contactEmail
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
