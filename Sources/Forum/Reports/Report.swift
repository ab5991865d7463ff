package import Postgres

/// How much of something there was on each day.
package struct Report: Sendable {
    /// Discourse's names.
    package enum Kind: String, Sendable, CaseIterable {
        case signups, topics, posts, likes, flags, emails
        case userToUserMessages = "user_to_user_private_messages"

        package var title: String {
            switch self {
            case .signups: "Signups"
            case .topics: "Topics"
            case .posts: "Posts"
            case .likes: "Likes"
            case .flags: "Flags"
            case .emails: "Emails Sent"
            case .userToUserMessages: "User-to-User"
            }
        }
    }

    package struct Day: Sendable, Equatable, RowDecodable {
        /// Such as `2026-01-02`, in UTC.
        package let day: String
        package let count: Int

        package init(from row: inout RowReader) throws(PostgresError) {
            day = try row.next()
            count = try row.next()
        }
    }

    package let kind: Kind
    package let start: Timestamp
    package let end: Timestamp
    package let days: [Day]
    /// Of all times.
    package let total: Int
    /// In as long a time before `start`.
    package let previous: Int
}

extension Community {
    /// Counts something by day, from `start` to `end` (the last 30 days when they are left out).
    ///
    /// - Throws: `.forbidden` for anybody but administrators, `.invalid` for more than a year.
    package func report(
        _ kind: Report.Kind,
        from start: Timestamp? = nil,
        to end: Timestamp? = nil,
        for principal: Principal
    ) async throws -> Report {
        let permitted = try principal.mayAdministerSite()
        let end = end ?? clock()
        let start = start ?? end - 30 * 86_400
        let seconds = end - start
        guard seconds >= 0, seconds <= Limits.reportDays * 86_400 else {
            throw ForumError(
                .invalid,
                "A report covers \(Int(Limits.reportDays)) days at most.",
                field: "start_date"
            )
        }
        let answers = try await database.batch([
            ReportQueries.days(kind, from: start, to: end, permitted),
            ReportQueries.total(kind, permitted),
            ReportQueries.count(kind, from: start - seconds, to: start, permitted),
        ])
        return Report(
            kind: kind,
            start: start,
            end: end,
            days: try answers[0].decode(),
            total: try answers[1].firstValue(Int.self) ?? 0,
            previous: try answers[2].firstValue(Int.self) ?? 0
        )
    }
}
