package import Postgres

enum DraftQueries {
    static let columns: SQL = "d.draft_key, d.data, d.sequence, d.created_at"

    /// Common table expressions of a statement that posts or edits (`source`): the drafts it was written in are
    /// gone, and older copies of them can no longer be saved.
    static func posted(by author: UserID, keys: SQL, of source: SQL = "made") -> SQL {
        """
        drafted AS (
            INSERT INTO draft_sequences AS ds (user_id, draft_key, sequence)
            SELECT \(author), \(keys), 1 FROM \(source)
            ON CONFLICT (user_id, draft_key) DO UPDATE SET sequence = ds.sequence + 1
            RETURNING draft_key, sequence
        ),
        undrafted AS (
            DELETE FROM drafts d USING drafted
            WHERE d.user_id = \(author) AND d.draft_key = drafted.draft_key
        )
        """
    }

    static func sequence(_ key: String, of user: UserID) -> SQL {
        """
        SELECT coalesce((SELECT sequence FROM draft_sequences
            WHERE user_id = \(user) AND draft_key = \(key)), 0)
        """
    }

    static func draft(_ key: String, of user: UserID) -> SQL {
        """
        SELECT \(columns) FROM drafts d
        WHERE d.user_id = \(user) AND d.draft_key = \(key)
        """
    }

    static func count(of user: UserID) -> SQL {
        """
        SELECT count(*), count(*) FILTER (WHERE draft_key LIKE 'new\\_topic%')
        FROM drafts WHERE user_id = \(user)
        """
    }

    /// Tells the programs of somebody how many drafts they have.
    static func tellCount(of user: UserID) -> SQL {
        LiveQueries.publish(
            on: .drafts,
            toEach: """
                SELECT \(user)::bigint AS user_id, jsonb_build_object('draft_count', count(*),
                    'has_topic_draft', coalesce(bool_or(starts_with(d.draft_key, 'new_topic')), FALSE))
                    AS data
                FROM drafts d WHERE d.user_id = \(user)
                """
        )
    }

    /// Saves a draft unless it is of an older number than the current one. An editor that takes a
    /// draft over from another one gets a new number, so that the other notices. Returns the number,
    /// or no row.
    static func save(
        _ permitted: Permitted<Drafting, DraftPlace>,
        data: String,
        sequence: Int,
        owner: String?,
        isForced: Bool,
        now: Timestamp
    ) -> SQL {
        let user = permitted.principal.id
        let key = permitted.resource.key
        return """
            WITH current AS (
                INSERT INTO draft_sequences AS ds (user_id, draft_key, sequence)
                VALUES (\(user), \(key), 0)
                ON CONFLICT (user_id, draft_key) DO UPDATE SET sequence = ds.sequence
                    + CASE WHEN (ds.sequence = \(sequence)::int OR \(isForced))
                        AND EXISTS (SELECT 1 FROM drafts d WHERE d.user_id = \(user)
                            AND d.draft_key = \(key) AND d.owner <> \(owner)::text)
                        THEN 1 ELSE 0 END
                RETURNING sequence
            ), allowed AS (
                SELECT current.sequence FROM current LEFT JOIN draft_sequences before
                    ON before.user_id = \(user) AND before.draft_key = \(key)
                WHERE coalesce(before.sequence, 0) <= \(sequence)::int OR \(isForced)
            )
            INSERT INTO drafts AS d (user_id, draft_key, data, sequence, owner, created_at,
                updated_at)
            SELECT \(user), \(key), \(data), allowed.sequence, \(owner)::text, \(now), \(now)
            FROM allowed
            ON CONFLICT (user_id, draft_key) DO UPDATE SET data = EXCLUDED.data,
                sequence = EXCLUDED.sequence, owner = coalesce(EXCLUDED.owner, d.owner),
                revisions = d.revisions + 1, updated_at = EXCLUDED.updated_at
            RETURNING sequence
            """
    }

    /// Only the current one: a client that is behind deletes nothing.
    static func delete(_ permitted: Permitted<Drafting, DraftPlace>, sequence: Int?) -> SQL {
        """
        DELETE FROM drafts d WHERE d.user_id = \(permitted.principal.id)
            AND d.draft_key = \(permitted.resource.key)
            AND (\(sequence)::int IS NULL OR d.sequence <= \(sequence)::int)
        """
    }

    /// Newest first; titles of topics that can no longer be seen are left out.
    static func list(of principal: Principal, offset: Int, limit: Int) -> SQL {
        """
        SELECT \(columns), t.id, t.title, t.slug, t.category_id, t.closed, t.archived, t.archetype
        FROM drafts d LEFT JOIN topics t
            ON t.id = substring(d.draft_key FROM '^topic_([0-9]{1,18})$')::bigint
            AND \(Visibility.topic(.member(principal)))
        WHERE d.user_id = \(principal.id)
        ORDER BY d.updated_at DESC, d.id DESC OFFSET \(offset) LIMIT \(limit)
        """
    }
}

extension Draft: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        key = try row.next()
        data = try row.next()
        sequence = try row.next()
        createdAt = try row.next()
    }
}
