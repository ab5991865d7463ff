package import Postgres

/// What is known of a place that mail is collected from.
package struct MailSourceStatus: Sendable, RowDecodable {
    package let name: String
    package let triedAt: Timestamp?
    package let succeededAt: Timestamp?
    /// Why it failed the last time.
    package let error: String?
    package let failingSince: Timestamp?
    package let taken: Int64
    package let refused: Int64
    /// Mails there that are tried again later, and those that are left for good.
    package let waiting: Int64
    package let left: Int64
    /// Why one of them could not be taken.
    package let mailError: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        name = try row.next()
        triedAt = try row.next()
        succeededAt = try row.next()
        error = try row.next()
        failingSince = try row.next()
        taken = try row.next()
        refused = try row.next()
        waiting = try row.next()
        left = try row.next()
        mailError = try row.next()
    }
}

/// A mail of a source that something is to be done about.
package struct CollectableMail: Sendable, RowDecodable {
    package let uid: String
    /// It was taken; the place still has it.
    package let isDone: Bool

    package init(from row: inout RowReader) throws(PostgresError) {
        uid = try row.next()
        isDone = try row.next()
    }
}

/// What became of a mail that was collected.
package enum CollectedState: String, Sendable, CaseIterable {
    /// It is tried again.
    case waiting
    case done
    /// It cannot be taken, and stays where it is.
    case left
}

extension Community {
    /// Says that a source is about to be asked.
    ///
    /// - Returns: Why it failed the last time, or `nil`.
    package func beginCollecting(from source: String) async throws -> String? {
        try await database.value(
            MailSourceQueries.begin(source, now: clock()),
            as: String?.self
        ) ?? nil
    }

    /// Says what asking a source came to.
    package func finishCollecting(from source: String, error: String?) async throws {
        _ = try await database.query(
            MailSourceQueries.finish(source, error: error?.cleanedOfNUL, now: clock())
        )
    }

    /// Of the mails that a source lists, those to do something about, in their order. What it does not
    /// list any more is forgotten.
    ///
    /// - Parameter keeping: Whether mails stay there once they are taken.
    package func collectable(
        _ uids: [String],
        from source: String,
        keeping: Bool
    ) async throws -> [CollectableMail] {
        let answers = try await database.batch([
            MailSourceQueries.forget(source, except: uids),
            MailSourceQueries.collectable(uids, of: source, keeping: keeping, now: clock()),
        ])
        return try answers[1].decode(CollectableMail.self)
    }

    /// Counts an attempt before it is made: a mail that ends its process, or the connection, has to wait
    /// its turn as well, longer each time.
    package func beginAttempt(at uid: String, of source: String) async throws {
        _ = try await database.query(MailSourceQueries.attempt(uid, of: source, now: clock()))
    }

    /// - Parameter isRefused: Whether it was taken and refused.
    package func note(
        _ state: CollectedState,
        of uid: String,
        from source: String,
        isRefused: Bool = false,
        error: String? = nil
    ) async throws {
        _ = try await database.query(
            MailSourceQueries.note(
                state,
                of: uid,
                source,
                isRefused: isRefused,
                error: error?.cleanedOfNUL
            )
        )
    }

    /// What is known of each source, in the order of the names; none of those that were never asked.
    package func mailSources(_ names: [String]) async throws -> [MailSourceStatus] {
        try await database.all(MailSourceQueries.statuses(names))
    }
}
