import Postgres

enum UploadQueries {
    static let columns: SQL = """
        u.id, u.name, u.extension, u.original_filename, u.user_id, u.upload_type, u.filesize,
        u.width, u.height, u.created_at
        """

    static func insert(
        _ permitted: Permitted<SendingFile, UploadTarget>,
        _ new: PreparedUpload,
        at now: Timestamp
    ) -> SQL {
        """
        WITH u AS (
            INSERT INTO uploads (name, extension, original_filename, user_id, upload_type, filesize,
                width, height, sha1, created_at)
            VALUES (\(new.name.hex), \(new.fileExtension), \(new.filename),
                \(permitted.resource.user.id), \(new.type), \(new.bytes.count), \(new.width)::int,
                \(new.height)::int, \(new.sha1)::bytea, \(now)) RETURNING *
        )
        SELECT \(columns) FROM u
        """
    }

    static func recentCount(of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT count(*) FROM uploads
        WHERE user_id = \(user) AND created_at > \(now)::timestamptz - interval '1 minute'
        """
    }

    static func upload(_ id: UploadID, for viewer: Viewer) -> SQL {
        "SELECT \(columns) FROM uploads u WHERE u.id = \(id) AND \(mayRead(viewer))"
    }

    static func uploads(named names: [String], for viewer: Viewer) -> SQL {
        """
        SELECT \(columns) FROM uploads u WHERE u.name = ANY(\(names)::text[]) AND \(mayRead(viewer))
        """
    }

    /// Addresses for a text that is cooked. Whom they open the file to is decided when it is read.
    static func addresses(_ names: [String]) -> SQL {
        "SELECT \(columns) FROM uploads u WHERE u.name = ANY(\(names)::text[])"
    }

    /// Whether the viewer may have the file of the row `u`.
    ///
    /// What no post ever held is open to whoever knows its random name; pictures of people and badges
    /// are public; anything else belongs to its sender, administrators, and those who may see one of
    /// the posts that open it.
    private static func mayRead(_ viewer: Viewer) -> SQL {
        if viewer.isAdmin { return "TRUE" }
        let own: SQL = viewer.principal.map { "u.user_id = \($0.id)" } ?? "FALSE"
        return """
            (NOT u.was_posted OR \(own)
                OR EXISTS (SELECT 1 FROM users pictured WHERE pictured.uploaded_avatar_id = u.id)
                OR EXISTS (SELECT 1 FROM badges b WHERE b.image_upload_id = u.id)
                OR EXISTS (SELECT 1 FROM upload_references r
                    JOIN posts p ON p.id = r.post_id JOIN topics t ON t.id = p.topic_id
                    WHERE r.upload_id = u.id AND r.opens AND \(Visibility.topic(viewer))
                        AND \(Visibility.post(viewer))))
            """
    }

    /// Files that nothing refers to any more, or never did. Those of somebody with a draft or a
    /// waiting post that names any file stay: it may be this one.
    static func orphans(before: Timestamp) -> SQL {
        """
        SELECT \(columns) FROM uploads u
        WHERE u.created_at < \(before)::timestamptz AND u.upload_type IN ('composer', 'avatar')
            AND NOT EXISTS (SELECT 1 FROM upload_references r WHERE r.upload_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM users pictured WHERE pictured.uploaded_avatar_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM badges b WHERE b.image_upload_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM site_settings s
                WHERE s.value = u.id::text OR position(u.name IN s.value) > 0)
            AND NOT EXISTS (SELECT 1 FROM categories c
                WHERE position(u.name IN c.description_cooked) > 0)
            AND NOT EXISTS (SELECT 1 FROM users about WHERE about.id = u.user_id
                AND position(u.name IN about.bio_cooked) > 0)
            AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.user_id = u.user_id
                AND position('upload://' IN d.data) > 0)
            AND NOT EXISTS (SELECT 1 FROM reviewables q WHERE u.user_id IN (q.created_by_id, q.target_created_by_id)
                AND q.status = 0 AND position('upload://' IN q.payload::text) > 0)
        ORDER BY u.created_at LIMIT \(Limits.orphansAtOnce)
        """
    }

    /// Asks again whether nothing refers to it: somebody may have posted it meanwhile.
    static func deleteOrphans(_ ids: [Int64]) -> SQL {
        """
        DELETE FROM uploads u WHERE u.id = ANY(\(ids)::bigint[])
            AND NOT EXISTS (SELECT 1 FROM upload_references r WHERE r.upload_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM users pictured WHERE pictured.uploaded_avatar_id = u.id)
        RETURNING u.name
        """
    }

    // MARK: Pictures of people

    static func setAvatar(
        _ permitted: Permitted<PickingAvatar, AvatarChoice>,
        at now: Timestamp
    ) -> SQL {
        """
        WITH changed AS (
            UPDATE users SET uploaded_avatar_id = \(permitted.resource.upload?.id)::bigint,
                updated_at = \(now)
            WHERE id = \(permitted.resource.user.id) RETURNING id
        )
        INSERT INTO outbox (event, user_id) SELECT \(Event.avatarChanged.rawValue), id FROM changed
        """
    }

    static func avatar(of usernameKey: String) -> SQL {
        """
        SELECT \(columns) FROM users p JOIN uploads u ON u.id = p.uploaded_avatar_id
        WHERE p.username_lower = \(usernameKey)
        """
    }

    static func avatar(_ id: UploadID) -> SQL {
        """
        SELECT \(columns) FROM uploads u WHERE u.id = \(id)
            AND EXISTS (SELECT 1 FROM users pictured WHERE pictured.uploaded_avatar_id = u.id)
        """
    }
}

/// A file that is checked and only wants writing.
struct PreparedUpload: Sendable {
    let name = UploadName.random()
    var filename: String
    var fileExtension: String
    var type: String
    var bytes: [UInt8]
    var width: Int?
    var height: Int?
    var sha1: [UInt8]
}
