import Postgres

enum SecondFactorQueries {
    static func state(of user: UserID) -> SQL {
        """
        SELECT (SELECT count(*) FROM second_factor_authenticators WHERE user_id = \(user)),
            (SELECT count(*) FROM second_factor_backup_codes WHERE user_id = \(user))
        """
    }

    static func authenticators(of user: UserID) -> SQL {
        """
        SELECT id, name, created_at, last_used_at FROM second_factor_authenticators
        WHERE user_id = \(user) ORDER BY created_at, id LIMIT \(Limits.authenticatorsPerUser)
        """
    }

    static func secrets(of user: UserID) -> SQL {
        """
        SELECT id, sealed_secret FROM second_factor_authenticators
        WHERE user_id = \(user) ORDER BY id LIMIT \(Limits.authenticatorsPerUser)
        """
    }

    /// Changes no row when a code of that step, or of a later one, has counted already.
    static func use(_ authenticator: Int64, step: Int64, at now: Timestamp) -> SQL {
        """
        UPDATE second_factor_authenticators SET last_step = \(step), last_used_at = \(now)
        WHERE id = \(authenticator) AND last_step < \(step)
        """
    }

    static func backupCodes(of user: UserID, selector: String) -> SQL {
        """
        SELECT id, code_hash FROM second_factor_backup_codes
        WHERE user_id = \(user) AND selector = \(selector)
        """
    }

    /// Of two who come with one code at once, one deletes the row.
    static func useBackupCode(_ id: Int64) -> SQL {
        "DELETE FROM second_factor_backup_codes WHERE id = \(id)"
    }

    // MARK: Setting up

    static func stage(_ sealed: [UInt8], for user: UserID, until end: Timestamp) -> SQL {
        """
        INSERT INTO staged_authenticator_secrets (user_id, sealed_secret, expires_at)
        VALUES (\(user), \(sealed), \(end))
        ON CONFLICT (user_id) DO UPDATE
        SET sealed_secret = excluded.sealed_secret, expires_at = excluded.expires_at
        """
    }

    static func staged(for user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT sealed_secret FROM staged_authenticator_secrets
        WHERE user_id = \(user) AND expires_at > \(now)
        """
    }

    /// Takes what was staged, if it is still that, as a factor; no row when it is not, or when there
    /// are too many.
    static func enable(
        _ sealed: [UInt8],
        named name: String,
        for user: UserID,
        step: Int64,
        at now: Timestamp
    ) -> SQL {
        """
        WITH taken AS (
            DELETE FROM staged_authenticator_secrets
            WHERE user_id = \(user) AND sealed_secret = \(sealed) RETURNING sealed_secret
        )
        INSERT INTO second_factor_authenticators
            (user_id, name, sealed_secret, last_step, created_at, last_used_at)
        SELECT \(user), \(name), sealed_secret, \(step), \(now), \(now) FROM taken
        """
    }

    static func rename(_ authenticator: Int64, of user: UserID, to name: String) -> SQL {
        """
        UPDATE second_factor_authenticators SET name = \(name)
        WHERE id = \(authenticator) AND user_id = \(user)
        """
    }

    /// With the last authenticator the backup codes go: alone they would be a first factor.
    static func remove(_ authenticator: Int64, of user: UserID) -> [SQL] {
        [
            """
            DELETE FROM second_factor_authenticators
            WHERE id = \(authenticator) AND user_id = \(user)
            """,
            """
            DELETE FROM second_factor_backup_codes WHERE user_id = \(user)
                AND NOT EXISTS (SELECT 1 FROM second_factor_authenticators a
                    WHERE a.user_id = \(user))
            """,
        ]
    }

    static func removeAll(of user: UserID) -> [SQL] {
        [
            "DELETE FROM second_factor_authenticators WHERE user_id = \(user)",
            removeBackupCodes(of: user),
            "DELETE FROM staged_authenticator_secrets WHERE user_id = \(user)",
        ]
    }

    static func removeBackupCodes(of user: UserID) -> SQL {
        "DELETE FROM second_factor_backup_codes WHERE user_id = \(user)"
    }

    static func keepBackupCodes(_ codes: [HashedBackupCode], of user: UserID) -> SQL {
        """
        INSERT INTO second_factor_backup_codes (user_id, selector, code_hash)
        SELECT \(user), * FROM unnest(\(codes.map(\.selector))::text[], \(codes.map(\.hash))::text[])
        """
    }

    /// So that of two changes at once of one person's factors the second sees the first.
    static func lock(_ user: UserID) -> SQL {
        "SELECT id FROM users WHERE id = \(user) FOR UPDATE"
    }

    // MARK: Confirmed sessions

    static func confirm(session: [UInt8], of user: UserID, at now: Timestamp) -> SQL {
        """
        UPDATE sessions SET confirmed_at = \(now)
        WHERE token_hash = \(session) AND user_id = \(user)
        """
    }

    static func isConfirmed(session: [UInt8], of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT EXISTS (SELECT 1 FROM sessions
            WHERE token_hash = \(session) AND user_id = \(user)
                AND confirmed_at > \(now - Limits.confirmedSessionSeconds))
        """
    }

    static func expireStaged(at now: Timestamp) -> SQL {
        "DELETE FROM staged_authenticator_secrets WHERE expires_at <= \(now)"
    }
}

/// What is kept of a backup code.
struct HashedBackupCode: Sendable {
    let selector: String
    let hash: String
}

/// A row that a code is held against: an authenticator's sealed secret.
struct SealedAuthenticator: RowDecodable {
    let id: Int64
    let secret: [UInt8]

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        secret = try row.next()
    }
}

struct KeptBackupCode: RowDecodable {
    let id: Int64
    let hash: String

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        hash = try row.next()
    }
}
