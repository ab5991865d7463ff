import Forum
import Postgres
import TestSupport

extension TestCommunity {
    func dispatch() async throws {
        try await Dispatcher(community: community).dispatchAll()
    }

    /// `username kind` of every notice of a post, or of several that end with it, in alphabetical order.
    func notices(of post: PostID) async throws -> [String] {
        try await database.pool.values(
            """
            SELECT u.username || ' ' || n.notification_type FROM notifications n
                JOIN users u ON u.id = n.user_id
            WHERE n.post_id = \(post) OR (NOT n.read AND n.notification_type IN (2, 6, 9, 36)
                AND (n.data ->> 'original_post_id')::bigint = \(post)) ORDER BY 1
            """
        )
    }

    /// Usernames of those a mail about the post is queued for.
    func mails(about post: PostID) async throws -> [String] {
        try await database.pool.values(
            """
            SELECT u.username FROM outgoing_emails o JOIN users u ON u.id = o.user_id
            WHERE o.post_id = \(post) AND o.state = 'queued' ORDER BY 1
            """
        )
    }

    /// Level and reason of somebody's row of a topic.
    func follows(_ user: Principal, _ topic: TopicID) async throws -> String? {
        try await database.pool.value(
            """
            SELECT notification_level || ' ' || coalesce(notifications_reason_id::text, '-')
            FROM topic_users WHERE user_id = \(user.id) AND topic_id = \(topic)
            """,
            as: String.self
        )
    }

    func run(_ sql: SQL) async throws { _ = try await database.pool.query(sql) }

    func message(
        _ title: String = "A message between a few people",
        to names: [String],
        by author: Principal
    ) async throws -> CreatedPost {
        try await community.createTopic(
            NewTopic(
                title: title,
                raw: "Something that only some may read, and hear of.",
                recipients: names
            ),
            by: author
        )
    }
}
