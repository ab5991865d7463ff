extension SettingDefinition {
    /// Who hears of what, and how, where members did not choose.
    static let delivery: [SettingDefinition] =
        notices + defaultLevels + otherDefaults + mailDefaults + digests

    private static let notices: [SettingDefinition] = [
        .number(
            "max_here_mentioned",
            \.maxHereMentioned,
            0...1000,
            "People whom @here reaches; nobody hears when there are more."
        ),
        .number(
            "min_trust_level_for_here_mention",
            \.minTrustLevelForHereMention,
            0...5,
            "Trust level from which members may call @here; 5 is staff alone."
        ),
        .number(
            "max_users_notified_per_group_mention",
            \.maxUsersNotifiedPerGroupMention,
            0...100_000,
            "Members of a group whom a mention of it reaches; nobody hears when there are more."
        ),
        .flag(
            "watched_precedence_over_muted",
            \.watchedPrecedenceOverMuted,
            "Who watches a tag hears of it also in a category that they muted, and the reverse."
        ),
        .number(
            "notification_consolidation_threshold",
            \.notificationConsolidationThreshold,
            1...1000,
            "Notices of likes or links by one person after which they become one."
        ),
        .number(
            "likes_notification_consolidation_window_mins",
            \.likesNotificationConsolidationWindowMins,
            1...100_000,
            "Minutes within which notices of likes or links become one."
        ),
        .number(
            "default_other_auto_track_topics_after_msecs",
            \.defaultOtherAutoTrackTopicsAfterMsecs,
            -1...86_400_000,
            "Milliseconds of reading after which a topic is tracked; 0 is at once, -1 never."
        ),
        .number(
            "default_other_notification_level_when_replying",
            \.defaultOtherNotificationLevelWhenReplying,
            1...3,
            "Level of a topic for who replies in it: 1 regular, 2 tracking, 3 watching."
        ),
        .number(
            "default_other_like_notification_frequency",
            \.defaultOtherLikeNotificationFrequency,
            0...3,
            "Likes are told: 0 always, 1 the first time and daily, 2 the first time, 3 never."
        ),
    ]

    private static let defaultLevels: [SettingDefinition] = [
        numbers("default_categories_watching", \.defaultCategoriesWatching),
        numbers("default_categories_tracking", \.defaultCategoriesTracking),
        numbers("default_categories_muted", \.defaultCategoriesMuted),
        numbers("default_categories_normal", \.defaultCategoriesNormal),
        numbers(
            "default_categories_watching_first_post",
            \.defaultCategoriesWatchingFirstPost
        ),
        names("default_tags_watching", \.defaultTagsWatching),
        names("default_tags_tracking", \.defaultTagsTracking),
        names("default_tags_muted", \.defaultTagsMuted),
        names("default_tags_watching_first_post", \.defaultTagsWatchingFirstPost),
    ]

    private static func numbers(
        _ name: String,
        _ property: any WritableKeyPath<SiteSettings, String> & Sendable
    ) -> Self {
        .text(
            name,
            property,
            check: { text in
                text.split(separator: "|").allSatisfy { Int64($0) != nil }
                    ? nil : "must be numbers of categories, separated by |"
            },
            "Numbers of categories, separated by |, that new members have at this level."
        )
    }

    private static func names(
        _ name: String,
        _ property: any WritableKeyPath<SiteSettings, String> & Sendable
    ) -> Self {
        .text(name, property, "Tags, separated by |, that new members have at this level.")
    }

    private static let otherDefaults: [SettingDefinition] = [
        .number(
            "default_other_new_topic_duration_minutes",
            \.defaultOtherNewTopicDurationMinutes,
            -2...525_600,
            "Minutes that a topic is new; -1 is until it is seen, -2 since the last visit."
        ),
        .flag(
            "default_other_external_links_in_new_tab",
            \.defaultOtherExternalLinksInNewTab,
            "Links to other sites open in a tab of their own."
        ),
        .flag(
            "default_other_enable_quoting",
            \.defaultOtherEnableQuoting,
            "Marked text can be quoted."
        ),
        .flag(
            "default_other_enable_smart_lists",
            \.defaultOtherEnableSmartLists,
            "Lists go on by themselves while they are written."
        ),
        .flag(
            "default_other_dynamic_favicon",
            \.defaultOtherDynamicFavicon,
            "The icon of the site shows how much is new."
        ),
        .flag(
            "default_other_skip_new_user_tips",
            \.defaultOtherSkipNewUserTips,
            "New members are shown no tips."
        ),
        .flag(
            "default_topics_automatic_unpin",
            \.defaultTopicsAutomaticUnpin,
            "What is pinned is unpinned for who has read it to the end."
        ),
    ]

    private static let mailDefaults: [SettingDefinition] = [
        .number(
            "default_email_level",
            \.defaultEmailLevel,
            0...2,
            "New members get mails of answers: 0 always, 1 when away, 2 never."
        ),
        .flag(
            "default_email_mailing_list_mode",
            \.defaultEmailMailingListMode,
            "New members get every post by mail."
        ),
        .number(
            "default_email_mailing_list_mode_frequency",
            \.defaultEmailMailingListModeFrequency,
            1...2,
            "Those who get every post: 1 every one, 2 all but their own."
        ),
        .number(
            "default_email_messages_level",
            \.defaultEmailMessagesLevel,
            0...2,
            "Messages are mailed: 0 always, 1 to those who are away, 2 never."
        ),
        .number(
            "personal_email_time_window_seconds",
            \.personalEmailTimeWindowSeconds,
            0...86_400,
            "Seconds that readers on the site have to read a message before it is mailed."
        ),
        .number(
            "default_email_previous_replies",
            \.defaultEmailPreviousReplies,
            0...2,
            "Mails show earlier posts: 0 always, 1 unless they were mailed, 2 never."
        ),
        .flag(
            "default_email_in_reply_to",
            \.defaultEmailInReplyTo,
            "Mails show the post that is answered."
        ),
        .number(
            "email_posts_context",
            \.emailPostsContext,
            0...20,
            "Earlier posts that a mail shows to those who want them."
        ),
    ]

    private static let digests: [SettingDefinition] = [
        .flag("disable_digest_emails", \.disableDigestEmails, "Nobody gets summaries by mail."),
        .number(
            "default_email_digest_frequency",
            \.defaultEmailDigestFrequency,
            0...525_600,
            "Minutes of absence after which members get a summary by mail; 0 is never."
        ),
        .flag(
            "default_include_tl0_in_digests",
            \.defaultIncludeTL0InDigests,
            "Summaries show topics by members of trust level 0."
        ),
        .number(
            "suppress_digest_email_after_days",
            \.suppressDigestEmailAfterDays,
            1...3650,
            "Days of absence after which members get no more summaries."
        ),
        .number("digest_topics", \.digestTopics, 1...50, "Popular topics in a summary."),
        .number(
            "digest_other_topics",
            \.digestOtherTopics,
            0...50,
            "Other new topics in a summary."
        ),
    ]
}
