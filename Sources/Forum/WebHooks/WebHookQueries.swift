import Postgres

enum WebHookQueries {
    private static let columns: SQL = """
        h.id, h.payload_url, h.content_type, h.last_delivery_status, h.sealed_secret IS NOT NULL,
        h.wildcard, h.event_types::bigint[], h.category_ids,
        coalesce((SELECT array_agg(g.name ORDER BY g.name) FROM tags g
            WHERE g.id = ANY(h.tag_ids)), '{}'),
        h.group_ids, h.verify_certificate, h.active
        """

    static func list(limit: Int, offset: Int) -> SQL {
        "SELECT \(columns) FROM web_hooks h ORDER BY h.id OFFSET \(offset) LIMIT \(limit)"
    }

    static func count() -> SQL { "SELECT count(*) FROM web_hooks" }

    static func one(_ id: WebHookID) -> SQL {
        "SELECT \(columns) FROM web_hooks h WHERE h.id = \(id)"
    }

    /// Numbers among the given ones that nothing has, and names that no tag has, as texts.
    static func unknown(categories: [Int64], groups: [Int64], tagKeys: [String]) -> SQL {
        """
        SELECT 'category ' || n FROM unnest(\(categories)::bigint[]) n
            WHERE NOT EXISTS (SELECT 1 FROM categories c WHERE c.id = n)
        UNION ALL SELECT 'group ' || n FROM unnest(\(groups)::bigint[]) n
            WHERE NOT EXISTS (SELECT 1 FROM groups g WHERE g.id = n)
        UNION ALL SELECT 'tag ' || k FROM unnest(\(tagKeys)::text[]) k
            WHERE NOT EXISTS (SELECT 1 FROM tags g WHERE g.name_lower = k)
        """
    }

    static func tagIDs(_ keys: [String]) -> SQL {
        "SELECT id FROM tags WHERE name_lower = ANY(\(keys)::text[]) ORDER BY id"
    }

    static func insert(
        _ hook: CheckedWebHook,
        _ permitted: Permitted<AdministerSite, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO web_hooks (payload_url, content_type, wildcard, event_types, category_ids,
            tag_ids, group_ids, verify_certificate, active, created_at, updated_at)
        SELECT \(hook.payloadURL), \(hook.contentType)::smallint, \(hook.isWildcard),
            \(hook.eventTypes)::bigint[]::smallint[], \(hook.categoryIDs)::bigint[],
            \(hook.tagIDs)::bigint[], \(hook.groupIDs)::bigint[], \(hook.verifiesCertificate),
            \(hook.isActive), \(now), \(now)
        WHERE (SELECT count(*) FROM web_hooks) < \(Limits.webHooksMax)
        RETURNING id
        """
    }

    /// What waits for one that is turned on again goes out; its count of failures begins anew.
    static func update(
        _ id: WebHookID,
        _ hook: CheckedWebHook,
        _ permitted: Permitted<AdministerSite, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        UPDATE web_hooks SET payload_url = \(hook.payloadURL),
            content_type = \(hook.contentType)::smallint, wildcard = \(hook.isWildcard),
            event_types = \(hook.eventTypes)::bigint[]::smallint[],
            category_ids = \(hook.categoryIDs)::bigint[], tag_ids = \(hook.tagIDs)::bigint[],
            group_ids = \(hook.groupIDs)::bigint[],
            verify_certificate = \(hook.verifiesCertificate), given_up = 0,
            last_delivery_status = CASE WHEN \(hook.isActive) AND NOT active THEN 1
                ELSE last_delivery_status END,
            active = \(hook.isActive), updated_at = \(now)
        WHERE id = \(id) RETURNING id
        """
    }

    static func setSecret(
        _ id: WebHookID,
        _ sealed: [UInt8]?,
        _ permitted: Permitted<AdministerSite, WholeSite>
    ) -> SQL {
        "UPDATE web_hooks SET sealed_secret = \(sealed)::bytea WHERE id = \(id)"
    }

    static func delete(
        _ id: WebHookID,
        _ permitted: Permitted<AdministerSite, WholeSite>
    ) -> SQL {
        "DELETE FROM web_hooks WHERE id = \(id)"
    }

    static let sealedSecrets: SQL =
        "SELECT id, sealed_secret FROM web_hooks WHERE sealed_secret IS NOT NULL ORDER BY id"

    static func noteSuccess(_ id: WebHookID) -> SQL {
        """
        UPDATE web_hooks SET last_delivery_status = 3, given_up = 0
        WHERE id = \(id) AND (last_delivery_status, given_up) IS DISTINCT FROM (3, 0)
        """
    }

    static func noteFailure(_ id: WebHookID) -> SQL {
        "UPDATE web_hooks SET last_delivery_status = 2 WHERE id = \(id) AND last_delivery_status <> 2"
    }

    /// - Returns: A row when that was one too many and the webhook is off now.
    static func noteGivenUp(_ id: WebHookID, isGone: Bool) -> SQL {
        """
        WITH counted AS (
            UPDATE web_hooks SET given_up = given_up + 1, last_delivery_status = 2 WHERE id = \(id)
            RETURNING id, given_up, active
        )
        SELECT id FROM counted
        WHERE active AND (\(isGone) OR given_up >= \(Limits.webHookGivenUpMax)::int)
        """
    }

    static func turnOff(_ id: WebHookID, at now: Timestamp) -> SQL {
        """
        UPDATE web_hooks SET active = false, last_delivery_status = 4, updated_at = \(now)
        WHERE id = \(id)
        """
    }
}
