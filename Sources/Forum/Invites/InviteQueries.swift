package import Postgres

enum InviteQueries {
    static let columns: SQL = """
        i.id, i.invite_key, i.invited_by_id, i.email, i.domain, i.description, i.custom_message,
        i.emailed_at, i.max_redemptions_allowed, i.redemption_count, i.topic_id, i.group_ids,
        i.expires_at, i.created_at, i.updated_at
        """

    static func invite(_ id: Int64) -> SQL {
        "SELECT \(columns) FROM invites i WHERE i.id = \(id)"
    }

    static func invite(key: String) -> SQL {
        "SELECT \(columns) FROM invites i WHERE i.invite_key = \(key)"
    }

    static func invite(email: String, of principal: Principal) -> SQL {
        """
        SELECT \(columns) FROM invites i
        WHERE i.email = \(email) AND (i.invited_by_id = \(principal.id) OR \(principal.isStaff))
        ORDER BY i.id DESC LIMIT 1
        """
    }

    static func insert(
        _ invite: InviteRecord,
        _ permitted: Permitted<Inviting, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO invites (invite_key, invited_by_id, email, domain, description, custom_message,
            max_redemptions_allowed, topic_id, group_ids, expires_at, created_at, updated_at)
        VALUES (\(invite.key), \(permitted.principal.id), \(invite.email), \(invite.domain),
            \(invite.description), \(invite.customMessage), \(invite.maxRedemptions),
            \(invite.topicID), \(invite.groupIDs), \(invite.expiresAt), \(now), \(now))
        RETURNING id
        """
    }

    static func change(
        _ invite: Permitted<ChangingInvite, Invite>,
        _ record: InviteRecord,
        at now: Timestamp
    ) -> SQL {
        """
        UPDATE invites SET email = \(record.email), domain = \(record.domain),
            description = \(record.description), custom_message = \(record.customMessage),
            max_redemptions_allowed = greatest(redemption_count, \(record.maxRedemptions)),
            topic_id = \(record.topicID), group_ids = \(record.groupIDs),
            expires_at = \(record.expiresAt), updated_at = \(now),
            email_token_hash = CASE WHEN email = \(record.email)::text THEN email_token_hash END
        WHERE id = \(invite.resource.id)
        """
    }

    /// A new invitation to an address takes the place of one's earlier ones.
    static func withdraw(_ email: String, of principal: Principal) -> SQL {
        """
        DELETE FROM invites WHERE invited_by_id = \(principal.id) AND email = \(email)
            AND redemption_count = 0
        """
    }

    static func delete(_ invite: Permitted<ChangingInvite, Invite>) -> SQL {
        "DELETE FROM invites WHERE id = \(invite.resource.id)"
    }

    static func deleteExpired(of principal: Principal, at now: Timestamp) -> SQL {
        """
        DELETE FROM invites WHERE invited_by_id = \(principal.id) AND expires_at <= \(now)
            AND redemption_count = 0
        """
    }

    static func mail(_ id: ID<Invite>, to email: String, at now: Timestamp) -> [SQL] {
        [
            "UPDATE invites SET emailed_at = \(now) WHERE id = \(id)",
            AccountEmailQueries.queue(
                .invite,
                user: nil,
                to: email,
                data: "{\"invite_id\": \(id)}",
                at: now
            ),
        ]
    }

    /// What the mail proves is known from now on.
    static func setEmailToken(_ hash: [UInt8], _ id: ID<Invite>) -> SQL {
        "UPDATE invites SET email_token_hash = \(hash) WHERE id = \(id)"
    }

    static func isEmailToken(_ hash: [UInt8], _ id: ID<Invite>) -> SQL {
        "SELECT coalesce(email_token_hash = \(hash), false) FROM invites WHERE id = \(id)"
    }

    static func madeToday(by principal: Principal, at now: Timestamp) -> SQL {
        """
        SELECT count(*) FROM invites
        WHERE invited_by_id = \(principal.id) AND created_at > \(now - 86_400)
        """
    }

    static func topics(_ ids: [Int64], for viewer: Viewer) -> SQL {
        """
        SELECT t.id, t.title, t.fancy_title, t.slug, t.posts_count FROM topics t
        WHERE t.id = ANY(\(ids)::bigint[]) AND \(Visibility.topic(viewer))
        """
    }

    /// `SELECT … FROM invites i` of one person and state.
    static func condition(_ filter: InviteFilter, at now: Timestamp) -> SQL {
        switch filter {
        case .pending:
            "(i.redemption_count < i.max_redemptions_allowed AND i.expires_at > \(now))"
        case .expired:
            "(i.redemption_count < i.max_redemptions_allowed AND i.expires_at <= \(now))"
        }
    }

    static func list(
        of user: UserID,
        _ filter: InviteFilter,
        search: String?,
        offset: Int,
        at now: Timestamp
    ) -> SQL {
        let pattern = search.map { "%" + $0.lowercased().escapedForLike + "%" }
        return """
            SELECT \(columns) FROM invites i
            WHERE i.invited_by_id = \(user) AND \(condition(filter, at: now))
                AND (\(pattern)::text IS NULL OR lower(i.email) LIKE \(pattern)::text
                    OR lower(i.description) LIKE \(pattern)::text)
            ORDER BY i.id DESC LIMIT \(Limits.invitesPerPage) OFFSET \(offset)
            """
    }

    static func redeemed(of user: UserID, offset: Int) -> SQL {
        """
        SELECT \(TopicQueries.userCardColumns), r.redeemed_at, u.last_seen_at, us.topics_entered,
            us.posts_read_count, us.time_read_ms, u.created_at, i.id
        FROM invites i JOIN invited_users r ON r.invite_id = i.id
            JOIN users u ON u.id = r.user_id JOIN user_stats us ON us.user_id = u.id
        WHERE i.invited_by_id = \(user)
        ORDER BY r.redeemed_at DESC, u.id LIMIT \(Limits.invitesPerPage) OFFSET \(offset)
        """
    }

    static func counts(of user: UserID, at now: Timestamp) -> SQL {
        """
        SELECT count(*) FILTER (WHERE \(condition(.pending, at: now))),
            count(*) FILTER (WHERE \(condition(.expired, at: now))),
            (SELECT count(*) FROM invited_users r JOIN invites x ON x.id = r.invite_id
                WHERE x.invited_by_id = \(user))
        FROM invites i WHERE i.invited_by_id = \(user)
        """
    }

    static func toRemind(of principal: Principal, at now: Timestamp) -> SQL {
        """
        SELECT \(columns) FROM invites i WHERE i.invited_by_id = \(principal.id)
            AND i.email IS NOT NULL AND i.redemption_count = 0
        ORDER BY i.id DESC LIMIT \(Limits.invitesPerRequest)
        """
    }

    static func prolong(_ id: ID<Invite>, until end: Timestamp, at now: Timestamp) -> SQL {
        """
        UPDATE invites SET expires_at = greatest(expires_at, \(end)), updated_at = \(now)
        WHERE id = \(id)
        """
    }
}

struct InviteRecord: Sendable {
    let key: String
    let email: String?
    let domain: String?
    let description: String?
    let customMessage: String?
    let maxRedemptions: Int
    let topicID: TopicID?
    let groupIDs: [Int64]
    let expiresAt: Timestamp
}

extension Invite: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        key = try row.next()
        inviterID = try row.next()
        email = try row.next()
        domain = try row.next()
        description = try row.next()
        customMessage = try row.next()
        emailedAt = try row.next()
        maxRedemptions = try row.next()
        redemptionCount = try row.next()
        topicID = try row.next()
        groupIDs = try row.next()
        expiresAt = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
    }
}
