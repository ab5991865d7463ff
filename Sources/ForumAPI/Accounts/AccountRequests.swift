/// `PUT /u/{username}/preferences/email` and the others that speak of one address.
package struct EmailRequest: Codable, Sendable, Equatable {
    package var email: String

    package init(
        email: String
    ) {
        self.email = email
    }

    private enum CodingKeys: String, CodingKey {
        case email
    }
}

/// `PUT /u/{username}/preferences/username`.
package struct UsernameRequest: Codable, Sendable, Equatable {
    package var newUsername: String

    package init(
        newUsername: String
    ) {
        self.newUsername = newUsername
    }

    private enum CodingKeys: String, CodingKey {
        case newUsername = "new_username"
    }
}

/// `POST /u/{username}/preferences/revoke-auth-token`: one session, or without a number all others.
package struct RevokeTokenRequest: Codable, Sendable, Equatable {
    package var tokenID: Int?

    package init(
        tokenID: Int? = nil
    ) {
        self.tokenID = tokenID
    }

    private enum CodingKeys: String, CodingKey {
        case tokenID = "token_id"
    }
}

/// `PUT /u/{username}/notification_level`.
package struct RelationRequest: Codable, Sendable, Equatable {
    package var notificationLevel: UserRelationLevel
    /// Until when, for `ignore`; a time in ISO 8601.
    package var expiringAt: String?
    package var actingUserID: Int?

    package init(
        notificationLevel: UserRelationLevel,
        expiringAt: String? = nil,
        actingUserID: Int? = nil
    ) {
        self.notificationLevel = notificationLevel
        self.expiringAt = expiringAt
        self.actingUserID = actingUserID
    }

    private enum CodingKeys: String, CodingKey {
        case notificationLevel = "notification_level"
        case expiringAt = "expiring_at"
        case actingUserID = "acting_user_id"
    }
}

/// How somebody stands to another person.
package enum UserRelationLevel: String, Codable, Sendable, CaseIterable {
    case normal, mute, ignore
}

/// `PUT /user-status`.
package struct StatusRequest: Codable, Sendable, Equatable {
    package var emoji: String
    package var description: String
    /// A time in ISO 8601.
    package var endsAt: String?

    package init(
        emoji: String,
        description: String,
        endsAt: String? = nil
    ) {
        self.emoji = emoji
        self.description = description
        self.endsAt = endsAt
    }

    private enum CodingKeys: String, CodingKey {
        case emoji
        case description
        case endsAt = "ends_at"
    }
}

/// `POST /do-not-disturb`.
package struct RestRequest: Codable, Sendable, Equatable {
    /// Minutes, or `tomorrow`.
    package var duration: String

    package init(
        duration: String
    ) {
        self.duration = duration
    }

    private enum CodingKeys: String, CodingKey {
        case duration
    }
}

/// `POST /session/forgot_password`.
package struct ForgotPasswordRequest: Codable, Sendable, Equatable {
    /// A username or an address.
    package var login: String

    package init(
        login: String
    ) {
        self.login = login
    }

    private enum CodingKeys: String, CodingKey {
        case login
    }
}

/// `PUT /users/password-reset/{token}`.
package struct ResetPasswordRequest: Codable, Sendable, Equatable {
    package var password: String
    package var username: String?
    package var secondFactorToken: String?
    /// 1 an authenticator, 2 a backup code.
    package var secondFactorMethod: Int?

    package init(
        password: String,
        username: String? = nil,
        secondFactorToken: String? = nil,
        secondFactorMethod: Int? = nil
    ) {
        self.password = password
        self.username = username
        self.secondFactorToken = secondFactorToken
        self.secondFactorMethod = secondFactorMethod
    }

    private enum CodingKeys: String, CodingKey {
        case password
        case username
        case secondFactorToken = "second_factor_token"
        case secondFactorMethod = "second_factor_method"
    }
}

/// `PUT /u/confirm-new-email/{token}`.
package struct ConfirmEmailRequest: Codable, Sendable, Equatable {
    package var secondFactorToken: String?
    /// 1 an authenticator, 2 a backup code.
    package var secondFactorMethod: Int?

    package init(secondFactorToken: String? = nil, secondFactorMethod: Int? = nil) {
        self.secondFactorToken = secondFactorToken
        self.secondFactorMethod = secondFactorMethod
    }

    private enum CodingKeys: String, CodingKey {
        case secondFactorToken = "second_factor_token"
        case secondFactorMethod = "second_factor_method"
    }
}

/// `POST /u/action/send_activation_email`.
package struct ResendActivationRequest: Codable, Sendable, Equatable {
    /// A username or an address.
    package var username: String

    package init(
        username: String
    ) {
        self.username = username
    }

    private enum CodingKeys: String, CodingKey {
        case username
    }
}

/// `PUT /u/update-activation-email`: for an account that is not confirmed yet.
package struct ActivationEmailRequest: Codable, Sendable, Equatable {
    package var email: String
    package var username: String
    package var password: String

    package init(
        email: String,
        username: String,
        password: String
    ) {
        self.email = email
        self.username = username
        self.password = password
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case username
        case password
    }
}

/// `PUT /u/{username}/feature-topic`.
package struct FeatureTopicRequest: Codable, Sendable, Equatable {
    package var topicID: Int

    package init(
        topicID: Int
    ) {
        self.topicID = topicID
    }

    private enum CodingKeys: String, CodingKey {
        case topicID = "topic_id"
    }
}
