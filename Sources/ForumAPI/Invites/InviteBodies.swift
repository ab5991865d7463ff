/// An invitation, as its maker sees it.
package struct InviteBody: Codable, Sendable, Equatable {
    package var id: Int
    package var inviteKey: String
    package var link: String
    package var description: String?
    @IfPresent package var email: String?
    package var domain: String?
    package var emailed: Bool
    package var canDeleteInvite: Bool
    @IfPresent package var maxRedemptionsAllowed: Int?
    @IfPresent package var redemptionCount: Int?
    package var customMessage: String?
    package var createdAt: String
    package var updatedAt: String
    package var expiresAt: String
    package var expired: Bool
    package var grantsAdmin: Bool
    package var grantsModerator: Bool
    package var topics: [InviteTopicBody]
    package var groups: [InviteGroupBody]
    @IfPresent package var warnings: [String]?

    package init(
        id: Int,
        inviteKey: String,
        link: String,
        description: String? = nil,
        email: String? = nil,
        domain: String? = nil,
        emailed: Bool,
        canDeleteInvite: Bool = true,
        maxRedemptionsAllowed: Int? = nil,
        redemptionCount: Int? = nil,
        customMessage: String? = nil,
        createdAt: String,
        updatedAt: String,
        expiresAt: String,
        expired: Bool,
        grantsAdmin: Bool = false,
        grantsModerator: Bool = false,
        topics: [InviteTopicBody] = [],
        groups: [InviteGroupBody] = [],
        warnings: [String]? = nil
    ) {
        self.id = id
        self.inviteKey = inviteKey
        self.link = link
        self.description = description
        self.email = email
        self.domain = domain
        self.emailed = emailed
        self.canDeleteInvite = canDeleteInvite
        self.maxRedemptionsAllowed = maxRedemptionsAllowed
        self.redemptionCount = redemptionCount
        self.customMessage = customMessage
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.expiresAt = expiresAt
        self.expired = expired
        self.grantsAdmin = grantsAdmin
        self.grantsModerator = grantsModerator
        self.topics = topics
        self.groups = groups
        self.warnings = warnings
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case inviteKey = "invite_key"
        case link
        case description
        case email
        case domain
        case emailed
        case canDeleteInvite = "can_delete_invite"
        case maxRedemptionsAllowed = "max_redemptions_allowed"
        case redemptionCount = "redemption_count"
        case customMessage = "custom_message"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case expiresAt = "expires_at"
        case expired
        case grantsAdmin = "grants_admin"
        case grantsModerator = "grants_moderator"
        case topics
        case groups
        case warnings
    }
}

/// The topic that an invitation leads to.
package struct InviteTopicBody: Codable, Sendable, Equatable {
    package var id: Int
    package var title: String
    package var fancyTitle: String
    package var slug: String
    package var postsCount: Int

    package init(
        id: Int,
        title: String,
        fancyTitle: String,
        slug: String,
        postsCount: Int
    ) {
        self.id = id
        self.title = title
        self.fancyTitle = fancyTitle
        self.slug = slug
        self.postsCount = postsCount
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case fancyTitle = "fancy_title"
        case slug
        case postsCount = "posts_count"
    }
}

/// A group that an invitation leads into.
package struct InviteGroupBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var fullName: String?

    package init(
        id: Int,
        name: String,
        fullName: String? = nil
    ) {
        self.id = id
        self.name = name
        self.fullName = fullName
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case fullName = "full_name"
    }
}

/// `POST /invites/create-multiple`.
package struct CreateInvitesReply: Codable, Sendable, Equatable {
    package var numSuccessfullyCreatedInvitations: Int
    package var numFailedInvitations: Int
    package var failedInvitations: [FailedInviteBody]
    package var successfulInvitations: [InviteEnvelopeBody]

    package init(
        numSuccessfullyCreatedInvitations: Int,
        numFailedInvitations: Int,
        failedInvitations: [FailedInviteBody],
        successfulInvitations: [InviteEnvelopeBody]
    ) {
        self.numSuccessfullyCreatedInvitations = numSuccessfullyCreatedInvitations
        self.numFailedInvitations = numFailedInvitations
        self.failedInvitations = failedInvitations
        self.successfulInvitations = successfulInvitations
    }

    private enum CodingKeys: String, CodingKey {
        case numSuccessfullyCreatedInvitations = "num_successfully_created_invitations"
        case numFailedInvitations = "num_failed_invitations"
        case failedInvitations = "failed_invitations"
        case successfulInvitations = "successful_invitations"
    }
}

/// An address that was not invited, and why.
package struct FailedInviteBody: Codable, Sendable, Equatable {
    package var email: String
    package var error: String

    package init(
        email: String,
        error: String
    ) {
        self.email = email
        self.error = error
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case error
    }
}

/// One of several new invitations.
package struct InviteEnvelopeBody: Codable, Sendable, Equatable {
    package var invite: InviteBody

    package init(
        invite: InviteBody
    ) {
        self.invite = invite
    }

    private enum CodingKeys: String, CodingKey {
        case invite
    }
}

/// `GET /invites/{key}`.
package struct InviteOfferReply: Codable, Sendable, Equatable {
    package var inviteInfo: InviteOfferBody

    package init(
        inviteInfo: InviteOfferBody
    ) {
        self.inviteInfo = inviteInfo
    }

    private enum CodingKeys: String, CodingKey {
        case inviteInfo = "invite_info"
    }
}

/// What a guest sees of an invitation.
package struct InviteOfferBody: Codable, Sendable, Equatable {
    package var invitedBy: BasicUserBody
    /// Hidden unless the link of the mail was used.
    package var email: String?
    package var hiddenEmail: Bool
    package var username: String
    package var isInviteLink: Bool
    package var emailVerifiedByLink: Bool
    @IfPresent package var domain: String?

    package init(
        invitedBy: BasicUserBody,
        email: String? = nil,
        hiddenEmail: Bool,
        username: String,
        isInviteLink: Bool,
        emailVerifiedByLink: Bool,
        domain: String? = nil
    ) {
        self.invitedBy = invitedBy
        self.email = email
        self.hiddenEmail = hiddenEmail
        self.username = username
        self.isInviteLink = isInviteLink
        self.emailVerifiedByLink = emailVerifiedByLink
        self.domain = domain
    }

    private enum CodingKeys: String, CodingKey {
        case invitedBy = "invited_by"
        case email
        case hiddenEmail = "hidden_email"
        case username
        case isInviteLink = "is_invite_link"
        case emailVerifiedByLink = "email_verified_by_link"
        case domain
    }
}

/// `PUT /invites/show/{key}`; a refusal has `success` false and status 200, as in Discourse.
package struct RedeemInviteReply: Codable, Sendable, Equatable {
    package var success: Bool
    package var message: String
    package var redirectTo: String?
    @IfPresent package var errors: [String: [String]]?

    package init(
        success: Bool,
        message: String = "",
        redirectTo: String? = nil,
        errors: [String: [String]]? = nil
    ) {
        self.success = success
        self.message = message
        self.redirectTo = redirectTo
        self.errors = errors
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case message
        case redirectTo = "redirect_to"
        case errors
    }
}
