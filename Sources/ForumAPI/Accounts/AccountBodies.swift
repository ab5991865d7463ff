/// `PUT /u/{username}`.
package struct UpdateUserReply: Codable, Sendable, Equatable {
    package var user: UserBody
    package var success: String

    package init(
        user: UserBody,
        success: String = "OK"
    ) {
        self.user = user
        self.success = success
    }

    private enum CodingKeys: String, CodingKey {
        case user
        case success
    }
}

/// `GET /u/{username}/emails`.
package struct UserEmailsReply: Codable, Sendable, Equatable {
    package var email: String
    package var secondaryEmails: [String]
    /// Those that wait for their confirmation.
    package var unconfirmedEmails: [String]
    package var associatedAccounts: [AssociatedAccountBody]

    package init(
        email: String,
        secondaryEmails: [String] = [],
        unconfirmedEmails: [String] = [],
        associatedAccounts: [AssociatedAccountBody] = []
    ) {
        self.email = email
        self.secondaryEmails = secondaryEmails
        self.unconfirmedEmails = unconfirmedEmails
        self.associatedAccounts = associatedAccounts
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case secondaryEmails = "secondary_emails"
        case unconfirmedEmails = "unconfirmed_emails"
        case associatedAccounts = "associated_accounts"
    }
}

/// Who somebody is at another provider.
package struct AssociatedAccountBody: Codable, Sendable, Equatable {
    package var name: String
    package var description: String
    package var canRevoke: Bool
    package var canConnect: Bool

    package init(
        name: String,
        description: String,
        canRevoke: Bool = false,
        canConnect: Bool = false
    ) {
        self.name = name
        self.description = description
        self.canRevoke = canRevoke
        self.canConnect = canConnect
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case description
        case canRevoke = "can_revoke"
        case canConnect = "can_connect"
    }
}

/// `PUT /u/{username}/preferences/username`.
package struct UsernameReply: Codable, Sendable, Equatable {
    package var id: Int
    package var username: String

    package init(
        id: Int,
        username: String
    ) {
        self.id = id
        self.username = username
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
    }
}

/// What somebody says of themselves at the moment.
package struct UserStatusBody: Codable, Sendable, Equatable {
    package var description: String?
    package var emoji: String?
    package var endsAt: String?
    @IfPresent package var messageBusLastID: Int?

    package init(
        description: String? = nil,
        emoji: String? = nil,
        endsAt: String? = nil,
        messageBusLastID: Int? = nil
    ) {
        self.description = description
        self.emoji = emoji
        self.endsAt = endsAt
        self.messageBusLastID = messageBusLastID
    }

    private enum CodingKeys: String, CodingKey {
        case description
        case emoji
        case endsAt = "ends_at"
        case messageBusLastID = "message_bus_last_id"
    }
}

/// `POST /do-not-disturb`.
package struct RestReply: Codable, Sendable, Equatable {
    package var endsAt: String
    package var success: String

    package init(
        endsAt: String,
        success: String = "OK"
    ) {
        self.endsAt = endsAt
        self.success = success
    }

    private enum CodingKeys: String, CodingKey {
        case endsAt = "ends_at"
        case success
    }
}

/// `POST /session/forgot_password`.
package struct ForgotPasswordReply: Codable, Sendable, Equatable {
    package var success: String
    /// Only told where that is no secret.
    @IfPresent package var userFound: Bool?

    package init(
        success: String = "OK",
        userFound: Bool? = nil
    ) {
        self.success = success
        self.userFound = userFound
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case userFound = "user_found"
    }
}

/// What came of a link in a mail; a refusal has `success` false and status 200, as in Discourse.
package struct AccountReply: Codable, Sendable, Equatable {
    package var success: Bool
    package var message: String
    package var requiresApproval: Bool
    package var redirectTo: String?
    @IfPresent package var errors: [String: [String]]?
    @IfPresent package var username: String?
    /// The owner has a second factor, which is missing or was wrong.
    @IfPresent package var secondFactorRequired: Bool?
    @IfPresent package var backupEnabled: Bool?

    package init(
        success: Bool,
        message: String = "",
        requiresApproval: Bool = false,
        redirectTo: String? = nil,
        errors: [String: [String]]? = nil,
        username: String? = nil,
        secondFactorRequired: Bool? = nil,
        backupEnabled: Bool? = nil
    ) {
        self.success = success
        self.message = message
        self.requiresApproval = requiresApproval
        self.redirectTo = redirectTo
        self.errors = errors
        self.username = username
        self.secondFactorRequired = secondFactorRequired
        self.backupEnabled = backupEnabled
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case message
        case requiresApproval = "requires_approval"
        case redirectTo = "redirect_to"
        case errors
        case username
        case secondFactorRequired = "second_factor_required"
        case backupEnabled = "backup_enabled"
    }
}
