import Postgres

enum ColorSchemeQueries {
    static let schemes: SQL = """
        SELECT id, name, base_scheme_id, user_selectable FROM color_schemes ORDER BY lower(name), id
        """
    static let colors: SQL = "SELECT color_scheme_id, name, hex FROM color_scheme_colors"
    static let count: SQL = "SELECT count(*) FROM color_schemes"

    static func insert(
        name: String,
        baseID: String?,
        isSelectable: Bool,
        _ colors: [ColorScheme.Color],
        _ permitted: Permitted<AdministerSite, WholeSite>,
        at now: Timestamp
    ) -> SQL {
        """
        WITH scheme AS (
            INSERT INTO color_schemes (name, base_scheme_id, user_selectable, created_at)
            VALUES (\(name), \(baseID), \(isSelectable), \(now)) RETURNING id
        ), colors AS (
            INSERT INTO color_scheme_colors (color_scheme_id, name, hex)
            SELECT scheme.id, c.name, c.hex FROM scheme,
                unnest(\(colors.map(\.name))::text[], \(colors.map { $0.hex.lowercased() })::text[])
                    c (name, hex)
            ON CONFLICT (color_scheme_id, name) DO NOTHING
        )
        SELECT id FROM scheme
        """
    }
}

struct ColorSchemeRow: RowDecodable {
    let id: Int64
    let name: String
    let baseID: String?
    let isSelectable: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        baseID = try row.next()
        isSelectable = try row.next()
    }
}

struct ColorRow: RowDecodable {
    let schemeID: Int64
    let name: String
    let hex: String

    init(from row: inout RowReader) throws(PostgresError) {
        schemeID = try row.next()
        name = try row.next()
        hex = try row.next()
    }
}
