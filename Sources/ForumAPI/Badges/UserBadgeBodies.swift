/// That somebody has a badge.
package struct UserBadgeBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var grantedAt: String = ""
    package var groupingPosition: Int = 0
    package var isFavorite: Bool?
    package var canFavorite: Bool = false
    package var badgeID: Int = 0
    package var grantedByID: Int = 0
    /// The post it was granted for, where the badge shows posts and the viewer may see this one.
    @IfPresent package var postID: Int?
    @IfPresent package var postNumber: Int?
    @IfPresent package var topicID: Int?
    @IfPresent package var topicTitle: String?
    /// Where those who have one badge are listed.
    @IfPresent package var userID: Int?
    @IfPresent package var username: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case grantedAt = "granted_at"
        case groupingPosition = "grouping_position"
        case isFavorite = "is_favorite"
        case canFavorite = "can_favorite"
        case badgeID = "badge_id"
        case grantedByID = "granted_by_id"
        case postID = "post_id"
        case postNumber = "post_number"
        case topicID = "topic_id"
        case topicTitle = "topic_title"
        case userID = "user_id"
        case username
    }
}

/// A person beside a badge.
package struct BadgeUserBody: Codable, Sendable, Equatable {
    package var id: Int
    package var username: String
    package var name: String
    package var avatarTemplate: String
    package var flairName: String?
    package var admin: Bool
    package var moderator: Bool
    package var trustLevel: Int

    package init(
        id: Int,
        username: String,
        name: String,
        avatarTemplate: String,
        admin: Bool,
        moderator: Bool,
        trustLevel: Int
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
        self.admin = admin
        self.moderator = moderator
        self.trustLevel = trustLevel
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case flairName = "flair_name"
        case admin
        case moderator
        case trustLevel = "trust_level"
    }
}

/// `GET /user-badges/{username}`; what is empty is left out, as Discourse leaves it out.
package struct UserBadgesReply: Codable, Sendable, Equatable {
    @IfPresent package var badges: [BadgeBody]?
    @IfPresent package var badgeTypes: [BadgeTypeBody]?
    @IfPresent package var grantedBies: [BadgeUserBody]?
    package var userBadges: [UserBadgeBody]

    package init(
        badges: [BadgeBody]? = nil,
        badgeTypes: [BadgeTypeBody]? = nil,
        grantedBies: [BadgeUserBody]? = nil,
        userBadges: [UserBadgeBody]
    ) {
        self.badges = badges
        self.badgeTypes = badgeTypes
        self.grantedBies = grantedBies
        self.userBadges = userBadges
    }

    private enum CodingKeys: String, CodingKey {
        case badges
        case badgeTypes = "badge_types"
        case grantedBies = "granted_bies"
        case userBadges = "user_badges"
    }
}

/// `POST /user_badges`.
package struct GrantedBadgeReply: Codable, Sendable, Equatable {
    package var badges: [BadgeBody]
    package var badgeTypes: [BadgeTypeBody]
    package var grantedBies: [BadgeUserBody]
    package var userBadge: UserBadgeBody

    package init(
        badges: [BadgeBody],
        badgeTypes: [BadgeTypeBody],
        grantedBies: [BadgeUserBody],
        userBadge: UserBadgeBody
    ) {
        self.badges = badges
        self.badgeTypes = badgeTypes
        self.grantedBies = grantedBies
        self.userBadge = userBadge
    }

    private enum CodingKeys: String, CodingKey {
        case badges
        case badgeTypes = "badge_types"
        case grantedBies = "granted_bies"
        case userBadge = "user_badge"
    }
}

/// `GET /user_badges?badge_id=…`: who has one badge, newest first.
package struct BadgeHoldersReply: Codable, Sendable, Equatable {
    package var userBadgeInfo: BadgeHoldersBody
    package var users: [BadgeUserBody]
    package var badges: [BadgeBody]
    package var badgeTypes: [BadgeTypeBody]

    package init(
        userBadgeInfo: BadgeHoldersBody,
        users: [BadgeUserBody],
        badges: [BadgeBody],
        badgeTypes: [BadgeTypeBody]
    ) {
        self.userBadgeInfo = userBadgeInfo
        self.users = users
        self.badges = badges
        self.badgeTypes = badgeTypes
    }

    private enum CodingKeys: String, CodingKey {
        case userBadgeInfo = "user_badge_info"
        case users
        case badges
        case badgeTypes = "badge_types"
    }
}

package struct BadgeHoldersBody: Codable, Sendable, Equatable {
    package var grantCount: Int
    package var username: String?
    package var userBadges: [UserBadgeBody]

    package init(grantCount: Int, username: String?, userBadges: [UserBadgeBody]) {
        self.grantCount = grantCount
        self.username = username
        self.userBadges = userBadges
    }

    private enum CodingKeys: String, CodingKey {
        case grantCount = "grant_count"
        case username
        case userBadges = "user_badges"
    }
}

/// `PUT /user_badges/{id}/toggle_favorite`.
package struct FavoriteBadgeReply: Codable, Sendable, Equatable {
    package var userBadge: UserBadgeBody

    package init(userBadge: UserBadgeBody) { self.userBadge = userBadge }

    private enum CodingKeys: String, CodingKey {
        case userBadge = "user_badge"
    }
}
