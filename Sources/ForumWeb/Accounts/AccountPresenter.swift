import Forum
import ForumAPI
import Markup
import Postgres

enum AccountPresenter {
    static func status(_ status: UserStatus) -> UserStatusBody {
        UserStatusBody(
            description: status.description,
            emoji: status.emoji,
            endsAt: status.endsAt?.iso8601
        )
    }

    static func topic(_ topic: FeaturedTopic) -> FeaturedTopicBody {
        FeaturedTopicBody(
            id: Int(topic.id.value),
            title: topic.title,
            fancyTitle: topic.fancyTitle,
            slug: topic.slug,
            postsCount: topic.postsCount
        )
    }

    static func ids(_ ids: [Int64]?) -> [Int] { (ids ?? []).map { Int($0) } }

    static func tags(_ tags: [TagCard]?) -> [TagReferenceBody] {
        (tags ?? []).map { TagReferenceBody(id: Int($0.id.value), name: $0.name, slug: $0.slug) }
    }

    static func session(_ session: UserSession) -> UserAuthTokenBody {
        let agent = UserAgentWords(session.userAgent ?? "")
        return UserAuthTokenBody(
            id: Int(session.id),
            clientIP: session.clientIP ?? "",
            location: "",
            browser: agent.browser,
            device: agent.device,
            os: agent.system,
            icon: agent.icon,
            createdAt: session.createdAt.iso8601,
            seenAt: session.lastUsedAt.iso8601,
            isActive: session.isCurrent
        )
    }
}

/// What a browser says it is, in words for people (Discourse's).
struct UserAgentWords: Sendable {
    let browser: String
    let device: String
    let system: String
    let icon: String

    init(_ agent: String) {
        func first(_ pairs: [(String, String)], _ none: String) -> String {
            pairs.first { agent.contains($0.0) }?.1 ?? none
        }
        browser = first(
            [
                ("parley/", "Parley"), ("Edg", "Microsoft Edge"), ("OPR/", "Opera"),
                ("Firefox/", "Firefox"), ("Chrome/", "Google Chrome"), ("Safari/", "Safari"),
                ("DiscourseHub", "DiscourseHub app"),
            ],
            "unknown browser"
        )
        system = first(
            [
                ("Android", "Android"), ("CrOS", "Chrome OS"), ("iPhone", "iOS"), ("iPad", "iOS"),
                ("Windows", "Microsoft Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
            ],
            "unknown operating system"
        )
        device = first(
            [
                ("Android", "Android Device"), ("iPad", "iPad"), ("iPhone", "iPhone"),
                ("CrOS", "Chromebook"), ("Windows", "Windows Computer"), ("Mac OS X", "Mac"),
                ("Linux", "GNU/Linux Computer"),
            ],
            "unknown device"
        )
        icon = first(
            [
                ("Android", "fab-android"), ("iPad", "fab-apple"), ("iPhone", "fab-apple"),
                ("Mac OS X", "fab-apple"), ("Windows", "fab-windows"), ("Linux", "fab-linux"),
            ],
            "question"
        )
    }
}

enum CurrentUserPresenter {
    static func make(
        _ profile: UserProfile,
        _ details: AccountDetails,
        _ principal: Principal,
        settings: SiteSettings
    ) -> CurrentUserBody {
        let user = profile.user
        var body = CurrentUserBody()
        body.id = Int(principal.id.value)
        body.username = principal.username
        body.name = user.name
        body.avatarTemplate = AvatarTemplate.make(principal.username)
        body.email = profile.email
        body.admin = principal.isAdmin
        body.moderator = principal.isModerator
        body.staff = principal.isStaff
        body.title = user.title
        body.trustLevel = principal.trustLevel
        body.canCreateTopic = !principal.isSilenced
        body.canSendPrivateMessages =
            !principal.isSilenced && (principal.isStaff || principal.trustLevel >= 1)
        body.canCreateGroup = principal.isAdmin
        body.canInviteToForum = principal.can(.invite(settings), WholeSite())
        body.canIgnoreUsers = principal.isStaff || principal.trustLevel >= 2
        body.topicCount = user.statistics.topicCount
        body.postCount = user.statistics.postCount
        body.replyCount = max(0, user.statistics.postCount - user.statistics.topicCount)
        body.createdAt = user.createdAt.iso8601
        body.lastSeenAt = user.lastSeenAt?.iso8601
        body.groups = profile.groups.map { GroupReferenceBody(id: Int($0.id.value), name: $0.name) }
        addChoices(to: &body, profile, details)
        return body
    }

    private static func addChoices(
        to body: inout CurrentUserBody,
        _ profile: UserProfile,
        _ details: AccountDetails
    ) {
        body.userOption = UserOptionBody(
            details.options,
            userID: body.id,
            emailLevel: profile.user.emailLevel
        )
        body.timezone = details.options.text("timezone")
        body.locale = details.locale
        body.mutedCategoryIDs = AccountPresenter.ids(details.categories[.muted])
        body.regularCategoryIDs = AccountPresenter.ids(details.categories[.regular])
        body.trackedCategoryIDs = AccountPresenter.ids(details.categories[.tracking])
        body.watchedCategoryIDs = AccountPresenter.ids(details.categories[.watching])
        body.watchedFirstPostCategoryIDs = AccountPresenter.ids(
            details.categories[.watchingFirstPost]
        )
        body.mutedTags = AccountPresenter.tags(details.tags[.muted])
        body.trackedTags = AccountPresenter.tags(details.tags[.tracking])
        body.watchedTags = AccountPresenter.tags(details.tags[.watching])
        body.watchingFirstPostTags = AccountPresenter.tags(details.tags[.watchingFirstPost])
        body.status = details.status.map { AccountPresenter.status($0) }
        body.doNotDisturbUntil = details.doNotDisturbUntil?.iso8601
    }
}
