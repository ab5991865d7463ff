import Postgres

/// The journal of changes, read by the same predicates as everything else.
enum ChangeQueries {
    /// Which cluster this is, the first entry that is kept, and the line below which nothing can appear
    /// any more.
    static let state: SQL = """
        SELECT s.system_identifier, (SELECT system_identifier FROM pg_control_system()),
            s.floor_xid::text, s.floor_seq, pg_snapshot_xmin(pg_current_snapshot())::text
        FROM change_journal_state s
        """

    /// The next entries, with how their things stand now for the viewer.
    ///
    /// `told` holds for what cannot be seen now but could by the viewer just before the change: the
    /// audience stands in the entry, and of its groups only those count that the viewer was in then.
    static func following(
        _ cursor: ChangeCursor,
        limit: Int,
        includingRaw: Bool,
        for viewer: Viewer
    ) -> SQL {
        """
        WITH scan AS MATERIALIZED (
            SELECT * FROM change_journal
            WHERE (xid, seq) > (\(cursor.xid)::text::xid8, \(cursor.seq)::bigint)
                AND xid < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY xid, seq LIMIT \(limit)::bigint
        )
        SELECT j.xid::text, j.seq, j.kind, j.action, j.target_id, j.created_at, found.id IS NOT NULL,
            \(told(viewer)), \(subjectColumns)
        FROM scan j LEFT JOIN LATERAL (
            \(post(viewer, includingRaw)) AND j.kind = 5 AND p.id = j.target_id
            UNION ALL \(topic(viewer)) AND j.kind = 4 AND t.id = j.target_id
            UNION ALL \(user) AND j.kind = 3 AND u.id = j.target_id
            UNION ALL \(tag(viewer)) AND j.kind = 2 AND g.id = j.target_id
            UNION ALL \(category(viewer)) AND j.kind = 1 AND c.id = j.target_id
        ) found \(foundColumns) ON TRUE
        ORDER BY j.xid, j.seq
        """
    }

    /// The things of one kind after the number the walk has come to; `limit` numbers are looked at,
    /// whether or not the viewer sees what is there.
    static func walking(
        _ kind: Change.Kind,
        after last: Int64,
        limit: Int,
        includingRaw: Bool,
        for viewer: Viewer
    ) -> SQL {
        """
        SELECT '0', 0::bigint, \(kind.rawValue)::smallint, 0::smallint, w.id, NULL::timestamptz,
            found.id IS NOT NULL, FALSE, \(subjectColumns)
        FROM (SELECT id FROM \(table(of: kind)) WHERE id > \(last)::bigint
            ORDER BY id LIMIT \(limit)::bigint) w
            LEFT JOIN LATERAL (\(things(of: kind, includingRaw, viewer)))
                found \(foundColumns) ON TRUE
        ORDER BY w.id
        """
    }

    private static func table(of kind: Change.Kind) -> SQL {
        switch kind {
        case .category: "categories"
        case .tag: "tags"
        case .user: "users"
        case .topic: "topics"
        case .post: "posts"
        }
    }

    private static func things(
        of kind: Change.Kind,
        _ includingRaw: Bool,
        _ viewer: Viewer
    ) -> SQL {
        switch kind {
        case .category: category(viewer) + " AND c.id = w.id"
        case .tag: tag(viewer) + " AND g.id = w.id"
        case .user: user + " AND u.id = w.id"
        case .topic: topic(viewer) + " AND t.id = w.id"
        case .post: post(viewer, includingRaw) + " AND p.id = w.id"
        }
    }

    private static func told(_ viewer: Viewer) -> SQL {
        let staff: SQL = viewer.isStaff ? "TRUE" : "NOT j.staff_only"
        guard let principal = viewer.principal else {
            return "(\(staff) AND coalesce(j.audience_groups @> '{0}', FALSE))"
        }
        return """
            (coalesce(j.audience_users @> ARRAY[\(principal.id)::bigint], FALSE)
                OR (\(staff) AND (coalesce(j.audience_groups @> '{0}', FALSE)
                    OR EXISTS (SELECT 1 FROM group_users m WHERE m.user_id = \(principal.id)
                        AND m.group_id = ANY(j.audience_groups) AND m.created_at <= j.created_at))))
            """
    }

    private static let foundColumns: SQL = """
        (id, name, slug, topic_id, post_number, category_id, user_id, username, version, created_at,
            updated_at, raw, is_message)
        """

    private static let subjectColumns: SQL = """
        found.name, found.slug, found.topic_id, found.post_number, found.category_id, found.user_id,
            found.username, found.version, found.created_at, found.updated_at, found.raw,
            coalesce(found.is_message, FALSE)
        """

    private static func post(_ viewer: Viewer, _ includingRaw: Bool) -> SQL {
        let raw: SQL = includingRaw ? "p.raw" : "NULL::text"
        return """
            SELECT p.id, NULL::text, t.slug, p.topic_id, p.post_number, t.category_id, p.user_id,
                u.username, p.version, p.created_at, p.updated_at, \(raw),
                t.archetype = 'private_message'
            FROM posts p JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
            WHERE \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
            """
    }

    private static func topic(_ viewer: Viewer) -> SQL {
        """
        SELECT t.id, t.title, t.slug, NULL::bigint, NULL::integer, t.category_id, t.user_id,
            u.username, NULL::integer, t.created_at, t.updated_at, NULL::text,
            t.archetype = 'private_message'
        FROM topics t JOIN users u ON u.id = t.user_id WHERE \(Visibility.topic(viewer))
        """
    }

    private static func category(_ viewer: Viewer) -> SQL {
        """
        SELECT c.id, c.name, c.slug, NULL::bigint, NULL::integer, c.parent_category_id, NULL::bigint,
            NULL::text, NULL::integer, c.created_at, NULL::timestamptz, NULL::text, FALSE
        FROM categories c WHERE \(Visibility.category(viewer))
        """
    }

    /// A tag is there for those who see a topic that bears it; staff keeps them all.
    private static func tag(_ viewer: Viewer) -> SQL {
        let isSeen: SQL =
            viewer.isStaff
            ? "TRUE"
            : """
            EXISTS (SELECT 1 FROM topic_tags tt JOIN topics t ON t.id = tt.topic_id
                WHERE tt.tag_id = g.id AND t.archetype = 'regular' AND \(Visibility.topic(viewer)))
            """
        return """
            SELECT g.id, g.name, g.slug, NULL::bigint, NULL::integer, NULL::bigint, NULL::bigint, NULL::text,
                NULL::integer, NULL::timestamptz, NULL::timestamptz, NULL::text, FALSE
            FROM tags g WHERE \(isSeen) AND \(Visibility.tag(viewer))
            """
    }

    private static let user: SQL = """
        SELECT u.id, u.name, NULL::text, NULL::bigint, NULL::integer, NULL::bigint, NULL::bigint, u.username,
            NULL::integer, u.created_at, NULL::timestamptz, NULL::text, FALSE
        FROM users u WHERE u.active AND u.approved AND NOT u.staged
        """

    /// Removes the oldest entries that are older than `days`, at most so many, and notes how far.
    static func trim(days: Int, limit: Int) -> SQL {
        """
        WITH cut AS MATERIALIZED (
            SELECT xid, seq FROM (SELECT xid, seq, created_at FROM change_journal
                WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY xid, seq LIMIT \(limit)::bigint) oldest
            WHERE created_at < now() - make_interval(days => \(days)::int)
            ORDER BY xid DESC, seq DESC LIMIT 1
        ), removed AS (
            DELETE FROM change_journal j USING cut
            WHERE (j.xid, j.seq) <= (cut.xid, cut.seq) RETURNING 1
        ), noted AS (
            UPDATE change_journal_state s SET floor_xid = cut.xid, floor_seq = cut.seq FROM cut
            WHERE (s.floor_xid, s.floor_seq) < (cut.xid, cut.seq)
        )
        SELECT count(*) FROM removed
        """
    }

    /// Begins the journal anew in a cluster that it was copied into: its transactions are others.
    static let adoptCluster: SQL = """
        WITH moved AS (
            UPDATE change_journal_state s SET system_identifier = c.system_identifier,
                floor_xid = pg_current_xact_id(), floor_seq = 0
            FROM pg_control_system() c WHERE s.system_identifier <> c.system_identifier RETURNING 1
        )
        DELETE FROM change_journal WHERE EXISTS (SELECT 1 FROM moved)
        """
}

/// What `ChangeQueries.state` answers.
struct ChangeState: RowDecodable {
    let journalCluster: Int64
    let cluster: Int64
    let floorXid: Int64
    let floorSeq: Int64
    /// The oldest transaction that still runs.
    let line: Int64

    init(from row: inout RowReader) throws(PostgresError) {
        journalCluster = try row.next()
        cluster = try row.next()
        floorXid = try row.next()
        floorSeq = try row.next()
        line = try row.next()
    }
}

/// An entry that was looked at, whether or not the viewer is told of it.
struct ChangeRow: RowDecodable {
    let xid: Int64
    let seq: Int64
    let kind: Change.Kind
    let action: Int
    let id: Int64
    let at: Timestamp?
    let isShown: Bool
    let isToldGone: Bool
    let subject: Change.Subject

    init(from row: inout RowReader) throws(PostgresError) {
        xid = try row.next()
        seq = try row.next()
        let number: Int = try row.next()
        guard let kind = Change.Kind(rawValue: number) else {
            throw PostgresError(.decoding, "a change of unknown kind \(number)")
        }
        self.kind = kind
        action = try row.next()
        id = try row.next()
        at = try row.next()
        isShown = try row.next()
        isToldGone = try row.next()
        subject = Change.Subject(
            name: try row.next(),
            slug: try row.next(),
            topicID: try row.next(),
            postNumber: try row.next(),
            categoryID: try row.next(),
            userID: try row.next(),
            username: try row.next(),
            version: try row.next(),
            createdAt: try row.next(),
            updatedAt: try row.next(),
            raw: try row.next(),
            isMessage: try row.next()
        )
    }
}
