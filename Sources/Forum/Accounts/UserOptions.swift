/// What somebody chose, under Discourse's names. What is not kept has its default.
package struct UserOptions: Sendable, Equatable {
    package var values: [String: OptionValue]

    package init(values: [String: OptionValue] = [:]) {
        self.values = values
    }

    /// Which values an option takes.
    enum Kind: Sendable {
        case flag
        case number(ClosedRange<Int>)
        case choice([String])
        case text(maximum: Int)
        case numbers
        case texts
    }

    /// Every option. The e-mail level and the language are columns of their own.
    static let kinds: [String: Kind] = [
        "mailing_list_mode": .flag,
        "mailing_list_mode_frequency": .number(1...2),
        "email_digests": .flag,
        "email_messages_level": .number(0...2),
        "external_links_in_new_tab": .flag,
        "bookmark_auto_delete_preference": .number(0...3),
        "color_scheme_id": .number(-1...2_147_483_647),
        "dark_scheme_id": .number(-1...2_147_483_647),
        "dynamic_favicon": .flag,
        "enable_quoting": .flag,
        "enable_smart_lists": .flag,
        "enable_markdown_monospace_font": .flag,
        "digest_after_minutes": .number(0...525_600),
        "automatically_unpin_topics": .flag,
        "auto_track_topics_after_msecs": .number(-1...86_400_000),
        "notification_level_when_replying": .number(1...3),
        "new_topic_duration_minutes": .number(-2...525_600),
        "email_previous_replies": .number(0...2),
        "email_in_reply_to": .flag,
        "like_notification_frequency": .number(0...3),
        "notify_on_linked_posts": .flag,
        "push_notification_level": .choice(["default", "never", "watching", "all"]),
        "enable_upcoming_change_available_notifications": .flag,
        "include_tl0_in_digests": .flag,
        "theme_ids": .numbers,
        "theme_key_seq": .number(0...2_147_483_647),
        "allow_private_messages": .flag,
        "enable_allowed_pm_users": .flag,
        "homepage_id": .number(0...2_147_483_647),
        "hide_profile_and_presence": .flag,
        "hide_profile": .flag,
        "hide_presence": .flag,
        "text_size": .choice(["smallest", "smaller", "normal", "larger", "largest"]),
        "text_size_seq": .number(0...2_147_483_647),
        "title_count_mode": .choice(["notifications", "contextual"]),
        "timezone": .text(maximum: 100),
        "skip_new_user_tips": .flag,
        "default_calendar": .choice(["none_selected", "ics", "google"]),
        "sidebar_link_to_filtered_list": .flag,
        "sidebar_show_count_of_new_items": .flag,
        "watched_precedence_over_muted": .flag,
        "seen_popups": .numbers,
        "topics_unread_when_closed": .flag,
        "composition_mode": .number(0...1),
        "interface_color_mode": .number(1...3),
        "automatically_translate": .flag,
        "understood_languages": .texts,
        "show_original_content": .flag,
        "send_shortcut": .choice(["meta_enter", "enter"]),
    ]

    package static var names: [String] { kinds.keys.sorted() }

    /// With what the site has decided for those who did not choose.
    package func completed(by site: SiteSettings) -> UserOptions {
        let defaults: [String: OptionValue] = [
            "email_messages_level": .number(site.defaultEmailMessagesLevel),
            "email_previous_replies": .number(site.defaultEmailPreviousReplies),
            "email_in_reply_to": .flag(site.defaultEmailInReplyTo),
            "new_topic_duration_minutes": .number(site.defaultOtherNewTopicDurationMinutes),
            "email_digests": .flag(site.defaultEmailDigestFrequency > 0),
            "digest_after_minutes": .number(site.defaultEmailDigestFrequency),
            "include_tl0_in_digests": .flag(site.defaultIncludeTL0InDigests),
            "auto_track_topics_after_msecs": .number(site.defaultOtherAutoTrackTopicsAfterMsecs),
            "notification_level_when_replying":
                .number(site.defaultOtherNotificationLevelWhenReplying),
            "like_notification_frequency": .number(site.defaultOtherLikeNotificationFrequency),
            "external_links_in_new_tab": .flag(site.defaultOtherExternalLinksInNewTab),
            "enable_quoting": .flag(site.defaultOtherEnableQuoting),
            "enable_smart_lists": .flag(site.defaultOtherEnableSmartLists),
            "dynamic_favicon": .flag(site.defaultOtherDynamicFavicon),
            "skip_new_user_tips": .flag(site.defaultOtherSkipNewUserTips),
            "automatically_unpin_topics": .flag(site.defaultTopicsAutomaticUnpin),
        ]
        return UserOptions(values: defaults.merging(values) { $1 })
    }
}
