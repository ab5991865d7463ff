/// A group with what only its own page shows, as one object.
package struct GroupDetailBody: Sendable, Equatable {
    package var group: GroupBody
    package var details: GroupPageBody

    package init(group: GroupBody = .init(), details: GroupPageBody = .init()) {
        self.group = group
        self.details = details
    }
}

extension GroupDetailBody: Codable {
    package init(from decoder: any Decoder) throws {
        self.group = try GroupBody(from: decoder)
        self.details = try GroupPageBody(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try group.encode(to: encoder)
        try details.encode(to: encoder)
    }
}

/// What only the page of one group shows.
package struct GroupPageBody: Codable, Sendable, Equatable {
    package var isGroupOwnerDisplay: Bool = false
    /// By the viewer.
    package var mentionable: Bool = false
    package var messageable: Bool = false
    package var automaticMembershipEmailDomains: String?
    package var smtpUpdatedAt: String?
    package var smtpUpdatedBy: BasicUserBody?
    package var smtpEnabled: Bool = false
    package var smtpServer: String?
    package var smtpPort: Int?
    package var smtpSSLMode: Int?
    package var emailUsername: String?
    package var emailFromAlias: String?
    package var emailPassword: String?
    package var messageCount: Int = 0
    package var allowUnknownSenderTopicReplies: Bool = false
    package var associatedGroupIDs: [Int] = []
    package var watchingCategoryIDs: [Int] = []
    package var trackingCategoryIDs: [Int] = []
    package var watchingFirstPostCategoryIDs: [Int] = []
    package var regularCategoryIDs: [Int] = []
    package var mutedCategoryIDs: [Int] = []
    @IfPresent package var watchingTags: [String]?
    @IfPresent package var watchingFirstPostTags: [String]?
    @IfPresent package var trackingTags: [String]?
    @IfPresent package var regularTags: [String]?
    @IfPresent package var mutedTags: [String]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case isGroupOwnerDisplay = "is_group_owner_display"
        case mentionable
        case messageable
        case automaticMembershipEmailDomains = "automatic_membership_email_domains"
        case smtpUpdatedAt = "smtp_updated_at"
        case smtpUpdatedBy = "smtp_updated_by"
        case smtpEnabled = "smtp_enabled"
        case smtpServer = "smtp_server"
        case smtpPort = "smtp_port"
        case smtpSSLMode = "smtp_ssl_mode"
        case emailUsername = "email_username"
        case emailFromAlias = "email_from_alias"
        case emailPassword = "email_password"
        case messageCount = "message_count"
        case allowUnknownSenderTopicReplies = "allow_unknown_sender_topic_replies"
        case associatedGroupIDs = "associated_group_ids"
        case watchingCategoryIDs = "watching_category_ids"
        case trackingCategoryIDs = "tracking_category_ids"
        case watchingFirstPostCategoryIDs = "watching_first_post_category_ids"
        case regularCategoryIDs = "regular_category_ids"
        case mutedCategoryIDs = "muted_category_ids"
        case watchingTags = "watching_tags"
        case watchingFirstPostTags = "watching_first_post_tags"
        case trackingTags = "tracking_tags"
        case regularTags = "regular_tags"
        case mutedTags = "muted_tags"
    }
}

/// `GET /groups/{name}`.
package struct GroupReply: Codable, Sendable, Equatable {
    package var group: GroupDetailBody = .init()
    package var extras: GroupExtrasBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case group
        case extras
    }
}

package struct GroupExtrasBody: Codable, Sendable, Equatable {
    package var visibleGroupNames: [String] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case visibleGroupNames = "visible_group_names"
    }
}

/// `POST /admin/groups`.
package struct CreatedGroupReply: Codable, Sendable, Equatable {
    package var basicGroup: GroupBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case basicGroup = "basic_group"
    }
}

/// `GET /groups`.
package struct GroupListReply: Codable, Sendable, Equatable {
    package var groups: [GroupBody] = []
    package var extras: GroupListExtrasBody = .init()
    package var totalRowsGroups: Int = 0
    /// The next page, also where it is empty.
    package var loadMoreGroups: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case groups
        case extras
        case totalRowsGroups = "total_rows_groups"
        case loadMoreGroups = "load_more_groups"
    }
}

package struct GroupListExtrasBody: Codable, Sendable, Equatable {
    package var typeFilters: [String] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case typeFilters = "type_filters"
    }
}

/// `GET /groups/{name}/members`.
package struct GroupMembersReply: Codable, Sendable, Equatable {
    package var members: [GroupMemberBody] = []
    package var owners: [GroupMemberBody] = []
    package var meta: PageMetaBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case members
        case owners
        case meta
    }
}

package struct PageMetaBody: Codable, Sendable, Equatable {
    package var total: Int = 0
    package var limit: Int = 0
    package var offset: Int = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case total
        case limit
        case offset
    }
}

package struct GroupMemberBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var username: String = ""
    package var name: String?
    package var avatarTemplate: String = ""
    package var title: String?
    package var lastPostedAt: String?
    package var lastSeenAt: String?
    package var addedAt: String?
    package var timezone: String?
    /// Why they ask to be let in.
    @IfPresent package var reason: String?
    @IfPresent package var requestedAt: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case title
        case lastPostedAt = "last_posted_at"
        case lastSeenAt = "last_seen_at"
        case addedAt = "added_at"
        case timezone
        case reason
        case requestedAt = "requested_at"
    }
}

/// `PUT /groups/{id}/members`.
package struct GroupMembersAddedReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var usernames: [String] = []
    package var emails: [String] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case success
        case usernames
        case emails
    }
}

/// `DELETE /groups/{id}/members`.
package struct GroupMembersRemovedReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var usernames: [String] = []
    package var skippedUsernames: [String] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case success
        case usernames
        case skippedUsernames = "skipped_usernames"
    }
}

/// `GET /groups/check-name`.
package struct GroupNameReply: Codable, Sendable, Equatable {
    @IfPresent package var available: Bool?
    @IfPresent package var suggestion: String?
    @IfPresent package var errors: [String]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case available
        case suggestion
        case errors
    }
}

/// `GET /groups/{name}/mentionable`.
package struct MentionableReply: Codable, Sendable, Equatable {
    package var mentionable: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case mentionable
    }
}

/// `GET /groups/{name}/messageable`.
package struct MessageableReply: Codable, Sendable, Equatable {
    package var messageable: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case messageable
    }
}

/// `POST /groups/{name}/request_membership`.
package struct MembershipRequestedReply: Codable, Sendable, Equatable {
    /// Of the message to the owners.
    package var relativeURL: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case relativeURL = "relative_url"
    }
}

/// `GET /groups/{name}/logs`.
package struct GroupLogsReply: Codable, Sendable, Equatable {
    package var logs: [GroupLogBody] = []
    package var allLoaded: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case logs
        case allLoaded = "all_loaded"
    }
}

package struct GroupLogBody: Codable, Sendable, Equatable {
    package var action: String = ""
    package var subject: String?
    package var prevValue: String?
    package var newValue: String?
    package var createdAt: String = ""
    package var actingUser: GroupLogUserBody?
    package var targetUser: GroupLogUserBody?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case action
        case subject
        case prevValue = "prev_value"
        case newValue = "new_value"
        case createdAt = "created_at"
        case actingUser = "acting_user"
        case targetUser = "target_user"
    }
}

package struct GroupLogUserBody: Codable, Sendable, Equatable {
    package var username: String = ""
    package var avatarTemplate: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case username
        case avatarTemplate = "avatar_template"
    }
}

/// `GET /groups/{name}/posts`, `…/mentions`.
package struct GroupPostsReply: Codable, Sendable, Equatable {
    package var posts: [GroupPostBody] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case posts
    }
}

package struct GroupPostBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var excerpt: String = ""
    package var cooked: String = ""
    package var raw: String?
    package var createdAt: String = ""
    package var title: String = ""
    package var url: String = ""
    package var userTitle: String?
    package var userLongName: String?
    package var postNumber: Int = 0
    package var postType: Int = 1
    package var topicID: Int = 0
    package var topicSlug: String = ""
    package var topicTitle: String = ""
    package var topicHTMLTitle: String = ""
    package var categoryID: Int?
    package var username: String = ""
    package var userID: Int = 0
    package var user: BasicUserBody?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case excerpt
        case cooked
        case raw
        case createdAt = "created_at"
        case title
        case url
        case userTitle = "user_title"
        case userLongName = "user_long_name"
        case postNumber = "post_number"
        case postType = "post_type"
        case topicID = "topic_id"
        case topicSlug = "topic_slug"
        case topicTitle = "topic_title"
        case topicHTMLTitle = "topic_html_title"
        case categoryID = "category_id"
        case username
        case userID = "user_id"
        case user
    }
}
