import Postgres

enum ModerationQueries {
    typealias Appointed = Permitted<AppointingStaff, User>
    typealias Administered = Permitted<AdministeringUser, User>
    typealias Penalised = Permitted<PenalisingUser, User>
    typealias Removed = Permitted<RemovingUser, User>

    /// Two administrators who revoke each other at once do it one after the other.
    static let lockOffices: SQL = "SELECT pg_advisory_xact_lock(72616101)"

    /// Changes no row when nobody else would be an administrator.
    static func setAdmin(_ value: Bool, _ user: Appointed, at now: Timestamp) -> SQL {
        """
        UPDATE users SET admin = \(value), updated_at = \(now) WHERE id = \(user.resource.id)
            AND (\(value) OR EXISTS (SELECT 1 FROM users o WHERE o.admin AND o.active AND o.id > 0
                AND o.id <> \(user.resource.id)))
        """
    }

    static func setModerator(_ value: Bool, _ user: Appointed, at now: Timestamp) -> SQL {
        "UPDATE users SET moderator = \(value), updated_at = \(now) WHERE id = \(user.resource.id)"
    }

    static func approve(_ user: Administered, at now: Timestamp) -> SQL {
        """
        UPDATE users SET approved = true, approved_at = \(now),
            approved_by_id = \(user.principal.id), updated_at = \(now)
        WHERE id = \(user.resource.id) AND NOT approved
        """
    }

    static func setTrustLevel(_ level: Int, _ user: Administered, at now: Timestamp) -> SQL {
        """
        UPDATE users SET trust_level = \(level), updated_at = \(now),
            manual_locked_trust_level = CASE WHEN manual_locked_trust_level IS NOT NULL
                THEN \(level)::smallint END
        WHERE id = \(user.resource.id)
        """
    }

    static func lockTrustLevel(_ locked: Bool, _ user: Administered, at now: Timestamp) -> SQL {
        """
        UPDATE users SET updated_at = \(now),
            manual_locked_trust_level = CASE WHEN \(locked) THEN trust_level END
        WHERE id = \(user.resource.id)
        """
    }

    static func suspend(_ user: Penalised, _ penalty: Penalty, at now: Timestamp) -> SQL {
        """
        UPDATE users SET suspended_till = \(penalty.until), suspended_at = \(now),
            suspended_by_id = \(user.principal.id),
            suspend_reason = nullif(\(penalty.reason.cleanedOfNUL), ''), updated_at = \(now)
        WHERE id = \(user.resource.id)
        """
    }

    static func unsuspend(_ user: Penalised, at now: Timestamp) -> SQL {
        """
        UPDATE users SET suspended_till = NULL, suspended_at = NULL, suspended_by_id = NULL,
            suspend_reason = NULL, updated_at = \(now)
        WHERE id = \(user.resource.id)
        """
    }

    static func silence(_ user: Penalised, _ penalty: Penalty, at now: Timestamp) -> SQL {
        """
        UPDATE users SET silenced_till = \(penalty.until), silenced_at = \(now),
            silenced_by_id = \(user.principal.id),
            silence_reason = nullif(\(penalty.reason.cleanedOfNUL), ''), updated_at = \(now)
        WHERE id = \(user.resource.id)
        """
    }

    static func unsilence(_ user: Penalised, at now: Timestamp) -> SQL {
        """
        UPDATE users SET silenced_till = NULL, silenced_at = NULL, silenced_by_id = NULL,
            silence_reason = NULL, updated_at = \(now)
        WHERE id = \(user.resource.id)
        """
    }

    static func deactivate(_ user: Administered, at now: Timestamp) -> [SQL] {
        [
            "UPDATE users SET active = false, updated_at = \(now) WHERE id = \(user.resource.id)",
            SessionQueries.deleteAll(of: user.resource.id),
        ] + LivePresence.loggedOut(user.resource.id)
    }

    /// - Parameter group: `nil` for none; else one that the user is in.
    static func setPrimaryGroup(_ group: GroupID?, _ user: Administered, at now: Timestamp) -> SQL {
        """
        UPDATE users SET primary_group_id = \(group)::bigint, updated_at = \(now)
        WHERE id = \(user.resource.id) AND (\(group)::bigint IS NULL OR EXISTS (SELECT 1
            FROM group_users gu WHERE gu.user_id = users.id AND gu.group_id = \(group)::bigint))
        """
    }

    static func resetBounceScore(_ user: Administered, at now: Timestamp) -> SQL {
        """
        UPDATE users SET bounce_score = 0, reset_bounce_score_after = NULL, updated_at = \(now)
        WHERE id = \(user.resource.id)
        """
    }

    static func suspendReason(of id: UserID) -> SQL {
        "SELECT suspend_reason FROM users WHERE id = \(id)"
    }

    // MARK: Leaving

    static func merge(_ user: Removed, into target: User) -> [SQL] {
        [
            "SELECT merge_user(\(user.resource.id), \(target.id))",
            "SELECT note_new_name(\(target.id), \(user.resource.username), \(target.username))",
        ]
    }

    static func remove(_ user: Removed) -> SQL { "SELECT remove_user(\(user.resource.id))" }

    /// How many posts of somebody are there to see, and when the first was written.
    static func postsOf(_ id: UserID) -> SQL {
        """
        SELECT count(*), min(p.created_at) FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE p.user_id = \(id) AND p.deleted_at IS NULL AND t.deleted_at IS NULL
        """
    }

    /// `id, topic_id, post_number` of posts that are there to see, topics before replies.
    static func somePosts(of id: UserID, limit: Int) -> SQL {
        """
        SELECT p.id FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE p.user_id = \(id) AND p.deleted_at IS NULL AND t.deleted_at IS NULL
            AND t.import_id IS NULL
        ORDER BY p.post_number, p.id LIMIT \(limit)
        """
    }

    /// The addresses that somebody links to, without the site's own.
    static func linkedPosts(of id: UserID) -> SQL {
        """
        SELECT cooked FROM posts WHERE user_id = \(id) AND cooked LIKE '%href=%'
        ORDER BY id DESC LIMIT 100
        """
    }

    /// Where somebody signed up from and came from last.
    static func addresses(of id: UserID) -> SQL {
        """
        SELECT host(registration_ip) FROM users WHERE id = \(id) AND registration_ip IS NOT NULL
        UNION SELECT host(client_ip) FROM sessions WHERE user_id = \(id) AND client_ip IS NOT NULL
        """
    }
}
