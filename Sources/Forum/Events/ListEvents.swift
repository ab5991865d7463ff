import Postgres

extension Limits {
    /// Events of one answer.
    static let eventsMax = 200
}

extension Community {
    /// The events that the viewer may know of, by their start.
    ///
    /// Nobody can say yet that they are going: the events of an attending user are none.
    package func events(
        _ query: CalendarQuery,
        for viewer: Viewer
    ) async throws -> [CalendarEvent] {
        guard query.attendingUser == nil else { return [] }
        return try await database.all(CalendarQueries.events(query, at: clock(), for: viewer))
    }
}
