extension Limits {
    /// Changes in one answer.
    package static let changesPerPage = 100
    package static let changesPerPageMax = 1000
    /// Entries that one answer looks through at most: a reader who may see few of them still gets on.
    static let changesScannedMax = 10_000
    /// How long the journal is kept. A cursor that is older begins anew.
    static let changesKeptDays = 90
    /// Entries that one statement of the upkeep removes at most.
    static let changesTrimmedAtOnce = 10_000
}
