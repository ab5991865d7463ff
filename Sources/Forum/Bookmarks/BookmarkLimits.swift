extension Limits {
    package static let bookmarkNameMax = 100
    /// Bookmarks that one person may have, and may make in a day.
    static let bookmarksPerUser = 2000
    static let bookmarksPerDay = 20
    package static let bookmarksPerPage = 20
    /// Reminders that one round of upkeep sends.
    static let remindersAtOnce = 500
    /// How far into the future anything may be planned.
    package static let planningSeconds = 20.0 * 366 * 86_400
}
