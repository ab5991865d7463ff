import Postgres

enum BackupQueries {
    /// The one row that says that something is going on; a dead node's is taken over. Returns a row
    /// when it is ours.
    static func begin(
        _ permitted: Permitted<HandlingBackups, BackupAdministration>,
        kind: String
    ) -> SQL {
        """
        INSERT INTO backup_operation AS o (kind, started_by_id) VALUES (\(kind), \(permitted.principal.id))
        ON CONFLICT (only_one) DO UPDATE SET kind = EXCLUDED.kind,
            started_by_id = EXCLUDED.started_by_id, started_at = now(), heartbeat_at = now()
            WHERE o.heartbeat_at < now() - make_interval(secs => \(Limits.backupDeadSeconds)::float8)
        RETURNING started_by_id
        """
    }

    static func beat() -> SQL { "UPDATE backup_operation SET heartbeat_at = now()" }

    static func end() -> SQL { "DELETE FROM backup_operation" }

    static func isRunning() -> SQL {
        """
        SELECT EXISTS (SELECT 1 FROM backup_operation WHERE heartbeat_at
            >= now() - make_interval(secs => \(Limits.backupDeadSeconds)::float8))
        """
    }

    static func log(kind: String, _ message: String) -> [SQL] {
        [
            "INSERT INTO backup_log (kind, message) VALUES (\(kind), \(message))",
            """
            DELETE FROM backup_log WHERE id <= (SELECT id FROM backup_log ORDER BY id DESC
                OFFSET \(Limits.backupLogLines) LIMIT 1)
            """,
        ]
    }

    static func logLines() -> SQL {
        """
        SELECT kind, message, created_at FROM (SELECT * FROM backup_log ORDER BY id DESC
            LIMIT \(Limits.backupLogLines)) newest ORDER BY id
        """
    }

    // MARK: Links

    static func queueLink(
        _ permitted: Permitted<HandlingBackups, BackupAdministration>,
        filename: String
    ) -> SQL {
        """
        INSERT INTO outgoing_emails (email_type, user_id, to_address, data)
        SELECT \(BackupEmail.type), e.user_id, e.email, jsonb_build_object('filename', \(filename)::text)
        FROM user_emails e WHERE e.user_id = \(permitted.principal.id) AND e.is_primary
            AND e.email_lower NOT LIKE '%.invalid'
        RETURNING id
        """
    }

    static func filename(of email: OutgoingEmailID) -> SQL {
        "SELECT data ->> 'filename' FROM outgoing_emails WHERE id = \(email)"
    }

    static func keepToken(
        _ hash: [UInt8],
        filename: String,
        user: UserID,
        until: Timestamp
    ) -> [SQL] {
        [
            "DELETE FROM backup_tokens WHERE expires_at < now()",
            """
            INSERT INTO backup_tokens (token_hash, filename, user_id, expires_at)
            VALUES (\(hash)::bytea, \(filename), \(user), \(until))
            """,
        ]
    }

    static func useToken(
        _ hash: [UInt8],
        filename: String,
        by principal: Principal,
        at now: Timestamp
    ) -> SQL {
        """
        DELETE FROM backup_tokens WHERE token_hash = \(hash)::bytea AND filename = \(filename)
            AND user_id = \(principal.id) AND expires_at > \(now)::timestamptz
        RETURNING filename
        """
    }

    // MARK: Restoring

    static func lastMigration() -> SQL { "SELECT max(number) FROM schema_migrations" }

    /// Whether anybody but the system has been here.
    static func isInUse() -> SQL {
        "SELECT EXISTS (SELECT 1 FROM users WHERE id > 0) OR EXISTS (SELECT 1 FROM topics)"
    }

    static let setAside: [SQL] = [
        "DROP SCHEMA IF EXISTS parley_replaced CASCADE",
        "ALTER SCHEMA public RENAME TO parley_replaced",
        "CREATE SCHEMA public",
        "GRANT USAGE ON SCHEMA public TO PUBLIC",
    ]

    static let bringBack: [SQL] = [
        "DROP SCHEMA public CASCADE",
        "ALTER SCHEMA parley_replaced RENAME TO public",
    ]

    static let forget: [SQL] = ["DROP SCHEMA parley_replaced CASCADE"]
}

struct BackupLogRow: RowDecodable {
    let kind: String
    let message: String
    let createdAt: Timestamp

    init(from row: inout RowReader) throws(PostgresError) {
        kind = try row.next()
        message = try row.next()
        createdAt = try row.next()
    }
}
