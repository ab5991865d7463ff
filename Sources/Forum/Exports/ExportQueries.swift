import Postgres

/// What an export is made of, a file each.
enum ExportSection: String, CaseIterable, Sendable {
    case profile, posts, likes, bookmarks, drafts, badges, visits, sessions, keys, uploads
    case preferences
    case sentMails = "sent_mails"
}

enum ExportQueries {
    // MARK: Asking

    /// No row when there was one within the day.
    static func request(by user: UserID, at now: Timestamp) -> SQL {
        """
        INSERT INTO export_tokens (user_id, requested_at) SELECT \(user), \(now)
        WHERE NOT EXISTS (SELECT 1 FROM export_tokens WHERE user_id = \(user)
            AND requested_at > \(now - Limits.exportSeconds)::timestamptz)
        """
    }

    /// The next one that waits, for this node.
    static func claim(at now: Timestamp) -> SQL {
        """
        UPDATE export_tokens SET leased_until = \(now + Limits.exportLeaseSeconds)
        WHERE id = (SELECT id FROM export_tokens WHERE file IS NULL
                AND (leased_until IS NULL OR leased_until < \(now)::timestamptz)
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, user_id
        """
    }

    static func finish(_ id: Int64, file: String, at now: Timestamp) -> SQL {
        """
        UPDATE export_tokens SET file = \(file), expires_at = \(now + Limits.exportKeptSeconds)
        WHERE id = \(id)
        """
    }

    /// Gives the latest export of somebody the secret of a link; no row when there is none.
    static func setToken(_ hash: [UInt8], of user: UserID, at now: Timestamp) -> SQL {
        """
        UPDATE export_tokens SET token_hash = \(hash)
        WHERE id = (SELECT id FROM export_tokens WHERE user_id = \(user) AND file IS NOT NULL
            AND expires_at > \(now)::timestamptz ORDER BY id DESC LIMIT 1)
        """
    }

    static func file(_ hash: [UInt8], of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT file FROM export_tokens
        WHERE token_hash = \(hash) AND user_id = \(user) AND expires_at > \(now)
        """
    }

    static func expire(at now: Timestamp) -> SQL {
        """
        DELETE FROM export_tokens
        WHERE coalesce(expires_at, requested_at + interval '7 days') <= \(now)
        """
    }

    static let files: SQL = "SELECT file FROM export_tokens WHERE file IS NOT NULL"

    // MARK: Reading

    static func uploads(of user: UserID) -> SQL {
        """
        SELECT name FROM uploads WHERE user_id = \(user)
        ORDER BY id DESC LIMIT \(Limits.exportUploads)
        """
    }

    /// Rows after a number: the number and the row as JSON. What others wrote is not among them;
    /// titles are, where the person may still see the topic.
    static func page(
        of section: ExportSection,
        _ user: UserID,
        _ viewer: Viewer,
        after id: Int64
    ) -> SQL {
        """
        SELECT id, row_to_json(x)::text FROM (\(rows(of: section, user, viewer))) x
        WHERE id > \(id) ORDER BY id LIMIT \(Limits.exportRows)
        """
    }

    private static func title(_ viewer: Viewer) -> SQL {
        "CASE WHEN \(Visibility.topic(viewer)) THEN t.title END AS topic_title"
    }

    private static func profile(of user: UserID) -> SQL {
        """
        SELECT u.id, u.username, u.name, u.title, u.bio_raw, u.location, u.website, u.locale,
            u.created_at, u.last_seen_at, u.last_posted_at, u.trust_level, u.email_level,
            u.options, u.custom_fields, u.user_fields, host(u.registration_ip) AS registration_ip,
            u.status_description, u.status_emoji,
            ARRAY(SELECT e.email FROM user_emails e WHERE e.user_id = u.id
                ORDER BY e.is_primary DESC, e.id) AS emails,
            ARRAY(SELECT g.name FROM group_users gu JOIN groups g ON g.id = gu.group_id
                WHERE gu.user_id = u.id ORDER BY g.name) AS groups,
            ARRAY(SELECT a.provider || ': ' || a.external_id FROM external_accounts a
                WHERE a.user_id = u.id ORDER BY a.provider) AS external_accounts
        FROM users u WHERE u.id = \(user)
        """
    }

    private static func rows(
        of section: ExportSection,
        _ user: UserID,
        _ viewer: Viewer
    ) -> SQL {
        switch section {
        case .profile: profile(of: user)
        case .posts:
            """
            SELECT p.id, p.topic_id, p.post_number, \(title(viewer)), t.archetype, p.raw,
                p.created_at, p.updated_at, p.deleted_at, p.like_count, p.reply_to_post_number
            FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE p.user_id = \(user) AND t.import_id IS NULL
            """
        case .likes:
            """
            SELECT a.id, a.post_id, a.post_action_type_id, a.created_at, p.topic_id, p.post_number,
                \(title(viewer))
            FROM post_actions a JOIN posts p ON p.id = a.post_id JOIN topics t ON t.id = p.topic_id
            WHERE a.user_id = \(user)
            """
        case .bookmarks:
            """
            SELECT b.id, b.topic_id, b.post_id, b.name, b.reminder_at, b.created_at
            FROM bookmarks b WHERE b.user_id = \(user)
            """
        case .drafts:
            "SELECT id, draft_key, data, created_at, updated_at FROM drafts WHERE user_id = \(user)"
        case .badges:
            """
            SELECT ub.id, b.name, ub.granted_at, ub.post_id
            FROM user_badges ub JOIN badges b ON b.id = ub.badge_id WHERE ub.user_id = \(user)
            """
        case .visits:
            """
            SELECT (visited_at - date '2000-01-01')::bigint AS id, visited_at, posts_read, time_read_ms
            FROM user_visits WHERE user_id = \(user)
            """
        case .sessions:
            """
            SELECT id, created_at, last_used_at, user_agent, host(client_ip) AS client_ip
            FROM sessions WHERE user_id = \(user)
            """
        case .keys:
            """
            SELECT id, application_name, client_id, scopes, created_at, last_used_at, revoked_at
            FROM user_api_keys WHERE user_id = \(user)
            """
        case .uploads:
            """
            SELECT id, name || CASE WHEN extension = '' THEN '' ELSE '.' || extension END AS file,
                original_filename, upload_type, filesize, created_at
            FROM uploads WHERE user_id = \(user)
            """
        case .preferences:
            """
            SELECT c.id, 'category' AS kind, c.name, cu.notification_level
            FROM category_users cu JOIN categories c ON c.id = cu.category_id
            WHERE cu.user_id = \(user) AND \(Visibility.category(viewer))
            """
        case .sentMails:
            """
            SELECT id, recipient, from_address, subject, state, received_at, post_id
            FROM incoming_emails WHERE user_id = \(user)
            """
        }
    }
}

struct ClaimedExport: RowDecodable {
    let id: Int64
    let user: UserID

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        user = try row.next()
    }
}

struct ExportedRow: RowDecodable {
    let id: Int64
    let json: String

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        json = try row.next()
    }
}
