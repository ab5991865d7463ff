import Postgres

/// What rows of lists say beyond the topic: asked for the rows of one page.
enum TopicRowQueries {
    static func firstPostLikes(of topics: [TopicID]) -> SQL {
        """
        SELECT p.topic_id, p.like_count FROM posts p
        WHERE p.topic_id = ANY(\(topics.map(\.value))::bigint[]) AND p.post_number = 1
            AND p.like_count > 0
        """
    }

    /// Topics in which the viewer likes a post; topics in which they keep a bookmark.
    static func marks(of topics: [TopicID], by viewer: Viewer) -> [SQL] {
        guard let principal = viewer.principal else { return [] }
        let ids = topics.map(\.value)
        return [
            """
            SELECT DISTINCT p.topic_id FROM posts p JOIN post_actions a ON a.post_id = p.id
            WHERE p.topic_id = ANY(\(ids)::bigint[]) AND p.like_count > 0
                AND a.user_id = \(principal.id) AND a.post_action_type_id = 2
            """,
            """
            SELECT b.topic_id FROM bookmarks b
            WHERE b.user_id = \(principal.id) AND b.topic_id = ANY(\(ids)::bigint[])
            UNION
            SELECT p.topic_id FROM bookmarks b JOIN posts p ON p.id = b.post_id
            WHERE b.user_id = \(principal.id) AND p.topic_id = ANY(\(ids)::bigint[])
            """,
        ]
    }

    /// Enters the answers of `firstPostLikes` (at 2) and `marks` (from 3 on).
    static func mark(
        _ topics: inout [TopicSummary],
        _ answers: [Rows]
    ) throws(PostgresError) {
        var likes: [TopicID: Int] = [:]
        for row in answers[2] { likes[try row.get(0)] = try row.get(1) }
        let liked: Set<TopicID> = answers.count > 3 ? Set(try answers[3].values()) : []
        let bookmarked: Set<TopicID> = answers.count > 4 ? Set(try answers[4].values()) : []
        for index in topics.indices {
            let id = topics[index].topic.id
            topics[index].firstPostLikes = likes[id] ?? 0
            topics[index].isLiked = liked.contains(id)
            topics[index].isBookmarked = bookmarked.contains(id)
        }
    }
}
