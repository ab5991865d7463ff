import Postgres

/// A text that is checked and cooked and only wants writing.
struct PreparedEdit: Sendable {
    var oldRaw: String
    var raw: String
    var cooked: String
    var wordCount: Int
    /// How many words the text before had.
    var oldWordCount: Int
    var searchText: String
    var editReason: String?
    /// Whether readers will find the text before this edit.
    var makesRevision: Bool
    var now: Timestamp
    /// `nil` when neither the text before nor this one has any.
    var polls: [PreparedPoll]?
}

/// What an edit needs to know beyond the post.
struct EditHistory: RowDecodable {
    let lastEditorID: UserID?
    let lastEditAt: Timestamp?

    init(from row: inout RowReader) throws(PostgresError) {
        lastEditorID = try row.next()
        lastEditAt = try row.next()
    }
}

enum EditPostQueries {
    static func history(of id: PostID) -> SQL {
        """
        SELECT p.last_editor_id, (SELECT max(r.created_at) FROM post_revisions r
            WHERE r.post_id = p.id) FROM posts p WHERE p.id = \(id)
        """
    }

    /// Writes the edit if the text is still the one it was made from; returns the new version, or no
    /// row. An edit without a revision of its own goes into the last one, so that revisions always
    /// lead from text to text.
    static func edit(
        _ permitted: Permitted<EditingPost, PostAccess>,
        _ edit: PreparedEdit
    ) -> SQL {
        let post = permitted.resource
        let editor = permitted.principal
        let step = edit.makesRevision ? 1 : 0
        return """
            WITH edited AS (
                UPDATE posts SET raw = \(edit.raw), cooked = \(edit.cooked),
                    word_count = \(edit.wordCount)::int, version = version + \(step)::int,
                    edit_reason = CASE WHEN \(edit.makesRevision) THEN \(edit.editReason)::text
                        ELSE edit_reason END,
                    last_editor_id = \(editor.id), updated_at = \(edit.now)
                WHERE id = \(post.id) AND deleted_at IS NULL AND raw = \(edit.oldRaw)
                RETURNING id, topic_id, post_number, version
            ),
            revised AS (
                INSERT INTO post_revisions (post_id, number, user_id, modifications, created_at)
                SELECT id, version, \(editor.id), jsonb_build_object('raw',
                    jsonb_build_array(\(edit.oldRaw)::text, \(edit.raw)::text)), \(edit.now)
                FROM edited WHERE \(edit.makesRevision)
            ),
            amended AS (
                UPDATE post_revisions r SET modifications =
                    jsonb_set(r.modifications, '{raw,1}', to_jsonb(\(edit.raw)::text))
                FROM edited WHERE NOT \(edit.makesRevision) AND r.post_id = edited.id
                    AND r.number = edited.version AND r.modifications ? 'raw'
            ),
            indexed AS (
                UPDATE post_search_data d SET search_data = CASE WHEN edited.post_number = 1
                    THEN setweight(to_tsvector('english',
                        (SELECT t.title FROM topics t WHERE t.id = edited.topic_id)), 'A')
                    ELSE '' END || to_tsvector('english', \(edit.searchText))
                FROM edited WHERE d.post_id = edited.id
            ),
            counted AS (
                UPDATE topics SET word_count = word_count + \(edit.wordCount - edit.oldWordCount)::int
                FROM edited WHERE topics.id = edited.topic_id
            ),
            event AS (
                INSERT INTO outbox (event, topic_id, post_id, user_id)
                SELECT \(Event.postEdited.rawValue), topic_id, id, \(editor.id) FROM edited
            ),
            \(DraftQueries.posted(
                by: editor.id,
                keys: "'topic_' || edited.topic_id",
                of: "edited"
            ))
            SELECT version FROM edited
            """
    }

    static func setWiki(_ permitted: Permitted<MakingWiki, PostAccess>, _ isWiki: Bool) -> SQL {
        """
        WITH edited AS (
            UPDATE posts SET wiki = \(isWiki) WHERE id = \(permitted.resource.id)
            RETURNING id, topic_id
        )
        INSERT INTO outbox (event, topic_id, post_id, user_id)
        SELECT \(Event.postEdited.rawValue), topic_id, id, \(permitted.principal.id) FROM edited
        """
    }

    static func setExcerpt(of topic: TopicID, _ excerpt: String) -> SQL {
        "UPDATE topics SET excerpt = \(excerpt) WHERE id = \(topic)"
    }
}
