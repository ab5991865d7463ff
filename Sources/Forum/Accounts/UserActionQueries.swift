package import Postgres

/// Finds actions where they were done: in posts, topics, likes, notices and revisions. Aliases as in
/// `Visibility`.
struct UserActionQueries {
    let user: UserID
    let viewer: Viewer
    let offset: Int
    let limit: Int

    static func options(of user: UserID) -> SQL {
        "SELECT options::text FROM users WHERE id = \(user)"
    }

    /// Each kind gives its latest; the page is cut from all of them together.
    func page(of kinds: [UserActionKind]) -> SQL {
        let parts = kinds.map { kind -> SQL in
            "(\(rows(of: kind)) ORDER BY 2 DESC, 3 DESC LIMIT \(offset + limit))"
        }
        return """
            WITH actions (kind, at, post_id, actor_id) AS (
                \(SQL.joined(parts, separator: " UNION ALL "))
            ), page AS (
                SELECT * FROM actions ORDER BY at DESC, post_id DESC, kind
                LIMIT \(limit) OFFSET \(offset)
            )
            SELECT page.kind, page.at, t.id, t.title, t.slug, t.category_id, t.closed, t.archived,
                p.id, p.post_number, p.post_type, p.hidden, p.cooked,
                a.id, a.username, a.name, a.title, a.trust_level, a.admin, a.moderator,
                d.id, d.username, d.name, d.title, d.trust_level, d.admin, d.moderator,
                u.id, u.username, u.name, u.title, u.trust_level, u.admin, u.moderator
            FROM page JOIN posts p ON p.id = page.post_id JOIN topics t ON t.id = p.topic_id
                JOIN users a ON a.id = p.user_id JOIN users d ON d.id = page.actor_id
                JOIN users u ON u.id = \(user)
            ORDER BY page.at DESC, page.post_id DESC, page.kind
            """
    }

    private var isSeen: SQL { "\(Visibility.topic(viewer)) AND \(Visibility.post(viewer))" }

    /// Kind, time, post and who did it.
    private func rows(of kind: UserActionKind) -> SQL {
        let number = kind.rawValue
        return switch kind {
        case .like:
            """
            SELECT \(number)::int, x.created_at, p.id, x.user_id FROM post_actions x
                JOIN posts p ON p.id = x.post_id JOIN topics t ON t.id = p.topic_id
            WHERE x.user_id = \(user) AND x.post_action_type_id = 2
                AND t.archetype = 'regular' AND \(isSeen)
            """
        case .wasLiked:
            """
            SELECT \(number)::int, x.created_at, p.id, x.user_id FROM posts p
                JOIN post_actions x ON x.post_id = p.id AND x.post_action_type_id = 2
                JOIN topics t ON t.id = p.topic_id
            WHERE p.user_id = \(user) AND t.archetype = 'regular' AND \(isSeen)
            """
        case .newTopic: topics(number, "regular")
        case .newPrivateMessage: topics(number, "private_message")
        case .reply:
            """
            SELECT \(number)::int, p.created_at, p.id, p.user_id FROM posts p
                JOIN topics t ON t.id = p.topic_id
            WHERE p.user_id = \(user) AND p.post_number > 1 AND p.post_type = 1
                AND t.archetype = 'regular' AND \(isSeen)
            """
        case .gotPrivateMessage:
            """
            SELECT \(number)::int, p.created_at, p.id, p.user_id FROM topic_allowed_users x
                JOIN topics t ON t.id = x.topic_id JOIN posts p ON p.topic_id = t.id
            WHERE x.user_id = \(user) AND p.user_id <> \(user) AND p.post_type = 1
                AND t.archetype = 'private_message' AND \(isSeen)
            """
        case .response: notices(number, of: 2)
        case .mention: notices(number, of: 1)
        case .quote: notices(number, of: 3)
        case .edit:
            """
            SELECT \(number)::int, x.created_at, p.id, x.user_id FROM posts p
                JOIN post_revisions x ON x.post_id = p.id AND x.user_id <> p.user_id
                JOIN topics t ON t.id = p.topic_id
            WHERE p.user_id = \(user) AND t.archetype = 'regular' AND \(isSeen)
            """
        }
    }

    private func topics(_ number: Int, _ archetype: String) -> SQL {
        """
        SELECT \(number)::int, t.created_at, p.id, t.user_id FROM topics t
            JOIN posts p ON p.topic_id = t.id AND p.post_number = 1
        WHERE t.user_id = \(user) AND t.archetype = \(archetype) AND \(isSeen)
        """
    }

    private func notices(_ number: Int, of type: Int) -> SQL {
        """
        SELECT \(number)::int, n.created_at, p.id, p.user_id FROM notifications n
            JOIN posts p ON p.id = n.post_id JOIN topics t ON t.id = p.topic_id
        WHERE n.user_id = \(user) AND n.notification_type = \(type) AND \(isSeen)
        """
    }
}

extension UserAction: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        kind = try row.next()
        createdAt = try row.next()
        topicID = try row.next()
        title = try row.next()
        slug = try row.next()
        categoryID = try row.next()
        isClosed = try row.next()
        isArchived = try row.next()
        postID = try row.next()
        postNumber = try row.next()
        postType = try row.next()
        isHidden = try row.next()
        cooked = try row.next()
        author = try UserCard(from: &row)
        actor = try UserCard(from: &row)
        target = try UserCard(from: &row)
    }
}
