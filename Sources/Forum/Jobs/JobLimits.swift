extension Limits {
    /// Jobs that one node works on at once.
    static let jobsAtOnce = 2
    /// Seconds between two looks at the queue.
    static let jobPollSeconds = 1.0
    /// Seconds after which another node takes over what nobody renewed.
    static let jobLeaseSeconds = 60.0
    static let jobAttempts = 10
    package static let jobsPerPage = 50
    package static let jobsPerPageMax = 200
}
