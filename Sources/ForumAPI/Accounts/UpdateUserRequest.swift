/// `PUT /u/{username}`: what is left out stays as it is, an empty text or list removes.
///
/// Lists of names may be one text with commas.
package struct UpdateUserRequest: Codable, Sendable, Equatable {
    package var name: String?
    package var bioRaw: String?
    package var location: String?
    package var website: String?
    package var title: String?
    package var locale: String?
    package var emailLevel: Int?
    package var watchedCategoryIDs: [String]?
    package var trackedCategoryIDs: [String]?
    package var watchedFirstPostCategoryIDs: [String]?
    package var regularCategoryIDs: [String]?
    package var mutedCategoryIDs: [String]?
    package var watchedTags: [String]?
    package var trackedTags: [String]?
    package var watchingFirstPostTags: [String]?
    package var mutedTags: [String]?
    /// How the posts of categories (by id) and tags (by name) come; what is left out stays.
    package var categoryDeliveries: [String: DeliveryWord]?
    package var tagDeliveries: [String: DeliveryWord]?
    package var userNotificationSchedule: NotificationScheduleBody?
    package var mutedUsernames: [String]?
    package var ignoredUsernames: [String]?
    package var allowedPMUsernames: [String]?
    package var customFields: [String: String?]?
    package var userFields: [String: WireValue]?
    package var externalIDs: [String: String]?
    package var mailingListMode: Bool?
    package var mailingListModeFrequency: Int?
    package var emailDigests: Bool?
    package var emailMessagesLevel: Int?
    package var externalLinksInNewTab: Bool?
    package var bookmarkAutoDeletePreference: Int?
    package var colorSchemeID: Int?
    package var darkSchemeID: Int?
    package var dynamicFavicon: Bool?
    package var enableQuoting: Bool?
    package var enableSmartLists: Bool?
    package var enableMarkdownMonospaceFont: Bool?
    package var digestAfterMinutes: Int?
    package var automaticallyUnpinTopics: Bool?
    package var autoTrackTopicsAfterMsecs: Int?
    package var notificationLevelWhenReplying: Int?
    package var newTopicDurationMinutes: Int?
    package var emailPreviousReplies: Int?
    package var emailInReplyTo: Bool?
    package var likeNotificationFrequency: Int?
    package var notifyOnLinkedPosts: Bool?
    package var pushNotificationLevel: String?
    package var enableUpcomingChangeAvailableNotifications: Bool?
    package var includeTL0InDigests: Bool?
    package var themeIDs: [Int]?
    package var themeKeySeq: Int?
    package var allowPrivateMessages: Bool?
    package var enableAllowedPMUsers: Bool?
    package var homepageID: Int?
    package var hideProfileAndPresence: Bool?
    package var hideProfile: Bool?
    package var hidePresence: Bool?
    package var textSize: String?
    package var textSizeSeq: Int?
    package var titleCountMode: String?
    package var timezone: String?
    package var skipNewUserTips: Bool?
    package var defaultCalendar: String?
    package var sidebarLinkToFilteredList: Bool?
    package var sidebarShowCountOfNewItems: Bool?
    package var watchedPrecedenceOverMuted: Bool?
    package var seenPopups: [Int]?
    package var topicsUnreadWhenClosed: Bool?
    package var compositionMode: Int?
    package var interfaceColorMode: Int?
    package var automaticallyTranslate: Bool?
    package var understoodLanguages: [String]?
    package var showOriginalContent: Bool?
    package var sendShortcut: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name
        case bioRaw = "bio_raw"
        case location
        case website
        case title
        case locale
        case emailLevel = "email_level"
        case watchedCategoryIDs = "watched_category_ids"
        case trackedCategoryIDs = "tracked_category_ids"
        case watchedFirstPostCategoryIDs = "watched_first_post_category_ids"
        case regularCategoryIDs = "regular_category_ids"
        case mutedCategoryIDs = "muted_category_ids"
        case watchedTags = "watched_tags"
        case trackedTags = "tracked_tags"
        case watchingFirstPostTags = "watching_first_post_tags"
        case mutedTags = "muted_tags"
        case categoryDeliveries = "category_deliveries"
        case tagDeliveries = "tag_deliveries"
        case userNotificationSchedule = "user_notification_schedule"
        case mutedUsernames = "muted_usernames"
        case ignoredUsernames = "ignored_usernames"
        case allowedPMUsernames = "allowed_pm_usernames"
        case customFields = "custom_fields"
        case userFields = "user_fields"
        case externalIDs = "external_ids"
        case mailingListMode = "mailing_list_mode"
        case mailingListModeFrequency = "mailing_list_mode_frequency"
        case emailDigests = "email_digests"
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
