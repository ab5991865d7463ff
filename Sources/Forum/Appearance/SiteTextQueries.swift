import Postgres

enum SiteTextQueries {
    typealias Administered = Permitted<AdministerSite, WholeSite>

    static let all: SQL = "SELECT id, value FROM site_texts"

    static func value(_ id: String) -> SQL { "SELECT value FROM site_texts WHERE id = \(id)" }

    static func set(
        _ id: String,
        _ value: String,
        _ permitted: Administered,
        at now: Timestamp
    )
        -> SQL
    {
        """
        INSERT INTO site_texts (id, value, updated_at) VALUES (\(id), \(value), \(now))
        ON CONFLICT (id) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
        """
    }

    static func reset(_ id: String, _ permitted: Administered) -> SQL {
        "DELETE FROM site_texts WHERE id = \(id)"
    }
}

struct SiteTextRow: RowDecodable {
    let id: String
    let value: String

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        value = try row.next()
    }
}
