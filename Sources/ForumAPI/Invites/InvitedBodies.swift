/// `GET /u/{username}/invited`.
package struct InvitedReply: Codable, Sendable, Equatable {
    package var invites: [InvitedBody]
    package var canSeeInviteDetails: Bool
    package var counts: InviteCountsBody

    package init(
        invites: [InvitedBody],
        canSeeInviteDetails: Bool = true,
        counts: InviteCountsBody
    ) {
        self.invites = invites
        self.canSeeInviteDetails = canSeeInviteDetails
        self.counts = counts
    }

    private enum CodingKeys: String, CodingKey {
        case invites
        case canSeeInviteDetails = "can_see_invite_details"
        case counts
    }
}

/// An invitation, or for redeemed ones who came by it.
package struct InvitedBody: Codable, Sendable, Equatable {
    package var id: Int
    @IfPresent package var inviteKey: String?
    @IfPresent package var link: String?
    @IfPresent package var description: String?
    @IfPresent package var email: String?
    @IfPresent package var domain: String?
    @IfPresent package var emailed: Bool?
    @IfPresent package var canDeleteInvite: Bool?
    @IfPresent package var maxRedemptionsAllowed: Int?
    @IfPresent package var redemptionCount: Int?
    @IfPresent package var customMessage: String?
    @IfPresent package var createdAt: String?
    @IfPresent package var updatedAt: String?
    @IfPresent package var expiresAt: String?
    @IfPresent package var expired: Bool?
    @IfPresent package var topics: [InviteTopicBody]?
    @IfPresent package var groups: [InviteGroupBody]?
    @IfPresent package var redeemedAt: String?
    @IfPresent package var user: InvitedUserBody?
    @IfPresent package var inviteSource: String?

    package init(
        id: Int,
        inviteKey: String? = nil,
        link: String? = nil,
        description: String? = nil,
        email: String? = nil,
        domain: String? = nil,
        emailed: Bool? = nil,
        canDeleteInvite: Bool? = nil,
        maxRedemptionsAllowed: Int? = nil,
        redemptionCount: Int? = nil,
        customMessage: String? = nil,
        createdAt: String? = nil,
        updatedAt: String? = nil,
        expiresAt: String? = nil,
        expired: Bool? = nil,
        topics: [InviteTopicBody]? = nil,
        groups: [InviteGroupBody]? = nil,
        redeemedAt: String? = nil,
        user: InvitedUserBody? = nil,
        inviteSource: String? = nil
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
        self.topics = topics
        self.groups = groups
        self.redeemedAt = redeemedAt
        self.user = user
        self.inviteSource = inviteSource
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
        case topics
        case groups
        case redeemedAt = "redeemed_at"
        case user
        case inviteSource = "invite_source"
    }
}

/// Somebody who came by an invitation.
package struct InvitedUserBody: Codable, Sendable, Equatable {
    package var id: Int
    package var username: String
    package var name: String?
    package var avatarTemplate: String
    package var createdAt: String
    package var lastSeenAt: String?
    package var topicsEntered: Int
    package var postsReadCount: Int
    package var timeRead: Int
    package var daysVisited: Int
    package var daysSinceCreated: Int

    package init(
        id: Int,
        username: String,
        name: String? = nil,
        avatarTemplate: String,
        createdAt: String,
        lastSeenAt: String? = nil,
        topicsEntered: Int,
        postsReadCount: Int,
        timeRead: Int,
        daysVisited: Int = 0,
        daysSinceCreated: Int
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.topicsEntered = topicsEntered
        self.postsReadCount = postsReadCount
        self.timeRead = timeRead
        self.daysVisited = daysVisited
        self.daysSinceCreated = daysSinceCreated
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case createdAt = "created_at"
        case lastSeenAt = "last_seen_at"
        case topicsEntered = "topics_entered"
        case postsReadCount = "posts_read_count"
        case timeRead = "time_read"
        case daysVisited = "days_visited"
        case daysSinceCreated = "days_since_created"
    }
}

/// How many invitations of each state there are.
package struct InviteCountsBody: Codable, Sendable, Equatable {
    package var pending: Int
    package var expired: Int
    package var redeemed: Int
    package var total: Int

    package init(
        pending: Int,
        expired: Int,
        redeemed: Int,
        total: Int
    ) {
        self.pending = pending
        self.expired = expired
        self.redeemed = redeemed
        self.total = total
    }

    private enum CodingKeys: String, CodingKey {
        case pending
        case expired
        case redeemed
        case total
    }
}
