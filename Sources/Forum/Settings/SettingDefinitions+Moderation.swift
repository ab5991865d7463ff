extension SettingDefinition {
    /// Flags, approval and what moderators are shown.
    static let moderation: [SettingDefinition] = [
        .flag(
            "moderators_view_emails",
            \.moderatorsViewEmails,
            "Moderators see the addresses of members."
        ),
        .flag(
            "allow_impersonation",
            \.allowImpersonation,
            "Administrators may log in as members; each time is written down."
        ),
        .number(
            "approve_unless_trust_level",
            \.approveUnlessTrustLevel,
            0...4,
            "Posts of members below this trust level wait for staff."
        ),
        .number(
            "approve_post_count",
            \.approvePostCount,
            0...10,
            "How many first posts of a new member wait for staff."
        ),
        .number(
            "approve_new_topics_unless_trust_level",
            \.approveNewTopicsUnlessTrustLevel,
            0...4,
            "Topics of members below this trust level wait for staff."
        ),
        .number(
            "min_trust_to_flag_posts",
            \.minTrustToFlagPosts,
            0...4,
            "Trust level from which members may flag posts."
        ),
        .number("max_flags_per_day", \.maxFlagsPerDay, 0...1000, "Flags of one member in a day."),
        .choice(
            "hide_post_sensitivity",
            \.hidePostSensitivityText,
            ["0", "3", "6", "9"],
            "How hard flags hide a post: 9 is hard, 3 easy, 0 never."
        ),
    ]
}

extension SiteSettings {
    fileprivate var hidePostSensitivityText: String {
        get { String(hidePostSensitivity) }
        set { hidePostSensitivity = Int(newValue) ?? 9 }
    }
}
