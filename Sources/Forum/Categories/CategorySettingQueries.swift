package import Postgres

enum CategorySettingQueries {
    /// What `CategorySettings.init(from:)` reads of `c`.
    static func columns(_ viewer: Viewer) -> SQL {
        """
        c.style_type, c.emoji, c.icon, c.allow_badges, c.default_top_period,
        c.default_list_filter, c.sort_order, c.sort_ascending, c.show_subcategory_list,
        c.subcategory_list_style, c.navigate_to_first_post_after_read, c.auto_close_hours,
        c.auto_close_based_on_last_post, c.default_slow_mode_seconds, c.all_topics_wiki,
        c.allow_unlimited_owner_edits_on_first_post, c.topic_featured_link_allowed,
        c.topic_title_placeholder, c.read_only_banner, c.search_priority,
        c.require_topic_approval, c.require_reply_approval, c.num_auto_bump_daily,
        c.auto_bump_cooldown_days, c.allow_global_tags, 
        ARRAY(SELECT f.key FROM jsonb_each_text(c.custom_fields) f ORDER BY f.key),
        ARRAY(SELECT f.value FROM jsonb_each_text(c.custom_fields) f ORDER BY f.key),
        ARRAY(SELECT g.name FROM category_tags x JOIN tags g ON g.id = x.tag_id
            WHERE x.category_id = c.id AND \(Visibility.tag(viewer)) ORDER BY g.name_lower),
        ARRAY(SELECT tg.name FROM category_tag_groups x JOIN tag_groups tg ON tg.id = x.tag_group_id
            WHERE x.category_id = c.id AND \(isVisible(viewer)) ORDER BY tg.name),
        ARRAY(SELECT tg.name FROM category_required_tag_groups x
            JOIN tag_groups tg ON tg.id = x.tag_group_id
            WHERE x.category_id = c.id AND \(isVisible(viewer)) ORDER BY x.position, tg.name),
        ARRAY(SELECT x.min_count::bigint FROM category_required_tag_groups x
            JOIN tag_groups tg ON tg.id = x.tag_group_id
            WHERE x.category_id = c.id AND \(isVisible(viewer)) ORDER BY x.position, tg.name)
        """
    }

    private static func isVisible(_ viewer: Viewer) -> SQL {
        if viewer.isStaff { return "TRUE" }
        return """
            EXISTS (SELECT 1 FROM tag_group_permissions p WHERE p.tag_group_id = tg.id
                AND p.group_id = ANY(\(viewer.groupIDs)::bigint[]))
            """
    }

    static func update(_ id: CategoryID, _ fields: CategorySettingFields) -> SQL {
        """
        UPDATE categories SET
            style_type = coalesce(\(fields.styleType)::text, style_type),
            emoji = \(text("emoji", fields.emoji)), icon = \(text("icon", fields.icon)),
            allow_badges = coalesce(\(fields.allowsBadges)::boolean, allow_badges),
            default_top_period = coalesce(\(fields.defaultTopPeriod)::text, default_top_period),
            default_list_filter = coalesce(\(fields.defaultListFilter)::text, default_list_filter),
            sort_order = \(text("sort_order", fields.sortOrder)),
            sort_ascending = coalesce(\(fields.sortAscending)::boolean, sort_ascending),
            show_subcategory_list =
                coalesce(\(fields.showsSubcategoryList)::boolean, show_subcategory_list),
            subcategory_list_style =
                coalesce(\(fields.subcategoryListStyle)::text, subcategory_list_style),
            navigate_to_first_post_after_read =
                coalesce(\(fields.navigatesToFirstPost)::boolean, navigate_to_first_post_after_read),
            auto_close_hours =
                nullif(coalesce(\(fields.autoCloseHours)::float8, auto_close_hours), 0),
            auto_close_based_on_last_post =
                coalesce(\(fields.autoCloseBasedOnLastPost)::boolean, auto_close_based_on_last_post),
            default_slow_mode_seconds = nullif(
                coalesce(\(fields.defaultSlowModeSeconds)::int, default_slow_mode_seconds), 0),
            all_topics_wiki = coalesce(\(fields.allTopicsWiki)::boolean, all_topics_wiki),
            allow_unlimited_owner_edits_on_first_post = coalesce(
                \(fields.allowsUnlimitedOwnerEdits)::boolean,
                allow_unlimited_owner_edits_on_first_post),
            topic_featured_link_allowed =
                coalesce(\(fields.allowsFeaturedLinks)::boolean, topic_featured_link_allowed),
            topic_title_placeholder =
                \(text("topic_title_placeholder", fields.topicTitlePlaceholder)),
            read_only_banner = \(text("read_only_banner", fields.readOnlyBanner)),
            search_priority = coalesce(\(fields.searchPriority)::smallint, search_priority),
            require_topic_approval =
                coalesce(\(fields.requiresTopicApproval)::boolean, require_topic_approval),
            require_reply_approval =
                coalesce(\(fields.requiresReplyApproval)::boolean, require_reply_approval),
            num_auto_bump_daily = coalesce(\(fields.numAutoBumpDaily)::int, num_auto_bump_daily),
            auto_bump_cooldown_days =
                coalesce(\(fields.autoBumpCooldownDays)::int, auto_bump_cooldown_days),
            allow_global_tags = coalesce(\(fields.allowsGlobalTags)::boolean, allow_global_tags),
            custom_fields = \(customFields(fields.customFields))
        WHERE id = \(id)
        """
    }

    private static func text(_ column: SQL, _ value: String?) -> SQL {
        guard let value else { return column }
        return "nullif(\(value)::text, '')"
    }

    private static func customFields(_ fields: [String: String]?) -> SQL {
        guard let fields, !fields.isEmpty else { return "custom_fields" }
        let keys = fields.keys.sorted()
        let set = keys.filter { fields[$0] != "" }
        let gone = keys.filter { fields[$0] == "" }
        return """
            (custom_fields || coalesce((SELECT jsonb_object_agg(k, v)
                FROM unnest(\(set)::text[], \(set.map { fields[$0] ?? "" })::text[])
                    AS given (k, v)), '{}'))
                - \(gone)::text[]
            """
    }

    static func setTags(_ names: [String], of id: CategoryID) -> [SQL] {
        [
            "DELETE FROM category_tags WHERE category_id = \(id)",
            """
            INSERT INTO category_tags (category_id, tag_id)
            SELECT DISTINCT \(id)::bigint, coalesce(g.target_tag_id, g.id) FROM tags g
            WHERE g.name_lower = ANY(\(names)::text[])
            """,
        ]
    }

    static func setTagGroups(_ names: [String], of id: CategoryID) -> [SQL] {
        [
            "DELETE FROM category_tag_groups WHERE category_id = \(id)",
            """
            INSERT INTO category_tag_groups (category_id, tag_group_id)
            SELECT \(id)::bigint, tg.id FROM tag_groups tg WHERE lower(tg.name) = ANY(\(names)::text[])
            """,
        ]
    }

    static func setRequired(_ groups: [RequiredTagGroup], of id: CategoryID) -> [SQL] {
        let names = groups.map { $0.name.lowercased() }
        return [
            "DELETE FROM category_required_tag_groups WHERE category_id = \(id)",
            """
            INSERT INTO category_required_tag_groups (category_id, tag_group_id, min_count, position)
            SELECT \(id)::bigint, tg.id, given.n, given.place
            FROM unnest(\(names)::text[], \(groups.map(\.minCount))::int[])
                    WITH ORDINALITY AS given (name, n, place)
                JOIN tag_groups tg ON lower(tg.name) = given.name
            ON CONFLICT DO NOTHING
            """,
        ]
    }

    /// The lower-case names among `names` that are tag groups.
    static func tagGroupNames(_ names: [String]) -> SQL {
        "SELECT lower(name) FROM tag_groups WHERE lower(name) = ANY(\(names)::text[])"
    }
}

extension CategorySettings: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        styleType = try row.next()
        emoji = try row.next()
        icon = try row.next()
        allowsBadges = try row.next()
        defaultTopPeriod = try row.next()
        defaultListFilter = try row.next()
        sortOrder = try row.next()
        sortAscending = try row.next()
        showsSubcategoryList = try row.next()
        subcategoryListStyle = try row.next()
        navigatesToFirstPost = try row.next()
        autoCloseHours = try row.next()
        autoCloseBasedOnLastPost = try row.next()
        defaultSlowModeSeconds = try row.next()
        allTopicsWiki = try row.next()
        allowsUnlimitedOwnerEdits = try row.next()
        allowsFeaturedLinks = try row.next()
        topicTitlePlaceholder = try row.next()
        readOnlyBanner = try row.next()
        searchPriority = try row.next()
        requiresTopicApproval = try row.next()
        requiresReplyApproval = try row.next()
        numAutoBumpDaily = try row.next()
        autoBumpCooldownDays = try row.next()
        allowsGlobalTags = try row.next()
        let names: [String] = try row.next()
        let values: [String] = try row.next()
        customFields = Dictionary(zip(names, values), uniquingKeysWith: { $1 })
        allowedTags = try row.next()
        allowedTagGroups = try row.next()
        let required: [String] = try row.next()
        let counts: [Int] = try row.next()
        requiredTagGroups = zip(required, counts).map { RequiredTagGroup(name: $0, minCount: $1) }
    }
}
