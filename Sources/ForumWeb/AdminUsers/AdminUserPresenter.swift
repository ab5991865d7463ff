import Forum
import ForumAPI
import Postgres

enum AdminUserPresenter {
    static func row(_ user: StaffUserRow, now: Timestamp) -> AdminUserRowBody {
        var body = AdminUserRowBody()
        body.id = Int(user.id.value)
        body.username = user.username
        body.name = user.name
        body.avatarTemplate = AvatarTemplate.make(user.username)
        if let email = user.emails.first {
            body.email = email
            body.secondaryEmails = Array(user.emails.dropFirst())
        }
        body.active = user.isActive
        body.admin = user.isAdmin
        body.moderator = user.isModerator
        body.lastSeenAt = user.lastSeenAt?.iso8601
        body.lastEmailedAt = user.lastEmailedAt?.iso8601
        body.createdAt = user.createdAt.iso8601
        body.lastSeenAge = user.lastSeenAt.map { now - $0 }
        body.lastEmailedAge = user.lastEmailedAt.map { now - $0 }
        body.createdAtAge = now - user.createdAt
        body.trustLevel = user.trustLevel
        body.manualLockedTrustLevel = user.lockedTrustLevel
        body.title = user.title
        body.timeRead = Int(user.timeReadMilliseconds / 1000)
        body.staged = user.isStaged
        body.approved = user.isApproved
        if let till = user.suspendedTill, till > now {
            body.suspendedTill = till.iso8601
            body.suspendedAt = user.suspendedAt?.iso8601
        }
        if let till = user.silencedTill, till > now {
            body.silencedTill = till.iso8601
            body.silencedAt = user.silencedAt?.iso8601
        }
        body.daysVisited = user.daysVisited
        body.postsReadCount = user.postsReadCount
        body.topicsEntered = user.topicsEntered
        body.postCount = user.postCount
        return body
    }

    static func detail(
        _ detail: StaffUserDetail,
        viewer: Viewer,
        now: Timestamp
    ) -> AdminUserBody {
        let row = row(detail.row, now: now)
        var body = AdminUserBody()
        body.id = row.id
        body.username = row.username
        body.name = row.name
        body.avatarTemplate = row.avatarTemplate
        body.active = row.active
        body.admin = row.admin
        body.moderator = row.moderator
        body.lastSeenAt = row.lastSeenAt
        body.lastEmailedAt = row.lastEmailedAt
        body.createdAt = row.createdAt
        body.lastSeenAge = row.lastSeenAge
        body.lastEmailedAge = row.lastEmailedAge
        body.createdAtAge = row.createdAtAge
        body.trustLevel = row.trustLevel
        body.manualLockedTrustLevel = row.manualLockedTrustLevel
        body.title = row.title
        body.timeRead = row.timeRead
        body.staged = row.staged
        body.approved = detail.row.isApproved
        body.suspendedAt = row.suspendedAt
        body.suspendedTill = row.suspendedTill
        body.silencedAt = row.silencedAt
        body.silencedTill = row.silencedTill
        body.daysVisited = row.daysVisited
        body.postsReadCount = row.postsReadCount
        body.topicsEntered = row.topicsEntered
        body.postCount = row.postCount
        body.likeCount = detail.row.likesReceived
        body.likeGivenCount = detail.row.likesGiven
        body.topicCount = detail.row.topicCount
        add(detail.penalties, to: &body)
        add(detail.counts, showsAddresses: detail.showsAddresses, to: &body)
        add(detail.permissions, to: &body)
        body.groups = detail.groups.map { group in
            var shown = UserPresenter.group(group, viewer: viewer)
            shown.primaryGroup = group.id == detail.counts.primaryGroupID
            return shown
        }
        return body
    }

    private static func add(_ penalties: StaffUserDetail.Penalties, to body: inout AdminUserBody) {
        if body.suspendedTill != nil {
            body.suspendReason = penalties.suspendReason
            body.fullSuspendReason = penalties.suspendReason
            body.suspendedBy = penalties.suspendedBy.map(basic)
        }
        if body.silencedTill != nil {
            body.silenceReason = penalties.silenceReason
            body.fullSilenceReason = penalties.silenceReason
            body.silencedBy = penalties.silencedBy.map(basic)
        }
        body.approvedBy = penalties.approvedBy.map(basic)
        body.penaltyCounts = PenaltyCountsBody(
            silenced: penalties.silences,
            suspended: penalties.suspensions
        )
    }

    private static func add(
        _ counts: StaffUserDetail.Counts,
        showsAddresses: Bool,
        to body: inout AdminUserBody
    ) {
        body.includeIP = showsAddresses
        body.ipAddress = counts.clientIP ?? ""
        body.registrationIPAddress = counts.registrationIP
        body.flagsGivenCount = counts.flagsGiven
        body.flagsReceivedCount = counts.flagsReceived
        body.privateTopicsCount = counts.messages
        body.badgeCount = counts.badges
        body.apiKeyCount = counts.apiKeys
        body.postEditsCount = counts.postEdits
        body.bounceScore = Int(counts.bounceScore)
        body.resetBounceScoreAfter = counts.resetBounceScoreAfter?.iso8601
        body.primaryGroupID = counts.primaryGroupID.map { Int($0.value) }
        body.similarUsersCount = counts.similarUsers
    }

    private static func add(
        _ permissions: StaffUserDetail.Permissions,
        to body: inout AdminUserBody
    ) {
        body.canActivate = permissions.canActivate
        body.canSendActivationEmail = permissions.canActivate
        body.canDeactivate = permissions.canDeactivate
        body.canGrantAdmin = permissions.canGrantAdmin
        body.canRevokeAdmin = permissions.canRevokeAdmin
        body.canGrantModeration = permissions.canGrantModeration
        body.canRevokeModeration = permissions.canRevokeModeration
        body.canBeDeleted = permissions.canDelete
        body.canDeleteAllPosts = permissions.canDeleteAllPosts
        body.canBeAnonymized = permissions.canAnonymize
        body.canBeMerged = permissions.canMerge
        body.canDisableSecondFactor = permissions.canDisableSecondFactor
        body.canChangeTrustLevel = permissions.canChangeTrustLevel
        body.canViewActionLogs = permissions.canViewLogs
    }

    static func basic(_ user: UserReference) -> BasicUserBody {
        BasicUserBody(
            id: Int(user.id.value),
            username: user.username,
            name: user.name,
            avatarTemplate: AvatarTemplate.make(user.username)
        )
    }

    static func suspension(_ penalty: ImposedPenalty) -> SuspensionReply {
        var body = SuspensionReply.Suspension()
        body.suspendReason = penalty.reason
        body.fullSuspendReason = penalty.reason
        body.suspendedTill = penalty.till.iso8601
        body.suspendedAt = penalty.at.iso8601
        body.suspendedBy = basic(penalty.by)
        return SuspensionReply(suspension: body)
    }

    static func silence(_ penalty: ImposedPenalty) -> SilenceReply {
        var body = SilenceBody()
        body.silenced = true
        body.silenceReason = penalty.reason
        body.fullSilenceReason = penalty.reason
        body.silencedTill = penalty.till.iso8601
        body.silencedAt = penalty.at.iso8601
        body.silencedBy = basic(penalty.by)
        return SilenceReply(silence: body)
    }
}
