import Postgres

/// Polls. The alias is `pl`.
enum PollQueries {
    /// The polls of posts that were shown to be visible, with what the viewer chose; read by
    /// `PollRow`.
    static func polls(of posts: [PostID], for viewer: Viewer) -> SQL {
        """
        SELECT pl.id, pl.post_id, pl.name, pl.title, pl.poll_type,
            pl.open AND (pl.close_at IS NULL OR pl.close_at > now()), pl.results, pl.public,
            pl.min_choices, pl.max_choices, pl.step, pl.chart_type, pl.close_at, pl.group_names,
            (SELECT count(*) FROM poll_ballots b WHERE b.poll_id = pl.id),
            (SELECT b.options FROM poll_ballots b WHERE b.poll_id = pl.id
                AND b.user_id = \(viewer.principal?.id)::bigint)
        FROM polls pl WHERE pl.post_id = ANY(\(posts.map(\.value))::bigint[])
        ORDER BY pl.post_id, pl.id
        """
    }

    /// `poll_id, digest, html, votes`.
    static func options(of posts: [PostID]) -> SQL {
        """
        SELECT o.poll_id, o.digest, o.html, coalesce(v.votes, 0)
        FROM polls pl JOIN poll_options o ON o.poll_id = pl.id
            LEFT JOIN (SELECT b.poll_id, choice, count(*) AS votes
                FROM polls mine JOIN poll_ballots b ON b.poll_id = mine.id, unnest(b.options) choice
                WHERE mine.post_id = ANY(\(posts.map(\.value))::bigint[])
                GROUP BY b.poll_id, choice) v ON v.poll_id = o.poll_id AND v.choice = o.digest
        WHERE pl.post_id = ANY(\(posts.map(\.value))::bigint[])
        ORDER BY o.poll_id, o.position
        """
    }

    /// Common table expressions that write the polls of the new post `made`; nothing without any.
    static func created(_ polls: [PreparedPoll]) -> SQL {
        guard !polls.isEmpty else { return "" }
        return """
            , polled AS (
                INSERT INTO polls (post_id, name, title, poll_type, open, results, public,
                    min_choices, max_choices, step, chart_type, close_at, group_names)
                SELECT made.id, \(fields) FROM made, \(rows(polls)) RETURNING id, name
            ), polled_options AS (
                INSERT INTO poll_options (poll_id, digest, position, html)
                SELECT polled.id, o.digest, o.position, o.html
                FROM polled JOIN \(optionRows(polls)) ON o.poll = polled.name
            )
            """
    }

    /// Brings the polls of an edited post to what its text says, when the text is that one; ballots
    /// of a poll whose options changed are void.
    static func replaced(_ polls: [PreparedPoll], of post: PostID, raw: String) -> [SQL] {
        let names = polls.map(\.name)
        let isWritten: SQL =
            "EXISTS (SELECT 1 FROM posts p WHERE p.id = \(post) AND p.raw = \(raw))"
        return [
            """
            DELETE FROM polls WHERE post_id = \(post) AND name <> ALL(\(names)::text[])
                AND \(isWritten)
            """,
            """
            INSERT INTO polls (post_id, name, title, poll_type, open, results, public,
                min_choices, max_choices, step, chart_type, close_at, group_names)
            SELECT \(post)::bigint, \(fields) FROM \(rows(polls)) WHERE \(isWritten)
            ON CONFLICT (post_id, name) DO UPDATE SET title = EXCLUDED.title,
                poll_type = EXCLUDED.poll_type, results = EXCLUDED.results, public = EXCLUDED.public,
                min_choices = EXCLUDED.min_choices,
                max_choices = EXCLUDED.max_choices, step = EXCLUDED.step,
                chart_type = EXCLUDED.chart_type, close_at = EXCLUDED.close_at,
                group_names = EXCLUDED.group_names
            """,
            """
            WITH gone AS (
                DELETE FROM poll_options old USING polls pl
                WHERE old.poll_id = pl.id AND pl.post_id = \(post) AND \(isWritten)
                    AND NOT EXISTS (SELECT 1 FROM \(optionRows(polls))
                        WHERE o.poll = pl.name AND o.digest = old.digest)
                RETURNING old.poll_id
            )
            DELETE FROM poll_ballots b USING gone WHERE b.poll_id = gone.poll_id
            """,
            """
            INSERT INTO poll_options (poll_id, digest, position, html)
            SELECT pl.id, o.digest, o.position, o.html
            FROM polls pl JOIN \(optionRows(polls)) ON o.poll = pl.name
            WHERE pl.post_id = \(post) AND \(isWritten)
            ON CONFLICT (poll_id, digest) DO UPDATE
                SET position = EXCLUDED.position, html = EXCLUDED.html
            """,
            "UPDATE posts SET has_polls = \(!polls.isEmpty) WHERE id = \(post) AND raw = \(raw)",
        ]
    }

    private static let fields: SQL = """
        x.name, x.title, x.poll_type, x.open, x.results, x.public, x.min_choices, x.max_choices,
        x.step, x.chart_type, x.close_at, x.group_names
        """

    private static func rows(_ polls: [PreparedPoll]) -> SQL {
        let json = "[\(polls.map(\.json).joined(separator: ","))]"
        return """
            jsonb_to_recordset(\(json)::jsonb) AS x(name text, title text, poll_type text,
                open boolean, results text, public boolean, min_choices integer,
                max_choices integer, step integer, chart_type text, close_at timestamptz,
                group_names text[])
            """
    }

    private static func optionRows(_ polls: [PreparedPoll]) -> SQL {
        let options = polls.flatMap { poll in
            poll.options.enumerated().map { position, option in
                """
                {"poll":\(JSONText.string(poll.name)),"position":\(position),\
                "digest":\(JSONText.string(option.digest)),"html":\(JSONText.string(option.html))}
                """
            }
        }
        let json = "[\(options.joined(separator: ","))]"
        return """
            jsonb_to_recordset(\(json)::jsonb) AS o(poll text, position integer, digest text,
                html text)
            """
    }

    /// Casts or changes a ballot while the poll is open; its row is locked, so that a vote and the
    /// closing of the poll cannot pass each other. Returns no row when it was refused.
    static func vote(
        _ permitted: Permitted<Voting, PollPlace>,
        _ choices: [String],
        now: Timestamp
    ) -> SQL {
        let place = permitted.resource
        return """
            WITH poll AS (
                SELECT id FROM polls WHERE id = \(place.poll.id) AND open
                    AND (close_at IS NULL OR close_at > \(now)) FOR UPDATE
            ), cast_ballot AS (
                INSERT INTO poll_ballots AS b (poll_id, user_id, options, created_at)
                SELECT poll.id, \(permitted.principal.id), \(choices)::text[], \(now) FROM poll
                WHERE \(choices)::text[] <@ ARRAY(SELECT o.digest FROM poll_options o
                    WHERE o.poll_id = poll.id)
                ON CONFLICT (poll_id, user_id) DO UPDATE SET options = EXCLUDED.options,
                    created_at = EXCLUDED.created_at
                RETURNING poll_id
            ), \(told(place, by: permitted.principal, of: "cast_ballot"))
            SELECT poll_id FROM cast_ballot
            """
    }

    static func withdraw(_ permitted: Permitted<Voting, PollPlace>) -> SQL {
        let place = permitted.resource
        return """
            WITH gone AS (
                DELETE FROM poll_ballots WHERE poll_id = \(place.poll.id)
                    AND user_id = \(permitted.principal.id) RETURNING poll_id
            ), \(told(place, by: permitted.principal, of: "gone"))
            SELECT poll_id FROM gone
            """
    }

    static func setOpen(_ permitted: Permitted<TogglingPoll, PollPlace>, _ isOpen: Bool) -> SQL {
        let place = permitted.resource
        return """
            WITH changed AS (
                UPDATE polls SET open = \(isOpen), close_at = CASE WHEN \(isOpen)
                    AND close_at <= now() THEN NULL ELSE close_at END
                WHERE id = \(place.poll.id) RETURNING id
            ), \(told(place, by: permitted.principal, of: "changed"))
            SELECT id FROM changed
            """
    }

    /// Closes the polls whose time is over; returns their topics.
    static func closeDue(now: Timestamp) -> SQL {
        """
        WITH closed AS (
            UPDATE polls SET open = FALSE WHERE open AND close_at <= \(now) RETURNING post_id
        ), event AS (
            INSERT INTO outbox (event, topic_id, post_id, user_id)
            SELECT \(Event.pollChanged.rawValue), p.topic_id, p.id, -1
            FROM closed JOIN posts p ON p.id = closed.post_id
        )
        SELECT p.topic_id FROM closed JOIN posts p ON p.id = closed.post_id
        """
    }

    /// Those who chose an option, the first voters first, with the option.
    static func voters(of poll: PollID, option: String?, offset: Int, limit: Int) -> SQL {
        """
        SELECT found.digest, \(TopicQueries.userCardColumns)
        FROM poll_options o CROSS JOIN LATERAL (
            SELECT o.digest, b.user_id, b.created_at FROM poll_ballots b
            WHERE b.poll_id = o.poll_id AND o.digest = ANY(b.options)
            ORDER BY b.created_at, b.user_id OFFSET \(offset) LIMIT \(limit)
        ) found JOIN users u ON u.id = found.user_id
        WHERE o.poll_id = \(poll) AND (\(option)::text IS NULL OR o.digest = \(option)::text)
        ORDER BY o.position, found.created_at, found.user_id
        """
    }

    static func isMember(_ principal: Principal, ofAny groups: [String]) -> SQL {
        let names = groups.map { $0.lowercased() }
        return """
            SELECT EXISTS (SELECT 1 FROM groups g WHERE g.name_lower = ANY(\(names)::text[])
                AND g.id = ANY(\(principal.groupIDs)::bigint[]))
            """
    }

    private static func told(_ place: PollPlace, by principal: Principal, of change: SQL) -> SQL {
        """
        event AS (
            INSERT INTO outbox (event, topic_id, post_id, user_id)
            SELECT \(Event.pollChanged.rawValue), \(place.post.topic.id)::bigint,
                \(place.post.id)::bigint, \(principal.id)::bigint FROM \(change)
        )
        """
    }
}

extension PreparedPoll {
    fileprivate var json: String {
        let groups =
            groupNames.isEmpty
            ? "null" : "[\(groupNames.map { JSONText.string($0) }.joined(separator: ","))]"
        return """
            {"name":\(JSONText.string(name)),"title":\(JSONText.optional(title)),\
            "poll_type":"\(kind.rawValue)","open":\(isOpen),"results":"\(results.rawValue)",\
            "public":\(isPublic),"min_choices":\(JSONText.optional(minimum.map { Int64($0) })),\
            "max_choices":\(JSONText.optional(maximum.map { Int64($0) })),\
            "step":\(JSONText.optional(step.map { Int64($0) })),\
            "chart_type":\(JSONText.string(chartType)),\
            "close_at":\(JSONText.optional(closeAt?.iso8601)),"group_names":\(groups)}
            """
    }
}

/// A poll without its options.
struct PollRow: RowDecodable {
    let poll: Poll

    init(from row: inout RowReader) throws(PostgresError) {
        let id: PollID = try row.next()
        let postID: PostID = try row.next()
        let name: String = try row.next()
        let title: String? = try row.next()
        let kind: String = try row.next()
        let isOpen: Bool = try row.next()
        let results: String = try row.next()
        poll = Poll(
            id: id,
            postID: postID,
            name: name,
            title: title,
            kind: Poll.Kind(rawValue: kind) ?? .regular,
            isOpen: isOpen,
            results: Poll.Results(rawValue: results) ?? .staffOnly,
            isPublic: try row.next(),
            minimum: try row.next(),
            maximum: try row.next(),
            step: try row.next(),
            chartType: try row.next(),
            closeAt: try row.next(),
            groupNames: try row.next([String]?.self) ?? [],
            options: [],
            voters: try row.next(),
            choices: try row.next([String]?.self) ?? []
        )
    }
}

struct PollOptionRow: RowDecodable {
    let pollID: PollID
    let option: Poll.Option

    init(from row: inout RowReader) throws(PostgresError) {
        pollID = try row.next()
        option = Poll.Option(
            digest: try row.next(),
            html: try row.next(),
            votes: try row.next(Int.self)
        )
    }
}

struct PollVoterRow: RowDecodable {
    let option: String
    let user: UserCard

    init(from row: inout RowReader) throws(PostgresError) {
        option = try row.next()
        user = try UserCard(from: &row)
    }
}
