extension SettingDefinition {
    static let keysOfPrograms: [SettingDefinition] = [
        .number(
            "revoke_api_keys_unused_days",
            \.revokeAPIKeysUnusedDays,
            0...10_000,
            "Days after which an API key that nobody uses is revoked; 0 never."
        ),
        .number(
            "revoke_user_api_keys_unused_days",
            \.revokeUserAPIKeysUnusedDays,
            0...10_000,
            "Days after which a user API key that nobody uses is revoked; 0 never."
        ),
        .number(
            "max_user_api_key_expiry_days",
            \.maxUserAPIKeyExpiryDays,
            1...3650,
            "Longest life that a program may ask for its user API key, in days."
        ),
        .number(
            "min_trust_level_for_user_api_key",
            \.minTrustLevelForUserAPIKey,
            0...4,
            "Trust level that may give keys to programs."
        ),
        .text(
            "allow_user_api_key_scopes",
            \.allowUserAPIKeyScopes,
            check: { text in
                let unknown = text.split(separator: "|").first {
                    UserAPIKeyScope(rawValue: String($0)) == nil
                }
                return unknown.map { "has no scope \($0)" }
            },
            "Scopes that members may give to programs, by |."
        ),
        .text(
            "allowed_user_api_auth_redirects",
            \.allowedUserAPIAuthRedirects,
            maximum: 4000,
            "Addresses that a program may be called back at, by |; * stands for anything."
        ),
        .text(
            "allowed_user_api_push_urls",
            \.allowedUserAPIPushURLs,
            maximum: 4000,
            "Addresses that notices may be pushed to, by |."
        ),
    ]
}
