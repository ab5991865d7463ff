import Postgres

/// What is to change of a topic; `nil` stays as it is.
struct TopicEdit: Sendable {
    var title: String?
    var fancyTitle: String?
    var slug: String?
    var categoryID: CategoryID?
    var tagIDs: [TagID]?
    /// The tags that `tagIDs` stand in the place of; others stay.
    var replacedTagIDs: [TagID] = []
    /// The title and tags in one JSON object: field → [before, after].
    var modifications: String
    var now: Timestamp
}

enum EditTopicQueries {
    /// The statements of one edit, in the order of locks: the topic, the first post's, the
    /// categories.
    static func edit(
        _ permitted: Permitted<EditingTopic, TopicAccess>,
        _ edit: TopicEdit
    ) -> [SQL] {
        let topic = permitted.resource
        let editor = permitted.principal
        var statements: [SQL] = [
            """
            UPDATE topics SET title = coalesce(\(edit.title)::text, title),
                fancy_title = coalesce(\(edit.fancyTitle)::text, fancy_title),
                slug = coalesce(\(edit.slug)::text, slug),
                category_id = coalesce(\(edit.categoryID)::bigint, category_id),
                updated_at = \(edit.now)
            WHERE id = \(topic.id) AND deleted_at IS NULL
            """,
            """
            WITH edited AS (
                UPDATE posts SET version = version + 1, last_editor_id = \(editor.id)
                WHERE topic_id = \(topic.id) AND post_number = 1 RETURNING id, topic_id, version
            ),
            revised AS (
                INSERT INTO post_revisions (post_id, number, user_id, modifications, created_at)
                SELECT id, version, \(editor.id), \(edit.modifications)::jsonb, \(edit.now)
                FROM edited
            )
            INSERT INTO outbox (event, topic_id, post_id, user_id)
            SELECT \(Event.topicEdited.rawValue), topic_id, id, \(editor.id) FROM edited
            """,
        ]
        if let title = edit.title { statements.append(index(title, of: topic.id)) }
        if let tagIDs = edit.tagIDs {
            statements += replaceTags(edit.replacedTagIDs, of: topic.id, by: tagIDs)
        }
        if let new = edit.categoryID, let old = topic.categoryID, new != old {
            statements.append(moveCounts(of: topic.id, from: old, to: new))
        }
        return statements
    }

    /// Puts the words of a title in the place of those of the one before.
    static func index(_ title: String, of topic: TopicID) -> SQL {
        """
        UPDATE post_search_data d SET search_data =
            setweight(to_tsvector('english', \(title)), 'A') || ts_filter(d.search_data, '{b,c,d}')
        FROM posts p WHERE p.id = d.post_id AND p.topic_id = \(topic) AND p.post_number = 1
        """
    }

    static func replaceTags(
        _ old: [TagID] = [],
        of topic: TopicID,
        by tags: [TagID]
    ) -> [SQL] {
        let ids = tags.map(\.value)
        return [
            """
            DELETE FROM topic_tags WHERE topic_id = \(topic)
                AND tag_id = ANY(\(old.map(\.value))::bigint[]) AND tag_id <> ALL(\(ids)::bigint[])
            """,
            """
            INSERT INTO topic_tags (topic_id, tag_id)
            SELECT \(topic), wanted FROM unnest(\(ids)::bigint[]) wanted ON CONFLICT DO NOTHING
            """,
        ]
    }

    private static func moveCounts(
        of topic: TopicID,
        from old: CategoryID,
        to new: CategoryID
    ) -> SQL {
        """
        UPDATE categories c SET
            topic_count = c.topic_count + CASE WHEN c.id = \(new) THEN 1 ELSE -1 END,
            post_count = c.post_count + CASE WHEN c.id = \(new) THEN 1 ELSE -1 END * t.posts_count
        FROM topics t WHERE t.id = \(topic) AND c.id IN (\(old), \(new))
        """
    }

    /// The row of a topic, locked.
    static func lock(_ topic: TopicID) -> SQL {
        "SELECT category_id, posts_count FROM topics WHERE id = \(topic) FOR UPDATE"
    }

    /// Changes the topic and says so in it, as a small action of whoever did it; what is so already
    /// is not done again.
    static func setStatus(
        _ permitted: Permitted<ChangingTopicStatus, TopicAccess>,
        _ status: TopicStatus,
        _ isEnabled: Bool,
        until: Timestamp?,
        how: StatusChange,
        now: Timestamp
    ) -> SQL {
        let topic = permitted.resource
        let actor = permitted.principal.id
        let step = how == .silent ? 0 : 1
        let code = how.code(status, isEnabled)
        return """
            WITH changed AS (
                UPDATE topics SET \(assignment(status, isEnabled, until: until, now: now)),
                    updated_at = \(now), \(SmallActionQueries.counted(by: actor, step: step))
                WHERE id = \(topic.id) AND deleted_at IS NULL
                    AND \(differs(status, isEnabled, until: until))
                RETURNING id, category_id, archetype, \(SmallActionQueries.number) AS number
            ),
            \(SmallActionQueries.write(code, by: actor, at: now, step: step)),
            event AS (
                INSERT INTO outbox (event, topic_id, post_id, user_id)
                SELECT \(Event.topicEdited.rawValue), changed.id,
                    (SELECT id FROM posts WHERE topic_id = changed.id AND post_number = 1),
                    \(actor)::bigint FROM changed
            )
            SELECT id FROM changed
            """
    }

    private static func differs(
        _ status: TopicStatus,
        _ isEnabled: Bool,
        until: Timestamp?
    ) -> SQL {
        switch status {
        case .closed: "closed <> \(isEnabled)"
        case .archived: "archived <> \(isEnabled)"
        case .visible: "visible <> \(isEnabled)"
        case .pinned, .pinnedGlobally:
            """
            ((pinned_at IS NOT NULL) <> \(isEnabled) OR (\(isEnabled)
                AND (pinned_until IS DISTINCT FROM \(until)::timestamptz
                    OR pinned_globally <> \(status == .pinnedGlobally))))
            """
        }
    }

    private static func assignment(
        _ status: TopicStatus,
        _ isEnabled: Bool,
        until: Timestamp?,
        now: Timestamp
    ) -> SQL {
        switch status {
        case .closed: return "closed = \(isEnabled)"
        case .archived: return "archived = \(isEnabled)"
        case .visible: return "visible = \(isEnabled)"
        case .pinned, .pinnedGlobally:
            guard isEnabled else {
                return "pinned_at = NULL, pinned_until = NULL, pinned_globally = FALSE"
            }
            return """
                pinned_at = \(now), pinned_until = \(until)::timestamptz,
                pinned_globally = \(status == .pinnedGlobally)
                """
        }
    }
}
