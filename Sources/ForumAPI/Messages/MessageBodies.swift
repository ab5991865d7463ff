/// `POST /t/{id}/invite`.
package struct InviteToTopicRequest: Codable, Sendable, Equatable {
    package var user: String?
    package var email: String?
    package var customMessage: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case user
        case email
        case customMessage = "custom_message"
    }
}

/// `POST /t/{id}/invite-notify`.
package struct InviteNotifyRequest: Codable, Sendable, Equatable {
    package var usernames: [String] = []

    package init() {}
}

/// `POST /t/{id}/invite-group`.
package struct InviteGroupRequest: Codable, Sendable, Equatable {
    package var group: String = ""
    /// True unless it says otherwise.
    package var shouldNotify: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case group
        case shouldNotify = "should_notify"
    }
}

/// `POST /t/{id}/invite`.
package struct InvitedUserReply: Codable, Sendable, Equatable {
    package var user: BasicUserBody?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case user
    }
}

/// `POST /t/{id}/invite-group`.
package struct InvitedGroupReply: Codable, Sendable, Equatable {
    package var group: GroupReferenceBody

    package init(group: GroupReferenceBody) {
        self.group = group
    }
}

/// `PUT /t/{id}/remove-allowed-user`.
package struct RemoveAllowedUserRequest: Codable, Sendable, Equatable {
    package var username: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case username
    }
}

/// `PUT /t/{id}/remove-allowed-group`.
package struct RemoveAllowedGroupRequest: Codable, Sendable, Equatable {
    package var name: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name
    }
}

/// `PUT /t/{id}/archive-message`, `…/move-to-inbox`.
package struct ArchiveMessageReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    /// The group whose inbox it lay in.
    @IfPresent package var groupName: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case success
        case groupName = "group_name"
    }
}

/// `PUT /t/{id}/convert-topic/{type}`.
package struct ConvertTopicRequest: Codable, Sendable, Equatable {
    package var categoryID: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case categoryID = "category_id"
    }
}

/// `PUT /t/{id}/convert-topic/{type}`.
package struct ConvertTopicReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var url: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case success
        case url
    }
}
