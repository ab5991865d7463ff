extension SettingDefinition {
    /// What one member may do in a day.
    static let dailyRates: [SettingDefinition] = [
        .number(
            "max_topics_per_day",
            \.maxTopicsPerDay,
            0...1_000_000,
            "Topics that one member may begin in a day; 0 is no limit."
        ),
        .number(
            "max_personal_messages_per_day",
            \.maxPersonalMessagesPerDay,
            0...1_000_000,
            "Personal messages that one member may begin in a day; 0 is no limit."
        ),
        .number(
            "max_topics_in_first_day",
            \.maxTopicsInFirstDay,
            0...1_000_000,
            "Topics of a new member in the day after their first post; 0 is no limit."
        ),
        .number(
            "max_replies_in_first_day",
            \.maxRepliesInFirstDay,
            0...1_000_000,
            "Replies of a new member in the day after their first post; 0 is no limit."
        ),
        .number(
            "max_likes_per_day",
            \.maxLikesPerDay,
            0...1_000_000,
            "Likes that one member may give in a day; 0 is no limit."
        ),
        .number(
            "max_bookmarks_per_day",
            \.maxBookmarksPerDay,
            0...1_000_000,
            "Bookmarks that one member may make in a day; 0 is no limit."
        ),
        .number(
            "max_edits_per_day",
            \.maxEditsPerDay,
            0...1_000_000,
            "Edits that one member may make in a day; 0 is no limit."
        ),
        .number(
            "max_post_deletions_per_day",
            \.maxPostDeletionsPerDay,
            0...1_000_000,
            "Posts that one member may delete in a day; 0 is no limit."
        ),
        .number(
            "max_post_deletions_per_minute",
            \.maxPostDeletionsPerMinute,
            0...1_000_000,
            "Posts that one member may delete in a minute; 0 is no limit."
        ),
        .number(
            "max_prints_per_hour_per_user",
            \.maxPrintsPerHourPerUser,
            0...1_000_000,
            "Topics that one reader may print in an hour; 0 is no limit."
        ),
        .text(
            "tl2_additional_likes_per_day_multiplier",
            \.tl2LikesMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the likes a day are multiplied for trust level 2."
        ),
        .text(
            "tl3_additional_likes_per_day_multiplier",
            \.tl3LikesMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the likes a day are multiplied for trust level 3."
        ),
        .text(
            "tl4_additional_likes_per_day_multiplier",
            \.tl4LikesMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the likes a day are multiplied for trust level 4."
        ),
        .text(
            "tl2_additional_flags_per_day_multiplier",
            \.tl2FlagsMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the flags a day are multiplied for trust level 2."
        ),
        .text(
            "tl3_additional_flags_per_day_multiplier",
            \.tl3FlagsMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the flags a day are multiplied for trust level 3."
        ),
        .text(
            "tl4_additional_flags_per_day_multiplier",
            \.tl4FlagsMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the flags a day are multiplied for trust level 4."
        ),
        .text(
            "tl2_additional_edits_per_day_multiplier",
            \.tl2EditsMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the edits a day are multiplied for trust level 2."
        ),
        .text(
            "tl3_additional_edits_per_day_multiplier",
            \.tl3EditsMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the edits a day are multiplied for trust level 3."
        ),
        .text(
            "tl4_additional_edits_per_day_multiplier",
            \.tl4EditsMultiplier,
            maximum: 8,
            check: factorProblem,
            "By what the edits a day are multiplied for trust level 4."
        ),
    ]

    /// How fast requests may come.
    static let requestRates: [SettingDefinition] = [
        .number(
            "max_reqs_per_ip_per_10_seconds",
            \.maxReqsPerIPPer10Seconds,
            0...1_000_000,
            "Requests of one address in 10 seconds; 0 is no limit."
        ),
        .number(
            "max_reqs_per_ip_per_minute",
            \.maxReqsPerIPPerMinute,
            0...1_000_000,
            "Requests of one address in a minute; 0 is no limit."
        ),
        .number(
            "max_admin_api_reqs_per_minute",
            \.maxAdminAPIReqsPerMinute,
            0...1_000_000,
            "Requests with API keys of the site in a minute, all together; 0 is no limit."
        ),
        .number(
            "max_user_api_reqs_per_minute",
            \.maxUserAPIReqsPerMinute,
            0...1_000_000,
            "Requests with one API key of a user in a minute; 0 is no limit."
        ),
        .number(
            "max_user_api_reqs_per_day",
            \.maxUserAPIReqsPerDay,
            0...1_000_000,
            "Requests with one API key of a user in a day; 0 is no limit."
        ),
        .number(
            "max_logins_per_ip_per_minute",
            \.maxLoginsPerIPPerMinute,
            0...1_000_000,
            "Attempts to log in from one address in a minute; 0 is no limit."
        ),
        .number(
            "max_logins_per_ip_per_hour",
            \.maxLoginsPerIPPerHour,
            0...1_000_000,
            "Attempts to log in from one address in an hour; 0 is no limit."
        ),
        .number(
            "rate_limit_search_user",
            \.rateLimitSearchUser,
            0...1_000_000,
            "Searches of one member in a minute; 0 is no limit."
        ),
        .number(
            "rate_limit_search_anon_user_per_second",
            \.rateLimitSearchAnonUserPerSecond,
            0...1_000_000,
            "Searches of one visitor in a second; 0 is no limit."
        ),
        .number(
            "rate_limit_search_anon_user_per_minute",
            \.rateLimitSearchAnonUserPerMinute,
            0...1_000_000,
            "Searches of one visitor in a minute; 0 is no limit."
        ),
        .number(
            "rate_limit_search_anon_global_per_minute",
            \.rateLimitSearchAnonGlobalPerMinute,
            0...1_000_000,
            "Searches of all visitors in a minute; 0 is no limit."
        ),
        .number(
            "skip_per_ip_rate_limit_trust_level",
            \.skipPerIPRateLimitTrustLevel,
            0...4,
            "Trust level from which a member is counted by their name, not by their address."
        ),
        .choice(
            "max_reqs_per_ip_mode",
            \.maxReqsPerIPMode,
            ["block", "warn", "none"],
            "What becomes of too many requests: block, warn (a line in the log), none."
        ),
        .flag(
            "max_reqs_rate_limit_on_private",
            \.maxReqsRateLimitOnPrivate,
            "Requests from the machine itself and from private networks are limited as well."
        ),
        .text(
            "trusted_proxies",
            \.trustedProxies,
            maximum: 1000,
            check: networksProblem,
            "Addresses of proxies whose X-Forwarded-For is believed, such as 127.0.0.1, 10.0.0.0/8."
        ),
        .text(
            "allowed_hosts",
            \.allowedHosts,
            maximum: 1000,
            "Names under which the site may be asked for, by comma; empty takes any."
        ),
        .flag("read_only", \.readOnly, "Nothing can be written over the web."),
    ]
}

private func networksProblem(_ text: String) -> String? {
    NetworkList(parsing: text) == nil ? "must be addresses and networks, by comma" : nil
}

private func factorProblem(_ text: String) -> String? {
    guard let factor = Double(text), (1...1000).contains(factor) else {
        return "must be a number from 1 to 1000"
    }
    return nil
}
