package import Postgres

/// Reads of feeds and site maps that no other answer needs. Aliases: `t` topics, `p` posts.
enum FeedQueries {
    /// The first posts of topics, as far as they can be seen.
    static func openings(of topics: [TopicID], for viewer: Viewer) -> SQL {
        """
        SELECT p.topic_id, u.username, p.cooked FROM posts p
            JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
        WHERE p.topic_id = ANY(\(topics.map(\.value))::bigint[]) AND p.post_number = 1
            AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
        """
    }

    /// The newest posts of a topic, newest first.
    static func latestPosts(of topic: TopicID, limit: Int, for viewer: Viewer) -> SQL {
        """
        SELECT \(PostQueries.columns(includingRaw: false)), \(TopicQueries.accessColumns(viewer))
        FROM posts p JOIN topics t ON t.id = p.topic_id \(PostQueries.joins(viewer))
        WHERE p.topic_id = \(topic) AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
        ORDER BY p.post_number DESC LIMIT \(limit)
        """
    }

    /// The newest posts of the private messages that are addressed to the person or their groups; not
    /// all that an administrator could read.
    static func messagePosts(for principal: Principal, limit: Int) -> SQL {
        let viewer = Viewer.member(principal)
        return """
            SELECT \(PostQueries.columns(includingRaw: false)), \(TopicQueries.accessColumns(viewer))
            FROM posts p JOIN topics t ON t.id = p.topic_id \(PostQueries.joins(viewer))
            WHERE t.archetype = 'private_message' AND \(Visibility.topic(viewer))
                AND \(Visibility.post(viewer))
                AND (EXISTS (SELECT 1 FROM topic_allowed_users mine
                        WHERE mine.topic_id = t.id AND mine.user_id = \(principal.id))
                    OR EXISTS (SELECT 1 FROM topic_allowed_groups mine WHERE mine.topic_id = t.id
                        AND mine.group_id = ANY(\(principal.groupIDs)::bigint[])))
            ORDER BY p.id DESC LIMIT \(limit)
            """
    }

    static let publicTopicCount: SQL = """
        SELECT count(*) FROM topics t
        WHERE t.archetype = 'regular' AND \(Visibility.topic(.anonymous))
        """

    /// The topics that everybody can read, oldest first.
    static func publicTopics(skipping offset: Int, limit: Int) -> SQL {
        """
        SELECT t.id, t.slug, t.title, t.bumped_at, t.created_at FROM topics t
        WHERE t.archetype = 'regular' AND \(Visibility.topic(.anonymous))
        ORDER BY t.id OFFSET \(offset)::bigint LIMIT \(limit)::bigint
        """
    }

    /// Those active since a time, the latest first.
    static func publicTopics(since time: Timestamp, limit: Int) -> SQL {
        """
        SELECT t.id, t.slug, t.title, t.bumped_at, t.created_at FROM topics t
        WHERE t.archetype = 'regular' AND t.bumped_at > \(time)
            AND \(Visibility.topic(.anonymous))
        ORDER BY t.bumped_at DESC, t.id DESC LIMIT \(limit)::bigint
        """
    }
}

extension TopicOpening: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        topicID = try row.next()
        username = try row.next()
        cooked = try row.next()
    }
}

extension PublicTopic: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        slug = try row.next()
        title = try row.next()
        bumpedAt = try row.next()
        createdAt = try row.next()
    }
}
