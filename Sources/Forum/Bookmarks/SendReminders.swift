import Postgres

extension Community {
    /// Tells people of the bookmarks whose time has come.
    package func sendBookmarkReminders() async throws {
        let now = clock()
        for row in try await database.query(BookmarkQueries.due(now: now)) {
            let id = try row.get(0, as: BookmarkID.self)
            guard let owner = try await principal(for: row.get(1, as: UserID.self)) else {
                _ = try await database.query(BookmarkQueries.forgetReminder(id))
                continue
            }
            _ = try await database.batch([
                BookmarkQueries.remind(id, owner, now: now), NotificationLiveQueries.tell(owner),
            ])
        }
    }
}
