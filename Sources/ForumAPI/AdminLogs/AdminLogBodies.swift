/// `GET /admin/logs/staff_action_logs`.
package struct StaffActionLogsReply: Codable, Sendable, Equatable {
    package var staffActionLogs: [StaffActionLogBody]
    package var userHistoryActions: [UserHistoryActionBody]

    package init(logs: [StaffActionLogBody], actions: [UserHistoryActionBody]) {
        staffActionLogs = logs
        userHistoryActions = actions
    }

    private enum CodingKeys: String, CodingKey {
        case staffActionLogs = "staff_action_logs"
        case userHistoryActions = "user_history_actions"
    }
}

package struct UserHistoryActionBody: Codable, Sendable, Equatable {
    package var id: String
    package var actionID: Int

    package init(id: String, actionID: Int) {
        self.id = id
        self.actionID = actionID
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case actionID = "action_id"
    }
}

/// One thing that staff did.
package struct StaffActionLogBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var actionName: String = ""
    package var details: String?
    package var context: String?
    package var ipAddress: String?
    package var email: String?
    package var createdAt: String = ""
    package var subject: String?
    package var previousValue: String?
    package var newValue: String?
    package var topicID: Int?
    package var postID: Int?
    package var categoryID: Int?
    package var actingUser: BasicUserBody?
    package var targetUser: BasicUserBody?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case actionName = "action_name"
        case details
        case context
        case ipAddress = "ip_address"
        case email
        case createdAt = "created_at"
        case subject
        case previousValue = "previous_value"
        case newValue = "new_value"
        case topicID = "topic_id"
        case postID = "post_id"
        case categoryID = "category_id"
        case actingUser = "acting_user"
        case targetUser = "target_user"
    }
}

/// An address that nobody signs up with.
package struct ScreenedEmailBody: Codable, Sendable, Equatable {
    package var email: String
    package var action: String
    package var matchCount: Int
    package var lastMatchAt: String?
    package var createdAt: String
    package var ipAddress: String?
    package var id: Int

    package init(
        id: Int,
        email: String,
        action: String,
        matchCount: Int,
        lastMatchAt: String?,
        createdAt: String,
        ipAddress: String?
    ) {
        self.id = id
        self.email = email
        self.action = action
        self.matchCount = matchCount
        self.lastMatchAt = lastMatchAt
        self.createdAt = createdAt
        self.ipAddress = ipAddress
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case action
        case matchCount = "match_count"
        case lastMatchAt = "last_match_at"
        case createdAt = "created_at"
        case ipAddress = "ip_address"
        case id
    }
}

/// A network that sign-ups are checked against.
package struct ScreenedIPAddressBody: Codable, Sendable, Equatable {
    package var id: Int
    package var ipAddress: String
    package var actionName: String
    package var matchCount: Int
    package var lastMatchAt: String?
    package var createdAt: String

    package init(
        id: Int,
        ipAddress: String,
        actionName: String,
        matchCount: Int,
        lastMatchAt: String?,
        createdAt: String
    ) {
        self.id = id
        self.ipAddress = ipAddress
        self.actionName = actionName
        self.matchCount = matchCount
        self.lastMatchAt = lastMatchAt
        self.createdAt = createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case ipAddress = "ip_address"
        case actionName = "action_name"
        case matchCount = "match_count"
        case lastMatchAt = "last_match_at"
        case createdAt = "created_at"
    }
}

/// A page that a deleted member linked to.
package struct ScreenedURLBody: Codable, Sendable, Equatable {
    package var id: Int
    package var url: String
    package var domain: String
    package var action: String
    package var matchCount: Int
    package var lastMatchAt: String?
    package var createdAt: String
    package var ipAddress: String?

    package init(
        id: Int,
        url: String,
        domain: String,
        action: String,
        matchCount: Int,
        lastMatchAt: String?,
        createdAt: String,
        ipAddress: String?
    ) {
        self.id = id
        self.url = url
        self.domain = domain
        self.action = action
        self.matchCount = matchCount
        self.lastMatchAt = lastMatchAt
        self.createdAt = createdAt
        self.ipAddress = ipAddress
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case url
        case domain
        case action
        case matchCount = "match_count"
        case lastMatchAt = "last_match_at"
        case createdAt = "created_at"
        case ipAddress = "ip_address"
    }
}

/// `GET /admin/logs/staff_action_logs`.
package struct ListStaffActionsRequest: Codable, Sendable, Equatable {
    package var actionName: String?
    /// Username.
    package var actingUser: String?
    package var targetUser: String?
    package var subject: String?
    package var startDate: String?
    package var endDate: String?
    package var page: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case actionName = "action_name"
        case actingUser = "acting_user"
        case targetUser = "target_user"
        case subject
        case startDate = "start_date"
        case endDate = "end_date"
        case page
    }
}

package struct ListScreenedRequest: Codable, Sendable, Equatable {
    package var filter: String?
    package var page: Int?

    package init() {}
}

/// `POST` and `PUT /admin/logs/screened_ip_addresses`.
package struct ScreenIPAddressRequest: Codable, Sendable, Equatable {
    /// An address or a network.
    package var ipAddress: String?
    /// `block`, `do_nothing` or `allow_admin`.
    package var actionName: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case ipAddress = "ip_address"
        case actionName = "action_name"
    }
}

package struct ScreenIPAddressReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var screenedIPAddress: ScreenedIPAddressBody

    package init(_ body: ScreenedIPAddressBody) { screenedIPAddress = body }

    private enum CodingKeys: String, CodingKey {
        case success
        case screenedIPAddress = "screened_ip_address"
    }
}
