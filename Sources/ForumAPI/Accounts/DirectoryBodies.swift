/// Which stretch of time a directory counts.
package enum DirectoryPeriodWord: String, Codable, Sendable, CaseIterable {
    case daily, weekly, monthly, quarterly, yearly, all
}

/// What a directory is ordered by.
package enum DirectoryOrderWord: String, Codable, Sendable, CaseIterable {
    case likesReceived = "likes_received"
    case likesGiven = "likes_given"
    case topicCount = "topic_count"
    case postCount = "post_count"
    case topicsEntered = "topics_entered"
    case postsRead = "posts_read"
    case daysVisited = "days_visited"
    case username
}

/// `GET /directory_items`.
package struct DirectoryRequest: Codable, Sendable, Equatable {
    package var period: DirectoryPeriodWord
    /// Likes received unless something else is named.
    package var order: DirectoryOrderWord?
    /// Any text turns the order.
    package var asc: String?
    /// From 0.
    package var page: Int?
    /// A part of a name.
    package var name: String?
    package var group: String?
    /// By commas.
    package var excludeUsernames: String?

    package init(
        period: DirectoryPeriodWord,
        order: DirectoryOrderWord? = nil,
        asc: String? = nil,
        page: Int? = nil,
        name: String? = nil,
        group: String? = nil,
        excludeUsernames: String? = nil
    ) {
        self.period = period
        self.order = order
        self.asc = asc
        self.page = page
        self.name = name
        self.group = group
        self.excludeUsernames = excludeUsernames
    }

    private enum CodingKeys: String, CodingKey {
        case period
        case order
        case asc
        case page
        case name
        case group
        case excludeUsernames = "exclude_usernames"
    }
}

/// `GET /directory_items`.
package struct DirectoryReply: Codable, Sendable, Equatable {
    package var directoryItems: [DirectoryItemBody]
    package var meta: DirectoryMetaBody

    package init(
        directoryItems: [DirectoryItemBody],
        meta: DirectoryMetaBody
    ) {
        self.directoryItems = directoryItems
        self.meta = meta
    }

    private enum CodingKeys: String, CodingKey {
        case directoryItems = "directory_items"
        case meta
    }
}

/// A member with what they did in the time.
package struct DirectoryItemBody: Codable, Sendable, Equatable {
    package var id: Int
    package var likesReceived: Int
    package var likesGiven: Int
    package var topicsEntered: Int
    package var topicCount: Int
    package var postCount: Int
    package var postsRead: Int
    package var daysVisited: Int
    package var timeRead: Int
    package var user: DirectoryUserBody

    package init(
        id: Int,
        likesReceived: Int,
        likesGiven: Int,
        topicsEntered: Int,
        topicCount: Int,
        postCount: Int,
        postsRead: Int,
        daysVisited: Int,
        timeRead: Int,
        user: DirectoryUserBody
    ) {
        self.id = id
        self.likesReceived = likesReceived
        self.likesGiven = likesGiven
        self.topicsEntered = topicsEntered
        self.topicCount = topicCount
        self.postCount = postCount
        self.postsRead = postsRead
        self.daysVisited = daysVisited
        self.timeRead = timeRead
        self.user = user
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case likesReceived = "likes_received"
        case likesGiven = "likes_given"
        case topicsEntered = "topics_entered"
        case topicCount = "topic_count"
        case postCount = "post_count"
        case postsRead = "posts_read"
        case daysVisited = "days_visited"
        case timeRead = "time_read"
        case user
    }
}

/// A member in a directory.
package struct DirectoryUserBody: Codable, Sendable, Equatable {
    package var id: Int
    package var username: String
    package var name: String?
    package var avatarTemplate: String
    package var title: String?
    @IfPresent package var trustLevel: Int?

    package init(
        id: Int,
        username: String,
        name: String? = nil,
        avatarTemplate: String,
        title: String? = nil,
        trustLevel: Int? = nil
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
        self.title = title
        self.trustLevel = trustLevel
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case title
        case trustLevel = "trust_level"
    }
}

/// Where a directory goes on.
package struct DirectoryMetaBody: Codable, Sendable, Equatable {
    package var lastUpdatedAt: String?
    package var totalRowsDirectoryItems: Int
    package var loadMoreDirectoryItems: String

    package init(
        lastUpdatedAt: String? = nil,
        totalRowsDirectoryItems: Int,
        loadMoreDirectoryItems: String
    ) {
        self.lastUpdatedAt = lastUpdatedAt
        self.totalRowsDirectoryItems = totalRowsDirectoryItems
        self.loadMoreDirectoryItems = loadMoreDirectoryItems
    }

    private enum CodingKeys: String, CodingKey {
        case lastUpdatedAt = "last_updated_at"
        case totalRowsDirectoryItems = "total_rows_directory_items"
        case loadMoreDirectoryItems = "load_more_directory_items"
    }
}
