/// `POST /admin/badges`, `PUT /admin/badges/{id}`. What a change leaves out stays as it is.
package struct BadgeRequest: Codable, Sendable, Equatable {
    package var name: String?
    /// 1 gold, 2 silver, 3 bronze.
    package var badgeTypeID: Int?
    package var description: String?
    package var longDescription: String?
    package var badgeGroupingID: Int?
    package var icon: String?
    package var imageUploadID: Int?
    package var allowTitle: Bool?
    package var multipleGrant: Bool?
    package var listable: Bool?
    package var enabled: Bool?
    package var targetPosts: Bool?
    package var showPosts: Bool?
    package var showInPostHeader: Bool?
    package var autoRevoke: Bool?

    private enum CodingKeys: String, CodingKey {
        case name
        case badgeTypeID = "badge_type_id"
        case description
        case longDescription = "long_description"
        case badgeGroupingID = "badge_grouping_id"
        case icon
        case imageUploadID = "image_upload_id"
        case allowTitle = "allow_title"
        case multipleGrant = "multiple_grant"
        case listable
        case enabled
        case targetPosts = "target_posts"
        case showPosts = "show_posts"
        case showInPostHeader = "show_in_post_header"
        case autoRevoke = "auto_revoke"
    }
}

/// `POST /user_badges`.
package struct GrantBadgeRequest: Codable, Sendable, Equatable {
    package var username: String
    package var badgeID: Int
    /// An address of a post, for which the badge is granted.
    package var reason: String?

    private enum CodingKeys: String, CodingKey {
        case username
        case badgeID = "badge_id"
        case reason
    }
}

/// `GET /user_badges`.
package struct BadgeHoldersQuery: Codable, Sendable, Equatable {
    package var badgeID: Int
    package var username: String?
    package var offset: Int?

    private enum CodingKeys: String, CodingKey {
        case badgeID = "badge_id"
        case username
        case offset
    }
}

/// `GET /badges`.
package struct BadgeListQuery: Codable, Sendable, Equatable {
    package var onlyListable: Bool?

    private enum CodingKeys: String, CodingKey {
        case onlyListable = "only_listable"
    }
}
