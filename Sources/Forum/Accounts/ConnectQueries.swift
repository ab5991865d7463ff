import Postgres

enum ConnectQueries {
    /// Automatic groups are the forum's own matter.
    static func groups(
        of user: UserID,
        exactly names: [String]?,
        adding: [String],
        removing: [String]
    ) -> [SQL] {
        var statements: [SQL] = []
        let wanted = ((names ?? []) + adding).map { UsernameRules.fold($0) }
        if let names {
            let kept = names.map { UsernameRules.fold($0) }
            statements.append(
                """
                DELETE FROM group_users gu USING groups g WHERE g.id = gu.group_id
                    AND gu.user_id = \(user) AND NOT g.automatic
                    AND g.name_lower <> ALL(\(kept)::text[])
                """
            )
        }
        if !wanted.isEmpty {
            statements.append(
                """
                INSERT INTO group_users (group_id, user_id)
                SELECT g.id, \(user) FROM groups g
                WHERE g.name_lower = ANY(\(wanted)::text[]) AND NOT g.automatic
                ON CONFLICT DO NOTHING
                """
            )
        }
        if !removing.isEmpty {
            let gone = removing.map { UsernameRules.fold($0) }
            statements.append(
                """
                DELETE FROM group_users gu USING groups g WHERE g.id = gu.group_id
                    AND gu.user_id = \(user) AND NOT g.automatic
                    AND g.name_lower = ANY(\(gone)::text[])
                """
            )
        }
        return statements
    }

    static func keepNonce(_ hash: [UInt8], returnTo path: String, until end: Timestamp) -> SQL {
        """
        INSERT INTO sso_nonces (nonce_hash, return_path, expires_at)
        VALUES (\(hash), \(path), \(end))
        """
    }

    /// Uses a nonce up; where to go on.
    static func takeNonce(_ hash: [UInt8], at now: Timestamp) -> SQL {
        """
        UPDATE sso_nonces SET used_at = \(now)
        WHERE nonce_hash = \(hash) AND used_at IS NULL AND expires_at > \(now)
        RETURNING return_path
        """
    }
}
