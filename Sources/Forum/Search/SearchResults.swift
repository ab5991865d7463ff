package import Postgres

/// One page of what a search found.
package struct SearchResults: Sendable {
    package let query: SearchQuery
    package let posts: [SearchPost]
    /// The topics of the posts, in their order.
    package let topics: [TopicSummary]
    package let users: [UserCard]
    package let categories: [SearchCategory]
    package let tags: [TagCard]
    package let groups: [SearchGroup]
    package let hasMore: Bool
    package let hasMoreUsers: Bool
    package let hasMoreCategories: Bool
    /// Why nothing was searched, for the person who asked.
    package let error: String?
}

/// A post that was found: the best of its topic.
package struct SearchPost: Sendable, Equatable {
    package let id: PostID
    package let topicID: TopicID
    package let number: Int
    package let author: UserCard
    package let likeCount: Int
    package let createdAt: Timestamp
    /// Plain text around the match.
    package let blurb: String
}

/// A group whose name matches.
package struct SearchGroup: Sendable, Equatable, RowDecodable {
    package let id: GroupID
    package let name: String

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
    }
}

/// What of a search is wanted.
package enum SearchScope: String, Sendable, CaseIterable {
    case all
    case posts = "topic"
    case categories = "category"
    case users = "user"
    case tags = "tag"
    case groups = "group"
    case messages = "private_messages"
    /// Everything but posts.
    case names = "exclude_topics"
}

/// A category whose name matches.
package struct SearchCategory: Sendable, Equatable {
    package let id: CategoryID
    package let name: String
    package let slug: String
    package let color: String
    package let textColor: String
    package let parentID: CategoryID?
    package let isReadRestricted: Bool
}
