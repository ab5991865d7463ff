/// `POST /users`.
package struct CreateUserRequest: Codable, Sendable, Equatable {
    package var username: String
    package var email: String
    /// Left out, the person sets one by mail.
    package var password: String?
    package var name: String?
    /// Only administrators: no confirmation by mail.
    package var active: Bool?
    package var approved: Bool?
    package var userFields: [String: String]?
    package var externalIDs: [String: String]?
    /// What `GET /session/hp` gave, reversed: Discourse's trap for simple robots.
    package var challenge: String?
    /// The trap field: whoever fills it is a robot.
    package var passwordConfirmation: String?
    package var inviteCode: String?

    package init(
        username: String,
        email: String,
        password: String? = nil,
        name: String? = nil,
        active: Bool? = nil,
        approved: Bool? = nil,
        userFields: [String: String]? = nil,
        externalIDs: [String: String]? = nil,
        challenge: String? = nil,
        passwordConfirmation: String? = nil,
        inviteCode: String? = nil
    ) {
        self.username = username
        self.email = email
        self.password = password
        self.name = name
        self.active = active
        self.approved = approved
        self.userFields = userFields
        self.externalIDs = externalIDs
        self.challenge = challenge
        self.passwordConfirmation = passwordConfirmation
        self.inviteCode = inviteCode
    }

    private enum CodingKeys: String, CodingKey {
        case username
        case email
        case password
        case name
        case active
        case approved
        case userFields = "user_fields"
        case externalIDs = "external_ids"
        case challenge
        case passwordConfirmation = "password_confirmation"
        case inviteCode = "invite_code"
    }
}

/// What `POST /users` answers; a refusal has `success` false and status 200, as in Discourse.
package struct CreateUserReply: Codable, Sendable, Equatable {
    package var success: Bool
    package var active: Bool = false
    package var message: String = ""
    @IfPresent package var userID: Int?
    @IfPresent package var errors: [String: [String]]?
    @IfPresent package var values: [String: String]?

    package init(
        success: Bool,
        active: Bool = false,
        message: String = "",
        userID: Int? = nil,
        errors: [String: [String]]? = nil,
        values: [String: String]? = nil
    ) {
        self.success = success
        self.active = active
        self.message = message
        self.userID = userID
        self.errors = errors
        self.values = values
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case active
        case message
        case userID = "user_id"
        case errors
        case values
    }
}
