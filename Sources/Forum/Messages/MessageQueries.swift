import Postgres

/// Who reads a message between people, and where it lies.
enum MessageQueries {
    typealias Inviting = Permitted<InvitingToTopic, TopicAccess>
    typealias Removing = Permitted<RemovingFromMessage, MessageReader>

    /// Holds for a group `g` with `me`, the principal's membership, that they may write to. The
    /// numbers are Discourse's: 1 administrators, 2 staff, 3 and members, 4 staff and owners, 99
    /// everybody.
    static func isMessageable(by principal: Principal) -> SQL {
        let isAdmin = principal.isAdmin
        let isStaff = principal.isStaff
        return """
            CASE g.messageable_level WHEN 99 THEN true WHEN 1 THEN \(isAdmin)::boolean
                WHEN 2 THEN \(isStaff)::boolean
                WHEN 3 THEN \(isStaff)::boolean OR me.user_id IS NOT NULL
                WHEN 4 THEN \(isStaff)::boolean OR coalesce(me.owner, false)
                ELSE false END
            """
    }

    /// How many people a message is addressed to.
    static func readerCount(_ topic: TopicID) -> SQL {
        "SELECT count(*) FROM topic_allowed_users WHERE topic_id = \(topic)"
    }

    /// Lets somebody read a message, and tells them. Returns how many were let in: one or none.
    static func invite(
        _ user: UserID,
        to topic: Inviting,
        mail: OutgoingEmailQueries.Pace?,
        at now: Timestamp
    ) -> SQL {
        let mailed: SQL =
            mail.map { ", mailed AS (\(OutgoingEmailQueries.queueNotices($0)))" } ?? ""
        return """
            WITH added AS (
                INSERT INTO topic_allowed_users (topic_id, user_id)
                VALUES (\(topic.resource.id), \(user)) ON CONFLICT DO NOTHING RETURNING user_id
            ), notified AS (
                \(notify("added", of: topic, NotificationKind.invitedToPrivateMessage))
            ), \(told("added", "invited_user", .user(user), topic.resource.id, topic.principal, now)),
            event AS (
                INSERT INTO outbox (event, topic_id, user_id)
                SELECT \(Event.messageReadersChanged.rawValue)::text, \(topic.resource.id),
                    \(topic.principal.id) FROM added
            )\(mailed)
            SELECT count(*) FROM added
            """
    }

    /// Lets the members of a group read a message, and tells those who want to hear. Returns how many
    /// groups were let in.
    static func invite(
        _ group: GroupID,
        to topic: Inviting,
        telling: Bool,
        mail: OutgoingEmailQueries.Pace?,
        at now: Timestamp
    ) -> SQL {
        let mailed: SQL =
            mail.map { ", mailed AS (\(OutgoingEmailQueries.queueNotices($0)))" } ?? ""
        return """
            WITH added AS (
                INSERT INTO topic_allowed_groups (topic_id, group_id)
                VALUES (\(topic.resource.id), \(group)) ON CONFLICT DO NOTHING RETURNING group_id
            ), members AS (
                SELECT gu.user_id FROM added JOIN group_users gu ON gu.group_id = added.group_id
                WHERE \(telling)::boolean AND gu.notification_level >= 3
                    AND gu.user_id NOT IN (SELECT ta.user_id FROM topic_allowed_users ta
                        WHERE ta.topic_id = \(topic.resource.id))
            ), notified AS (
                \(notify("members", of: topic, NotificationKind.invitedToPrivateMessage))
            ), \(told("added", "invited_group", .group(group), topic.resource.id, topic.principal, now)),
            event AS (
                INSERT INTO outbox (event, topic_id, user_id)
                SELECT \(Event.messageReadersChanged.rawValue)::text, \(topic.resource.id),
                    \(topic.principal.id) FROM added
            )\(mailed)
            SELECT count(*) FROM added
            """
    }

    /// Tells somebody of a topic that they may read anyway.
    static func tell(
        _ user: UserID,
        of topic: Inviting,
        mail: OutgoingEmailQueries.Pace?
    ) -> SQL {
        let mailed: SQL =
            mail.map { ", mailed AS (\(OutgoingEmailQueries.queueNotices($0)))" } ?? ""
        return """
            WITH wanted (user_id) AS (VALUES (\(user)::bigint)),
            notified AS (
                \(notify("wanted", of: topic, NotificationKind.invitedToTopic))
            )\(mailed)
            SELECT count(*) FROM notified
            """
    }

    private static func notify(_ people: SQL, of topic: Inviting, _ kind: NotificationKind) -> SQL {
        """
        INSERT INTO notifications
            (user_id, notification_type, topic_id, post_id, post_number, high_priority, data)
        SELECT people.user_id, \(kind.rawValue)::smallint, p.topic_id, p.id, 1,
            \(kind == .invitedToPrivateMessage)::boolean, jsonb_build_object(
                'topic_title', \(topic.resource.title)::text,
                'display_username', \(topic.principal.username)::text,
                'original_user_id', \(topic.principal.id)::bigint,
                'original_username', \(topic.principal.username)::text)
        FROM \(people) people JOIN users u ON u.id = people.user_id
            JOIN posts p ON p.topic_id = \(topic.resource.id) AND p.post_number = 1
        WHERE u.id > 0 AND (u.active OR u.staged) AND u.id <> \(topic.principal.id)
            AND NOT \(RelationQueries.isKeptAway("u.id", "\(topic.principal.id)::bigint"))
            AND NOT EXISTS (SELECT 1 FROM topic_users tu WHERE tu.user_id = u.id
                AND tu.topic_id = p.topic_id AND tu.notification_level = 0)
        ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
        RETURNING user_id, notification_type, post_id
        """
    }

    /// Says in the message who was let in or taken out, once a row.
    private static func told(
        _ rows: SQL,
        _ code: String,
        _ subject: SmallActionQueries.Subject,
        _ topic: TopicID,
        _ principal: Principal,
        _ now: Timestamp
    ) -> SQL {
        """
        \(SmallActionQueries.changeMessage(topic, with: rows, by: principal.id)),
        \(SmallActionQueries.write(code, about: subject, by: principal.id, at: now))
        """
    }

    static func removeUser(_ user: UserID, _ message: Removing, at now: Timestamp) -> SQL {
        let code = user == message.principal.id ? "user_left" : "removed_user"
        return """
            WITH removed AS (
                DELETE FROM topic_allowed_users WHERE topic_id = \(message.resource.topic.id)
                    AND user_id = \(user) RETURNING topic_id
            ), notices AS (
                DELETE FROM notifications n USING removed WHERE n.topic_id = removed.topic_id
                    AND n.user_id = \(user) AND NOT n.read
            ), \(told("removed", code, .user(user), message.resource.topic.id, message.principal, now)),
            event AS (\(changed("removed", message)))
            SELECT count(*) FROM removed
            """
    }

    static func removeGroup(_ group: GroupID, _ message: Removing, at now: Timestamp) -> SQL {
        let topic = message.resource.topic.id
        return """
            WITH removed AS (
                DELETE FROM topic_allowed_groups WHERE topic_id = \(message.resource.topic.id)
                    AND group_id = \(group) RETURNING topic_id
            ), \(told("removed", "removed_group", .group(group), topic, message.principal, now)),
            event AS (\(changed("removed", message)))
            SELECT count(*) FROM removed
            """
    }

    private static func changed(_ rows: SQL, _ message: Removing) -> SQL {
        """
        INSERT INTO outbox (event, topic_id, user_id)
        SELECT \(Event.messageReadersChanged.rawValue)::text, r.topic_id, \(message.principal.id)
        FROM \(rows) r
        """
    }

    // MARK: Put away

    /// For the reader and for those of their groups that the message was sent to. Each statement
    /// returns what it changed; the names are those of groups.
    static func putAway(_ topic: TopicID, by principal: Principal, at now: Timestamp) -> [SQL] {
        [
            """
            INSERT INTO user_archived_messages (user_id, topic_id, archived_at)
            SELECT ta.user_id, ta.topic_id, \(now)::timestamptz FROM topic_allowed_users ta
            WHERE ta.topic_id = \(topic) AND ta.user_id = \(principal.id)
            ON CONFLICT (user_id, topic_id) DO UPDATE SET archived_at = excluded.archived_at
            """,
            """
            WITH done AS (
                INSERT INTO group_archived_messages (group_id, topic_id, archived_at)
                SELECT ta.group_id, ta.topic_id, \(now)::timestamptz FROM topic_allowed_groups ta
                WHERE ta.topic_id = \(topic) AND ta.group_id = ANY(\(principal.groupIDs)::bigint[])
                ON CONFLICT (group_id, topic_id) DO UPDATE SET archived_at = excluded.archived_at
                RETURNING group_id
            )
            SELECT g.name FROM done JOIN groups g ON g.id = done.group_id ORDER BY g.name
            """,
        ]
    }

    static func bringBack(_ topic: TopicID, by principal: Principal) -> [SQL] {
        [
            """
            DELETE FROM user_archived_messages
            WHERE topic_id = \(topic) AND user_id = \(principal.id)
            """,
            """
            WITH done AS (
                DELETE FROM group_archived_messages WHERE topic_id = \(topic)
                    AND group_id = ANY(\(principal.groupIDs)::bigint[]) RETURNING group_id
            )
            SELECT g.name FROM done JOIN groups g ON g.id = done.group_id ORDER BY g.name
            """,
        ]
    }

    // MARK: Lists

    /// Those a page of messages is addressed to: the first few of each, with how many there are.
    static func audiences(_ topics: [TopicID]) -> SQL {
        """
        SELECT found.topic_id, found.total, \(TopicQueries.userCardColumns) FROM (
            SELECT ta.topic_id, ta.user_id, count(*) OVER (PARTITION BY ta.topic_id) AS total,
                row_number() OVER (PARTITION BY ta.topic_id ORDER BY ta.user_id) AS place
            FROM topic_allowed_users ta
            WHERE ta.topic_id = ANY(\(topics.map(\.value))::bigint[])
        ) found JOIN users u ON u.id = found.user_id
        WHERE found.place <= 6 ORDER BY found.topic_id, found.place
        """
    }
}

struct AudienceRow: RowDecodable {
    let topicID: TopicID
    let total: Int
    let user: UserCard

    init(from row: inout RowReader) throws(PostgresError) {
        topicID = try row.next()
        total = try row.next()
        user = try UserCard(from: &row)
    }
}
