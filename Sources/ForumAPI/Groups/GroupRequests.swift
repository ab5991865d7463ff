/// What a group is made with or changed to; what is left out stays as it is.
package struct GroupFieldsRequest: Codable, Sendable, Equatable {
    /// Must be there when a group is made.
    package var name: String?
    package var fullName: String?
    package var bioRaw: String?
    /// The title that members get who have none.
    package var title: String?
    /// Members from the start, by comma.
    package var usernames: String?
    package var ownerUsernames: String?
    /// Domains by `|`.
    package var automaticMembershipEmailDomains: String?
    /// 0 everybody, 1 who is logged in, 2 members, 3 staff, 4 owners.
    package var visibilityLevel: Int?
    package var membersVisibilityLevel: Int?
    /// 0 nobody, 1 administrators, 2 staff, 3 and members, 4 staff and owners, 99 everybody.
    package var mentionableLevel: Int?
    package var messageableLevel: Int?
    package var defaultNotificationLevel: Int?
    package var primaryGroup: Bool?
    package var grantTrustLevel: Int?
    package var flairIcon: String?
    package var flairUploadID: Int?
    package var flairColor: String?
    package var flairBgColor: String?
    package var publicAdmission: Bool?
    package var publicExit: Bool?
    package var allowMembershipRequests: Bool?
    package var membershipRequestTemplate: String?
    package var publishReadState: Bool?
    package var incomingEmail: String?
    package var mutedCategoryIDs: [Int]?
    package var regularCategoryIDs: [Int]?
    package var trackingCategoryIDs: [Int]?
    package var watchingCategoryIDs: [Int]?
    package var watchingFirstPostCategoryIDs: [Int]?
    package var mutedTags: [String]?
    package var regularTags: [String]?
    package var trackingTags: [String]?
    package var watchingTags: [String]?
    package var watchingFirstPostTags: [String]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name
        case fullName = "full_name"
        case bioRaw = "bio_raw"
        case title
        case usernames
        case ownerUsernames = "owner_usernames"
        case automaticMembershipEmailDomains = "automatic_membership_email_domains"
        case visibilityLevel = "visibility_level"
        case membersVisibilityLevel = "members_visibility_level"
        case mentionableLevel = "mentionable_level"
        case messageableLevel = "messageable_level"
        case defaultNotificationLevel = "default_notification_level"
        case primaryGroup = "primary_group"
        case grantTrustLevel = "grant_trust_level"
        case flairIcon = "flair_icon"
        case flairUploadID = "flair_upload_id"
        case flairColor = "flair_color"
        case flairBgColor = "flair_bg_color"
        case publicAdmission = "public_admission"
        case publicExit = "public_exit"
        case allowMembershipRequests = "allow_membership_requests"
        case membershipRequestTemplate = "membership_request_template"
        case publishReadState = "publish_read_state"
        case incomingEmail = "incoming_email"
        case mutedCategoryIDs = "muted_category_ids"
        case regularCategoryIDs = "regular_category_ids"
        case trackingCategoryIDs = "tracking_category_ids"
        case watchingCategoryIDs = "watching_category_ids"
        case watchingFirstPostCategoryIDs = "watching_first_post_category_ids"
        case mutedTags = "muted_tags"
        case regularTags = "regular_tags"
        case trackingTags = "tracking_tags"
        case watchingTags = "watching_tags"
        case watchingFirstPostTags = "watching_first_post_tags"
    }
}

/// `POST /admin/groups`, `PUT /groups/{id}`.
package struct GroupChangeRequest: Codable, Sendable, Equatable {
    package var group: GroupFieldsRequest
    /// Gives a new default notification level to those who are in the group already.
    package var updateExistingUsers: Bool?

    package init(group: GroupFieldsRequest, updateExistingUsers: Bool? = nil) {
        self.group = group
        self.updateExistingUsers = updateExistingUsers
    }

    private enum CodingKeys: String, CodingKey {
        case group
        case updateExistingUsers = "update_existing_users"
    }
}

/// The query of `GET /groups`.
package struct GroupListRequest: Codable, Sendable, Equatable {
    /// From 0.
    package var page: Int?
    /// A part of the name.
    package var filter: String?
    /// `my`, `owner`, `public`, `close`, `automatic`, `non_automatic`.
    package var type: String?
    /// Groups that this person is in.
    package var username: String?
    /// `name` or `user_count`.
    package var order: String?
    package var asc: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case page
        case filter
        case type
        case username
        case order
        case asc
    }
}

/// The query of `GET /groups/search`.
package struct GroupSearchRequest: Codable, Sendable, Equatable {
    package var term: String?
    package var ignoreAutomatic: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case term
        case ignoreAutomatic = "ignore_automatic"
    }
}

/// The query of `GET /groups/check-name`.
package struct GroupNameRequest: Codable, Sendable, Equatable {
    package var groupName: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case groupName = "group_name"
    }
}

/// The query of `GET /groups/{name}/members`.
package struct GroupMembersQuery: Codable, Sendable, Equatable {
    package var limit: Int?
    package var offset: Int?
    /// `username`, `added_at`, `last_posted_at`, `last_seen_at`.
    package var order: String?
    package var asc: Bool?
    package var desc: Bool?
    /// A part of a name.
    package var filter: String?
    /// Those who ask to be let in, for owners.
    package var requesters: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case limit
        case offset
        case order
        case asc
        case desc
        case filter
        case requesters
    }
}

/// Whom to add to a group or take out of it; lists by comma or as lists.
package struct GroupMembersRequest: Codable, Sendable, Equatable {
    package var usernames: [String]?
    package var userID: Int?
    package var userIDs: [String]?
    package var username: String?
    package var emails: [String]?
    package var userEmails: [String]?
    package var notifyUsers: Bool?
    /// The same one level down, as some clients send it.
    package var group: NestedGroupMembers?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case usernames
        case userID = "user_id"
        case userIDs = "user_ids"
        case username
        case emails
        case userEmails = "user_emails"
        case notifyUsers = "notify_users"
        case group
    }
}

package struct NestedGroupMembers: Codable, Sendable, Equatable {
    package var usernames: [String]?
    package var userID: Int?
    package var notifyUsers: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case usernames
        case userID = "user_id"
        case notifyUsers = "notify_users"
    }
}

/// `POST /groups/{name}/request_membership`.
package struct MembershipRequest: Codable, Sendable, Equatable {
    package var reason: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case reason
    }
}

/// `PUT /groups/{id}/handle_membership_request`.
package struct MembershipDecision: Codable, Sendable, Equatable {
    package var userID: Int = 0
    package var accept: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case accept
    }
}

/// `POST /groups/{name}/notifications`.
package struct GroupLevelRequest: Codable, Sendable, Equatable {
    package var notificationLevel: Int = 0
    /// Somebody else; only administrators.
    package var userID: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case notificationLevel = "notification_level"
        case userID = "user_id"
    }
}

/// The query of a group's posts and mentions.
package struct GroupPostsQuery: Codable, Sendable, Equatable {
    package var beforePostID: Int?
    package var before: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case beforePostID = "before_post_id"
        case before
    }
}

/// The query of `GET /groups/{name}/logs`.
package struct GroupLogsQuery: Codable, Sendable, Equatable {
    /// Pages of 25, from 0.
    package var offset: Int?
    package var filters: GroupLogFilters?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case offset
        case filters
    }
}

package struct GroupLogFilters: Codable, Sendable, Equatable {
    package var action: String?
    package var actingUser: String?
    package var targetUser: String?
    package var subject: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case action
        case actingUser = "acting_user"
        case targetUser = "target_user"
        case subject
    }
}

/// `POST /admin/users/{id}/groups`.
package struct AddToGroupRequest: Codable, Sendable, Equatable {
    package var groupID: Int = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case groupID = "group_id"
    }
}
