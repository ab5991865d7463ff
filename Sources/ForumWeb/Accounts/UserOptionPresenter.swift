import Forum
import ForumAPI

extension UserOptionBody {
    /// What somebody chose; the defaults of this type stand for the rest.
    init(_ options: UserOptions, userID: Int, emailLevel: Int) {
        self.init()
        self.userID = userID
        self.emailLevel = emailLevel
        fillMail(options)
        fillScreen(options)
    }

    private mutating func fillMail(_ options: UserOptions) {
        mailingListMode = options.flag("mailing_list_mode") ?? mailingListMode
        mailingListModeFrequency =
            options.number("mailing_list_mode_frequency") ?? mailingListModeFrequency
        emailDigests = options.flag("email_digests") ?? emailDigests
        emailMessagesLevel = options.number("email_messages_level") ?? emailMessagesLevel
        externalLinksInNewTab = options.flag("external_links_in_new_tab") ?? externalLinksInNewTab
        bookmarkAutoDeletePreference =
            options.number("bookmark_auto_delete_preference") ?? bookmarkAutoDeletePreference
        colorSchemeID = options.number("color_scheme_id")
        darkSchemeID = options.number("dark_scheme_id")
        dynamicFavicon = options.flag("dynamic_favicon") ?? dynamicFavicon
        enableQuoting = options.flag("enable_quoting") ?? enableQuoting
        enableSmartLists = options.flag("enable_smart_lists") ?? enableSmartLists
        enableMarkdownMonospaceFont =
            options.flag("enable_markdown_monospace_font") ?? enableMarkdownMonospaceFont
        digestAfterMinutes = options.number("digest_after_minutes") ?? digestAfterMinutes
        automaticallyUnpinTopics =
            options.flag("automatically_unpin_topics") ?? automaticallyUnpinTopics
        autoTrackTopicsAfterMsecs =
            options.number("auto_track_topics_after_msecs") ?? autoTrackTopicsAfterMsecs
        notificationLevelWhenReplying =
            options.number("notification_level_when_replying") ?? notificationLevelWhenReplying
        newTopicDurationMinutes =
            options.number("new_topic_duration_minutes") ?? newTopicDurationMinutes
        emailPreviousReplies = options.number("email_previous_replies") ?? emailPreviousReplies
        emailInReplyTo = options.flag("email_in_reply_to") ?? emailInReplyTo
        likeNotificationFrequency =
            options.number("like_notification_frequency") ?? likeNotificationFrequency
        notifyOnLinkedPosts = options.flag("notify_on_linked_posts") ?? notifyOnLinkedPosts
        pushNotificationLevel = options.text("push_notification_level") ?? pushNotificationLevel
        enableUpcomingChangeAvailableNotifications =
            options.flag("enable_upcoming_change_available_notifications")
            ?? enableUpcomingChangeAvailableNotifications
        includeTL0InDigests = options.flag("include_tl0_in_digests") ?? includeTL0InDigests
    }

    private mutating func fillScreen(_ options: UserOptions) {
        themeIDs = options.numbers("theme_ids") ?? themeIDs
        themeKeySeq = options.number("theme_key_seq") ?? themeKeySeq
        allowPrivateMessages = options.flag("allow_private_messages") ?? allowPrivateMessages
        enableAllowedPMUsers = options.flag("enable_allowed_pm_users") ?? enableAllowedPMUsers
        homepageID = options.number("homepage_id")
        hideProfileAndPresence = options.flag("hide_profile_and_presence") ?? hideProfileAndPresence
        hideProfile = options.flag("hide_profile") ?? hideProfile
        hidePresence = options.flag("hide_presence") ?? hidePresence
        textSize = options.text("text_size") ?? textSize
        textSizeSeq = options.number("text_size_seq") ?? textSizeSeq
        titleCountMode = options.text("title_count_mode") ?? titleCountMode
        timezone = options.text("timezone")
        skipNewUserTips = options.flag("skip_new_user_tips") ?? skipNewUserTips
        defaultCalendar = options.text("default_calendar") ?? defaultCalendar
        sidebarLinkToFilteredList =
            options.flag("sidebar_link_to_filtered_list") ?? sidebarLinkToFilteredList
        sidebarShowCountOfNewItems =
            options.flag("sidebar_show_count_of_new_items") ?? sidebarShowCountOfNewItems
        watchedPrecedenceOverMuted = options.flag("watched_precedence_over_muted")
        seenPopups = options.numbers("seen_popups")
        topicsUnreadWhenClosed = options.flag("topics_unread_when_closed") ?? topicsUnreadWhenClosed
        compositionMode = options.number("composition_mode") ?? compositionMode
        interfaceColorMode = options.number("interface_color_mode") ?? interfaceColorMode
        automaticallyTranslate = options.flag("automatically_translate") ?? automaticallyTranslate
        understoodLanguages = options.texts("understood_languages") ?? understoodLanguages
        showOriginalContent = options.flag("show_original_content") ?? showOriginalContent
        sendShortcut = options.text("send_shortcut") ?? sendShortcut
    }
}
