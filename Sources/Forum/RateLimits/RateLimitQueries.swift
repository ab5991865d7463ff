import Postgres

enum RateLimitQueries {
    /// Counts one more of each that is allowed, and returns the keys of those. All in one order, so
    /// that two requests never wait for one another.
    static func take(_ limits: [RateLimit], now: Timestamp) -> SQL {
        let seconds = now.secondsSince1970
        return """
            INSERT INTO rate_limits AS l (key, seconds, allowed, slot, current, previous)
            SELECT a.key, a.seconds, a.allowed, floor(\(seconds)::float8 / a.seconds)::bigint, 1, 0
            FROM unnest(\(limits.map(\.key))::text[], \(limits.map(\.seconds))::int[],
                \(limits.map(\.allowed))::int[]) AS a (key, seconds, allowed)
            ORDER BY a.key
            ON CONFLICT (key) DO UPDATE SET
                seconds = excluded.seconds, allowed = excluded.allowed,
                slot = greatest(l.slot, excluded.slot),
                current = CASE WHEN \(isCurrent) THEN l.current + 1 ELSE 1 END,
                previous = \(previous)
            WHERE l.seconds <> excluded.seconds
                OR CASE WHEN \(isCurrent) THEN l.current ELSE 0 END
                    + (\(previous)) * (1 - least(1, greatest(0, \(seconds)::float8 / excluded.seconds
                        - excluded.slot)))
                    < excluded.allowed
            RETURNING l.key
            """
    }

    /// Takes back what was counted for something that was not done.
    static func giveBack(_ limits: [RateLimit]) -> SQL {
        """
        UPDATE rate_limits SET current = current - 1
        WHERE key = ANY(ARRAY(SELECT key FROM rate_limits WHERE key = ANY(\(limits.map(\.key))::text[])
            ORDER BY key FOR UPDATE)) AND current > 0
        """
    }

    static func state(of limits: [RateLimit]) -> SQL {
        """
        SELECT key, slot, current, previous FROM rate_limits
        WHERE key = ANY(\(limits.map(\.key))::text[])
        """
    }

    /// Adds what this node has counted, and returns what all nodes have.
    static func share(_ counts: [RequestCounts.Share]) -> SQL {
        """
        INSERT INTO rate_limits AS l (key, seconds, allowed, slot, current, previous)
        SELECT * FROM unnest(\(counts.map(\.key))::text[], \(counts.map(\.seconds))::int[],
            \(counts.map(\.allowed))::int[], \(counts.map(\.slot))::bigint[],
            \(counts.map(\.added))::int[], \(counts.map { _ in 0 })::int[]) AS a (key)
        ORDER BY a.key
        ON CONFLICT (key) DO UPDATE SET
            seconds = excluded.seconds, allowed = excluded.allowed,
            slot = greatest(l.slot, excluded.slot),
            current = CASE WHEN \(isCurrent) THEN l.current ELSE 0 END
                + CASE WHEN l.slot > excluded.slot THEN 0 ELSE excluded.current END,
            previous = (\(previous))
                + CASE WHEN l.slot = excluded.slot + 1 THEN excluded.current ELSE 0 END
        RETURNING l.key, l.slot, l.current, l.previous
        """
    }

    /// Removes what counts for nothing any more.
    static func trim(now: Timestamp) -> SQL {
        """
        DELETE FROM rate_limits WHERE (slot + 2) * seconds < \(now.secondsSince1970)::float8
        """
    }

    /// A node whose clock is a little behind counts in the slot of the others.
    private static let isCurrent: SQL = "l.slot >= excluded.slot"

    private static let previous: SQL = """
        CASE WHEN l.slot >= excluded.slot THEN l.previous
            WHEN l.slot = excluded.slot - 1 THEN l.current ELSE 0 END
        """
}

/// What is counted under one key.
struct RateLimitState: Sendable, RowDecodable {
    let key: String
    let slot: Int64
    let current: Int
    let previous: Int

    init(from row: inout RowReader) throws(PostgresError) {
        key = try row.next()
        slot = try row.next()
        current = try row.next()
        previous = try row.next()
    }
}
