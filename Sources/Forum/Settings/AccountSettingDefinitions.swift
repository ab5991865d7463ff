extension SettingDefinition {
    static let accounts: [SettingDefinition] = [
        .flag(
            "hide_email_address_taken",
            \.hideEmailAddressTaken,
            "Visitors do not learn whether an address has an account."
        ),
        .number(
            "username_change_period",
            \.usernameChangePeriod,
            0...10_000,
            "Days after registration in which members may change their name; 0 is never."
        ),
        .text(
            "public_user_custom_fields",
            \.publicUserCustomFields,
            maximum: 2000,
            "Custom fields of people that everybody sees, separated by |."
        ),
        .flag(
            "disable_mailing_list_mode",
            \.disableMailingListMode,
            "Nobody gets every post by mail, whatever they chose."
        ),
        .flag("enable_user_status", \.enableUserStatus, "People may say what they are doing."),
        .number(
            "invite_expiry_days",
            \.inviteExpiryDays,
            1...3650,
            "Days in which an invitation holds."
        ),
        .number(
            "max_invites_per_day",
            \.maxInvitesPerDay,
            0...10_000,
            "Invitations of one member in 24 hours."
        ),
        .number(
            "min_trust_level_to_allow_invite",
            \.minTrustLevelToAllowInvite,
            0...4,
            "Trust level from which members may invite."
        ),
        .number(
            "invite_link_max_redemptions_limit",
            \.inviteLinkMaxRedemptionsLimit,
            1...1_000_000,
            "How often a link that staff makes can be used."
        ),
        .number(
            "invite_link_max_redemptions_limit_users",
            \.inviteLinkMaxRedemptionsLimitUsers,
            1...1_000_000,
            "How often a link that a member makes can be used."
        ),
    ]

    static let connect: [SettingDefinition] = [
        .flag(
            "enable_discourse_connect",
            \.enableDiscourseConnect,
            "People log in through another site (discourse_connect_url)."
        ),
        .text(
            "discourse_connect_url",
            \.discourseConnectURL,
            maximum: 1000,
            check: webAddressOrNothing,
            "Where people are sent to log in."
        ),
        .text(
            "discourse_connect_secret",
            \.discourseConnectSecret,
            maximum: 255,
            check: secretOrNothing,
            "What that site and this one sign with."
        ).asSecret,
        .flag(
            "discourse_connect_overrides_email",
            \.discourseConnectOverridesEmail,
            "The address comes from the other site at each log-in."
        ),
        .flag(
            "discourse_connect_overrides_username",
            \.discourseConnectOverridesUsername,
            "The username comes from the other site at each log-in."
        ),
        .flag(
            "discourse_connect_overrides_name",
            \.discourseConnectOverridesName,
            "The name comes from the other site at each log-in."
        ),
        .flag(
            "discourse_connect_overrides_bio",
            \.discourseConnectOverridesBio,
            "The profile's text comes from the other site at each log-in."
        ),
        .flag(
            "discourse_connect_overrides_location",
            \.discourseConnectOverridesLocation,
            "The location comes from the other site at each log-in."
        ),
        .flag(
            "discourse_connect_overrides_website",
            \.discourseConnectOverridesWebsite,
            "The web site of a person comes from the other site at each log-in."
        ),
        .flag(
            "enable_discourse_connect_provider",
            \.enableDiscourseConnectProvider,
            "Other sites may have people logged in by this one."
        ),
        .text(
            "discourse_connect_provider_secrets",
            \.discourseConnectProviderSecrets,
            maximum: 5000,
            "The sites that may, a line each: domain|secret. A domain may begin with *."
        ).asSecret,
    ]

    private static func webAddressOrNothing(_ text: String) -> String? {
        let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
        guard !text.isEmpty, !isWeb || text.contains(where: \.isWhitespace) else { return nil }
        return "must begin with http:// or https://"
    }

    private static func secretOrNothing(_ text: String) -> String? {
        text.isEmpty || text.utf8.count >= 10 ? nil : "must have at least 10 characters"
    }
}
