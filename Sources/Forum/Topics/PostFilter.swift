/// Which posts of a topic a reader wants to see at all; the default is all of them.
package struct PostFilter: Sendable, Equatable {
    /// The best posts alone.
    package var isSummary = false
    /// Only the posts of these people.
    package var usernames: [String] = []
    /// The first post and those that answer no other than it.
    package var isTopLevelOnly = false
    /// A post and its direct answers, by its number.
    package var repliesToNumber: Int?
    /// A post and those that it answers, up to the first.
    package var upwardsFrom: PostID?

    package init() {}

    var isAll: Bool { self == PostFilter() }
}

extension Limits {
    /// Discourse's `summary_max_results`.
    static let summaryPostsMax = 100
    static let usernameFiltersMax = 50
    /// How far back a chain of answers is followed (`max_reply_history`).
    static let replyChainMax = 100
    static let replyIDsMax = 1000
}
