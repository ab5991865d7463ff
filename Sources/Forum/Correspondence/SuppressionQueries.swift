import Postgres

enum SuppressionQueries {
    typealias Administrator = Permitted<AdministerSite, WholeSite>

    /// Why mail to the address of an `outgoing_emails` row `o` is held back; NULL when it is not.
    static let reason: SQL = """
        (SELECT s.reason FROM email_suppressions s WHERE s.address_lower = lower(o.to_address)
            AND (s.expires_at IS NULL OR s.expires_at > now()))
        """

    /// - Parameter days: How long; nil for ever. What staff said stays.
    static func add(_ address: String, reason: String, source: String, days: Int?) -> SQL {
        """
        INSERT INTO email_suppressions AS s (address_lower, reason, source, expires_at)
        VALUES (lower(\(address)), left(\(reason), 500), \(source),
            now() + make_interval(days => \(days)::int))
        ON CONFLICT (address_lower) DO UPDATE
        SET reason = excluded.reason, source = excluded.source, created_at = now(),
            expires_at = excluded.expires_at
        WHERE s.source <> 'staff' OR excluded.source = 'staff'
        """
    }

    static func remove(_ address: String, _ permitted: Administrator) -> SQL {
        """
        DELETE FROM email_suppressions WHERE address_lower = lower(\(address))
        RETURNING address_lower
        """
    }

    static func list(limit: Int, _ permitted: Administrator) -> SQL {
        """
        SELECT address_lower, reason, source, created_at, expires_at FROM email_suppressions
        WHERE expires_at IS NULL OR expires_at > now() ORDER BY created_at DESC LIMIT \(limit)
        """
    }

    static let expire: SQL = "DELETE FROM email_suppressions WHERE expires_at < now()"
}
