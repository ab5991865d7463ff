import Foundation

extension SettingDefinition {
    /// Every setting, in the order in which they are shown.
    package static let all: [SettingDefinition] =
        site + access + accounts + connect + writing + tags + editing + rates + dailyRates
        + requestRates + incomingMail + outgoingMail + files + moderation
        + keysOfPrograms
        + delivery
        + requestsToOthers
        + mailChecks

    /// The setting of that name, when there is one.
    package static func named(_ name: String) -> SettingDefinition? {
        byName[name]
    }

    private static let byName = Dictionary(
        all.map { ($0.name, $0) },
        uniquingKeysWith: { first, _ in first }
    )

    private static let site: [SettingDefinition] = [
        .text(
            "title",
            \.title,
            check: { $0.allSatisfy(\.isWhitespace) ? "must not be empty" : nil },
            "Name of the community."
        ),
        .text("site_description", \.siteDescription, maximum: 1000, "What it is about."),
        .text(
            "contact_email",
            \.contactEmail,
            check: addressOrNothing,
            "Address of whoever is responsible for the site."
        ),
        .text(
            "default_locale",
            \.defaultLocale,
            maximum: 10,
            check: { $0.allSatisfy(\.isWhitespace) ? "must not be empty" : nil },
            "Language of the site, such as en."
        ),
    ]

    private static let access: [SettingDefinition] = [
        .flag("login_required", \.loginRequired, "Only members may read."),
        .flag("invite_only", \.inviteOnly, "Accounts are made by administrators alone."),
        .flag("allow_new_registrations", \.allowNewRegistrations, "Visitors may make accounts."),
        .flag("must_approve_users", \.mustApproveUsers, "Staff approves each new account."),
        .text(
            "allowed_email_domains",
            \.allowedEmailDomains,
            maximum: 10_000,
            "Domains, by |: accounts are made with addresses of these alone; empty is any."
        ),
        .text(
            "blocked_email_domains",
            \.blockedEmailDomains,
            maximum: 10_000,
            "Domains, by |: no accounts are made with addresses of these."
        ),
        .number(
            "default_trust_level",
            \.defaultTrustLevel,
            0...4,
            "Trust level of a new account."
        ),
        .choice(
            "enforce_second_factor",
            \.enforceSecondFactor,
            ["no", "staff", "all"],
            "Who must set up a second factor before anything else can be done in a browser."
        ),
    ]

    private static let writing: [SettingDefinition] = [
        .number(
            "min_topic_title_length",
            \.minTopicTitleLength,
            1...Limits.titleMax,
            "Shortest title of a topic, in characters."
        ),
        .number(
            "max_topic_title_length",
            \.maxTopicTitleLength,
            5...Limits.titleMax,
            "Longest title of a topic, in characters."
        ),
        .number(
            "min_first_post_length",
            \.minFirstPostLength,
            1...Limits.postMax,
            "Shortest first post of a topic, in characters."
        ),
        .number(
            "min_post_length",
            \.minPostLength,
            1...Limits.postMax,
            "Shortest reply, in characters."
        ),
        .number(
            "max_post_length",
            \.maxPostLength,
            1...Limits.postMax,
            "Longest post, in characters."
        ),
        .number(
            "min_personal_message_title_length",
            \.minPersonalMessageTitleLength,
            1...Limits.titleMax,
            "Shortest title of a personal message, in characters."
        ),
        .number(
            "min_personal_message_post_length",
            \.minPersonalMessagePostLength,
            1...Limits.postMax,
            "Shortest post of a personal message, in characters."
        ),
        .number(
            "max_mentions_per_post",
            \.maxMentionsPerPost,
            0...100,
            "How many people one post may mention."
        ),
        .flag(
            "allow_uncategorized_topics",
            \.allowUncategorizedTopics,
            "A topic needs no category."
        ),
        .number(
            "min_search_term_length",
            \.minSearchTermLength,
            1...20,
            "Shortest search term, in characters."
        ),
        .flag(
            "allow_solved_on_all_topics",
            \.allowSolvedOnAllTopics,
            "Replies can be accepted as the answer of their topic."
        ),
    ]

    private static let tags: [SettingDefinition] = [
        .flag("tagging_enabled", \.taggingEnabled, "Topics may carry tags."),
        .number(
            "max_tags_per_topic",
            \.maxTagsPerTopic,
            0...50,
            "How many tags one topic may carry."
        ),
        .number("max_tag_length", \.maxTagLength, 1...100, "Longest tag, in characters."),
        .number(
            "min_trust_to_create_tag",
            \.minTrustToCreateTag,
            0...4,
            "Trust level that may make a new tag; staff always may."
        ),
    ]

    private static let editing: [SettingDefinition] = [
        .number(
            "editing_grace_period",
            \.editingGracePeriod,
            0...86_400,
            "Seconds after posting in which an edit leaves no revision."
        ),
        .number(
            "post_edit_time_limit",
            \.postEditTimeLimit,
            0...10_000_000,
            "Minutes in which authors may edit; 0 is for ever."
        ),
        .number(
            "tl2_post_edit_time_limit",
            \.tl2PostEditTimeLimit,
            0...10_000_000,
            "Minutes in which authors of trust level 2 or more may edit; 0 is for ever."
        ),
    ]

    private static let rates: [SettingDefinition] = [
        .number(
            "unique_posts_mins",
            \.uniquePostsMins,
            0...10_080,
            "Minutes in which the same text by the same author is refused; 0 is never."
        ),
        .number(
            "rate_limit_create_topic",
            \.rateLimitCreateTopic,
            0...86_400,
            "Seconds between two topics of one member."
        ),
        .number(
            "rate_limit_create_post",
            \.rateLimitCreatePost,
            0...86_400,
            "Seconds between two posts of one member."
        ),
        .number(
            "rate_limit_new_user_create_topic",
            \.rateLimitNewUserCreateTopic,
            0...86_400,
            "Seconds between two topics of a member of trust level 0."
        ),
        .number(
            "rate_limit_new_user_create_post",
            \.rateLimitNewUserCreatePost,
            0...86_400,
            "Seconds between two posts of a member of trust level 0."
        ),
    ]

    private static let incomingMail: [SettingDefinition] = [
        .flag("email_in", \.emailIn, "Mail to an address of a category starts a topic."),
        .number(
            "email_in_min_trust",
            \.emailInMinTrust,
            0...4,
            "Trust level that may start a topic by mail."
        ),
        .flag(
            "enable_staged_users",
            \.enableStagedUsers,
            "Strangers who write by mail get a staged account."
        ),
        .flag("reply_by_email_enabled", \.replyByEmailEnabled, "Mails can be answered."),
        .text(
            "reply_by_email_address",
            \.replyByEmailAddress,
            check: replyAddressOrNothing,
            "Address for answers, with %{reply_key} in it; empty takes the configured one."
        ),
        .text(
            "alternative_reply_by_email_addresses",
            \.alternativeReplyByEmailAddresses,
            maximum: 1000,
            check: {
                $0.split(separator: "|").compactMap { replyAddressOrNothing(String($0)) }.first
            },
            "Further addresses for answers, such as those from before a move, by |."
        ),
        .flag(
            "incoming_email_prefer_html",
            \.incomingEmailPreferHtml,
            "Of a mail that is both text and HTML, read the HTML."
        ),
        .flag("trim_incoming_emails", \.trimIncomingEmails, "Leave out what a mail quotes."),
        .flag(
            "always_show_trimmed_content",
            \.alwaysShowTrimmedContent,
            "Show what was left out below the post."
        ),
        .flag(
            "block_auto_generated_emails",
            \.blockAutoGeneratedEmails,
            "Refuse mails that no person wrote."
        ),
        .text(
            "ignore_by_title",
            \.ignoreByTitle,
            check: regularExpressionOrNothing,
            "Regular expression; a mail whose subject matches is not posted."
        ),
    ]

    private static let outgoingMail: [SettingDefinition] = [
        .text(
            "notification_email",
            \.notificationEmail,
            check: addressOrNothing,
            "Sender of mails; empty is noreply@ and the host of the site."
        ),
        .choice(
            "disable_emails",
            \.disableEmails,
            ["no", "yes", "non-staff"],
            "Send no mails: no (all are sent), yes (none is), non-staff (only to staff)."
        ),
        .number(
            "max_emails_per_day_per_user",
            \.maxEmailsPerDayPerUser,
            0...10_000,
            "How many mails one person gets in 24 hours."
        ),
        .number(
            "disallow_reply_by_email_after_days",
            \.disallowReplyByEmailAfterDays,
            0...3650,
            "Days after which a mail can no longer be answered; 0 is never."
        ),
        .text(
            "email_subject",
            \.emailSubject,
            "Subject of mails, with %{site_name}, %{optional_cat}, %{topic_title} and others."
        ),
        .text("email_prefix", \.emailPrefix, "Stands for the title of the site in subjects."),
        .number(
            "email_time_window_mins",
            \.emailTimeWindowMins,
            0...1440,
            "Minutes between a post and its mail."
        ),
    ]
}

private func addressOrNothing(_ text: String) -> String? {
    guard !text.isEmpty, EmailAddressRules.normalise(text) == nil else { return nil }
    return "must be an e-mail address"
}

private func replyAddressOrNothing(_ text: String) -> String? {
    guard !text.isEmpty else { return nil }
    let parts = text.components(separatedBy: "%{reply_key}")
    guard parts.count == 2, EmailAddressRules.normalise(parts.joined(separator: "k")) != nil else {
        return "must be an e-mail address with %{reply_key} in it"
    }
    return nil
}

private func regularExpressionOrNothing(_ text: String) -> String? {
    guard !text.isEmpty else { return nil }
    do {
        _ = try NSRegularExpression(pattern: text)
        return nil
    } catch {
        return "must be a regular expression"
    }
}
