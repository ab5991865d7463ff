import Postgres

extension Community {
    /// Removes entries of the journal that are older than `Limits.changesKeptDays`, and begins it anew
    /// in a database that was restored into another cluster.
    package func trimChanges(keptDays: Int = Limits.changesKeptDays) async throws {
        _ = try await database.query(ChangeQueries.adoptCluster)
        while true {
            let removed = try await database.value(
                ChangeQueries.trim(days: keptDays, limit: Limits.changesTrimmedAtOnce),
                as: Int.self
            )
            guard let removed, removed >= Limits.changesTrimmedAtOnce / 2 else { return }
        }
    }
}
