package import Postgres

/// What somebody wants of mails, with the defaults of the site, at the moment when one is sent.
struct MailPreferences: Sendable {
    let name: String
    /// 0 always, 1 only when away, 2 never.
    let emailLevel: Int
    let messagesLevel: Int
    /// 0 always, 1 unless they were mailed, 2 never.
    let previousReplies: Int
    let showsAnswered: Bool
    let lastSeenAt: Timestamp?
    let restsUntil: Timestamp?
    let schedule: NotificationSchedule?
    let timeZone: String?
    let bounceScore: Double
    /// Mails in the last 24 hours that the daily limit counts.
    let sentToday: Int

    func level(isMessage: Bool) -> Int { isMessage ? messagesLevel : emailLevel }

    /// How long somebody wants to hear of nothing yet; `nil` when they may be told.
    func secondsOfRest(at now: Timestamp) -> Double? {
        let ends = [restsUntil, schedule?.restEnds(after: now, timeZone: timeZone)]
        let end = ends.compactMap { $0 }.filter { $0 > now }.max()
        return end.map { $0.secondsSince1970 - now.secondsSince1970 }
    }
}

/// The row that `MailPreferences` is made of.
struct MailPreferenceRow: RowDecodable, Sendable {
    let username: String
    let name: String?
    let emailLevel: Int
    let options: String
    let lastSeenAt: Timestamp?
    let restsUntil: Timestamp?
    let isScheduled: Bool?
    let starts: [Int]?
    let ends: [Int]?
    let bounceScore: Double
    let sentToday: Int

    init(from row: inout RowReader) throws(PostgresError) {
        username = try row.next()
        name = try row.next()
        emailLevel = try row.next()
        options = try row.next()
        lastSeenAt = try row.next()
        restsUntil = try row.next()
        isScheduled = try row.next()
        starts = try row.next()
        ends = try row.next()
        bounceScore = try row.next()
        sentToday = try row.next()
    }
}

/// A post that a mail shows beside the one it is about.
package struct ContextPost: Sendable, RowDecodable {
    package let author: String
    package let cooked: String

    package init(from row: inout RowReader) throws(PostgresError) {
        author = try row.next()
        cooked = try row.next()
    }
}

extension Community {
    func mailPreferences(of reader: Principal) async throws -> MailPreferences {
        let row: MailPreferenceRow? = try await database.first(
            MailPreferenceQueries.preferences(of: reader.id, at: clock())
        )
        guard let row else { throw ForumError.notFound }
        let options = UserOptions(json: row.options).completed(by: settings.current)
        return MailPreferences(
            name: row.name ?? row.username,
            emailLevel: row.emailLevel,
            messagesLevel: options.number("email_messages_level") ?? 0,
            previousReplies: options.number("email_previous_replies") ?? 2,
            showsAnswered: options.flag("email_in_reply_to") ?? false,
            lastSeenAt: row.lastSeenAt,
            restsUntil: row.restsUntil,
            schedule: NotificationSchedule(row),
            timeZone: options.text("timezone"),
            bounceScore: row.bounceScore,
            sentToday: row.sentToday
        )
    }

    /// Why somebody gets no mail at all; `nil` when they do.
    func skipReason(_ preferences: MailPreferences, _ reader: Principal) -> String? {
        let site = settings.current
        if site.disableEmails == "yes" { return "mail is disabled" }
        if site.disableEmails == "non-staff", !reader.isStaff { return "mail is for staff alone" }
        if preferences.sentToday >= site.maxEmailsPerDayPerUser {
            return "the user has had \(preferences.sentToday) mails today"
        }
        if preferences.bounceScore >= Double(site.bounceScoreThreshold) {
            return "mails to the user come back"
        }
        return nil
    }

    /// Earlier posts, as far as the reader wants them shown: the oldest first.
    func mailContext(
        of post: PostID,
        for reader: Principal,
        _ preferences: MailPreferences
    ) async throws -> (earlier: [ContextPost], answered: ContextPost?) {
        let viewer = Viewer.member(reader)
        let limit = settings.current.emailPostsContext
        var earlier: [ContextPost] = []
        if preferences.previousReplies < 2, limit > 0 {
            let hadMail: Bool? =
                preferences.previousReplies == 0
                ? false
                : try await database.value(
                    MailPreferenceQueries.hadMail(reader.id, beforeOf: post)
                )
            if hadMail != true {
                earlier = try await database.all(
                    MailPreferenceQueries.earlier(than: post, for: viewer, limit: limit)
                )
            }
        }
        let answered: ContextPost? =
            preferences.showsAnswered
            ? try await database.first(MailPreferenceQueries.answered(by: post, for: viewer)) : nil
        return (earlier.reversed(), answered)
    }
}
