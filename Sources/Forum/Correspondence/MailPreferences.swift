package import Postgres

/// What somebody wants of mails, with the defaults of the site, at the moment when one is sent.
struct MailPreferences: Sendable {
    let name: String
    let locale: String?
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
    let locale: String?
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
        locale = try row.next()
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

/// Somebody who is told by mail.
struct MailReader: Sendable {
    let principal: Principal
    let preferences: MailPreferences
    let words: MailWords

    var viewer: Viewer { .member(principal) }
}

extension Community {
    /// - Returns: `nil` for a user who is gone or may not log in.
    func mailReader(_ user: UserID) async throws -> MailReader? {
        let answers = try await database.batch([
            AccountQueries.account(id: user, at: clock()),
            MailPreferenceQueries.preferences(of: user, at: clock()),
        ])
        guard let account = try answers[0].first(Account.self),
            account.obstacle(at: clock()) == nil,
            let row = try answers[1].first(MailPreferenceRow.self)
        else { return nil }
        return MailReader(
            principal: account.principal,
            preferences: preferences(row),
            words: words(for: row.locale)
        )
    }

    private func preferences(_ row: MailPreferenceRow) -> MailPreferences {
        let options = UserOptions(json: row.options).completed(by: settings.current)
        return MailPreferences(
            name: row.name ?? row.username,
            locale: row.locale,
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
    func skipReason(_ reader: MailReader) -> String? {
        let preferences = reader.preferences
        let site = settings.current
        if site.disableEmails == "yes" { return "mail is disabled" }
        if site.disableEmails == "non-staff", !reader.principal.isStaff {
            return "mail is for staff alone"
        }
        if preferences.sentToday >= site.maxEmailsPerDayPerUser {
            return "the user has had \(preferences.sentToday) mails today"
        }
        if preferences.bounceScore >= Double(site.bounceScoreThreshold) {
            return "mails to the user come back"
        }
        return nil
    }

    /// The mail about a post, with the earlier posts that the reader wants to see; nil when the post is
    /// gone or may not be seen, or its reader's address is gone.
    func compose(
        _ post: PostID,
        for reader: MailReader,
        kind: Int
    ) async throws -> NotificationEmail? {
        let preferences = reader.preferences
        let limit = preferences.previousReplies < 2 ? settings.current.emailPostsContext : 0
        var batch = Batch()
        let mail = batch.add(
            OutgoingEmailQueries.compose(post, for: reader.viewer, kind: kind),
            as: NotificationEmail.self
        )
        let earlier = batch.add(
            MailPreferenceQueries.earlier(than: post, for: reader.viewer, limit: limit),
            as: ContextPost.self
        )
        let hadMail = batch.add(
            MailPreferenceQueries.hadMail(reader.principal.id, beforeOf: post),
            valuesOf: Bool.self
        )
        let answered = batch.add(
            MailPreferenceQueries.answered(by: post, for: reader.viewer),
            as: ContextPost.self
        )
        let answers = try await database.answers(to: batch)
        guard var composed = try answers.first(mail) else { return nil }
        if try preferences.previousReplies == 0 || !answers.all(hadMail).contains(true) {
            composed.earlier = try answers.all(earlier).reversed()
        }
        if preferences.showsAnswered { composed.answered = try answers.first(answered) }
        composed.words = reader.words
        return composed
    }
}
