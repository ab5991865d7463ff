/// `GET /admin/users` and `GET /admin/users/list/{flag}`.
package struct ListAdminUsersRequest: Codable, Sendable, Equatable {
    /// A ``AdminUserOrder``; others are taken for none.
    package var order: String?
    /// Anything rises; left out, the order falls.
    package var asc: String?
    package var page: Int?
    package var showEmails: Bool?
    package var stats: Bool?
    package var filter: String?
    package var email: String?
    package var ip: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case order
        case asc
        case page
        case showEmails = "show_emails"
        case stats
        case filter
        case email
        case ip
    }
}

/// `DELETE /admin/users/{id}`.
package struct DeleteUserRequest: Codable, Sendable, Equatable {
    package var deletePosts: Bool?
    package var blockEmail: Bool?
    package var blockURLs: Bool?
    package var blockIP: Bool?
    package var context: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case deletePosts = "delete_posts"
        case blockEmail = "block_email"
        case blockURLs = "block_urls"
        case blockIP = "block_ip"
        case context
    }
}

/// `PUT /admin/users/{id}/suspend`.
package struct SuspendUserRequest: Codable, Sendable, Equatable {
    /// A time in ISO 8601.
    package var suspendUntil: String
    package var reason: String
    package var message: String?
    /// `delete`, `delete_replies` or `edit`, with `post_id`.
    package var postAction: String?
    package var postID: Int?
    /// The new text for `edit`.
    package var postEdit: String?

    package init(suspendUntil: String, reason: String) {
        self.suspendUntil = suspendUntil
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case suspendUntil = "suspend_until"
        case reason
        case message
        case postAction = "post_action"
        case postID = "post_id"
        case postEdit = "post_edit"
    }
}

/// `PUT /admin/users/{id}/silence`.
package struct SilenceUserRequest: Codable, Sendable, Equatable {
    /// Left out, for as long as staff pleases.
    package var silencedTill: String?
    package var reason: String
    package var message: String?
    package var postAction: String?
    package var postID: Int?
    package var postEdit: String?

    package init(silencedTill: String? = nil, reason: String) {
        self.silencedTill = silencedTill
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case silencedTill = "silenced_till"
        case reason
        case message
        case postAction = "post_action"
        case postID = "post_id"
        case postEdit = "post_edit"
    }
}

package struct SetTrustLevelRequest: Codable, Sendable, Equatable {
    package var level: Int

    package init(level: Int) { self.level = level }
}

package struct LockTrustLevelRequest: Codable, Sendable, Equatable {
    package var locked: Bool

    package init(locked: Bool) { self.locked = locked }
}

package struct ApproveUsersRequest: Codable, Sendable, Equatable {
    package var users: [Int]

    package init(users: [Int]) { self.users = users }
}

package struct SetPrimaryGroupRequest: Codable, Sendable, Equatable {
    /// Empty or null for none.
    package var primaryGroupID: String?

    package init(primaryGroupID: String?) { self.primaryGroupID = primaryGroupID }

    private enum CodingKeys: String, CodingKey {
        case primaryGroupID = "primary_group_id"
    }
}

package struct MergeUserRequest: Codable, Sendable, Equatable {
    package var targetUsername: String

    package init(targetUsername: String) { self.targetUsername = targetUsername }

    private enum CodingKeys: String, CodingKey {
        case targetUsername = "target_username"
    }
}

/// `POST /admin/impersonate`.
package struct ImpersonateRequest: Codable, Sendable, Equatable {
    package var usernameOrEmail: String

    package init(usernameOrEmail: String) { self.usernameOrEmail = usernameOrEmail }

    private enum CodingKeys: String, CodingKey {
        case usernameOrEmail = "username_or_email"
    }
}

/// What a merge answers.
package struct MergeUserReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var merged: Bool = true
    package var user: BasicUserBody

    package init(user: BasicUserBody) { self.user = user }
}

/// How many posts one batch deleted.
package struct DeletePostsBatchReply: Codable, Sendable, Equatable {
    package var postsDeleted: Int

    package init(postsDeleted: Int) { self.postsDeleted = postsDeleted }

    private enum CodingKeys: String, CodingKey {
        case postsDeleted = "posts_deleted"
    }
}

/// What an order of the list of users may be.
package enum AdminUserOrder: String, Codable, Sendable, CaseIterable {
    case created
    case lastEmailed = "last_emailed"
    case seen
    case username
    case email
    case trustLevel = "trust_level"
    case daysVisited = "days_visited"
    case postsRead = "posts_read"
    case topicsViewed = "topics_viewed"
    case posts
    case readTime = "read_time"
}
