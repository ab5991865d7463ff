extension Limits {
    /// One export of a person in so many seconds.
    static let exportSeconds = 86_400.0
    /// How long a finished export can be fetched.
    static let exportKeptSeconds = 48.0 * 3600
    static let exportLeaseSeconds = 1800.0
    /// Rows that are read at once.
    static let exportRows = 1_000
    /// Files of one person that go into an export, the latest first.
    static let exportUploads = 10_000
}
