/// `GET /session/csrf`.
package struct CSRFReply: Codable, Sendable, Equatable {
    /// To be sent as `X-CSRF-Token` with every write.
    package var token: String

    package init(
        token: String
    ) {
        self.token = token
    }

    private enum CodingKeys: String, CodingKey {
        case token = "csrf"
    }
}

/// `POST /session`.
package struct LogInRequest: Codable, Sendable, Equatable {
    /// A username or an e-mail address.
    package var login: String
    package var password: String
    package var secondFactorToken: String?
    /// 1 an authenticator, 2 a backup code, 3 a security key.
    package var secondFactorMethod: Int?
    package var timezone: String?

    package init(
        login: String,
        password: String,
        secondFactorToken: String? = nil,
        secondFactorMethod: Int? = nil,
        timezone: String? = nil
    ) {
        self.login = login
        self.password = password
        self.secondFactorToken = secondFactorToken
        self.secondFactorMethod = secondFactorMethod
        self.timezone = timezone
    }

    private enum CodingKeys: String, CodingKey {
        case login
        case password
        case secondFactorToken = "second_factor_token"
        case secondFactorMethod = "second_factor_method"
        case timezone
    }
}

/// What a login answers: the user, or (with status 200 too) `error` and its `reason`.
package struct LogInReply: Codable, Sendable, Equatable {
    @IfPresent package var user: BasicUserBody?
    @IfPresent package var error: String?
    /// `invalid_credentials`, `not_activated`, `suspended`, `invalid_second_factor` and others.
    @IfPresent package var reason: String?
    @IfPresent package var failed: String?
    @IfPresent package var ok: Bool?
    @IfPresent package var sentToEmail: String?
    @IfPresent package var currentEmail: String?
    @IfPresent package var totpEnabled: Bool?
    @IfPresent package var backupEnabled: Bool?
    @IfPresent package var securityKeyEnabled: Bool?
    @IfPresent package var multipleSecondFactorMethods: Bool?

    package init(
        user: BasicUserBody? = nil,
        error: String? = nil,
        reason: String? = nil,
        failed: String? = nil,
        ok: Bool? = nil,
        sentToEmail: String? = nil,
        currentEmail: String? = nil,
        totpEnabled: Bool? = nil,
        backupEnabled: Bool? = nil,
        securityKeyEnabled: Bool? = nil,
        multipleSecondFactorMethods: Bool? = nil
    ) {
        self.user = user
        self.error = error
        self.reason = reason
        self.failed = failed
        self.ok = ok
        self.sentToEmail = sentToEmail
        self.currentEmail = currentEmail
        self.totpEnabled = totpEnabled
        self.backupEnabled = backupEnabled
        self.securityKeyEnabled = securityKeyEnabled
        self.multipleSecondFactorMethods = multipleSecondFactorMethods
    }

    private enum CodingKeys: String, CodingKey {
        case user
        case error
        case reason
        case failed
        case ok
        case sentToEmail = "sent_to_email"
        case currentEmail = "current_email"
        case totpEnabled = "totp_enabled"
        case backupEnabled = "backup_enabled"
        case securityKeyEnabled = "security_key_enabled"
        case multipleSecondFactorMethods = "multiple_second_factor_methods"
    }
}

/// `DELETE /session/{username}`.
package struct LogOutReply: Codable, Sendable, Equatable {
    package var redirectURL: String?

    package init(
        redirectURL: String? = nil
    ) {
        self.redirectURL = redirectURL
    }

    private enum CodingKeys: String, CodingKey {
        case redirectURL = "redirect_url"
    }
}

/// `GET /session/current`.
package struct CurrentSessionReply: Codable, Sendable, Equatable {
    package var currentUser: CurrentUserBody

    package init(
        currentUser: CurrentUserBody
    ) {
        self.currentUser = currentUser
    }

    private enum CodingKeys: String, CodingKey {
        case currentUser = "current_user"
    }
}

/// The caller, as the start of a client needs it.
package struct CurrentUserBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var username: String = ""
    package var name: String?
    package var avatarTemplate: String = ""
    @IfPresent package var email: String?
    package var unreadNotifications: Int = 0
    package var unreadHighPriorityNotifications: Int = 0
    package var allUnreadNotificationsCount: Int = 0
    /// By the number of the kind.
    package var groupedUnreadNotifications: [String: Int] = [:]
    package var newPersonalMessagesNotificationsCount: Int = 0
    package var readFirstNotification: Bool = false
    package var seenNotificationID: Int = 0
    /// Where to begin on the channel `/notification/{id}`.
    package var notificationChannelPosition: Int = 0
    package var admin: Bool = false
    package var moderator: Bool = false
    package var staff: Bool = false
    package var title: String?
    package var trustLevel: Int = 0
    package var canCreateTopic: Bool = false
    package var canSendPrivateMessages: Bool = false
    package var canCreateGroup: Bool = false
    package var canInviteToForum: Bool = false
    package var replyCount: Int = 0
    package var topicCount: Int = 0
    package var mutedCategoryIDs: [Int] = []
    package var regularCategoryIDs: [Int] = []
    package var trackedCategoryIDs: [Int] = []
    package var watchedCategoryIDs: [Int] = []
    package var watchedFirstPostCategoryIDs: [Int] = []
    package var mutedTags: [TagReferenceBody] = []
    package var trackedTags: [TagReferenceBody] = []
    package var watchedTags: [TagReferenceBody] = []
    package var timezone: String?
    package var userOption: UserOptionBody = UserOptionBody()
    package var groups: [GroupReferenceBody] = []
    package var watchingFirstPostTags: [TagReferenceBody] = []
    package var postCount: Int = 0
    package var canEdit: Bool = true
    package var canIgnoreUsers: Bool = false
    package var locale: String?
    package var createdAt: String = ""
    package var lastSeenAt: String?
    package var doNotDisturbUntil: String?
    @IfPresent package var status: UserStatusBody?
    package var draftCount: Int = 0
    package var hasTopicDraft: Bool = false
    package var secondFactorEnabled: Bool = false

    package init(
        id: Int = 0,
        username: String = "",
        name: String? = nil,
        avatarTemplate: String = "",
        email: String? = nil,
        unreadNotifications: Int = 0,
        unreadHighPriorityNotifications: Int = 0,
        allUnreadNotificationsCount: Int = 0,
        readFirstNotification: Bool = false,
        seenNotificationID: Int = 0,
        notificationChannelPosition: Int = 0,
        admin: Bool = false,
        moderator: Bool = false,
        staff: Bool = false,
        title: String? = nil,
        trustLevel: Int = 0,
        canCreateTopic: Bool = false,
        canSendPrivateMessages: Bool = false,
        canCreateGroup: Bool = false,
        canInviteToForum: Bool = false,
        replyCount: Int = 0,
        topicCount: Int = 0,
        mutedCategoryIDs: [Int] = [],
        regularCategoryIDs: [Int] = [],
        trackedCategoryIDs: [Int] = [],
        watchedCategoryIDs: [Int] = [],
        watchedFirstPostCategoryIDs: [Int] = [],
        mutedTags: [TagReferenceBody] = [],
        trackedTags: [TagReferenceBody] = [],
        watchedTags: [TagReferenceBody] = [],
        timezone: String? = nil,
        userOption: UserOptionBody = UserOptionBody(),
        groups: [GroupReferenceBody] = []
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
        self.email = email
        self.unreadNotifications = unreadNotifications
        self.unreadHighPriorityNotifications = unreadHighPriorityNotifications
        self.allUnreadNotificationsCount = allUnreadNotificationsCount
        self.readFirstNotification = readFirstNotification
        self.seenNotificationID = seenNotificationID
        self.notificationChannelPosition = notificationChannelPosition
        self.admin = admin
        self.moderator = moderator
        self.staff = staff
        self.title = title
        self.trustLevel = trustLevel
        self.canCreateTopic = canCreateTopic
        self.canSendPrivateMessages = canSendPrivateMessages
        self.canCreateGroup = canCreateGroup
        self.canInviteToForum = canInviteToForum
        self.replyCount = replyCount
        self.topicCount = topicCount
        self.mutedCategoryIDs = mutedCategoryIDs
        self.regularCategoryIDs = regularCategoryIDs
        self.trackedCategoryIDs = trackedCategoryIDs
        self.watchedCategoryIDs = watchedCategoryIDs
        self.watchedFirstPostCategoryIDs = watchedFirstPostCategoryIDs
        self.mutedTags = mutedTags
        self.trackedTags = trackedTags
        self.watchedTags = watchedTags
        self.timezone = timezone
        self.userOption = userOption
        self.groups = groups
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case email
        case unreadNotifications = "unread_notifications"
        case unreadHighPriorityNotifications = "unread_high_priority_notifications"
        case allUnreadNotificationsCount = "all_unread_notifications_count"
        case groupedUnreadNotifications = "grouped_unread_notifications"
        case newPersonalMessagesNotificationsCount = "new_personal_messages_notifications_count"
        case readFirstNotification = "read_first_notification"
        case seenNotificationID = "seen_notification_id"
        case notificationChannelPosition = "notification_channel_position"
        case admin
        case moderator
        case staff
        case title
        case trustLevel = "trust_level"
        case canCreateTopic = "can_create_topic"
        case canSendPrivateMessages = "can_send_private_messages"
        case canCreateGroup = "can_create_group"
        case canInviteToForum = "can_invite_to_forum"
        case replyCount = "reply_count"
        case topicCount = "topic_count"
        case mutedCategoryIDs = "muted_category_ids"
        case regularCategoryIDs = "regular_category_ids"
        case trackedCategoryIDs = "tracked_category_ids"
        case watchedCategoryIDs = "watched_category_ids"
        case watchedFirstPostCategoryIDs = "watched_first_post_category_ids"
        case mutedTags = "muted_tags"
        case trackedTags = "tracked_tags"
        case watchedTags = "watched_tags"
        case timezone
        case userOption = "user_option"
        case groups
        case watchingFirstPostTags = "watching_first_post_tags"
        case postCount = "post_count"
        case canEdit = "can_edit"
        case canIgnoreUsers = "can_ignore_users"
        case locale
        case createdAt = "created_at"
        case lastSeenAt = "last_seen_at"
        case doNotDisturbUntil = "do_not_disturb_until"
        case status
        case draftCount = "draft_count"
        case hasTopicDraft = "has_topic_draft"
        case secondFactorEnabled = "second_factor_enabled"
    }
}

/// A group by name.
package struct GroupReferenceBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    @IfPresent package var hasMessages: Bool?

    package init(
        id: Int,
        name: String,
        hasMessages: Bool? = nil
    ) {
        self.id = id
        self.name = name
        self.hasMessages = hasMessages
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case hasMessages = "has_messages"
    }
}
