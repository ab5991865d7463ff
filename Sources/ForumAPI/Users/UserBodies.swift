/// A person, as lists and details of other things name them.
package struct BasicUserBody: Codable, Sendable, Equatable {
    package var id: Int
    package var username: String
    /// The full name, null when the person has none.
    package var name: String?
    /// A path with `{size}` in it, which the client replaces by pixels.
    package var avatarTemplate: String
    @IfPresent package var primaryGroupName: String?
    @IfPresent package var flairName: String?
    @IfPresent package var flairURL: String?
    @IfPresent package var flairGroupID: Int?
    @IfPresent package var admin: Bool?
    @IfPresent package var moderator: Bool?
    @IfPresent package var trustLevel: Int?

    package init(
        id: Int,
        username: String,
        name: String? = nil,
        avatarTemplate: String,
        primaryGroupName: String? = nil,
        flairName: String? = nil,
        flairURL: String? = nil,
        flairGroupID: Int? = nil,
        admin: Bool? = nil,
        moderator: Bool? = nil,
        trustLevel: Int? = nil
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
        self.primaryGroupName = primaryGroupName
        self.flairName = flairName
        self.flairURL = flairURL
        self.flairGroupID = flairGroupID
        self.admin = admin
        self.moderator = moderator
        self.trustLevel = trustLevel
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case primaryGroupName = "primary_group_name"
        case flairName = "flair_name"
        case flairURL = "flair_url"
        case flairGroupID = "flair_group_id"
        case admin
        case moderator
        case trustLevel = "trust_level"
    }
}

/// `GET /u/{username}`.
package struct UserReply: Codable, Sendable, Equatable {
    package var user: UserBody
    package var userBadges: [WireValue] = []
    @IfPresent package var badges: [WireValue]?
    @IfPresent package var badgeTypes: [WireValue]?
    @IfPresent package var users: [BasicUserBody]?

    package init(
        user: UserBody,
        userBadges: [WireValue] = [],
        badges: [WireValue]? = nil,
        badgeTypes: [WireValue]? = nil,
        users: [BasicUserBody]? = nil
    ) {
        self.user = user
        self.userBadges = userBadges
        self.badges = badges
        self.badgeTypes = badgeTypes
        self.users = users
    }

    private enum CodingKeys: String, CodingKey {
        case user
        case userBadges = "user_badges"
        case badges
        case badgeTypes = "badge_types"
        case users
    }
}

/// A profile. What only the person and the staff may see is left out for others.
package struct UserBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var username: String = ""
    package var name: String?
    package var avatarTemplate: String = ""
    @IfPresent package var email: String?
    @IfPresent package var secondaryEmails: [String]?
    @IfPresent package var unconfirmedEmails: [String]?
    package var lastPostedAt: String?
    package var lastSeenAt: String?
    package var createdAt: String = ""
    package var ignored: Bool = false
    package var muted: Bool = false
    package var canIgnoreUser: Bool = false
    package var canIgnoreUsers: Bool = false
    package var canMuteUser: Bool = false
    package var canMuteUsers: Bool = false
    package var canSendPrivateMessages: Bool = false
    package var canSendPrivateMessageToUser: Bool = false
    package var trustLevel: Int = 0
    package var moderator: Bool = false
    package var admin: Bool = false
    package var title: String?
    package var badgeCount: Int = 0
    @IfPresent package var secondFactorBackupEnabled: Bool?
    @IfPresent package var secondFactorRemainingBackupCodes: Int?
    package var userFields: [String: String?] = [:]
    package var customFields: [String: String?] = [:]
    package var timeRead: Int = 0
    package var recentTimeRead: Int = 0
    package var primaryGroupID: Int?
    package var primaryGroupName: String?
    package var flairGroupID: Int?
    package var flairName: String?
    package var flairURL: String?
    package var flairBgColor: String?
    package var flairColor: String?
    package var featuredTopic: FeaturedTopicBody?
    @IfPresent package var bioRaw: String?
    @IfPresent package var bioCooked: String?
    @IfPresent package var bioExcerpt: String?
    @IfPresent package var website: String?
    @IfPresent package var websiteName: String?
    @IfPresent package var location: String?
    package var staged: Bool = false
    package var canEdit: Bool = false
    package var canEditUsername: Bool = false
    package var canEditEmail: Bool = false
    package var canEditName: Bool = false
    package var uploadedAvatarID: Int?
    package var hasTitleBadges: Bool = false
    package var pendingCount: Int = 0
    package var pendingPostsCount: Int = 0
    package var profileViewCount: Int = 0
    package var secondFactorEnabled: Bool = false
    package var canUploadProfileHeader: Bool = false
    package var canUploadUserCardBackground: Bool = false
    package var postCount: Int = 0
    package var topicCount: Int = 0
    package var canBeDeleted: Bool = false
    package var canDeleteAllPosts: Bool = false
    package var locale: String?
    package var mutedCategoryIDs: [Int] = []
    package var regularCategoryIDs: [Int] = []
    package var watchedTags: [TagReferenceBody] = []
    package var watchingFirstPostTags: [TagReferenceBody] = []
    package var trackedTags: [TagReferenceBody] = []
    package var mutedTags: [TagReferenceBody] = []
    package var trackedCategoryIDs: [Int] = []
    package var watchedCategoryIDs: [Int] = []
    package var watchedFirstPostCategoryIDs: [Int] = []
    package var systemAvatarUploadID: Int?
    package var systemAvatarTemplate: String = ""
    package var mutedUsernames: [String] = []
    package var ignoredUsernames: [String] = []
    package var allowedPMUsernames: [String] = []
    package var mailingListPostsPerDay: Int = 0
    package var canChangeBio: Bool = false
    package var canChangeLocation: Bool = false
    package var canChangeWebsite: Bool = false
    package var canChangeTrackingPreferences: Bool = false
    package var userAPIKeys: [WireValue]?
    package var userPasskeys: [WireValue] = []
    package var userAuthTokens: [UserAuthTokenBody] = []
    package var userNotificationSchedule: NotificationScheduleBody = NotificationScheduleBody()
    /// How the posts of categories (by id) and tags (by name) come, where that is not `each`.
    @IfPresent package var categoryDeliveries: [String: DeliveryWord]?
    @IfPresent package var tagDeliveries: [String: DeliveryWord]?
    package var useLogoSmallAsAvatar: Bool = false
    package var featuredUserBadgeIDs: [Int] = []
    package var invitedBy: BasicUserBody?
    package var groups: [GroupBody] = []
    package var groupUsers: [GroupUserBody] = []
    package var userOption: UserOptionBody = UserOptionBody()
    @IfPresent package var suspendedTill: String?
    @IfPresent package var suspendReason: String?
    @IfPresent package var silencedTill: String?
    @IfPresent package var status: UserStatusBody?
    /// The person shows nothing of themselves to the viewer.
    @IfPresent package var profileHidden: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case email
        case secondaryEmails = "secondary_emails"
        case unconfirmedEmails = "unconfirmed_emails"
        case lastPostedAt = "last_posted_at"
        case lastSeenAt = "last_seen_at"
        case createdAt = "created_at"
        case ignored
        case muted
        case canIgnoreUser = "can_ignore_user"
        case canIgnoreUsers = "can_ignore_users"
        case canMuteUser = "can_mute_user"
        case canMuteUsers = "can_mute_users"
        case canSendPrivateMessages = "can_send_private_messages"
        case canSendPrivateMessageToUser = "can_send_private_message_to_user"
        case trustLevel = "trust_level"
        case moderator
        case admin
        case title
        case badgeCount = "badge_count"
        case secondFactorBackupEnabled = "second_factor_backup_enabled"
        case secondFactorRemainingBackupCodes = "second_factor_remaining_backup_codes"
        case userFields = "user_fields"
        case customFields = "custom_fields"
        case timeRead = "time_read"
        case recentTimeRead = "recent_time_read"
        case primaryGroupID = "primary_group_id"
        case primaryGroupName = "primary_group_name"
        case flairGroupID = "flair_group_id"
        case flairName = "flair_name"
        case flairURL = "flair_url"
        case flairBgColor = "flair_bg_color"
        case flairColor = "flair_color"
        case featuredTopic = "featured_topic"
        case bioRaw = "bio_raw"
        case bioCooked = "bio_cooked"
        case bioExcerpt = "bio_excerpt"
        case website
        case websiteName = "website_name"
        case location
        case staged
        case canEdit = "can_edit"
        case canEditUsername = "can_edit_username"
        case canEditEmail = "can_edit_email"
        case canEditName = "can_edit_name"
        case uploadedAvatarID = "uploaded_avatar_id"
        case hasTitleBadges = "has_title_badges"
        case pendingCount = "pending_count"
        case pendingPostsCount = "pending_posts_count"
        case profileViewCount = "profile_view_count"
        case secondFactorEnabled = "second_factor_enabled"
        case canUploadProfileHeader = "can_upload_profile_header"
        case canUploadUserCardBackground = "can_upload_user_card_background"
        case postCount = "post_count"
        case topicCount = "topic_count"
        case canBeDeleted = "can_be_deleted"
        case canDeleteAllPosts = "can_delete_all_posts"
        case locale
        case mutedCategoryIDs = "muted_category_ids"
        case regularCategoryIDs = "regular_category_ids"
        case watchedTags = "watched_tags"
        case watchingFirstPostTags = "watching_first_post_tags"
        case trackedTags = "tracked_tags"
        case mutedTags = "muted_tags"
        case trackedCategoryIDs = "tracked_category_ids"
        case watchedCategoryIDs = "watched_category_ids"
        case watchedFirstPostCategoryIDs = "watched_first_post_category_ids"
        case systemAvatarUploadID = "system_avatar_upload_id"
        case systemAvatarTemplate = "system_avatar_template"
        case mutedUsernames = "muted_usernames"
        case ignoredUsernames = "ignored_usernames"
        case allowedPMUsernames = "allowed_pm_usernames"
        case mailingListPostsPerDay = "mailing_list_posts_per_day"
        case canChangeBio = "can_change_bio"
        case canChangeLocation = "can_change_location"
        case canChangeWebsite = "can_change_website"
        case canChangeTrackingPreferences = "can_change_tracking_preferences"
        case userAPIKeys = "user_api_keys"
        case userPasskeys = "user_passkeys"
        case userAuthTokens = "user_auth_tokens"
        case userNotificationSchedule = "user_notification_schedule"
        case categoryDeliveries = "category_deliveries"
        case tagDeliveries = "tag_deliveries"
        case useLogoSmallAsAvatar = "use_logo_small_as_avatar"
        case featuredUserBadgeIDs = "featured_user_badge_ids"
        case invitedBy = "invited_by"
        case groups
        case groupUsers = "group_users"
        case userOption = "user_option"
        case suspendedTill = "suspended_till"
        case suspendReason = "suspend_reason"
        case silencedTill = "silenced_till"
        case status
        case profileHidden = "profile_hidden"
    }
}

package struct FeaturedTopicBody: Codable, Sendable, Equatable {
    package var id: Int
    package var title: String
    package var fancyTitle: String = ""
    package var slug: String = ""
    package var postsCount: Int = 0

    package init(
        id: Int,
        title: String,
        fancyTitle: String = "",
        slug: String = "",
        postsCount: Int = 0
    ) {
        self.id = id
        self.title = title
        self.fancyTitle = fancyTitle
        self.slug = slug
        self.postsCount = postsCount
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case fancyTitle = "fancy_title"
        case slug
        case postsCount = "posts_count"
    }
}

/// One place where the person is logged in.
package struct UserAuthTokenBody: Codable, Sendable, Equatable {
    package var id: Int
    package var clientIP: String = ""
    package var location: String = ""
    package var browser: String = ""
    package var device: String = ""
    package var os: String = ""
    package var icon: String = ""
    package var createdAt: String = ""
    package var seenAt: String = ""
    package var isActive: Bool = false

    package init(
        id: Int,
        clientIP: String = "",
        location: String = "",
        browser: String = "",
        device: String = "",
        os: String = "",
        icon: String = "",
        createdAt: String = "",
        seenAt: String = "",
        isActive: Bool = false
    ) {
        self.id = id
        self.clientIP = clientIP
        self.location = location
        self.browser = browser
        self.device = device
        self.os = os
        self.icon = icon
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.isActive = isActive
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case clientIP = "client_ip"
        case location
        case browser
        case device
        case os
        case icon
        case createdAt = "created_at"
        case seenAt = "seen_at"
        case isActive = "is_active"
    }
}

/// When notifications may be shown, in minutes of the day; -1 is never.
package struct NotificationScheduleBody: Codable, Sendable, Equatable {
    package var enabled: Bool = false
    package var day0Start: Int = 480
    package var day0End: Int = 1020
    package var day1Start: Int = 480
    package var day1End: Int = 1020
    package var day2Start: Int = 480
    package var day2End: Int = 1020
    package var day3Start: Int = 480
    package var day3End: Int = 1020
    package var day4Start: Int = 480
    package var day4End: Int = 1020
    package var day5Start: Int = 480
    package var day5End: Int = 1020
    package var day6Start: Int = 480
    package var day6End: Int = 1020

    package init(
        enabled: Bool = false,
        day0Start: Int = 480,
        day0End: Int = 1020,
        day1Start: Int = 480,
        day1End: Int = 1020,
        day2Start: Int = 480,
        day2End: Int = 1020,
        day3Start: Int = 480,
        day3End: Int = 1020,
        day4Start: Int = 480,
        day4End: Int = 1020,
        day5Start: Int = 480,
        day5End: Int = 1020,
        day6Start: Int = 480,
        day6End: Int = 1020
    ) {
        self.enabled = enabled
        self.day0Start = day0Start
        self.day0End = day0End
        self.day1Start = day1Start
        self.day1End = day1End
        self.day2Start = day2Start
        self.day2End = day2End
        self.day3Start = day3Start
        self.day3End = day3End
        self.day4Start = day4Start
        self.day4End = day4End
        self.day5Start = day5Start
        self.day5End = day5End
        self.day6Start = day6Start
        self.day6End = day6End
    }

    private enum CodingKeys: String, CodingKey {
        case enabled
        case day0Start = "day_0_start_time"
        case day0End = "day_0_end_time"
        case day1Start = "day_1_start_time"
        case day1End = "day_1_end_time"
        case day2Start = "day_2_start_time"
        case day2End = "day_2_end_time"
        case day3Start = "day_3_start_time"
        case day3End = "day_3_end_time"
        case day4Start = "day_4_start_time"
        case day4End = "day_4_end_time"
        case day5Start = "day_5_start_time"
        case day5End = "day_5_end_time"
        case day6Start = "day_6_start_time"
        case day6End = "day_6_end_time"
    }
}

package struct GroupUserBody: Codable, Sendable, Equatable {
    package var groupID: Int
    package var userID: Int
    package var notificationLevel: Int = 3
    @IfPresent package var owner: Bool?

    package init(
        groupID: Int,
        userID: Int,
        notificationLevel: Int = 3,
        owner: Bool? = nil
    ) {
        self.groupID = groupID
        self.userID = userID
        self.notificationLevel = notificationLevel
        self.owner = owner
    }

    private enum CodingKeys: String, CodingKey {
        case groupID = "group_id"
        case userID = "user_id"
        case notificationLevel = "notification_level"
        case owner
    }
}

/// What a person has chosen; the defaults are Discourse's.
package struct UserOptionBody: Codable, Sendable, Equatable {
    package var userID: Int = 0
    package var mailingListMode: Bool = false
    package var mailingListModeFrequency: Int = 1
    package var emailDigests: Bool = true
    package var emailLevel: Int = 1
    package var emailMessagesLevel: Int = 0
    package var externalLinksInNewTab: Bool = false
    package var bookmarkAutoDeletePreference: Int = 3
    package var colorSchemeID: Int?
    package var darkSchemeID: Int?
    package var dynamicFavicon: Bool = false
    package var enableQuoting: Bool = true
    package var enableSmartLists: Bool = true
    package var enableMarkdownMonospaceFont: Bool = true
    package var digestAfterMinutes: Int = 10_080
    package var automaticallyUnpinTopics: Bool = true
    package var autoTrackTopicsAfterMsecs: Int = 300_000
    package var notificationLevelWhenReplying: Int = 2
    package var newTopicDurationMinutes: Int = 2_880
    package var emailPreviousReplies: Int = 2
    package var emailInReplyTo: Bool = false
    package var likeNotificationFrequency: Int = 1
    package var notifyOnLinkedPosts: Bool = true
    package var pushNotificationLevel: String = "default"
    package var enableUpcomingChangeAvailableNotifications: Bool = false
    package var includeTL0InDigests: Bool = false
    package var themeIDs: [Int] = []
    package var themeKeySeq: Int = 0
    package var allowPrivateMessages: Bool = true
    package var enableAllowedPMUsers: Bool = false
    package var homepageID: Int?
    package var hideProfileAndPresence: Bool = false
    package var hideProfile: Bool = false
    package var hidePresence: Bool = false
    package var textSize: String = "normal"
    package var textSizeSeq: Int = 0
    package var titleCountMode: String = "notifications"
    package var timezone: String?
    package var skipNewUserTips: Bool = false
    package var defaultCalendar: String = "none_selected"
    package var sidebarLinkToFilteredList: Bool = false
    package var sidebarShowCountOfNewItems: Bool = false
    package var watchedPrecedenceOverMuted: Bool?
    package var seenPopups: [Int]?
    package var topicsUnreadWhenClosed: Bool = true
    package var compositionMode: Int = 1
    package var interfaceColorMode: Int = 1
    package var automaticallyTranslate: Bool = false
    package var understoodLanguages: [String] = []
    package var showOriginalContent: Bool = false
    package var sendShortcut: String = "meta_enter"

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case mailingListMode = "mailing_list_mode"
        case mailingListModeFrequency = "mailing_list_mode_frequency"
        case emailDigests = "email_digests"
        case emailLevel = "email_level"
        case emailMessagesLevel = "email_messages_level"
        case externalLinksInNewTab = "external_links_in_new_tab"
        case bookmarkAutoDeletePreference = "bookmark_auto_delete_preference"
        case colorSchemeID = "color_scheme_id"
        case darkSchemeID = "dark_scheme_id"
        case dynamicFavicon = "dynamic_favicon"
        case enableQuoting = "enable_quoting"
        case enableSmartLists = "enable_smart_lists"
        case enableMarkdownMonospaceFont = "enable_markdown_monospace_font"
        case digestAfterMinutes = "digest_after_minutes"
        case automaticallyUnpinTopics = "automatically_unpin_topics"
        case autoTrackTopicsAfterMsecs = "auto_track_topics_after_msecs"
        case notificationLevelWhenReplying = "notification_level_when_replying"
        case newTopicDurationMinutes = "new_topic_duration_minutes"
        case emailPreviousReplies = "email_previous_replies"
        case emailInReplyTo = "email_in_reply_to"
        case likeNotificationFrequency = "like_notification_frequency"
        case notifyOnLinkedPosts = "notify_on_linked_posts"
        case pushNotificationLevel = "push_notification_level"
        case enableUpcomingChangeAvailableNotifications =
            "enable_upcoming_change_available_notifications"
        case includeTL0InDigests = "include_tl0_in_digests"
        case themeIDs = "theme_ids"
        case themeKeySeq = "theme_key_seq"
        case allowPrivateMessages = "allow_private_messages"
        case enableAllowedPMUsers = "enable_allowed_pm_users"
        case homepageID = "homepage_id"
        case hideProfileAndPresence = "hide_profile_and_presence"
        case hideProfile = "hide_profile"
        case hidePresence = "hide_presence"
        case textSize = "text_size"
        case textSizeSeq = "text_size_seq"
        case titleCountMode = "title_count_mode"
        case timezone
        case skipNewUserTips = "skip_new_user_tips"
        case defaultCalendar = "default_calendar"
        case sidebarLinkToFilteredList = "sidebar_link_to_filtered_list"
        case sidebarShowCountOfNewItems = "sidebar_show_count_of_new_items"
        case watchedPrecedenceOverMuted = "watched_precedence_over_muted"
        case seenPopups = "seen_popups"
        case topicsUnreadWhenClosed = "topics_unread_when_closed"
        case compositionMode = "composition_mode"
        case interfaceColorMode = "interface_color_mode"
        case automaticallyTranslate = "automatically_translate"
        case understoodLanguages = "understood_languages"
        case showOriginalContent = "show_original_content"
        case sendShortcut = "send_shortcut"
    }
}

/// A group, as profiles and lists show it.
package struct GroupBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var automatic: Bool = false
    package var name: String = ""
    package var displayName: String = ""
    package var userCount: Int = 0
    package var mentionableLevel: Int = 0
    package var messageableLevel: Int = 0
    package var visibilityLevel: Int = 0
    package var primaryGroup: Bool = false
    package var title: String?
    package var grantTrustLevel: Int?
    package var incomingEmail: String?
    package var hasMessages: Bool = false
    package var flairURL: String?
    package var flairBgColor: String?
    package var flairColor: String?
    package var bioRaw: String?
    package var bioCooked: String?
    package var bioExcerpt: String?
    package var publicAdmission: Bool = false
    package var publicExit: Bool = false
    package var allowMembershipRequests: Bool = false
    package var fullName: String?
    package var defaultNotificationLevel: Int = 3
    package var membershipRequestTemplate: String?
    package var membersVisibilityLevel: Int = 0
    package var canSeeMembers: Bool = true
    package var canAdminGroup: Bool = false
    @IfPresent package var canEditGroup: Bool?
    /// Of the viewer, in lists of groups.
    @IfPresent package var isGroupUser: Bool?
    @IfPresent package var isGroupOwner: Bool?
    package var publishReadState: Bool = false

    package init(
        id: Int = 0,
        automatic: Bool = false,
        name: String = "",
        displayName: String = "",
        userCount: Int = 0,
        mentionableLevel: Int = 0,
        messageableLevel: Int = 0,
        visibilityLevel: Int = 0,
        primaryGroup: Bool = false,
        title: String? = nil,
        grantTrustLevel: Int? = nil,
        incomingEmail: String? = nil,
        hasMessages: Bool = false,
        flairURL: String? = nil,
        flairBgColor: String? = nil,
        flairColor: String? = nil,
        bioRaw: String? = nil,
        bioCooked: String? = nil,
        bioExcerpt: String? = nil,
        publicAdmission: Bool = false,
        publicExit: Bool = false,
        allowMembershipRequests: Bool = false,
        fullName: String? = nil,
        defaultNotificationLevel: Int = 3,
        membershipRequestTemplate: String? = nil,
        membersVisibilityLevel: Int = 0,
        canSeeMembers: Bool = true,
        canAdminGroup: Bool = false,
        publishReadState: Bool = false
    ) {
        self.id = id
        self.automatic = automatic
        self.name = name
        self.displayName = displayName
        self.userCount = userCount
        self.mentionableLevel = mentionableLevel
        self.messageableLevel = messageableLevel
        self.visibilityLevel = visibilityLevel
        self.primaryGroup = primaryGroup
        self.title = title
        self.grantTrustLevel = grantTrustLevel
        self.incomingEmail = incomingEmail
        self.hasMessages = hasMessages
        self.flairURL = flairURL
        self.flairBgColor = flairBgColor
        self.flairColor = flairColor
        self.bioRaw = bioRaw
        self.bioCooked = bioCooked
        self.bioExcerpt = bioExcerpt
        self.publicAdmission = publicAdmission
        self.publicExit = publicExit
        self.allowMembershipRequests = allowMembershipRequests
        self.fullName = fullName
        self.defaultNotificationLevel = defaultNotificationLevel
        self.membershipRequestTemplate = membershipRequestTemplate
        self.membersVisibilityLevel = membersVisibilityLevel
        self.canSeeMembers = canSeeMembers
        self.canAdminGroup = canAdminGroup
        self.publishReadState = publishReadState
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case automatic
        case name
        case displayName = "display_name"
        case userCount = "user_count"
        case mentionableLevel = "mentionable_level"
        case messageableLevel = "messageable_level"
        case visibilityLevel = "visibility_level"
        case primaryGroup = "primary_group"
        case title
        case grantTrustLevel = "grant_trust_level"
        case incomingEmail = "incoming_email"
        case hasMessages = "has_messages"
        case flairURL = "flair_url"
        case flairBgColor = "flair_bg_color"
        case flairColor = "flair_color"
        case bioRaw = "bio_raw"
        case bioCooked = "bio_cooked"
        case bioExcerpt = "bio_excerpt"
        case publicAdmission = "public_admission"
        case publicExit = "public_exit"
        case allowMembershipRequests = "allow_membership_requests"
        case fullName = "full_name"
        case defaultNotificationLevel = "default_notification_level"
        case membershipRequestTemplate = "membership_request_template"
        case membersVisibilityLevel = "members_visibility_level"
        case canSeeMembers = "can_see_members"
        case canAdminGroup = "can_admin_group"
        case canEditGroup = "can_edit_group"
        case isGroupUser = "is_group_user"
        case isGroupOwner = "is_group_owner"
        case publishReadState = "publish_read_state"
    }
}
