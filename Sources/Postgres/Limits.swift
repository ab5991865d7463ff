/// Every bound of this module, in one place.
package enum Limits {
    /// Parameters of one statement: the protocol counts them in 16 bits.
    package static let parameters = 65_535
    /// Statements of one pipeline round trip.
    package static let batchStatements = 10_000
    /// Prepared statements kept on one connection; the least recently used one goes first.
    package static let preparedStatements = 512
    /// Statement text, in bytes, above which a statement is not kept prepared.
    package static let preparedTextBytes = 65_536
    /// Jobs that may wait for a connection; more are refused at once with `busy`.
    package static let waitingJobs = 10_000
    /// Seconds a job waits while the server has been away for longer than the usual wait.
    package static let waitSecondsDuringOutage = 0.25
    /// Seconds of silence granted to the server beyond the statement time-out.
    package static let silenceGraceSeconds = 2.0
    /// First and longest pause, in seconds, between two attempts to connect.
    package static let reconnectSeconds = 0.05...1.0
    /// Stack of a connection's thread, in bytes.
    package static let threadStackBytes = 512 * 1_024
    /// Elements of an array value, read or written.
    package static let arrayElements = 1_000_000
    /// Bytes of COPY data handed to the connection at a time.
    package static let copyChunkBytes = 256 * 1_024
    /// Notifications that may wait for a slow listener; beyond it they are dropped and the
    /// listener is told to read everything again.
    package static let waitingNotifications = 10_000
    /// Seconds of quiet after which a listener asks whether its connection still works.
    package static let listenerProbeSeconds = 30.0
    /// Bytes of one channel name (PostgreSQL: NAMEDATALEN - 1).
    package static let channelNameBytes = 63
    /// Seconds a private cluster may take to answer, and the same while it recovers from a crash.
    package static let clusterStartSeconds = 60.0
    package static let clusterRecoverySeconds = 900.0
    /// Seconds a private cluster may take for a clean end before it is ended at once.
    package static let clusterStopSeconds = 30.0
    /// First and longest pause, in seconds, before a cluster that died is started again.
    package static let clusterRestartSeconds = 0.1...5.0
    /// Bytes of a socket's path (sun_path holds 108 with the final NUL).
    package static let socketPathBytes = 100
    /// Bytes of a program's output that an error message quotes.
    package static let quotedOutputBytes = 2_000
}
