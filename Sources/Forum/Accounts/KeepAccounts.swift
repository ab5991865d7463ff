import Postgres

extension Community {
    /// Removes links, wishes and reservations that are over, and goes on with the texts that name
    /// people by former names; for a task that runs now and then.
    package func keepAccounts() async throws {
        _ = try await database.batch(AccountTokenQueries.expire(at: clock()))
        try await renameInPosts()
    }
}
