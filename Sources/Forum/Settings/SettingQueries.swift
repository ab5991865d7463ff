import Postgres

enum SettingQueries {
    static let all: SQL = "SELECT name, value FROM site_settings ORDER BY name"

    static func set(_ name: String, to value: String, at time: Timestamp) -> SQL {
        """
        INSERT INTO site_settings (name, value, updated_at) VALUES (\(name), \(value), \(time))
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
        """
    }

    /// Makes the secret unless one of that name exists: who comes second keeps the first.
    static func offerSecret(_ name: String, _ secret: [UInt8]) -> SQL {
        """
        INSERT INTO site_secrets (name, secret) VALUES (\(name), \(secret))
        ON CONFLICT (name) DO NOTHING
        """
    }

    static func secrets(_ names: [String]) -> SQL {
        "SELECT name, secret FROM site_secrets WHERE name = ANY(\(names)::text[])"
    }
}

struct SettingRow: RowDecodable {
    let name: String
    let value: String

    init(from row: inout RowReader) throws(PostgresError) {
        name = try row.next()
        value = try row.next()
    }
}

struct SecretRow: RowDecodable {
    let name: String
    let secret: [UInt8]

    init(from row: inout RowReader) throws(PostgresError) {
        name = try row.next()
        secret = try row.next()
    }
}
