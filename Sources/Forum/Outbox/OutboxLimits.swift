extension Limits {
    /// Seconds that one statement of the dispatcher may run: tens of thousands may watch.
    static let outboxStatementSeconds = 60.0
    static let notificationDataBytes = 4000
    /// Links of one post whose authors hear of it.
    static let linksFollowedMax = 50
    /// Notices that are kept for one person, the newest.
    static let notificationsKept = 10_000
    /// Seconds between two rounds of upkeep.
    static let upkeepSeconds = 600
    /// Seconds between two looks at what is planned.
    static let plansSeconds = 30
}
