import CPostgres

/// What is said to the server and to libpq when a connection opens.
struct ConnectionParameters {
    /// libpq's keywords with their values; of a keyword that stands twice the last one counts.
    let pairs: [(keyword: String, value: String)]

    init(_ configuration: PoolConfiguration) throws(PostgresError) {
        let given = try Self.parse(configuration.connectionString)
        var options = [
            "-c TimeZone=UTC",
            "-c DateStyle=ISO",
            "-c IntervalStyle=postgres",
            "-c bytea_output=hex",
            "-c extra_float_digits=1",
            "-c client_min_messages=warning",
            // The texts are prepared once and run often; what decides a plan (limits, orders,
            // which filters) is part of the text. Planning each run anew was half of a page's time.
            // ANALYZE, also autovacuum's, drops the plans that it has made stale.
            "-c plan_cache_mode=force_generic_plan",
        ]
        let times = [
            ("statement_timeout", configuration.statementTimeoutSeconds),
            ("lock_timeout", configuration.lockTimeoutSeconds),
            ("idle_in_transaction_session_timeout", configuration.idleInTransactionSeconds),
        ]
        for (name, seconds) in times {
            options.append("-c \(name)=\(Int(max(0, seconds) * 1_000))")
        }
        // What the administrator sets in the address comes last and counts.
        if let own = given["options"] {
            options.append(own)
        }
        pairs = [
            // A cut network is noticed: on an idle connection after 30 s, with data on its way
            // after 10 s. Unix sockets ignore these.
            ("keepalives", "1"),
            ("keepalives_idle", "15"),
            ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "10000"),
            ("fallback_application_name", configuration.applicationName),
            ("dbname", configuration.connectionString),
            ("options", options.joined(separator: " ")),
            ("client_encoding", "UTF8"),
        ]
    }

    /// The keywords a connection string sets.
    private static func parse(
        _ connectionString: String
    ) throws(PostgresError) -> [String: String] {
        // Without "=" or a scheme libpq would take the whole string for a database's name.
        guard connectionString.contains("=") || connectionString.contains("://") else {
            throw PostgresError(.unavailable, "no connection string: \(connectionString)")
        }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connectionString, &message) else {
            let text = message.map { String(cString: $0) } ?? "no memory"
            PQfreemem(message)
            throw PostgresError(.unavailable, "connection string: \(text.withoutTrailingSpace)")
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                values[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return values
    }
}
