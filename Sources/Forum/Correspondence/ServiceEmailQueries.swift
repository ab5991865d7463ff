import Postgres

enum ServiceEmailQueries {
    /// - Parameter topic: Kept under `about` of the mail's data.
    static func queue(
        _ kind: ServiceEmail,
        to address: String,
        data: String,
        about topic: String?,
        perDay: Int,
        at now: Timestamp
    ) -> SQL {
        """
        INSERT INTO outgoing_emails (email_type, to_address, data, created_at, next_attempt_at)
        SELECT \(kind.rawValue), \(address),
            \(data)::jsonb || jsonb_build_object('about', \(topic)::text),
            \(now)::timestamptz, \(now)::timestamptz
        WHERE \(address) NOT LIKE '%.invalid' AND (SELECT count(*) FROM outgoing_emails had
            WHERE had.to_address = \(address) AND had.email_type = \(kind.rawValue)
                AND had.created_at > \(now - 86_400)
                AND (had.data ->> 'about') IS NOT DISTINCT FROM \(topic)::text) < \(perDay)::int
        RETURNING id
        """
    }
}
