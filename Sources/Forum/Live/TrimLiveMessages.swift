import Postgres

extension Community {
    /// Removes live messages that nobody will ask for any more: all but the newest
    /// `Limits.busBacklogPerChannel` of each channel, and those older than a day.
    package func trimLiveMessages() async throws {
        _ = try await database.query(LiveQueries.trim())
    }
}
