import Postgres

/// Aliases: `t` topics, `p` posts.
enum ArchiveQueries {
    /// So many posts are read at once; each has at most some ten thousand characters.
    private static let page: SQL = "100"

    static func sees(_ topic: TopicID, _ viewer: Viewer) -> SQL {
        "SELECT EXISTS (SELECT 1 FROM topics t WHERE t.id = \(topic) AND \(Visibility.topic(viewer)))"
    }

    static func count(_ scope: ArchiveScope, _ viewer: Viewer) -> SQL {
        """
        SELECT count(*) FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE \(condition(scope, viewer))
        """
    }

    static func posts(
        _ scope: ArchiveScope,
        after last: PostID?,
        _ includesAddresses: Bool,
        _ viewer: Viewer
    ) -> SQL {
        let address: SQL = includesAddresses ? "e.email" : "NULL::text"
        let addresses: SQL =
            includesAddresses ? "LEFT JOIN user_emails e ON e.user_id = u.id AND e.is_primary" : ""
        return """
            SELECT p.id, p.post_number, p.raw, p.created_at, u.username, u.name, \(address),
                t.title, t.id, t.slug, c.name, c.slug, pc.slug, c.list_id,
                coalesce((SELECT array_agg(g.name ORDER BY g.name) FROM topic_tags tt
                    JOIN tags g ON g.id = tt.tag_id
                    WHERE tt.topic_id = t.id AND \(Visibility.tag(viewer))), '{}'),
                \(messageID("p.id")), first.id, \(messageID("first.id")),
                parent.id, \(messageID("parent.id"))
            FROM posts p JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
                \(addresses)
                LEFT JOIN categories c ON c.id = t.category_id
                LEFT JOIN categories pc ON pc.id = c.parent_category_id
                LEFT JOIN posts first ON first.topic_id = t.id AND first.post_number = 1
                LEFT JOIN posts parent ON parent.topic_id = t.id
                    AND parent.post_number = p.reply_to_post_number
            WHERE \(condition(scope, viewer)) AND p.id > \(last?.value ?? 0)
            ORDER BY p.id LIMIT \(page)
            """
    }

    private static func messageID(_ post: SQL) -> SQL {
        "(SELECT m.message_id FROM post_message_ids m WHERE m.post_id = \(post) LIMIT 1)"
    }

    /// Posts of people, not the small notes of what was done to a topic.
    private static func condition(_ scope: ArchiveScope, _ viewer: Viewer) -> SQL {
        let part: SQL =
            switch scope {
            case .topic(let id): "p.topic_id = \(id)"
            case .category(let id):
                """
                t.archetype = 'regular' AND (t.category_id = \(id) OR t.category_id IN
                    (SELECT s.id FROM categories s WHERE s.parent_category_id = \(id)))
                """
            case .site: "t.archetype = 'regular'"
            }
        return """
            \(part) AND p.post_type IN (1, 2) AND NOT p.hidden
                AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
            """
    }
}
