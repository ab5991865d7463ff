import Forum
import ForumAPI
import Markup
import Postgres

enum UserPresenter {
    static func basic(_ card: UserCard) -> BasicUserBody {
        BasicUserBody(
            id: Int(card.id.value),
            username: card.username,
            name: card.name,
            avatarTemplate: AvatarTemplate.make(card.username),
            admin: card.isAdmin ? true : nil,
            moderator: card.isModerator ? true : nil,
            trustLevel: card.trustLevel
        )
    }

    static func basic(_ principal: Principal) -> BasicUserBody {
        BasicUserBody(
            id: Int(principal.id.value),
            username: principal.username,
            avatarTemplate: AvatarTemplate.make(principal.username),
            admin: principal.isAdmin ? true : nil,
            moderator: principal.isModerator ? true : nil,
            trustLevel: principal.trustLevel
        )
    }

    static func profile(_ profile: UserProfile, viewer: Viewer, now: Timestamp) -> UserBody {
        let user = profile.user
        var body = UserBody()
        body.id = Int(user.id.value)
        body.username = user.username
        body.name = user.name
        body.avatarTemplate = AvatarTemplate.make(user.username)
        body.systemAvatarTemplate = AvatarTemplate.letter(user.username)
        body.email = profile.email
        if profile.email != nil { body.secondaryEmails = profile.secondaryEmails }
        body.lastPostedAt = profile.activity.lastPostedAt?.iso8601
        body.lastSeenAt = user.lastSeenAt?.iso8601
        body.createdAt = user.createdAt.iso8601
        body.trustLevel = user.trustLevel
        body.moderator = user.isModerator
        body.admin = user.isAdmin
        body.title = user.title
        body.timeRead = Int(user.statistics.timeReadMilliseconds / 1000)
        body.staged = user.isStaged
        body.canEdit = profile.canEdit
        body.canEditName = profile.canEdit
        body.postCount = profile.activity.postCount
        body.topicCount = profile.activity.topicCount
        body.bioRaw = user.bioRaw
        body.bioCooked = user.bioCooked
        body.bioExcerpt = user.bioCooked.map { Excerpt.make(html: $0, length: 350) }
        body.website = user.website
        body.location = user.location
        body.groups = profile.groups.map { group($0, viewer: viewer) }
        if viewer.isStaff || viewer.principal?.id == user.id {
            body.userOption.userID = body.id
            body.userOption.emailLevel = user.emailLevel
        }
        if user.isSuspended(at: now) { body.suspendedTill = user.suspendedTill?.iso8601 }
        if viewer.isStaff, user.isSilenced(at: now) {
            body.silencedTill = user.silencedTill?.iso8601
        }
        return body
    }

    /// The picture that a person has sent, and their badges.
    static func show(_ honours: UserHonours?, in body: inout UserBody, host: String) {
        guard let honours else { return }
        body.uploadedAvatarID = honours.avatarUploadID.map { Int($0.value) }
        body.avatarTemplate = AvatarTemplate.make(
            body.username,
            upload: honours.avatarUploadID,
            host: host
        )
        body.badgeCount = honours.badgeCount
        body.hasTitleBadges = honours.hasTitleBadges
        body.featuredUserBadgeIDs = honours.favoriteIDs.map { Int($0) }
    }

    static func group(_ group: Forum.Group, viewer: Viewer) -> GroupBody {
        GroupPresenter.body(group, viewer: viewer)
    }
}
