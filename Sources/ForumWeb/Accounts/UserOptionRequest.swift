import Forum
import ForumAPI

extension UpdateUserRequest {
    /// The options among what was sent.
    var options: [String: OptionValue] { mailOptions.merging(screenOptions) { first, _ in first } }

    private var mailOptions: [String: OptionValue] {
        var sent: [String: OptionValue] = [:]
        sent["mailing_list_mode"] = mailingListMode.map { .flag($0) }
        sent["mailing_list_mode_frequency"] = mailingListModeFrequency.map { .number($0) }
        sent["email_digests"] = emailDigests.map { .flag($0) }
        sent["email_messages_level"] = emailMessagesLevel.map { .number($0) }
        sent["external_links_in_new_tab"] = externalLinksInNewTab.map { .flag($0) }
        sent["bookmark_auto_delete_preference"] = bookmarkAutoDeletePreference.map { .number($0) }
        sent["color_scheme_id"] = colorSchemeID.map { .number($0) }
        sent["dark_scheme_id"] = darkSchemeID.map { .number($0) }
        sent["dynamic_favicon"] = dynamicFavicon.map { .flag($0) }
        sent["enable_quoting"] = enableQuoting.map { .flag($0) }
        sent["enable_smart_lists"] = enableSmartLists.map { .flag($0) }
        sent["enable_markdown_monospace_font"] = enableMarkdownMonospaceFont.map { .flag($0) }
        sent["digest_after_minutes"] = digestAfterMinutes.map { .number($0) }
        sent["automatically_unpin_topics"] = automaticallyUnpinTopics.map { .flag($0) }
        sent["auto_track_topics_after_msecs"] = autoTrackTopicsAfterMsecs.map { .number($0) }
        sent["notification_level_when_replying"] = notificationLevelWhenReplying.map { .number($0) }
        sent["new_topic_duration_minutes"] = newTopicDurationMinutes.map { .number($0) }
        sent["email_previous_replies"] = emailPreviousReplies.map { .number($0) }
        sent["email_in_reply_to"] = emailInReplyTo.map { .flag($0) }
        sent["like_notification_frequency"] = likeNotificationFrequency.map { .number($0) }
        sent["notify_on_linked_posts"] = notifyOnLinkedPosts.map { .flag($0) }
        sent["push_notification_level"] = pushNotificationLevel.map { .text($0) }
        sent["enable_upcoming_change_available_notifications"] =
            enableUpcomingChangeAvailableNotifications.map { .flag($0) }
        sent["include_tl0_in_digests"] = includeTL0InDigests.map { .flag($0) }
        return sent
    }

    private var screenOptions: [String: OptionValue] {
        var sent: [String: OptionValue] = [:]
        sent["theme_ids"] = themeIDs.map { .numbers($0) }
        sent["theme_key_seq"] = themeKeySeq.map { .number($0) }
        sent["allow_private_messages"] = allowPrivateMessages.map { .flag($0) }
        sent["enable_allowed_pm_users"] = enableAllowedPMUsers.map { .flag($0) }
        sent["homepage_id"] = homepageID.map { .number($0) }
        sent["hide_profile_and_presence"] = hideProfileAndPresence.map { .flag($0) }
        sent["hide_profile"] = hideProfile.map { .flag($0) }
        sent["hide_presence"] = hidePresence.map { .flag($0) }
        sent["text_size"] = textSize.map { .text($0) }
        sent["text_size_seq"] = textSizeSeq.map { .number($0) }
        sent["title_count_mode"] = titleCountMode.map { .text($0) }
        sent["timezone"] = timezone.map { .text($0) }
        sent["skip_new_user_tips"] = skipNewUserTips.map { .flag($0) }
        sent["default_calendar"] = defaultCalendar.map { .text($0) }
        sent["sidebar_link_to_filtered_list"] = sidebarLinkToFilteredList.map { .flag($0) }
        sent["sidebar_show_count_of_new_items"] = sidebarShowCountOfNewItems.map { .flag($0) }
        sent["watched_precedence_over_muted"] = watchedPrecedenceOverMuted.map { .flag($0) }
        sent["seen_popups"] = seenPopups.map { .numbers($0) }
        sent["topics_unread_when_closed"] = topicsUnreadWhenClosed.map { .flag($0) }
        sent["composition_mode"] = compositionMode.map { .number($0) }
        sent["interface_color_mode"] = interfaceColorMode.map { .number($0) }
        sent["automatically_translate"] = automaticallyTranslate.map { .flag($0) }
        sent["understood_languages"] = understoodLanguages.map { .texts($0) }
        sent["show_original_content"] = showOriginalContent.map { .flag($0) }
        sent["send_shortcut"] = sendShortcut.map { .text($0) }
        return sent
    }
}
