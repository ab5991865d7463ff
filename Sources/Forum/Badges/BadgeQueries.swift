package import Postgres

enum BadgeQueries {
    static let columns: SQL = """
        b.id, b.name, b.description, b.long_description, b.badge_type_id, b.badge_grouping_id,
        b.grant_count, b.allow_title, b.multiple_grant, b.icon, b.image_upload_id, image.name,
        image.extension, b.listable, b.enabled, b.system, b.trigger, b.target_posts, b.show_posts,
        b.show_in_post_header, b.auto_revoke
        """
    static let tables: SQL = "badges b LEFT JOIN uploads image ON image.id = b.image_upload_id"

    static func list() -> SQL {
        """
        SELECT \(columns) FROM \(tables) JOIN badge_groupings g ON g.id = b.badge_grouping_id
        ORDER BY g.position, b.badge_type_id DESC, b.id LIMIT \(Limits.badgesMax)
        """
    }

    static func badge(_ id: BadgeID) -> SQL {
        "SELECT \(columns) FROM \(tables) WHERE b.id = \(id)"
    }

    static func types() -> SQL { "SELECT id, name, sort_order FROM badge_types ORDER BY id" }

    static func groupings() -> SQL {
        "SELECT id, name, description, position FROM badge_groupings ORDER BY position, id"
    }

    static func heldBadgeIDs(by user: UserID) -> SQL {
        "SELECT DISTINCT badge_id FROM user_badges WHERE user_id = \(user)"
    }

    static func count() -> SQL { "SELECT count(*) FROM badges" }

    static func insert(
        _ permitted: Permitted<ChangingBadge, BadgeAdministration>,
        _ fields: BadgeFields
    ) -> SQL {
        """
        INSERT INTO badges (name, badge_type_id, description, long_description, badge_grouping_id,
            icon, image_upload_id, allow_title, multiple_grant, listable, enabled, target_posts,
            show_posts, show_in_post_header, auto_revoke)
        VALUES (\(fields.name), \(fields.typeID), coalesce(\(fields.description)::text, ''),
            coalesce(\(fields.longDescription)::text, ''), coalesce(\(fields.groupingID)::bigint, 5),
            coalesce(\(fields.icon)::text, 'certificate'), \(fields.imageUploadID)::bigint,
            coalesce(\(fields.allowsTitle)::bool, false),
            coalesce(\(fields.isMultiple)::bool, false), coalesce(\(fields.isListable)::bool, true),
            coalesce(\(fields.isEnabled)::bool, true),
            coalesce(\(fields.targetsPosts)::bool, false),
            coalesce(\(fields.showsPosts)::bool, false),
            coalesce(\(fields.showsInPostHeader)::bool, false),
            coalesce(\(fields.autoRevokes)::bool, true))
        RETURNING id
        """
    }

    /// What defines a badge of the forum itself stays as it is.
    static func update(
        _ permitted: Permitted<ChangingBadge, BadgeAdministration>,
        _ id: BadgeID,
        _ fields: BadgeFields
    ) -> SQL {
        """
        UPDATE badges SET
            name = CASE WHEN system THEN name ELSE coalesce(\(fields.name)::text, name) END,
            badge_type_id = CASE WHEN system THEN badge_type_id
                ELSE coalesce(\(fields.typeID)::smallint, badge_type_id) END,
            description = CASE WHEN system THEN description
                ELSE coalesce(\(fields.description)::text, description) END,
            long_description = CASE WHEN system THEN long_description
                ELSE coalesce(\(fields.longDescription)::text, long_description) END,
            badge_grouping_id = coalesce(\(fields.groupingID)::bigint, badge_grouping_id),
            icon = coalesce(\(fields.icon)::text, icon),
            image_upload_id = coalesce(\(fields.imageUploadID)::bigint, image_upload_id),
            allow_title = coalesce(\(fields.allowsTitle)::bool, allow_title),
            enabled = coalesce(\(fields.isEnabled)::bool, enabled),
            multiple_grant = CASE WHEN system THEN multiple_grant
                ELSE coalesce(\(fields.isMultiple)::bool, multiple_grant) END,
            listable = CASE WHEN system THEN listable
                ELSE coalesce(\(fields.isListable)::bool, listable) END,
            target_posts = CASE WHEN system THEN target_posts
                ELSE coalesce(\(fields.targetsPosts)::bool, target_posts) END,
            show_posts = CASE WHEN system THEN show_posts
                ELSE coalesce(\(fields.showsPosts)::bool, show_posts) END,
            show_in_post_header =
                coalesce(\(fields.showsInPostHeader)::bool, show_in_post_header),
            auto_revoke = CASE WHEN system THEN auto_revoke
                ELSE coalesce(\(fields.autoRevokes)::bool, auto_revoke) END
        WHERE id = \(id)
        """
    }

    static func delete(
        _ permitted: Permitted<ChangingBadge, BadgeAdministration>,
        _ id: BadgeID
    ) -> SQL {
        "DELETE FROM badges WHERE id = \(id)"
    }

    // MARK: Who has them

    /// Rows of `UserBadge`: the post is named only to those who may see it.
    private static func held(_ viewer: Viewer) -> SQL {
        """
        SELECT ub.id, ub.badge_id, u.id, u.username, u.name, u.admin, u.moderator, u.trust_level,
            g.id, g.username, g.name, g.admin, g.moderator, g.trust_level, ub.granted_at,
            bg.position, ub.is_favorite, shown.post_id, shown.post_number, shown.topic_id, shown.title
        FROM user_badges ub JOIN badges b ON b.id = ub.badge_id
            JOIN badge_groupings bg ON bg.id = b.badge_grouping_id
            JOIN users u ON u.id = ub.user_id JOIN users g ON g.id = ub.granted_by_id
            LEFT JOIN LATERAL (SELECT p.id AS post_id, p.post_number, t.id AS topic_id, t.title
                FROM posts p JOIN topics t ON t.id = p.topic_id
                WHERE p.id = ub.post_id AND b.show_posts AND \(Visibility.topic(viewer))
                    AND \(Visibility.post(viewer))) shown ON true
        """
    }

    static func badges(of user: UserID, for viewer: Viewer) -> SQL {
        """
        \(held(viewer)) WHERE ub.user_id = \(user) AND b.enabled
            AND (b.listable OR \(viewer.isStaff))
        ORDER BY ub.is_favorite DESC, ub.granted_at DESC, ub.id DESC LIMIT \(Limits.userBadgesMax)
        """
    }

    static func holders(
        of badge: BadgeID,
        user: UserID?,
        offset: Int,
        for viewer: Viewer
    ) -> SQL {
        """
        \(held(viewer)) WHERE ub.badge_id = \(badge) AND b.enabled AND u.active AND NOT u.staged
            AND (\(user)::bigint IS NULL OR ub.user_id = \(user)::bigint)
        ORDER BY ub.id DESC OFFSET \(offset) LIMIT \(Limits.badgeHoldersPerPage)
        """
    }

    static func userBadge(_ id: UserBadgeID, for viewer: Viewer) -> SQL {
        "\(held(viewer)) WHERE ub.id = \(id)"
    }

    static func grantedID(_ badge: BadgeID, to user: UserID) -> SQL {
        """
        SELECT id FROM user_badges WHERE badge_id = \(badge) AND user_id = \(user)
        ORDER BY id DESC LIMIT 1
        """
    }

    /// Gives somebody a badge, unless they have it and it is given once, and tells them.
    static func grant(
        _ permitted: Permitted<GrantingBadge, BadgeGrant>,
        post: PostID?,
        at now: Timestamp
    ) -> SQL {
        let badge = permitted.resource.badge.id
        let user = permitted.resource.user.id
        return """
            WITH granted AS (
                INSERT INTO user_badges (badge_id, user_id, granted_by_id, granted_at, post_id, seq)
                SELECT b.id, \(user), \(permitted.principal.id), \(now), \(post)::bigint,
                    coalesce((SELECT max(seq) + 1 FROM user_badges had
                        WHERE had.badge_id = b.id AND had.user_id = \(user)), 0)
                FROM badges b WHERE b.id = \(badge) AND (b.multiple_grant OR NOT EXISTS (
                    SELECT 1 FROM user_badges had
                    WHERE had.badge_id = b.id AND had.user_id = \(user)))
                ON CONFLICT DO NOTHING RETURNING id, badge_id, user_id
            ), told AS (\(EarnedBadgeQueries.notices))
            SELECT id FROM granted
            """
    }

    static func revoke(
        _ permitted: Permitted<GrantingBadge, BadgeGrant>,
        _ id: UserBadgeID
    ) -> SQL {
        "DELETE FROM user_badges WHERE id = \(id) AND badge_id = \(permitted.resource.badge.id)"
    }

    /// Favours every grant of the badge, or no longer; as many badges as Discourse allows.
    static func toggleFavorite(_ permitted: Permitted<FavoringBadge, UserBadge>) -> SQL {
        let badge = permitted.resource
        return """
            UPDATE user_badges SET is_favorite = NOT \(badge.isFavorite)
            WHERE user_id = \(badge.holder.id) AND badge_id = \(badge.badgeID)
                AND (\(badge.isFavorite) OR (SELECT count(DISTINCT badge_id) FROM user_badges mine
                    WHERE mine.user_id = \(badge.holder.id) AND mine.is_favorite)
                    < \(Limits.favoriteBadgesMax))
            """
    }

    /// `uploaded_avatar_id, badges, badges that may be a title, favourites` of one person.
    static func honours(of user: UserID) -> SQL {
        """
        SELECT u.uploaded_avatar_id, count(DISTINCT b.id), coalesce(bool_or(b.allow_title), false),
            coalesce(array_agg(ub.id ORDER BY ub.id) FILTER (WHERE ub.is_favorite), '{}')
        FROM users u LEFT JOIN (user_badges ub JOIN badges b ON b.id = ub.badge_id AND b.enabled
            AND b.listable) ON ub.user_id = u.id
        WHERE u.id = \(user) GROUP BY u.id
        """
    }
}

/// What a profile shows of a person's picture and badges.
package struct UserHonours: Sendable, RowDecodable {
    package let avatarUploadID: UploadID?
    package let badgeCount: Int
    package let hasTitleBadges: Bool
    package let favoriteIDs: [Int64]

    package init(from row: inout RowReader) throws(PostgresError) {
        avatarUploadID = try row.next()
        badgeCount = try row.next()
        hasTitleBadges = try row.next()
        favoriteIDs = try row.next()
    }
}
