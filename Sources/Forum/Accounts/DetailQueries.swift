import Cryptography
package import Postgres

enum DetailQueries {
    static func own(_ user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT u.options::text, u.custom_fields::text, u.user_fields::text, u.locale,
            u.status_description, u.status_emoji, u.status_ends_at, u.do_not_disturb_until,
            coalesce((SELECT sum(v.time_read_ms)::bigint FROM user_visits v WHERE v.user_id = u.id
                AND v.visited_at > (\(now - 60 * 86_400)::timestamptz AT TIME ZONE 'UTC')::date), 0)
        FROM users u WHERE u.id = \(user)
        """
    }

    static func relations(of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT r.kind, o.username FROM user_relations r JOIN users o ON o.id = r.other_id
        WHERE r.user_id = \(user) AND (r.expires_at IS NULL OR r.expires_at > \(now))
        ORDER BY o.username_lower LIMIT 3000
        """
    }

    static func categories(of user: UserID, for viewer: Viewer) -> SQL {
        """
        SELECT cu.notification_level, cu.delivery, c.id FROM category_users cu
            JOIN categories c ON c.id = cu.category_id
        WHERE cu.user_id = \(user) AND \(Visibility.category(viewer)) ORDER BY c.id
        """
    }

    static func tags(of user: UserID, for viewer: Viewer) -> SQL {
        """
        SELECT tu.notification_level, tu.delivery, g.id, g.name, g.slug FROM tag_users tu
            JOIN tags g ON g.id = tu.tag_id
        WHERE tu.user_id = \(user) AND \(Visibility.tag(viewer)) ORDER BY g.name_lower
        """
    }

    /// Those of the person that the viewer may know of.
    static func groups(of user: UserID, for viewer: Viewer) -> SQL {
        """
        SELECT g.id, g.name, mine.notification_level, mine.owner FROM \(GroupQueries.tables(viewer))
            JOIN group_users mine ON mine.group_id = g.id AND mine.user_id = \(user)
        WHERE g.id > 0 AND \(GroupQueries.isVisible(viewer)) ORDER BY g.name_lower
        """
    }

    static func sessions(of user: UserID, current: String?, at now: Timestamp) -> SQL {
        """
        SELECT id, host(client_ip), user_agent, created_at, last_used_at,
            token_hash IS NOT DISTINCT FROM \(current.map { Digest.sha256($0) })::bytea
        FROM sessions WHERE user_id = \(user)
            AND last_used_at > \(now - Double(Limits.sessionIdleSeconds))
            AND created_at > \(now - Limits.sessionSeconds)
        ORDER BY last_used_at DESC LIMIT 60
        """
    }

    static func inviter(of user: UserID) -> SQL {
        """
        SELECT \(TopicQueries.userCardColumns) FROM users i JOIN users u ON u.id = i.invited_by_id
        WHERE i.id = \(user)
        """
    }

    static func featuredTopic(of user: UserID, for viewer: Viewer) -> SQL {
        """
        SELECT t.id, t.title, t.fancy_title, t.slug, t.posts_count
        FROM users u JOIN topics t ON t.id = u.featured_topic_id
        WHERE u.id = \(user) AND \(Visibility.topic(viewer))
        """
    }

    static func attitude(of viewer: UserID?, to user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT coalesce(bool_or(kind = 'muted'), false), coalesce(bool_or(kind = 'ignored'), false)
        FROM user_relations WHERE user_id = \(viewer)::bigint AND other_id = \(user)
            AND (expires_at IS NULL OR expires_at > \(now))
        """
    }
}

struct OwnRow: RowDecodable {
    let options: String
    let customFields: String
    let userFields: String
    let locale: String?
    let statusDescription: String?
    let statusEmoji: String?
    let statusEndsAt: Timestamp?
    let doNotDisturbUntil: Timestamp?
    let recentReadMilliseconds: Int64

    func status(at now: Timestamp) -> UserStatus? {
        guard let statusDescription, let statusEmoji, statusEndsAt.map({ $0 > now }) ?? true else {
            return nil
        }
        return UserStatus(
            description: statusDescription,
            emoji: statusEmoji,
            endsAt: statusEndsAt
        )
    }

    init(from row: inout RowReader) throws(PostgresError) {
        options = try row.next()
        customFields = try row.next()
        userFields = try row.next()
        locale = try row.next()
        statusDescription = try row.next()
        statusEmoji = try row.next()
        statusEndsAt = try row.next()
        doNotDisturbUntil = try row.next()
        recentReadMilliseconds = try row.next()
    }
}

struct RelationRow: RowDecodable {
    let kind: String
    let username: String

    init(from row: inout RowReader) throws(PostgresError) {
        kind = try row.next()
        username = try row.next()
    }
}

struct CategoryLevelRow: RowDecodable {
    let level: Int
    let delivery: Delivery
    let id: Int64

    init(from row: inout RowReader) throws(PostgresError) {
        level = try row.next()
        delivery = try Delivery(from: &row)
        id = try row.next()
    }
}

struct TagLevelRow: RowDecodable {
    let level: Int
    let delivery: Delivery
    let tag: TagCard

    init(from row: inout RowReader) throws(PostgresError) {
        level = try row.next()
        delivery = try Delivery(from: &row)
        tag = TagCard(id: try row.next(), name: try row.next(), slug: try row.next())
    }
}

struct Attitude: RowDecodable {
    let isMuted: Bool
    let isIgnored: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        isMuted = try row.next()
        isIgnored = try row.next()
    }
}

extension UserSession: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        clientIP = try row.next()
        userAgent = try row.next()
        createdAt = try row.next()
        lastUsedAt = try row.next()
        isCurrent = try row.next()
    }
}
