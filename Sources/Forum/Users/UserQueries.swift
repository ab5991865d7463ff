package import Postgres

enum UserQueries {
    static let columns: SQL = """
        u.id, u.username, u.name, u.title, u.active, u.approved, u.staged, u.admin, u.moderator,
        u.trust_level, u.suspended_till, u.silenced_till, u.bio_raw, u.bio_cooked, u.location,
        u.website, u.email_level, u.created_at, u.last_seen_at, u.last_posted_at, us.topic_count,
        us.post_count, us.likes_given, us.likes_received, us.topics_entered, us.posts_read_count,
        us.time_read_ms
        """

    static let tables: SQL = "users u JOIN user_stats us ON us.user_id = u.id"

    static func user(_ id: UserID) -> SQL {
        "SELECT \(columns) FROM \(tables) WHERE u.id = \(id)"
    }

    static func user(usernameKey: String) -> SQL {
        "SELECT \(columns) FROM \(tables) WHERE u.username_lower = \(usernameKey)"
    }

    static func users(_ ids: [Int64]) -> SQL {
        "SELECT \(columns) FROM \(tables) WHERE u.id = ANY(\(ids)::bigint[]) ORDER BY u.id"
    }

    static func emails(of id: UserID) -> SQL {
        """
        SELECT email, is_primary FROM user_emails WHERE user_id = \(id) ORDER BY is_primary DESC, id
        """
    }

    /// Whose the address is; with `FOR UPDATE`, so that nobody claims it meanwhile.
    static func ownerForUpdate(ofEmail address: String) -> SQL {
        """
        SELECT u.id, u.staged FROM user_emails e JOIN users u ON u.id = e.user_id
        WHERE e.email_lower = \(address) FOR UPDATE OF u
        """
    }

    /// Which of the names belong to a user or a group already.
    static func takenNames(_ keys: [String]) -> SQL {
        """
        SELECT username_lower FROM users WHERE username_lower = ANY(\(keys)::text[])
        UNION SELECT name_lower FROM groups WHERE name_lower = ANY(\(keys)::text[])
        UNION SELECT username_lower FROM reserved_usernames
        WHERE username_lower = ANY(\(keys)::text[])
        """
    }

    /// As `takenNames`, and by a user whose name only looks like it.
    static func takenOrLookingAlike(_ key: String, than user: UserID? = nil) -> SQL {
        """
        \(takenNames([key])) UNION \(lookingAlike(key, than: user))
        """
    }

    /// Other users whose names look like the name.
    static func lookingAlike(_ key: String, than user: UserID?) -> SQL {
        """
        SELECT username_lower FROM users
        WHERE username_skeleton(username_lower) = username_skeleton(\(key)::text)
            AND NOT staged AND id IS DISTINCT FROM \(user)::bigint
        """
    }

    /// Makes a user with its address in one statement; the automatic groups follow by trigger.
    static func insert(_ user: UserRecord, at now: Timestamp) -> SQL {
        """
        WITH made AS (
            INSERT INTO users (username, username_lower, name, password_hash, active, approved,
                staged, trust_level, admin, moderator, created_at, updated_at)
            VALUES (\(user.username), \(UsernameRules.fold(user.username)), \(user.name),
                \(user.passwordHash), \(user.isActive), \(user.isApproved), \(user.isStaged),
                \(user.trustLevel), \(user.isAdmin), \(user.isModerator),
                least(\(user.createdAt)::timestamptz, \(now)), \(now))
            RETURNING id
        ), address AS (
            INSERT INTO user_emails (user_id, email, email_lower, is_primary, verified_at, created_at)
            SELECT id, \(user.email), \(user.email), true,
                CASE WHEN \(user.isActive) THEN \(now)::timestamptz END, \(now) FROM made
        )
        SELECT id FROM made
        """
    }

    /// A person claims the staged account of their address.
    static func claim(_ id: UserID, by user: UserRecord, at now: Timestamp) -> SQL {
        """
        WITH claimed AS (
            UPDATE users SET username = \(user.username),
                username_lower = \(UsernameRules.fold(user.username)),
                name = coalesce(\(user.name), name), password_hash = \(user.passwordHash),
                active = \(user.isActive), approved = \(user.isApproved), staged = false,
                trust_level = \(user.trustLevel), admin = \(user.isAdmin),
                moderator = \(user.isModerator), updated_at = \(now),
                created_at = least(created_at, \(user.createdAt)::timestamptz)
            WHERE id = \(id) AND staged RETURNING id
        ), address AS (
            UPDATE user_emails SET verified_at = \(now)
            WHERE user_id IN (SELECT id FROM claimed) AND email_lower = \(user.email)
                AND \(user.isActive)
        )
        SELECT id FROM claimed
        """
    }

    static func activate(_ id: UserID, at now: Timestamp) -> [SQL] {
        [
            "UPDATE users SET active = true, updated_at = \(now) WHERE id = \(id) AND NOT staged",
            """
            UPDATE user_emails SET verified_at = coalesce(verified_at, \(now))
            WHERE user_id = \(id) AND is_primary
            """,
        ]
    }
}

/// The columns that making a user writes.
struct UserRecord: Sendable {
    var username: String
    var email: String
    var name: String?
    var passwordHash: String?
    var isActive = false
    var isApproved = true
    var isStaged = false
    var isAdmin = false
    var isModerator = false
    var trustLevel = 0
    /// When the account was made elsewhere; `nil` for one that is made now.
    var createdAt: Timestamp?
}

extension User: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        username = try row.next()
        name = try row.next()
        title = try row.next()
        isActive = try row.next()
        isApproved = try row.next()
        isStaged = try row.next()
        isAdmin = try row.next()
        isModerator = try row.next()
        trustLevel = try row.next()
        suspendedTill = try row.next()
        silencedTill = try row.next()
        bioRaw = try row.next()
        bioCooked = try row.next()
        location = try row.next()
        website = try row.next()
        emailLevel = try row.next()
        createdAt = try row.next()
        lastSeenAt = try row.next()
        lastPostedAt = try row.next()
        statistics = Statistics(
            topicCount: try row.next(),
            postCount: try row.next(),
            likesGiven: try row.next(),
            likesReceived: try row.next(),
            topicsEntered: try row.next(),
            postsReadCount: try row.next(),
            timeReadMilliseconds: try row.next()
        )
    }
}

struct EmailRow: RowDecodable {
    let email: String
    let isPrimary: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        email = try row.next()
        isPrimary = try row.next()
    }
}

struct AddressOwner: RowDecodable {
    let id: UserID
    let isStaged: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        isStaged = try row.next()
    }
}
