package import Postgres

/// Which stretch of time a directory counts.
package enum DirectoryPeriod: String, Sendable, CaseIterable {
    case daily, weekly, monthly, quarterly, yearly, all

    /// Seconds; `nil` is everything.
    var seconds: Double? {
        switch self {
        case .daily: 86_400
        case .weekly: 7 * 86_400
        case .monthly: 30 * 86_400
        case .quarterly: 91 * 86_400
        case .yearly: 365 * 86_400
        case .all: nil
        }
    }
}

package enum DirectoryOrder: String, Sendable, CaseIterable {
    case likesReceived = "likes_received"
    case likesGiven = "likes_given"
    case topicCount = "topic_count"
    case postCount = "post_count"
    case topicsEntered = "topics_entered"
    case postsRead = "posts_read"
    case daysVisited = "days_visited"
    case username
}

/// One page of the directory of members.
package struct DirectoryQuery: Sendable {
    package var period = DirectoryPeriod.all
    package var order = DirectoryOrder.likesReceived
    package var isAscending = false
    /// From 0.
    package var page = 0
    /// A part of a username or a name.
    package var name: String?
    package var group: String?
    package var excluded: [String] = []

    package init() {}
}

/// What a member did in the time.
package struct DirectoryItem: Sendable, RowDecodable {
    package let user: UserCard
    package let likesReceived: Int
    package let likesGiven: Int
    package let topicCount: Int
    package let postCount: Int
    package let topicsEntered: Int
    package let postsRead: Int
    package let daysVisited: Int
    package let timeReadMilliseconds: Int64

    package init(from row: inout RowReader) throws(PostgresError) {
        user = try UserCard(from: &row)
        likesReceived = try row.next()
        likesGiven = try row.next()
        topicCount = try row.next()
        postCount = try row.next()
        topicsEntered = try row.next()
        postsRead = try row.next()
        daysVisited = try row.next()
        timeReadMilliseconds = try row.next()
    }
}

extension Community {
    /// Members with what they did, counted when it is asked for.
    ///
    /// - Returns: A page of `Limits.directoryPerPage`, and how many there are in all.
    /// - Throws: `.notFound` for a group that the viewer may not know of, or whose members.
    package func directory(
        _ query: DirectoryQuery,
        for viewer: Viewer
    ) async throws -> (items: [DirectoryItem], total: Int) {
        var groupID: GroupID?
        if let name = query.group {
            let group = try await group(named: name, for: viewer)
            let members = try await members(of: group, for: viewer, limit: 1, offset: 0)
            guard members.total > 0 || group.userCount == 0 else { throw ForumError.notFound }
            groupID = group.id
        }
        let queries = DirectoryQueries(query: query, group: groupID, now: clock())
        let answers = try await database.batch([queries.total, queries.page])
        return (try answers[1].decode(), try answers[0].firstValue(Int.self) ?? 0)
    }
}
