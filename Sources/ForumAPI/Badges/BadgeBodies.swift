/// Gold, silver or bronze.
package struct BadgeTypeBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var sortOrder: Int

    package init(id: Int, name: String, sortOrder: Int) {
        self.id = id
        self.name = name
        self.sortOrder = sortOrder
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case sortOrder = "sort_order"
    }
}

package struct BadgeGroupingBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var description: String?
    package var position: Int
    package var system: Bool

    package init(id: Int, name: String, description: String?, position: Int, system: Bool) {
        self.id = id
        self.name = name
        self.description = description
        self.position = position
        self.system = system
    }
}

/// A badge as everybody sees it.
package struct BadgeBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var name: String = ""
    package var description: String = ""
    package var grantCount: Int = 0
    package var allowTitle: Bool = false
    package var multipleGrant: Bool = false
    package var icon: String = ""
    package var imageURL: String?
    package var listable: Bool = true
    package var enabled: Bool = true
    package var badgeGroupingID: Int = 5
    package var system: Bool = false
    package var slug: String = ""
    package var manuallyGrantable: Bool = true
    package var badgeTypeID: Int = 3
    /// Only on the page of one badge and the list of all.
    @IfPresent package var longDescription: String?
    /// Whether the viewer has it; only where it was asked for.
    @IfPresent package var hasBadge: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case description
        case grantCount = "grant_count"
        case allowTitle = "allow_title"
        case multipleGrant = "multiple_grant"
        case icon
        case imageURL = "image_url"
        case listable
        case enabled
        case badgeGroupingID = "badge_grouping_id"
        case system
        case slug
        case manuallyGrantable = "manually_grantable"
        case badgeTypeID = "badge_type_id"
        case longDescription = "long_description"
        case hasBadge = "has_badge"
    }
}

/// A badge as administrators see it.
package struct AdminBadgeBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var name: String = ""
    package var description: String = ""
    package var grantCount: Int = 0
    package var allowTitle: Bool = false
    package var multipleGrant: Bool = false
    package var icon: String = ""
    package var imageURL: String?
    package var imageUploadID: Int?
    package var listable: Bool = true
    package var enabled: Bool = true
    package var badgeGroupingID: Int = 5
    package var system: Bool = false
    package var longDescription: String = ""
    package var slug: String = ""
    package var manuallyGrantable: Bool = true
    /// Queries are written by developers alone: always null.
    package var query: String?
    package var trigger: Int?
    package var targetPosts: Bool = false
    package var autoRevoke: Bool = false
    package var showPosts: Bool = false
    package var badgeTypeID: Int = 3
    package var showInPostHeader: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case description
        case grantCount = "grant_count"
        case allowTitle = "allow_title"
        case multipleGrant = "multiple_grant"
        case icon
        case imageURL = "image_url"
        case imageUploadID = "image_upload_id"
        case listable
        case enabled
        case badgeGroupingID = "badge_grouping_id"
        case system
        case longDescription = "long_description"
        case slug
        case manuallyGrantable = "manually_grantable"
        case query
        case trigger
        case targetPosts = "target_posts"
        case autoRevoke = "auto_revoke"
        case showPosts = "show_posts"
        case badgeTypeID = "badge_type_id"
        case showInPostHeader = "show_in_post_header"
    }
}

/// `GET /admin/badges`.
package struct AdminBadgeListReply: Codable, Sendable, Equatable {
    package var badges: [AdminBadgeBody]
    package var badgeTypes: [BadgeTypeBody]
    package var badgeGroupings: [BadgeGroupingBody]
    package var adminBadges: AdminBadgesBody

    package init(
        badges: [AdminBadgeBody],
        badgeTypes: [BadgeTypeBody],
        badgeGroupings: [BadgeGroupingBody],
        adminBadges: AdminBadgesBody
    ) {
        self.badges = badges
        self.badgeTypes = badgeTypes
        self.badgeGroupings = badgeGroupings
        self.adminBadges = adminBadges
    }

    private enum CodingKeys: String, CodingKey {
        case badges
        case badgeTypes = "badge_types"
        case badgeGroupings = "badge_groupings"
        case adminBadges = "admin_badges"
    }
}

/// What the page of the administration needs beside the badges.
package struct AdminBadgesBody: Codable, Sendable, Equatable {
    package var protectedSystemFields: [String] = [
        "name", "badge_type_id", "multiple_grant", "target_posts", "show_posts", "query",
        "trigger", "auto_revoke", "listable",
    ]
    package var triggers = BadgeTriggersBody()
    package var badgeIDs: [Int]
    package var badgeGroupingIDs: [Int]
    package var badgeTypeIDs: [Int]

    package init(badgeIDs: [Int], badgeGroupingIDs: [Int], badgeTypeIDs: [Int]) {
        self.badgeIDs = badgeIDs
        self.badgeGroupingIDs = badgeGroupingIDs
        self.badgeTypeIDs = badgeTypeIDs
    }

    private enum CodingKeys: String, CodingKey {
        case protectedSystemFields = "protected_system_fields"
        case triggers
        case badgeIDs = "badge_ids"
        case badgeGroupingIDs = "badge_grouping_ids"
        case badgeTypeIDs = "badge_type_ids"
    }
}

/// The numbers of what can cause a grant.
package struct BadgeTriggersBody: Codable, Sendable, Equatable {
    package var userChange = 8
    package var none = 0
    package var postRevision = 2
    package var trustLevelChange = 4
    package var postAction = 1

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case userChange = "user_change"
        case none
        case postRevision = "post_revision"
        case trustLevelChange = "trust_level_change"
        case postAction = "post_action"
    }
}

/// `POST /admin/badges`, `PUT /admin/badges/{id}`.
package struct AdminBadgeReply: Codable, Sendable, Equatable {
    package var badgeTypes: [BadgeTypeBody]
    package var badge: AdminBadgeBody

    package init(badgeTypes: [BadgeTypeBody], badge: AdminBadgeBody) {
        self.badgeTypes = badgeTypes
        self.badge = badge
    }

    private enum CodingKeys: String, CodingKey {
        case badgeTypes = "badge_types"
        case badge
    }
}

/// `GET /badges`.
package struct BadgeListReply: Codable, Sendable, Equatable {
    package var badges: [BadgeBody]
    package var badgeTypes: [BadgeTypeBody]
    package var badgeGroupings: [BadgeGroupingBody]

    package init(
        badges: [BadgeBody],
        badgeTypes: [BadgeTypeBody],
        badgeGroupings: [BadgeGroupingBody]
    ) {
        self.badges = badges
        self.badgeTypes = badgeTypes
        self.badgeGroupings = badgeGroupings
    }

    private enum CodingKeys: String, CodingKey {
        case badges
        case badgeTypes = "badge_types"
        case badgeGroupings = "badge_groupings"
    }
}

/// `GET /badges/{id}`.
package struct BadgeReply: Codable, Sendable, Equatable {
    package var badge: BadgeBody
    package var badgeTypes: [BadgeTypeBody]

    package init(badge: BadgeBody, badgeTypes: [BadgeTypeBody]) {
        self.badge = badge
        self.badgeTypes = badgeTypes
    }

    private enum CodingKeys: String, CodingKey {
        case badge
        case badgeTypes = "badge_types"
    }
}
