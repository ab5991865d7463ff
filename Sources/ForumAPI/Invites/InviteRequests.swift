/// `POST /invites` and `PUT /invites/{id}`.
package struct InviteRequest: Codable, Sendable, Equatable {
    /// Left out: a link.
    package var email: String?
    package var skipEmail: Bool?
    package var sendEmail: Bool?
    package var customMessage: String?
    package var description: String?
    package var domain: String?
    package var maxRedemptionsAllowed: Int?
    package var topicID: Int?
    /// A list, or one text with commas.
    package var groupIDs: [String]?
    /// A list, or one text with commas.
    package var groupNames: [String]?
    /// A time in ISO 8601.
    package var expiresAt: String?

    package init(
        email: String? = nil,
        skipEmail: Bool? = nil,
        sendEmail: Bool? = nil,
        customMessage: String? = nil,
        description: String? = nil,
        domain: String? = nil,
        maxRedemptionsAllowed: Int? = nil,
        topicID: Int? = nil,
        groupIDs: [String]? = nil,
        groupNames: [String]? = nil,
        expiresAt: String? = nil
    ) {
        self.email = email
        self.skipEmail = skipEmail
        self.sendEmail = sendEmail
        self.customMessage = customMessage
        self.description = description
        self.domain = domain
        self.maxRedemptionsAllowed = maxRedemptionsAllowed
        self.topicID = topicID
        self.groupIDs = groupIDs
        self.groupNames = groupNames
        self.expiresAt = expiresAt
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case skipEmail = "skip_email"
        case sendEmail = "send_email"
        case customMessage = "custom_message"
        case description
        case domain
        case maxRedemptionsAllowed = "max_redemptions_allowed"
        case topicID = "topic_id"
        case groupIDs = "group_ids"
        case groupNames = "group_names"
        case expiresAt = "expires_at"
    }
}

/// `POST /invites/create-multiple`.
package struct CreateInvitesRequest: Codable, Sendable, Equatable {
    /// A list, or one text with commas.
    package var email: [String]
    package var skipEmail: Bool?
    package var customMessage: String?
    package var maxRedemptionsAllowed: Int?
    package var topicID: Int?
    package var groupIDs: [String]?
    package var groupNames: [String]?
    package var expiresAt: String?

    package init(
        email: [String],
        skipEmail: Bool? = nil,
        customMessage: String? = nil,
        maxRedemptionsAllowed: Int? = nil,
        topicID: Int? = nil,
        groupIDs: [String]? = nil,
        groupNames: [String]? = nil,
        expiresAt: String? = nil
    ) {
        self.email = email
        self.skipEmail = skipEmail
        self.customMessage = customMessage
        self.maxRedemptionsAllowed = maxRedemptionsAllowed
        self.topicID = topicID
        self.groupIDs = groupIDs
        self.groupNames = groupNames
        self.expiresAt = expiresAt
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case skipEmail = "skip_email"
        case customMessage = "custom_message"
        case maxRedemptionsAllowed = "max_redemptions_allowed"
        case topicID = "topic_id"
        case groupIDs = "group_ids"
        case groupNames = "group_names"
        case expiresAt = "expires_at"
    }
}

/// `GET /invites/retrieve` and `POST /invites/reinvite`.
package struct InviteEmailRequest: Codable, Sendable, Equatable {
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

/// `DELETE /invites`.
package struct DeleteInviteRequest: Codable, Sendable, Equatable {
    package var id: Int

    package init(
        id: Int
    ) {
        self.id = id
    }

    private enum CodingKeys: String, CodingKey {
        case id
    }
}

/// `GET /u/{username}/invited`.
package struct InvitedRequest: Codable, Sendable, Equatable {
    package var filter: InvitedFilter?
    package var offset: Int?
    package var search: String?

    package init(
        filter: InvitedFilter? = nil,
        offset: Int? = nil,
        search: String? = nil
    ) {
        self.filter = filter
        self.offset = offset
        self.search = search
    }

    private enum CodingKeys: String, CodingKey {
        case filter
        case offset
        case search
    }
}

/// Which invitations are asked for.
package enum InvitedFilter: String, Codable, Sendable, CaseIterable {
    case pending, expired, redeemed
}

/// `PUT /invites/show/{key}`; nothing but the key for those who are logged in.
package struct RedeemInviteRequest: Codable, Sendable, Equatable {
    package var username: String?
    package var password: String?
    package var name: String?
    package var email: String?
    /// What the mail's link carries.
    package var emailToken: String?
    package var timezone: String?
    package var userCustomFields: [String: String]?

    package init(
        username: String? = nil,
        password: String? = nil,
        name: String? = nil,
        email: String? = nil,
        emailToken: String? = nil,
        timezone: String? = nil,
        userCustomFields: [String: String]? = nil
    ) {
        self.username = username
        self.password = password
        self.name = name
        self.email = email
        self.emailToken = emailToken
        self.timezone = timezone
        self.userCustomFields = userCustomFields
    }

    private enum CodingKeys: String, CodingKey {
        case username
        case password
        case name
        case email
        case emailToken = "email_token"
        case timezone
        case userCustomFields = "user_custom_fields"
    }
}
