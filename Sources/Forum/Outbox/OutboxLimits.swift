extension Limits {
    /// Seconds that one statement of the dispatcher may run: tens of thousands may watch.
    static let outboxStatementSeconds = 60.0
    static let notificationDataBytes = 4000
    /// Seconds between two rounds of upkeep.
    static let upkeepSeconds = 600
    /// Seconds between two looks at what is planned.
    static let plansSeconds = 30
}
