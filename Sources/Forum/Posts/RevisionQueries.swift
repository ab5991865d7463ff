import Postgres

/// Revisions of posts that were shown to be visible.
enum RevisionQueries {
    static func list(of id: PostID, includingHidden: Bool) -> SQL {
        """
        SELECT r.number, r.hidden FROM post_revisions r
        WHERE r.post_id = \(id) AND (\(includingHidden) OR NOT r.hidden) ORDER BY r.number
        """
    }

    /// What `PostRevision.init(from:)` reads.
    static func revision(_ number: Int, of id: PostID) -> SQL {
        """
        SELECT r.number, r.user_id, u.username, r.created_at, r.modifications
        FROM post_revisions r JOIN users u ON u.id = r.user_id
        WHERE r.post_id = \(id) AND r.number = \(number)::int
        """
    }

    static func setHidden(
        _ permitted: Permitted<HidingRevision, PostAccess>,
        number: Int,
        _ isHidden: Bool
    ) -> SQL {
        """
        UPDATE post_revisions SET hidden = \(isHidden)
        WHERE post_id = \(permitted.resource.id)
            AND number = \(Int(clamping: Int32(clamping: number)))::int
        """
    }

    /// The posts that a post answers, the oldest first.
    static func replyHistory(of id: PostID, in topic: TopicID, for viewer: Viewer) -> SQL {
        PostQueries.visiblePosts(viewer)
            + """
             AND p.id <> \(id) AND p.id = ANY(ARRAY(\(PostFilterQueries.upwards(from: id, in: topic))))
            ORDER BY p.post_number
            """
    }

    /// `id, level` of all that answers a post, directly or not.
    static func replyIDs(of id: PostID, for viewer: Viewer) -> SQL {
        """
        WITH RECURSIVE answers AS (
            SELECT p.id, p.topic_id, p.post_number, 0 AS level FROM posts p WHERE p.id = \(id)
            UNION ALL
            SELECT p.id, p.topic_id, p.post_number, a.level + 1
            FROM answers a JOIN posts p ON p.topic_id = a.topic_id
                AND p.reply_to_post_number = a.post_number
            WHERE \(Visibility.post(viewer)) AND p.post_number > a.post_number AND a.level < 100
        )
        SELECT id, level FROM answers WHERE level > 0 ORDER BY id
        LIMIT \(TopicQueries.literal(Limits.replyIDsMax))
        """
    }
}

struct RevisionLine: RowDecodable {
    let number: Int
    let isHidden: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        number = try row.next()
        isHidden = try row.next()
    }
}
