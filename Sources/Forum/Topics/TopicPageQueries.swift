package import Postgres

/// The statements of one topic page. They go to the server together; if the first finds no topic
/// that the viewer may see, the answers of the others are never read.
enum TopicPageQueries {
    static func topic(_ id: TopicID, for viewer: Viewer) -> SQL {
        """
        SELECT \(TopicQueries.columns), \(TopicQueries.accessColumns(viewer)),
            u.id, u.username, u.name, u.title, u.trust_level, u.admin, u.moderator,
            lp.id, lp.username, lp.name, lp.title, lp.trust_level, lp.admin, lp.moderator,
            \(TopicQueries.viewerStateColumns)
        FROM topics t JOIN users u ON u.id = t.user_id JOIN users lp ON lp.id = t.last_post_user_id
            \(TopicQueries.viewerState(viewer))
        WHERE t.id = \(id) AND \(Visibility.topicOrDeletedForStaff(viewer))
        """
    }

    /// The posts of a window, found through the index by number, however deep it lies.
    static func posts(
        _ id: TopicID,
        _ window: TopicWindow,
        includingRaw: Bool,
        filter: PostFilter = PostFilter(),
        for viewer: Viewer
    ) -> SQL {
        let chunk = TopicQueries.literal(Limits.postsPerChunk)
        let wanted = PostFilterQueries.condition(filter, in: id)
        switch window {
        case .start:
            return numbered(id, wanted, limit: chunk, includingRaw, viewer)
        case .print:
            let limit = TopicQueries.literal(Limits.printPostsMax)
            return numbered(id, wanted, limit: limit, includingRaw, viewer)
        case .page(let page):
            let first = firstNumber(of: page, in: id, filter, for: viewer)
            return numbered(
                id,
                "\(wanted) AND p.post_number >= \(first)",
                limit: chunk,
                includingRaw,
                viewer
            )
        case .near(let number):
            return around(number, in: id, wanted, includingRaw: includingRaw, for: viewer)
        }
    }

    private static func numbered(
        _ id: TopicID,
        _ condition: SQL,
        limit: SQL,
        _ includingRaw: Bool,
        _ viewer: Viewer
    ) -> SQL {
        """
        SELECT \(PostQueries.columns(includingRaw: includingRaw))
        FROM posts p \(PostQueries.joins(viewer))
        WHERE p.topic_id = \(id) AND \(Visibility.post(viewer)) AND \(condition)
        ORDER BY p.post_number LIMIT \(limit)
        """
    }

    /// Numbers are positions as long as nothing was deleted; only then the positions are counted.
    private static func firstNumber(
        of page: Int,
        in id: TopicID,
        _ filter: PostFilter,
        for viewer: Viewer
    ) -> SQL {
        let skipped = (min(max(page, 1), 1_000_000) - 1) * Limits.postsPerChunk
        return """
            (SELECT CASE WHEN t.posts_count = t.highest_post_number AND \(filter.isAll)
                THEN \(skipped)::int + 1
                ELSE coalesce((SELECT p.post_number FROM posts p WHERE p.topic_id = \(id)
                    AND \(Visibility.post(viewer))
                    AND \(PostFilterQueries.condition(filter, in: id)) ORDER BY p.post_number
                    OFFSET \(skipped)::int LIMIT 1), 2147483647) END
            FROM topics t WHERE t.id = \(id))
            """
    }

    /// A quarter of the window before the number and the rest from it on; where one side has too few,
    /// the other gives more.
    private static func around(
        _ number: Int,
        in id: TopicID,
        _ wanted: SQL,
        includingRaw: Bool,
        for viewer: Viewer
    ) -> SQL {
        let number = Int(clamping: Int32(clamping: number))
        let chunk = TopicQueries.literal(Limits.postsPerChunk)
        let before = TopicQueries.literal(Limits.postsPerChunk / 4)
        let after = TopicQueries.literal(Limits.postsPerChunk - Limits.postsPerChunk / 4)
        return """
            SELECT \(PostQueries.columns(includingRaw: includingRaw))
            FROM (
                SELECT near.id FROM (
                    SELECT side.id, side.distance, CASE WHEN side.distance <= \(before) THEN 0
                        ELSE 1 END AS turn
                    FROM (SELECT p.id, row_number() OVER (ORDER BY p.post_number DESC) AS distance
                        FROM posts p WHERE p.topic_id = \(id) AND \(Visibility.post(viewer))
                            AND p.post_number < \(number) AND \(wanted)
                        ORDER BY p.post_number DESC LIMIT \(chunk)) side
                    UNION ALL
                    SELECT side.id, side.distance, CASE WHEN side.distance <= \(after) THEN 0
                        ELSE 1 END
                    FROM (SELECT p.id, row_number() OVER (ORDER BY p.post_number) AS distance
                        FROM posts p WHERE p.topic_id = \(id) AND \(Visibility.post(viewer))
                            AND p.post_number >= \(number) AND \(wanted)
                        ORDER BY p.post_number LIMIT \(chunk)) side
                ) near ORDER BY near.turn, near.distance LIMIT \(chunk)
            ) chosen JOIN posts p ON p.id = chosen.id \(PostQueries.joins(viewer))
            ORDER BY p.post_number
            """
    }

    /// The ids of all visible posts as one array: by an index alone, but for the viewer's own hidden
    /// posts.
    static func stream(
        _ id: TopicID,
        filter: PostFilter = PostFilter(),
        for viewer: Viewer
    ) -> SQL {
        guard filter.isAll else {
            return """
                SELECT coalesce(array_agg(s.id), '{}') FROM (
                    SELECT p.id FROM posts p WHERE p.topic_id = \(id) AND \(Visibility.post(viewer))
                        AND \(PostFilterQueries.condition(filter, in: id))
                    ORDER BY p.post_number) s
                """
        }
        guard let principal = viewer.principal else {
            return """
                SELECT coalesce(array_agg(s.id), '{}') FROM (\(openStream(id))
                    ORDER BY p.post_number) s
                """
        }
        if principal.isStaff {
            return """
                SELECT coalesce(array_agg(s.id), '{}') FROM (
                    SELECT p.id FROM posts p WHERE p.topic_id = \(id) AND \(Visibility.post(viewer))
                    ORDER BY p.post_number) s
                """
        }
        return """
            SELECT coalesce(array_agg(s.id ORDER BY s.post_number), '{}') FROM (
                \(openStream(id))
                UNION ALL
                SELECT p.id, p.post_number FROM posts p WHERE p.topic_id = \(id) AND p.hidden
                    AND \(Visibility.post(viewer))) s
            """
    }

    private static func openStream(_ id: TopicID) -> SQL {
        """
        SELECT p.id, p.post_number FROM posts p WHERE p.topic_id = \(id)
            AND p.deleted_at IS NULL AND p.post_type <> 4 AND NOT p.hidden
        """
    }

    /// Who wrote how much among the topic's first posts, the most first.
    static func participants(_ id: TopicID, for viewer: Viewer) -> SQL {
        """
        SELECT \(TopicQueries.userCardColumns), found.posts FROM (
            SELECT early.user_id, count(*) AS posts, min(early.post_number) AS first
            FROM (SELECT p.user_id, p.post_number FROM posts p
                WHERE p.topic_id = \(id) AND \(Visibility.post(viewer))
                ORDER BY p.post_number LIMIT \(TopicQueries.literal(Limits.participantsOverPosts))
            ) early GROUP BY early.user_id
            ORDER BY count(*) DESC, min(early.post_number)
            LIMIT \(TopicQueries.literal(Limits.participantsMax))
        ) found JOIN users u ON u.id = found.user_id ORDER BY found.posts DESC, found.first
        """
    }

    static func allowedUsers(_ id: TopicID) -> SQL {
        """
        SELECT \(TopicQueries.userCardColumns) FROM topic_allowed_users ta
            JOIN users u ON u.id = ta.user_id
        WHERE ta.topic_id = \(id) ORDER BY u.username_lower LIMIT 100
        """
    }

    static func allowedGroups(_ id: TopicID) -> SQL {
        """
        SELECT g.id, g.name FROM topic_allowed_groups ta JOIN groups g ON g.id = ta.group_id
        WHERE ta.topic_id = \(id) ORDER BY g.name_lower LIMIT 100
        """
    }
}

/// The first statement's row.
struct TopicPageRow: RowDecodable {
    let topic: Topic
    let access: TopicAccess
    let author: UserCard
    let lastPoster: UserCard
    let viewerState: TopicViewerState?

    init(from row: inout RowReader) throws(PostgresError) {
        topic = try Topic(from: &row)
        access = try TopicAccess(from: &row)
        author = try UserCard(from: &row)
        lastPoster = try UserCard(from: &row)
        viewerState = try TopicViewerState.read(from: &row)
    }
}

extension TopicParticipant: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        user = try UserCard(from: &row)
        postCount = try row.next()
    }
}

extension AllowedGroup: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
    }
}
