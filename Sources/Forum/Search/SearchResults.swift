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
    package let hasMore: Bool
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
