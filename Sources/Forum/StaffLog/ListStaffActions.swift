package import Postgres

/// Which lines of the log somebody asks for.
package struct StaffLogFilter: Sendable {
    package var action: String?
    package var actorKey: String?
    package var targetKey: String?
    package var subject: String?
    package var start: Timestamp?
    package var end: Timestamp?
    package var page = 0

    /// - Parameters:
    ///   - actor: Username of whoever did it.
    ///   - target: Username of whom it was done to.
    package init(
        action: String? = nil,
        actor: String? = nil,
        target: String? = nil,
        subject: String? = nil,
        start: Timestamp? = nil,
        end: Timestamp? = nil,
        page: Int = 0
    ) {
        self.action = action?.cleanedOfNUL
        actorKey = actor.map { UsernameRules.fold($0.cleanedOfNUL) }
        targetKey = target.map { UsernameRules.fold($0.cleanedOfNUL) }
        self.subject = subject?.cleanedOfNUL
        self.start = start
        self.end = end
        self.page = min(max(page, 0), 10_000)
    }
}

extension Community {
    /// What staff did, newest first, a page of `Limits.staffActionsPerPage`.
    ///
    /// - Throws: `.notFound` for anybody but staff.
    package func staffActions(
        _ filter: StaffLogFilter,
        for principal: Principal
    ) async throws -> [StaffActionEntry] {
        guard principal.isStaff else { throw ForumError.notFound }
        return try await database.all(
            StaffLogQueries.list(
                filter,
                for: principal,
                seesAddresses: principal.seesEmails(settings.current),
                limit: Limits.staffActionsPerPage
            )
        )
    }

    /// The line of the log for what somebody of the staff does; goes into the transaction of it.
    func logLine(_ action: StaffAction, by principal: Principal) -> SQL {
        StaffLogQueries.record(action, by: principal, at: clock())
    }

    /// Writes down what somebody of the staff did, for use cases that change nothing else.
    package func record(_ action: StaffAction, by principal: Principal) async throws {
        _ = try await database.query(StaffLogQueries.record(action, by: principal, at: clock()))
    }
}
