import Logging
import Postgres

/// What came back of a mail.
package struct BounceReport: Sendable, Equatable {
    /// RFC 3463, such as `5.1.1`.
    package var status: String?
    /// Final, not for the moment.
    package var isPermanent: Bool

    package init(status: String?, isPermanent: Bool) {
        self.status = status
        self.isPermanent = isPermanent
    }
}

extension Community {
    /// Notes that a mail did not arrive. Each mail counts once. Whose score reaches the threshold gets
    /// one mail more, which asks: when that comes back too, they get none but about their account.
    package func noteBounce(of mail: OutgoingEmailID, _ report: BounceReport) async throws {
        let settings = settings.current
        let score = report.isPermanent ? settings.hardBounceScore : settings.softBounceScore
        let asked: OutgoingEmailID? = try await database.value(
            BounceQueries.note(
                mail,
                report,
                score: Double(score),
                threshold: settings.bounceScoreThreshold,
                days: settings.resetBounceScoreAfterDays,
                at: clock()
            )
        )
        if asked != nil { signals.mailQueued() }
    }

    /// The mail that the key of a returned unsubscribe link and its Message-ID name: only who had the
    /// mail knows the key.
    package func returnedEmail(
        _ key: UnsubscribeKey,
        messageID: String
    ) async throws -> OutgoingEmailID? {
        try await database.value(BounceQueries.mail(key, messageID: messageID.cleanedOfNUL))
    }

    /// Somebody called a mail of ours spam (RFC 5965): they get no more.
    package func noteComplaint(about mail: OutgoingEmailID) async throws {
        let user: UserID? = try await database.value(BounceQueries.reader(of: mail))
        guard let user else { return }
        _ = try await database.batch(CorrespondenceQueries.stopEverything(for: user))
        logger.notice("a reader called a mail spam", metadata: ["mail": "\(mail)"])
    }

    /// Those whose asking mail stayed away long enough get mails again, and old scores are forgotten.
    package func settleBounces() async throws {
        _ = try await database.batch(BounceQueries.settle(at: clock()))
    }

    func decideProbe(_ email: OutgoingEmail) async throws -> NotificationEmailDecision {
        guard let id = email.userID, let user = try await user(id) else {
            return .skip("the user is gone")
        }
        let title = settings.current.title
        let words = try await words(for: id)
        return .notice(
            NoticeEmail(
                recipientName: user.username,
                subject: words(.noticeSubject, subjectPrefix, words(.probeSubject)),
                paragraphs: [words(.probeAsks, title), words(.probeNext)],
                link: "\(baseURL)/my/preferences/emails",
                closing: []
            )
        )
    }
}
