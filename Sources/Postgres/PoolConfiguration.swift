/// How the pool connects and what it allows.
package struct PoolConfiguration: Sendable {
    /// A `postgresql://` address or libpq keywords (PostgreSQL documentation 34.1.1).
    package var connectionString: String
    /// Connections, and threads that serve them.
    package var size: Int
    /// Seconds that a job waits for a connection before it fails with `busy` or `unavailable`.
    package var waitSeconds: Double = 2
    /// Seconds a statement may run; 0 is no limit.
    package var statementTimeoutSeconds: Double = 5
    /// Seconds a statement may wait for a lock; 0 is no limit.
    package var lockTimeoutSeconds: Double = 2
    /// Seconds a transaction may stay idle before the server ends its session; 0 is no limit.
    package var idleInTransactionSeconds: Double = 10
    /// Seconds an attempt to connect may take.
    package var connectSeconds: Double = 3
    /// What the server shows in `pg_stat_activity`.
    package var applicationName: String

    package init(
        connectionString: String,
        size: Int = 6,
        applicationName: String = "parleyd"
    ) {
        self.connectionString = connectionString
        self.size = size
        self.applicationName = applicationName
    }
}
