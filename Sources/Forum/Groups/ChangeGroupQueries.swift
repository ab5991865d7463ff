import Postgres

/// The statements that make, change and remove groups.
enum ChangeGroupQueries {
    typealias Edited = Permitted<EditingGroup, Group>

    static func insert(
        name: String,
        _ permitted: Permitted<AdministerSite, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO groups (name, name_lower, created_at)
        VALUES (\(name), \(UsernameRules.fold(name)), \(now)) RETURNING id
        """
    }

    static func delete(_ group: Permitted<ManagingGroup, Group>) -> SQL {
        "DELETE FROM groups WHERE id = \(group.resource.id) AND NOT automatic"
    }

    static func update(_ group: Edited, _ fields: GroupFields, bioCooked: String?) -> SQL {
        """
        UPDATE groups SET
            name = coalesce(\(fields.name), name),
            name_lower = coalesce(\(fields.name.map { UsernameRules.fold($0) }), name_lower),
            full_name = nullif(coalesce(\(fields.fullName), full_name), ''),
            bio_raw = nullif(coalesce(\(fields.bioRaw), bio_raw), ''),
            bio_cooked = nullif(coalesce(\(bioCooked), bio_cooked), ''),
            title = nullif(coalesce(\(fields.title), title), ''),
            visibility_level = coalesce(\(fields.visibilityLevel)::smallint, visibility_level),
            members_visibility_level =
                coalesce(\(fields.membersVisibilityLevel)::smallint, members_visibility_level),
            mentionable_level = coalesce(\(fields.mentionableLevel)::smallint, mentionable_level),
            messageable_level = coalesce(\(fields.messageableLevel)::smallint, messageable_level),
            default_notification_level =
                coalesce(\(fields.defaultNotificationLevel)::smallint, default_notification_level),
            primary_group = coalesce(\(fields.isPrimary)::boolean, primary_group),
            grant_trust_level =
                nullif(coalesce(\(fields.grantTrustLevel)::smallint, grant_trust_level), 0),
            flair_icon = nullif(coalesce(\(fields.flairIcon), flair_icon), ''),
            flair_color = nullif(coalesce(\(fields.flairColor), flair_color), ''),
            flair_bg_color = nullif(coalesce(\(fields.flairBackground), flair_bg_color), ''),
            public_admission = coalesce(\(fields.isOpenToJoin)::boolean, public_admission),
            public_exit = coalesce(\(fields.isOpenToLeave)::boolean, public_exit),
            allow_membership_requests =
                coalesce(\(fields.takesRequests)::boolean, allow_membership_requests),
            membership_request_template =
                nullif(coalesce(\(fields.requestTemplate), membership_request_template), ''),
            publish_read_state =
                coalesce(\(fields.publishesReadState)::boolean, publish_read_state),
            automatic_membership_email_domains =
                nullif(coalesce(\(fields.emailDomains), automatic_membership_email_domains), ''),
            incoming_email = nullif(coalesce(\(fields.incomingEmail), incoming_email), '')
        WHERE id = \(group.resource.id)
        """
    }

    /// Who is in it already gets what the group gives from now on.
    static func giveToMembers(_ group: Edited) -> [SQL] {
        let id = group.resource.id
        return [
            """
            UPDATE users u SET
                primary_group_id = CASE WHEN g.primary_group
                    THEN coalesce(u.primary_group_id, g.id) ELSE nullif(u.primary_group_id, g.id) END,
                title = CASE WHEN u.title IS NULL OR u.title IN ('', \(group.resource.title ?? ""))
                    THEN g.title ELSE u.title END,
                trust_level = greatest(u.trust_level, coalesce(g.grant_trust_level, 0))
            FROM groups g JOIN group_users gu ON gu.group_id = g.id
            WHERE g.id = \(id) AND NOT g.automatic AND u.id = gu.user_id AND u.id > 0
            """,
            """
            INSERT INTO group_users (group_id, user_id)
            SELECT g.id, u.id FROM groups g CROSS JOIN user_emails e JOIN users u ON u.id = e.user_id
            WHERE g.id = \(id) AND NOT g.automatic
                AND g.automatic_membership_email_domains IS NOT NULL
                AND e.verified_at IS NOT NULL AND NOT u.staged AND u.id > 0
                AND split_part(e.email_lower, '@', 2)
                    = ANY(string_to_array(lower(g.automatic_membership_email_domains), '|'))
            ON CONFLICT DO NOTHING
            """,
        ]
    }

    static func setCategories(_ ids: [Int64], level: Int, of group: Edited) -> [SQL] {
        [
            """
            DELETE FROM group_category_levels WHERE group_id = \(group.resource.id)
                AND (notification_level = \(level)::smallint OR category_id = ANY(\(ids)::bigint[]))
            """,
            """
            INSERT INTO group_category_levels (group_id, category_id, notification_level)
            SELECT \(group.resource.id), c.id, \(level)::smallint FROM categories c
            WHERE c.id = ANY(\(ids)::bigint[])
            """,
        ]
    }

    static func setTags(_ names: [String], level: Int, of group: Edited) -> [SQL] {
        [
            """
            DELETE FROM group_tag_levels WHERE group_id = \(group.resource.id)
                AND (notification_level = \(level)::smallint OR tag_id IN
                    (SELECT t.id FROM tags t WHERE t.name_lower = ANY(\(names)::text[])))
            """,
            """
            INSERT INTO group_tag_levels (group_id, tag_id, notification_level)
            SELECT \(group.resource.id), t.id, \(level)::smallint FROM tags t
            WHERE t.name_lower = ANY(\(names)::text[])
            """,
        ]
    }

    /// Writes down which settings were changed.
    static func record(
        _ changes: [GroupChange],
        of group: Edited,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO group_histories (group_id, acting_user_id, action, subject, prev_value,
            new_value, created_at)
        SELECT \(group.resource.id), \(group.principal.id), 1, c.subject, c.before, c.after, \(now)
        FROM unnest(\(changes.map(\.subject))::text[], \(changes.map(\.before))::text[],
            \(changes.map(\.after))::text[]) AS c (subject, before, after)
        """
    }
}

/// One setting of a group that was changed.
struct GroupChange: Sendable, Equatable {
    let subject: String
    let before: String
    let after: String

    /// What differs between two states of one group.
    static func between(_ old: Group, _ new: Group) -> [GroupChange] {
        zip(old.history, new.history).compactMap { old, new in
            old.1 == new.1 ? nil : GroupChange(subject: old.0, before: old.1, after: new.1)
        }
    }
}

extension Group {
    /// The settings that the history of a group keeps, as text.
    fileprivate var history: [(String, String)] {
        [
            ("name", name), ("full_name", fullName ?? ""), ("bio_raw", bioRaw ?? ""),
            ("title", title ?? ""), ("visibility_level", "\(visibilityLevel)"),
            ("members_visibility_level", "\(membersVisibilityLevel)"),
            ("mentionable_level", "\(mentionableLevel)"),
            ("messageable_level", "\(messageableLevel)"),
            ("default_notification_level", "\(defaultNotificationLevel)"),
            ("primary_group", "\(isPrimary)"),
            ("grant_trust_level", grantTrustLevel.map { "\($0)" } ?? ""),
            ("flair_icon", flairIcon ?? ""), ("flair_color", flairColor ?? ""),
            ("flair_bg_color", flairBackground ?? ""), ("public_admission", "\(isOpenToJoin)"),
            ("public_exit", "\(isOpenToLeave)"), ("allow_membership_requests", "\(takesRequests)"),
            ("membership_request_template", requestTemplate ?? ""),
            ("publish_read_state", "\(publishesReadState)"),
            ("automatic_membership_email_domains", emailDomains ?? ""),
            ("incoming_email", incomingEmail ?? ""),
        ]
    }
}
