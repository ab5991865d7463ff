/// A user as the administration lists them.
package struct AdminUserRowBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var username: String = ""
    package var name: String?
    package var avatarTemplate: String = ""
    @IfPresent package var email: String?
    @IfPresent package var secondaryEmails: [String]?
    package var active: Bool = false
    package var admin: Bool = false
    package var moderator: Bool = false
    package var lastSeenAt: String?
    package var lastEmailedAt: String?
    package var createdAt: String = ""
    /// Seconds since then.
    package var lastSeenAge: Double?
    package var lastEmailedAge: Double?
    package var createdAtAge: Double?
    package var trustLevel: Int = 0
    package var manualLockedTrustLevel: Int?
    package var title: String?
    /// Seconds.
    package var timeRead: Int = 0
    package var staged: Bool = false
    @IfPresent package var approved: Bool?
    @IfPresent package var suspendedAt: String?
    @IfPresent package var suspendedTill: String?
    @IfPresent package var silencedAt: String?
    @IfPresent package var silencedTill: String?
    package var daysVisited: Int = 0
    package var postsReadCount: Int = 0
    package var topicsEntered: Int = 0
    package var postCount: Int = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case email
        case secondaryEmails = "secondary_emails"
        case active
        case admin
        case moderator
        case lastSeenAt = "last_seen_at"
        case lastEmailedAt = "last_emailed_at"
        case createdAt = "created_at"
        case lastSeenAge = "last_seen_age"
        case lastEmailedAge = "last_emailed_age"
        case createdAtAge = "created_at_age"
        case trustLevel = "trust_level"
        case manualLockedTrustLevel = "manual_locked_trust_level"
        case title
        case timeRead = "time_read"
        case staged
        case approved
        case suspendedAt = "suspended_at"
        case suspendedTill = "suspended_till"
        case silencedAt = "silenced_at"
        case silencedTill = "silenced_till"
        case daysVisited = "days_visited"
        case postsReadCount = "posts_read_count"
        case topicsEntered = "topics_entered"
        case postCount = "post_count"
    }
}

/// How often somebody was kept out or quiet.
package struct PenaltyCountsBody: Codable, Sendable, Equatable {
    package var silenced: Int
    package var suspended: Int

    package init(silenced: Int, suspended: Int) {
        self.silenced = silenced
        self.suspended = suspended
    }
}

/// `GET /admin/users/{id}`.
package struct AdminUserBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var username: String = ""
    package var name: String?
    package var avatarTemplate: String = ""
    package var active: Bool = false
    package var admin: Bool = false
    package var moderator: Bool = false
    package var lastSeenAt: String?
    package var lastEmailedAt: String?
    package var createdAt: String = ""
    package var lastSeenAge: Double?
    package var lastEmailedAge: Double?
    package var createdAtAge: Double?
    package var trustLevel: Int = 0
    package var manualLockedTrustLevel: Int?
    package var title: String?
    package var timeRead: Int = 0
    package var staged: Bool = false
    package var approved: Bool = true
    @IfPresent package var suspendedAt: String?
    @IfPresent package var suspendedTill: String?
    @IfPresent package var silencedAt: String?
    @IfPresent package var silencedTill: String?
    package var daysVisited: Int = 0
    package var postsReadCount: Int = 0
    package var topicsEntered: Int = 0
    package var postCount: Int = 0
    package var associatedAccounts: [WireValue] = []
    package var canSendActivationEmail: Bool = false
    package var canActivate: Bool = false
    package var canDeactivate: Bool = false
    package var canChangeTrustLevel: Bool = false
    /// Empty for those who may not see where people come from.
    package var ipAddress: String = ""
    package var registrationIPAddress: String?
    package var canGrantAdmin: Bool = false
    package var canRevokeAdmin: Bool = false
    package var canGrantModeration: Bool = false
    package var canRevokeModeration: Bool = false
    package var canImpersonate: Bool = false
    package var likeCount: Int = 0
    package var likeGivenCount: Int = 0
    package var topicCount: Int = 0
    package var flagsGivenCount: Int = 0
    package var flagsReceivedCount: Int = 0
    package var privateTopicsCount: Int = 0
    package var canDeleteAllPosts: Bool = false
    package var canBeDeleted: Bool = false
    package var canBeAnonymized: Bool = false
    package var canBeMerged: Bool = false
    package var suspendReason: String?
    package var fullSuspendReason: String?
    package var silenceReason: String?
    package var fullSilenceReason: String?
    package var penaltyCounts: PenaltyCountsBody = PenaltyCountsBody(silenced: 0, suspended: 0)
    package var postEditsCount: Int?
    package var primaryGroupID: Int?
    package var badgeCount: Int = 0
    package var warningsReceivedCount: Int = 0
    package var bounceScore: Int?
    package var resetBounceScoreAfter: String?
    package var canViewActionLogs: Bool = false
    package var canDisableSecondFactor: Bool = false
    package var canDeleteSSORecord: Bool = false
    package var apiKeyCount: Int = 0
    package var similarUsersCount: Int = 0
    package var singleSignOnRecord: WireValue?
    package var approvedBy: BasicUserBody?
    package var suspendedBy: BasicUserBody?
    package var silencedBy: BasicUserBody?
    package var groups: [GroupBody] = []
    package var externalIDs: [String: String] = [:]
    package var includeIP: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case active
        case admin
        case moderator
        case lastSeenAt = "last_seen_at"
        case lastEmailedAt = "last_emailed_at"
        case createdAt = "created_at"
        case lastSeenAge = "last_seen_age"
        case lastEmailedAge = "last_emailed_age"
        case createdAtAge = "created_at_age"
        case trustLevel = "trust_level"
        case manualLockedTrustLevel = "manual_locked_trust_level"
        case title
        case timeRead = "time_read"
        case staged
        case approved
        case suspendedAt = "suspended_at"
        case suspendedTill = "suspended_till"
        case silencedAt = "silenced_at"
        case silencedTill = "silenced_till"
        case daysVisited = "days_visited"
        case postsReadCount = "posts_read_count"
        case topicsEntered = "topics_entered"
        case postCount = "post_count"
        case associatedAccounts = "associated_accounts"
        case canSendActivationEmail = "can_send_activation_email"
        case canActivate = "can_activate"
        case canDeactivate = "can_deactivate"
        case canChangeTrustLevel = "can_change_trust_level"
        case ipAddress = "ip_address"
        case registrationIPAddress = "registration_ip_address"
        case canGrantAdmin = "can_grant_admin"
        case canRevokeAdmin = "can_revoke_admin"
        case canGrantModeration = "can_grant_moderation"
        case canRevokeModeration = "can_revoke_moderation"
        case canImpersonate = "can_impersonate"
        case likeCount = "like_count"
        case likeGivenCount = "like_given_count"
        case topicCount = "topic_count"
        case flagsGivenCount = "flags_given_count"
        case flagsReceivedCount = "flags_received_count"
        case privateTopicsCount = "private_topics_count"
        case canDeleteAllPosts = "can_delete_all_posts"
        case canBeDeleted = "can_be_deleted"
        case canBeAnonymized = "can_be_anonymized"
        case canBeMerged = "can_be_merged"
        case suspendReason = "suspend_reason"
        case fullSuspendReason = "full_suspend_reason"
        case silenceReason = "silence_reason"
        case fullSilenceReason = "full_silence_reason"
        case penaltyCounts = "penalty_counts"
        case postEditsCount = "post_edits_count"
        case primaryGroupID = "primary_group_id"
        case badgeCount = "badge_count"
        case warningsReceivedCount = "warnings_received_count"
        case bounceScore = "bounce_score"
        case resetBounceScoreAfter = "reset_bounce_score_after"
        case canViewActionLogs = "can_view_action_logs"
        case canDisableSecondFactor = "can_disable_second_factor"
        case canDeleteSSORecord = "can_delete_sso_record"
        case apiKeyCount = "api_key_count"
        case similarUsersCount = "similar_users_count"
        case singleSignOnRecord = "single_sign_on_record"
        case approvedBy = "approved_by"
        case suspendedBy = "suspended_by"
        case silencedBy = "silenced_by"
        case groups
        case externalIDs = "external_ids"
        case includeIP = "include_ip"
    }
}

/// What `PUT /admin/users/{id}/trust_level` answers.
package struct AdminUserReply: Codable, Sendable, Equatable {
    package var adminUser: AdminUserRowBody

    package init(adminUser: AdminUserRowBody) { self.adminUser = adminUser }

    private enum CodingKeys: String, CodingKey {
        case adminUser = "admin_user"
    }
}

/// `PUT /admin/users/{id}/suspend`; everything is null after `unsuspend`.
package struct SuspensionReply: Codable, Sendable, Equatable {
    package struct Suspension: Codable, Sendable, Equatable {
        @IfPresent package var suspendReason: String?
        @IfPresent package var fullSuspendReason: String?
        package var suspendedTill: String?
        package var suspendedAt: String?
        @IfPresent package var suspendedBy: BasicUserBody?

        package init() {}

        private enum CodingKeys: String, CodingKey {
            case suspendReason = "suspend_reason"
            case fullSuspendReason = "full_suspend_reason"
            case suspendedTill = "suspended_till"
            case suspendedAt = "suspended_at"
            case suspendedBy = "suspended_by"
        }
    }

    package var suspension: Suspension

    package init(suspension: Suspension) { self.suspension = suspension }
}

/// What being quiet looks like; null and false after `unsilence`.
package struct SilenceBody: Codable, Sendable, Equatable {
    package var silenced: Bool = false
    package var silenceReason: String?
    @IfPresent package var fullSilenceReason: String?
    package var silencedTill: String?
    package var silencedAt: String?
    @IfPresent package var silencedBy: BasicUserBody?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case silenced
        case silenceReason = "silence_reason"
        case fullSilenceReason = "full_silence_reason"
        case silencedTill = "silenced_till"
        case silencedAt = "silenced_at"
        case silencedBy = "silenced_by"
    }
}

/// `PUT /admin/users/{id}/silence`.
package struct SilenceReply: Codable, Sendable, Equatable {
    package var silence: SilenceBody

    package init(silence: SilenceBody) { self.silence = silence }
}

/// `PUT /admin/users/{id}/unsilence`.
package struct UnsilenceReply: Codable, Sendable, Equatable {
    package var unsilence: SilenceBody

    package init(unsilence: SilenceBody) { self.unsilence = unsilence }
}

/// `{"deleted":true}`.
package struct DeletedReply: Codable, Sendable, Equatable {
    package var deleted: Bool

    package init(deleted: Bool = true) { self.deleted = deleted }
}

/// `PUT /admin/users/{id}/anonymize`.
package struct AnonymizeReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var username: String

    package init(username: String) { self.username = username }
}
