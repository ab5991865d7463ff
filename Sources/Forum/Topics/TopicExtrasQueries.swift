import Postgres

enum TopicExtrasQueries {
    /// The statements of the extras, after each other; read by `TopicExtras.read`.
    static func all(_ id: TopicID, for viewer: Viewer) -> [SQL] {
        var statements = [
            extras(id, for: viewer), TopicTimerQueries.shown(of: id),
            SolutionQueries.solution(of: id, for: viewer),
        ]
        if viewer.principal != nil {
            statements.append(BookmarkQueries.inTopic(id, for: viewer))
        }
        return statements
    }

    private static func extras(_ id: TopicID, for viewer: Viewer) -> SQL {
        let user = viewer.principal?.id
        return """
            SELECT CASE WHEN t.slow_mode_until IS NULL OR t.slow_mode_until > now()
                    THEN t.slow_mode_seconds ELSE 0 END, t.slow_mode_until,
                coalesce(tu.cleared_pinned_at > t.pinned_at, FALSE), d.data,
                coalesce(ds.sequence, 0), read.id, du.id, du.username, du.name, du.title,
                du.trust_level, du.admin, du.moderator
            FROM topics t
                LEFT JOIN topic_users tu ON tu.topic_id = t.id AND tu.user_id = \(user)::bigint
                LEFT JOIN drafts d ON d.user_id = \(user)::bigint
                    AND d.draft_key = 'topic_' || t.id
                LEFT JOIN draft_sequences ds ON ds.user_id = \(user)::bigint
                    AND ds.draft_key = 'topic_' || t.id
                LEFT JOIN LATERAL (SELECT p.id FROM posts p WHERE p.topic_id = t.id
                    AND p.post_number <= tu.last_read_post_number AND \(Visibility.post(viewer))
                    ORDER BY p.post_number DESC LIMIT 1) read ON tu.last_read_post_number > 0
                LEFT JOIN users du ON du.id = t.deleted_by_id AND t.deleted_at IS NOT NULL
            WHERE t.id = \(id)
            """
    }
}

extension TopicExtras {
    static func read(_ answers: ArraySlice<Rows>) throws -> TopicExtras {
        var extras = TopicExtras()
        let start = answers.startIndex
        if let row = answers[start].first {
            var reader = row.reader()
            extras.slowModeSeconds = try reader.next()
            extras.slowModeUntil = extras.slowModeSeconds > 0 ? try reader.next() : nil
            if extras.slowModeSeconds == 0 { _ = try reader.next(Timestamp?.self) }
            extras.isUnpinned = try reader.next()
            extras.draft = try reader.next()
            extras.draftSequence = try reader.next()
            extras.lastReadPostID = try reader.next()
            if try row.get(6, as: UserID?.self) != nil {
                extras.deletedBy = try UserCard(from: &reader)
            }
        }
        extras.timer = try answers[start + 1].first(TopicTimer.self)
        extras.solution = try answers[start + 2].first(TopicSolution.self)
        if answers.count > 3 { extras.bookmarks = try answers[start + 3].decode() }
        return extras
    }
}
