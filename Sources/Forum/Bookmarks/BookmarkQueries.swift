package import Postgres

/// Bookmarks. The alias is `bm`.
enum BookmarkQueries {
    /// What `PostBookmark.read(from:)` reads.
    static let columns: SQL =
        "bm.id, bm.name, bm.reminder_at, bm.auto_delete_preference, bm.pinned"

    /// The viewer's bookmark of the post `p`.
    static func joinPost(_ viewer: Viewer) -> SQL {
        guard let principal = viewer.principal else { return "LEFT JOIN bookmarks bm ON FALSE" }
        return "LEFT JOIN bookmarks bm ON bm.post_id = p.id AND bm.user_id = \(principal.id)"
    }

    /// `topic_id` of what can be marked.
    static func place(_ target: BookmarkTarget, for viewer: Viewer) -> SQL {
        switch target {
        case .topic(let id):
            "SELECT t.id FROM topics t WHERE t.id = \(id) AND \(Visibility.topic(viewer))"
        case .post(let id):
            """
            SELECT t.id FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE p.id = \(id) AND \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
            """
        }
    }

    /// How many there are, how many of them of today, and when the oldest of today was made.
    static func counts(of user: UserID, now: Timestamp) -> SQL {
        """
        SELECT count(*), count(*) FILTER (WHERE today), min(created_at) FILTER (WHERE today)
        FROM (SELECT created_at, created_at > \(now)::timestamptz - interval '1 day' AS today
            FROM bookmarks WHERE user_id = \(user)) mine
        """
    }

    /// Returns no row when it is marked already, also by a request at the same moment.
    static func create(
        _ permitted: Permitted<Bookmarking, BookmarkPlace>,
        _ fields: BookmarkFields,
        now: Timestamp
    ) -> SQL {
        var topic: TopicID?
        var post: PostID?
        switch permitted.resource.target {
        case .topic(let id): topic = id
        case .post(let id): post = id
        }
        return """
            INSERT INTO bookmarks (user_id, topic_id, post_id, name, reminder_at,
                auto_delete_preference, created_at, updated_at)
            VALUES (\(permitted.principal.id), \(topic)::bigint, \(post)::bigint,
                \(fields.name)::text, \(fields.reminderAt)::timestamptz,
                coalesce(\(fields.autoDelete?.rawValue)::smallint, (SELECT
                    (u.options ->> 'bookmark_auto_delete_preference')::smallint FROM users u
                    WHERE u.id = \(permitted.principal.id)), 3), \(now), \(now))
            ON CONFLICT DO NOTHING RETURNING id
            """
    }

    /// What `OwnedBookmark.init(from:)` reads.
    static func owned(_ id: BookmarkID, by principal: Principal) -> SQL {
        """
        SELECT bm.id, bm.user_id, bm.reminder_at, coalesce(bm.topic_id, p.topic_id)
        FROM bookmarks bm LEFT JOIN posts p ON p.id = bm.post_id
        WHERE bm.id = \(id) AND bm.user_id = \(principal.id)
        """
    }

    static func bookmark(_ id: BookmarkID, of principal: Principal) -> SQL {
        "SELECT \(columns) FROM bookmarks bm WHERE bm.id = \(id) AND bm.user_id = \(principal.id)"
    }

    static func change(
        _ permitted: Permitted<ChangingBookmark, OwnedBookmark>,
        _ fields: BookmarkFields,
        now: Timestamp
    ) -> SQL {
        """
        UPDATE bookmarks SET name = \(fields.name)::text,
            reminder_at = \(fields.reminderAt)::timestamptz, reminder_last_sent_at =
                CASE WHEN \(fields.reminderAt)::timestamptz IS NOT DISTINCT FROM reminder_at
                    THEN reminder_last_sent_at END,
            auto_delete_preference =
                coalesce(\(fields.autoDelete?.rawValue)::smallint, auto_delete_preference),
            updated_at = \(now)
        WHERE id = \(permitted.resource.id)
        """
    }

    static func togglePin(
        _ permitted: Permitted<ChangingBookmark, OwnedBookmark>,
        now: Timestamp
    ) -> SQL {
        """
        UPDATE bookmarks SET pinned = NOT pinned, updated_at = \(now)
        WHERE id = \(permitted.resource.id)
        """
    }

    /// Answers whether anything in the topic is still marked.
    static func delete(_ permitted: Permitted<ChangingBookmark, OwnedBookmark>) -> SQL {
        """
        WITH gone AS (
            DELETE FROM bookmarks WHERE id = \(permitted.resource.id) RETURNING id
        )
        SELECT EXISTS (SELECT 1 FROM bookmarks bm LEFT JOIN posts p ON p.id = bm.post_id
            WHERE bm.user_id = \(permitted.principal.id) AND bm.id <> \(permitted.resource.id)
                AND coalesce(bm.topic_id, p.topic_id) = \(permitted.resource.topicID))
        """
    }

    static func deleteAll(_ permitted: Permitted<Bookmarking, BookmarkPlace>) -> SQL {
        let topic = permitted.resource.topicID
        return """
            DELETE FROM bookmarks bm WHERE bm.user_id = \(permitted.principal.id)
                AND (bm.topic_id = \(topic) OR bm.post_id IN
                    (SELECT p.id FROM posts p WHERE p.topic_id = \(topic)))
            """
    }

    /// The viewer's bookmarks within one topic; what `TopicBookmark.init(from:)` reads.
    static func inTopic(_ topic: TopicID, for viewer: Viewer) -> SQL {
        """
        SELECT \(columns), p.id, coalesce(p.post_number, 1)
        FROM bookmarks bm LEFT JOIN posts p ON p.id = bm.post_id AND p.topic_id = \(topic)
        WHERE bm.user_id = \(viewer.principal?.id)::bigint
            AND (bm.topic_id = \(topic) OR p.id IS NOT NULL)
        ORDER BY bm.id
        """
    }

    /// A page of somebody's bookmarks: pinned ones first, then those with a reminder that is due
    /// soonest, as Discourse orders them; what can no longer be seen is left out.
    static func list(
        for principal: Principal,
        search: String?,
        offset: Int,
        limit: Int
    ) -> SQL {
        let viewer = Viewer.member(principal)
        let pattern = search.map { "%\($0)%" }
        return """
            SELECT \(columns), bm.created_at, bm.updated_at, bm.post_id IS NULL, p.id,
                p.post_number, p.cooked, p.hidden, coalesce(tu.last_read_post_number, 0),
                \(TopicQueries.userCardColumns), \(TopicQueries.columns)
            FROM bookmarks bm
                JOIN posts p ON p.id = coalesce(bm.post_id, (SELECT first.id FROM posts first
                    WHERE first.topic_id = bm.topic_id AND first.post_number = 1))
                JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
                \(TopicQueries.viewerState(viewer))
            WHERE bm.user_id = \(principal.id) AND \(Visibility.topic(viewer))
                AND \(Visibility.post(viewer)) AND (\(pattern)::text IS NULL
                    OR bm.name ILIKE \(pattern)::text OR t.title ILIKE \(pattern)::text
                    OR p.raw ILIKE \(pattern)::text)
            ORDER BY bm.pinned DESC, (bm.reminder_at IS NULL), bm.reminder_at, bm.updated_at DESC,
                bm.id DESC
            OFFSET \(offset) LIMIT \(limit)
            """
    }

    /// `id, user_id` of reminders that are due and were not sent.
    static func due(now: Timestamp) -> SQL {
        """
        SELECT id, user_id FROM bookmarks
        WHERE reminder_at <= \(now) AND (reminder_last_sent_at IS NULL
            OR reminder_last_sent_at < reminder_at)
        ORDER BY reminder_at LIMIT \(TopicQueries.literal(Limits.remindersAtOnce))
        """
    }

    /// Tells the owner, if they may still see it, and does with the bookmark what they chose: one
    /// statement, so that two nodes cannot both send it.
    static func remind(_ id: BookmarkID, _ owner: Principal, now: Timestamp) -> SQL {
        let viewer = Viewer.member(owner)
        return """
            WITH due AS (
                UPDATE bookmarks SET reminder_last_sent_at = \(now),
                    reminder_at = CASE WHEN auto_delete_preference = 3 THEN NULL
                        ELSE reminder_at END
                WHERE id = \(id) AND reminder_at <= \(now) AND auto_delete_preference <> 1
                    AND (reminder_last_sent_at IS NULL OR reminder_last_sent_at < reminder_at)
                RETURNING id, user_id, topic_id, post_id, name
            ), gone AS (
                DELETE FROM bookmarks WHERE id = \(id) AND reminder_at <= \(now)
                    AND auto_delete_preference = 1
                RETURNING id, user_id, topic_id, post_id, name
            ), reminded AS (SELECT * FROM due UNION ALL SELECT * FROM gone)
            INSERT INTO notifications AS n (user_id, notification_type, topic_id, post_id,
                post_number, high_priority, data, created_at)
            SELECT r.user_id, 24, t.id, r.post_id, p.post_number, TRUE, jsonb_build_object(
                'title', t.title, 'topic_title', t.title, 'bookmark_name', r.name,
                'bookmark_id', r.id, 'display_username', u.username,
                'bookmarkable_url', '/t/' || t.slug || '/' || t.id || '/' || p.post_number,
                'bookmarkable_type', CASE WHEN r.post_id IS NULL THEN 'Topic' ELSE 'Post' END,
                'bookmarkable_id', coalesce(r.post_id, r.topic_id)), \(now)
            FROM reminded r JOIN posts p ON p.id = coalesce(r.post_id, (SELECT first.id
                    FROM posts first WHERE first.topic_id = r.topic_id AND first.post_number = 1))
                JOIN topics t ON t.id = p.topic_id JOIN users u ON u.id = p.user_id
            WHERE \(Visibility.topic(viewer)) AND \(Visibility.post(viewer))
            ON CONFLICT (user_id, notification_type, post_id) DO UPDATE
                SET read = FALSE, data = EXCLUDED.data, created_at = EXCLUDED.created_at
            """
    }

    /// Somebody who no longer may log in is reminded of nothing.
    static func forgetReminder(_ id: BookmarkID) -> SQL {
        "UPDATE bookmarks SET reminder_at = NULL WHERE id = \(id)"
    }
}

extension PostBookmark {
    static func read(from row: inout RowReader) throws(PostgresError) -> PostBookmark? {
        let id: BookmarkID? = try row.next()
        let name: String? = try row.next()
        let reminderAt: Timestamp? = try row.next()
        let autoDelete: Int? = try row.next()
        let isPinned: Bool? = try row.next()
        guard let id else { return nil }
        return PostBookmark(
            id: id,
            name: name,
            reminderAt: reminderAt,
            autoDelete: autoDelete.flatMap { BookmarkAutoDelete(rawValue: $0) } ?? .clearReminder,
            isPinned: isPinned ?? false
        )
    }

    fileprivate static func required(
        from row: inout RowReader
    ) throws(PostgresError) -> PostBookmark {
        guard let bookmark = try read(from: &row) else {
            throw PostgresError(.decoding, "no bookmark")
        }
        return bookmark
    }
}

struct OwnBookmark: RowDecodable {
    let bookmark: PostBookmark

    init(from row: inout RowReader) throws(PostgresError) {
        bookmark = try PostBookmark.required(from: &row)
    }
}

extension OwnedBookmark: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        ownerID = try row.next()
        reminderAt = try row.next()
        topicID = try row.next()
    }
}

extension TopicBookmark: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        bookmark = try PostBookmark.required(from: &row)
        postID = try row.next()
        postNumber = try row.next()
    }
}

extension ListedBookmark: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        bookmark = try PostBookmark.required(from: &row)
        createdAt = try row.next()
        updatedAt = try row.next()
        isOfTopic = try row.next()
        postID = try row.next()
        postNumber = try row.next()
        cooked = try row.next()
        isHidden = try row.next()
        lastReadPostNumber = try row.next()
        author = try UserCard(from: &row)
        topic = try Topic(from: &row)
        tags = []
    }
}
