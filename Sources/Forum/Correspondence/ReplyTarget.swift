package import Postgres

/// Whose answer to which post a reply address stands for.
package struct ReplyTarget: Sendable, RowDecodable {
    package let userID: UserID
    package let postID: PostID
    package let topicID: TopicID
    package let postNumber: Int
    package let isPostDeleted: Bool
    package let isTopicDeleted: Bool
    package let categoryID: CategoryID?

    package init(from row: inout RowReader) throws(PostgresError) {
        userID = try row.next()
        postID = try row.next()
        topicID = try row.next()
        postNumber = try row.next()
        isPostDeleted = try row.next()
        isTopicDeleted = try row.next()
        categoryID = try row.next()
    }
}

/// A category that takes new topics by mail.
package struct EmailInCategory: Sendable, RowDecodable {
    package let id: CategoryID
    package let allowsStrangers: Bool
    package let isMailingListMirror: Bool

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        allowsStrangers = try row.next()
        isMailingListMirror = try row.next()
    }
}

/// A group that takes messages by mail.
package struct EmailInGroup: Sendable, RowDecodable {
    package let id: GroupID
    package let name: String

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
    }
}

extension Community {
    /// - Returns: `nil` for a key that this forum never gave out, or whose time is over.
    package func replyTarget(_ key: ReplyKey) async throws -> ReplyTarget? {
        try await database.first(CorrespondenceQueries.replyTarget(key))
    }

    /// The addresses that are proved to be the user's, lower case.
    package func verifiedAddresses(of user: UserID) async throws -> [String] {
        try await database.values(CorrespondenceQueries.verifiedAddresses(user))
    }

    /// The category whose `email_in` holds the address.
    package func category(emailIn address: String) async throws -> EmailInCategory? {
        try await database.first(CorrespondenceQueries.category(emailIn: address.lowercased()))
    }

    /// The group whose `incoming_email` holds the address.
    package func group(emailIn address: String) async throws -> EmailInGroup? {
        try await database.first(CorrespondenceQueries.group(emailIn: address.lowercased()))
    }

    /// Removes reply keys older than `disallow_reply_by_email_after_days`.
    package func expireReplyKeys() async throws {
        _ = try await database.query(
            CorrespondenceQueries.expireReplyKeys(
                days: settings.current.disallowReplyByEmailAfterDays
            )
        )
    }
}
