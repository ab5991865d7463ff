/// `GET /u/check_username`.
package struct CheckUsernameRequest: Codable, Sendable, Equatable {
    package var username: String?
    package var email: String?
    package var forUserID: Int?

    package init(
        username: String? = nil,
        email: String? = nil,
        forUserID: Int? = nil
    ) {
        self.username = username
        self.email = email
        self.forUserID = forUserID
    }

    private enum CodingKeys: String, CodingKey {
        case username
        case email
        case forUserID = "for_user_id"
    }
}

/// `GET /u/check_username`: free or not, or what is wrong with the name.
package struct CheckUsernameReply: Codable, Sendable, Equatable {
    @IfPresent package var available: Bool?
    @IfPresent package var suggestion: String?
    @IfPresent package var errors: [String]?
    @IfPresent package var isDeveloper: Bool?

    package init(
        available: Bool? = nil,
        suggestion: String? = nil,
        errors: [String]? = nil,
        isDeveloper: Bool? = nil
    ) {
        self.available = available
        self.suggestion = suggestion
        self.errors = errors
        self.isDeveloper = isDeveloper
    }

    private enum CodingKeys: String, CodingKey {
        case available
        case suggestion
        case errors
        case isDeveloper = "is_developer"
    }
}

/// `GET /u/check_email`.
package struct CheckEmailRequest: Codable, Sendable, Equatable {
    package var email: String

    package init(
        email: String
    ) {
        self.email = email
    }

    private enum CodingKeys: String, CodingKey {
        case email
    }
}

/// `GET /u/check_email`: success, or what is wrong with the address.
package struct CheckEmailReply: Codable, Sendable, Equatable {
    @IfPresent package var success: String?
    @IfPresent package var failed: String?
    @IfPresent package var errors: [String]?

    package init(
        success: String? = nil,
        failed: String? = nil,
        errors: [String]? = nil
    ) {
        self.success = success
        self.failed = failed
        self.errors = errors
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case failed
        case errors
    }
}

/// `GET /u/is_local_username`.
package struct LocalNamesRequest: Codable, Sendable, Equatable {
    package var usernames: [String]?
    package var username: String?

    package init(
        usernames: [String]? = nil,
        username: String? = nil
    ) {
        self.usernames = usernames
        self.username = username
    }

    private enum CodingKeys: String, CodingKey {
        case usernames
        case username
    }
}

/// `GET /u/is_local_username`: those of the names that mean somebody here.
package struct LocalNamesReply: Codable, Sendable, Equatable {
    package var valid: [String]
    package var validGroups: [String]
    package var mentionableGroups: [MentionableGroupBody]
    package var cannotSee: [String: String]
    package var maxUsersNotifiedPerGroupMention: Int

    package init(
        valid: [String],
        validGroups: [String] = [],
        mentionableGroups: [MentionableGroupBody] = [],
        cannotSee: [String: String] = [:],
        maxUsersNotifiedPerGroupMention: Int = 100
    ) {
        self.valid = valid
        self.validGroups = validGroups
        self.mentionableGroups = mentionableGroups
        self.cannotSee = cannotSee
        self.maxUsersNotifiedPerGroupMention = maxUsersNotifiedPerGroupMention
    }

    private enum CodingKeys: String, CodingKey {
        case valid
        case validGroups = "valid_groups"
        case mentionableGroups = "mentionable_groups"
        case cannotSee = "cannot_see"
        case maxUsersNotifiedPerGroupMention = "max_users_notified_per_group_mention"
    }
}

/// A group that may be mentioned.
package struct MentionableGroupBody: Codable, Sendable, Equatable {
    package var name: String
    package var userCount: Int

    package init(
        name: String,
        userCount: Int
    ) {
        self.name = name
        self.userCount = userCount
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case userCount = "user_count"
    }
}

/// `GET /u/search/users`.
package struct UserSearchRequest: Codable, Sendable, Equatable {
    package var term: String?
    package var topicID: Int?
    package var categoryID: Int?
    package var includeGroups: Bool?
    package var groups: [String]?
    /// By commas: exactly these.
    package var usernames: String?
    package var limit: Int?
    package var lastSeenUsers: Bool?

    package init(
        term: String? = nil,
        topicID: Int? = nil,
        categoryID: Int? = nil,
        includeGroups: Bool? = nil,
        groups: [String]? = nil,
        usernames: String? = nil,
        limit: Int? = nil,
        lastSeenUsers: Bool? = nil
    ) {
        self.term = term
        self.topicID = topicID
        self.categoryID = categoryID
        self.includeGroups = includeGroups
        self.groups = groups
        self.usernames = usernames
        self.limit = limit
        self.lastSeenUsers = lastSeenUsers
    }

    private enum CodingKeys: String, CodingKey {
        case term
        case topicID = "topic_id"
        case categoryID = "category_id"
        case includeGroups = "include_groups"
        case groups
        case usernames
        case limit
        case lastSeenUsers = "last_seen_users"
    }
}

/// `GET /u/search/users`.
package struct UserSearchReply: Codable, Sendable, Equatable {
    package var users: [BasicUserBody]
    @IfPresent package var groups: [GroupNameBody]?

    package init(
        users: [BasicUserBody],
        groups: [GroupNameBody]? = nil
    ) {
        self.users = users
        self.groups = groups
    }

    private enum CodingKeys: String, CodingKey {
        case users
        case groups
    }
}

/// A group in a search.
package struct GroupNameBody: Codable, Sendable, Equatable {
    package var name: String
    package var fullName: String?

    package init(
        name: String,
        fullName: String? = nil
    ) {
        self.name = name
        self.fullName = fullName
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case fullName = "full_name"
    }
}

/// `GET /user-cards`.
package struct UserCardsRequest: Codable, Sendable, Equatable {
    /// A list, or one text with commas.
    package var userIDs: [String]

    package init(
        userIDs: [String]
    ) {
        self.userIDs = userIDs
    }

    private enum CodingKeys: String, CodingKey {
        case userIDs = "user_ids"
    }
}

/// `GET /user-cards`.
package struct UserCardsReply: Codable, Sendable, Equatable {
    package var users: [UserBody]

    package init(
        users: [UserBody]
    ) {
        self.users = users
    }

    private enum CodingKeys: String, CodingKey {
        case users
    }
}

/// `GET /session/hp`: a visitor who makes an account sends `value` back, and `challenge` reversed.
package struct SnareReply: Codable, Sendable, Equatable {
    package var value: String
    package var challenge: String
    @IfPresent package var expiresIn: Int?

    package init(
        value: String,
        challenge: String,
        expiresIn: Int? = nil
    ) {
        self.value = value
        self.challenge = challenge
        self.expiresIn = expiresIn
    }

    private enum CodingKeys: String, CodingKey {
        case value
        case challenge
        case expiresIn = "expires_in"
    }
}
