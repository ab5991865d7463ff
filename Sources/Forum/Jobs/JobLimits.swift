extension Limits {
    /// Jobs that one node works on at once.
    static let jobsAtOnce = 2
    /// Seconds between two looks at the queue.
    static let jobPollSeconds = 1.0
    /// Seconds after which another node takes over what nobody renewed.
    static let jobLeaseSeconds = 60.0
    static let jobAttempts = 10
    /// Seconds after which every node makes sure again that its jobs are in the queue.
    static let jobPlanningSeconds = 1800.0
    /// Seconds after its time when a job has no node left that does it.
    static let removedJobSeconds = 86_400.0
    package static let jobsPerPage = 50
    package static let jobsPerPageMax = 200
}
