import Forum
import ForumAPI
import Postgres

/// `GET /u/{username}` and what answers like it.
enum ProfileReply {
    static func make(
        _ community: Community,
        named username: String,
        viewer: Viewer,
        proof: Proof
    ) async throws -> UserReply {
        UserReply(user: try await body(community, named: username, viewer: viewer, proof: proof))
    }

    static func body(
        _ community: Community,
        named username: String,
        viewer: Viewer,
        proof: Proof
    ) async throws -> UserBody {
        let profile = try await community.profile(named: username, for: viewer)
        var session: String?
        if case .session(let token) = proof { session = token }
        let details = try await community.details(
            of: profile.user,
            for: viewer,
            session: session
        )
        var body = full(profile, details, viewer: viewer, now: community.clock())
        if !details.isHidden {
            UserPresenter.show(profile.honours, in: &body, host: community.host)
        }
        return body
    }

    /// A profile with everything the viewer may see of it.
    static func full(
        _ profile: UserProfile,
        _ details: AccountDetails,
        viewer: Viewer,
        now: Timestamp
    ) -> UserBody {
        var body =
            details.isHidden
            ? hidden(profile) : UserPresenter.profile(profile, viewer: viewer, now: now)
        body.ignored = details.isIgnored
        body.muted = details.isMuted
        body.canMuteUser = details.mayMute
        body.canMuteUsers = viewer.principal != nil
        body.canIgnoreUser = details.mayIgnore
        body.canIgnoreUsers = (viewer.principal?.trustLevel ?? 0) >= 2 || viewer.isStaff
        body.canSendPrivateMessageToUser = details.mayMessage
        body.canSendPrivateMessages = viewer.principal.map { !$0.isSilenced } ?? false
        if details.isHidden { return body }
        body.status = details.status.map { AccountPresenter.status($0) }
        body.featuredTopic = details.featuredTopic.map { AccountPresenter.topic($0) }
        body.recentTimeRead = Int(details.recentReadMilliseconds / 1000)
        body.customFields = details.customFields
        body.userFields = details.userFields
        body.invitedBy = details.invitedBy.map { UserPresenter.basic($0) }
        addPermissions(to: &body, profile, details)
        addOwn(to: &body, profile, details, viewer: viewer)
        return body
    }

    private static func hidden(_ profile: UserProfile) -> UserBody {
        let user = profile.user
        var body = UserBody()
        body.id = Int(user.id.value)
        body.username = user.username
        body.name = user.name
        body.avatarTemplate = AvatarTemplate.make(user.username)
        body.systemAvatarTemplate = body.avatarTemplate
        body.createdAt = user.createdAt.iso8601
        body.trustLevel = user.trustLevel
        body.moderator = user.isModerator
        body.admin = user.isAdmin
        body.title = user.title
        body.profileHidden = true
        return body
    }

    private static func addPermissions(
        to body: inout UserBody,
        _ profile: UserProfile,
        _ details: AccountDetails
    ) {
        body.canEditUsername = details.mayChangeUsername
        body.canEditEmail = details.mayChangeEmail
        body.canBeDeleted = details.mayDelete
        body.canChangeBio = profile.canEdit
        body.canChangeLocation = profile.canEdit
        body.canChangeWebsite = profile.canEdit
        body.canChangeTrackingPreferences = profile.canEdit
    }

    private static func addOwn(
        to body: inout UserBody,
        _ profile: UserProfile,
        _ details: AccountDetails,
        viewer: Viewer
    ) {
        let isSelf = viewer.principal?.id == profile.user.id
        guard isSelf || viewer.isStaff else { return }
        body.userOption = UserOptionBody(
            details.options,
            userID: body.id,
            emailLevel: profile.user.emailLevel
        )
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
        body.userNotificationSchedule = NotificationScheduleBody(details.schedule)
        body.categoryDeliveries = DeliveryWord.words(
            details.categoryDeliveries.map { (String($0.key), $0.value) }
        )
        body.tagDeliveries = DeliveryWord.words(details.tagDeliveries.map { ($0.key, $0.value) })
        body.groupUsers = details.groups.map { group in
            GroupUserBody(
                groupID: Int(group.id.value),
                userID: body.id,
                notificationLevel: group.level,
                owner: group.isOwner
            )
        }
        body.mutedUsernames = details.mutedUsernames
        body.ignoredUsernames = details.ignoredUsernames
        body.allowedPMUsernames = details.allowedUsernames
        body.userAuthTokens = details.sessions.map { AccountPresenter.session($0) }
        if isSelf || viewer.isAdmin {
            body.unconfirmedEmails = details.unconfirmedEmails
            body.secondFactorEnabled = details.secondFactors.isOn
            body.secondFactorBackupEnabled = details.secondFactors.hasBackupCodes
            body.secondFactorRemainingBackupCodes = details.secondFactors.backupCodes
        }
    }
}
