package import Postgres

/// Reads who somebody is for the purpose of permission: one row of `users` with all its groups.
enum AccountQueries {
    /// What `Account` reads, given `u` and `e`, the address it is asked for by.
    static func columns(at now: Timestamp) -> SQL {
        """
        u.id, u.username, u.admin, u.moderator, u.trust_level, u.staged,
        coalesce(u.silenced_till > \(now), false),
        ARRAY(SELECT 0::bigint UNION SELECT gu.group_id FROM group_users gu
            WHERE gu.user_id = u.id ORDER BY 1),
        (u.options ->> 'new_topic_duration_minutes')::int, u.created_at, u.previous_visit_at,
        u.active, u.approved, u.suspended_till, e.email, coalesce(e.verified_at IS NOT NULL, false)
        """
    }

    static let primaryEmail: SQL = "LEFT JOIN user_emails e ON e.user_id = u.id AND e.is_primary"

    static func account(id: UserID, at now: Timestamp) -> SQL {
        "SELECT \(columns(at: now)) FROM users u \(primaryEmail) WHERE u.id = \(id)"
    }

    static func account(usernameKey: String, at now: Timestamp) -> SQL {
        "SELECT \(columns(at: now)) FROM users u \(primaryEmail) WHERE u.username_lower = \(usernameKey)"
    }

    static func account(email: String, at now: Timestamp) -> SQL {
        """
        SELECT \(columns(at: now)) FROM user_emails e JOIN users u ON u.id = e.user_id
        WHERE e.email_lower = \(email)
        """
    }

    static func primaryEmailForUpdate(of user: UserID) -> SQL {
        "SELECT email_lower FROM user_emails WHERE user_id = \(user) AND is_primary FOR UPDATE"
    }
}

extension Account: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        principal = Principal(
            id: try row.next(),
            username: try row.next(),
            isAdmin: try row.next(),
            isModerator: try row.next(),
            trustLevel: try row.next(),
            isStaged: try row.next(),
            isSilenced: try row.next(),
            groupIDs: try row.next(),
            newness: Newness(
                durationMinutes: try row.next(),
                memberSince: try row.next(),
                lastVisitAt: try row.next()
            )
        )
        isActive = try row.next()
        isApproved = try row.next()
        suspendedTill = try row.next()
        email = try row.next()
        isEmailVerified = try row.next()
    }
}
