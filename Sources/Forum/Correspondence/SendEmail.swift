import Cryptography
import Postgres

/// What a sender is to do with a queued notification.
package enum NotificationEmailDecision: Sendable {
    case send(NotificationEmail, MailKeys)
    /// About many posts.
    case digest(DigestEmail, unsubscribe: UnsubscribeKey)
    /// Not about a post.
    case notice(NoticeEmail)
    /// Not worth sending any more; the reason is for the log.
    case skip(String)
    /// The recipient is on the site, or wants to rest: ask again then.
    case wait(seconds: Double)
}

/// The secrets that a mail about a post bears.
package struct MailKeys: Sendable {
    /// `nil` for a reader who may not answer, or while nobody answers by mail.
    package let reply: ReplyKey?
    package let unsubscribe: UnsubscribeKey
}

extension Community {
    /// Takes queued mails to send now; nobody else gets them while the lease lasts. What a crash of the
    /// machine gives back early is what had not been noted as sent.
    ///
    /// - Parameter busy: Domains, in lower case, that get enough mail at this moment.
    package func claimOutgoingEmails(
        limit: Int,
        leaseSeconds: Int,
        except busy: [String] = []
    ) async throws -> [OutgoingEmail] {
        try await database.batch([
            .relaxDurability,
            OutgoingEmailQueries.claim(limit: limit, leaseSeconds: leaseSeconds, except: busy),
        ])[1].decode()
    }

    /// Decides on a queued notification from what is true now: what its recipient may see, whether
    /// they have read it meanwhile, whether they still want it.
    package func decide(on email: OutgoingEmail) async throws -> NotificationEmailDecision {
        if let reason = email.suppression {
            return .skip("the address gets no mail: \(reason)")
        }
        if email.emailType == BackupEmail.type { return try await decideBackupLink(email) }
        if let kind = AccountEmail(rawValue: email.emailType) {
            return try await decide(kind, email)
        }
        if let type = DigestEmailType(rawValue: email.emailType) {
            return try await decide(onDigest: email, type)
        }
        if let kind = ServiceEmail(rawValue: email.emailType) {
            return try await decide(kind, email)
        }
        guard let user = email.userID, let post = email.postID else {
            return .skip("the mail names no user or post")
        }
        guard let reader = try await mailReader(user) else {
            return .skip("the user is gone or may not log in")
        }
        let kind = Self.notificationType(in: email.data)
        guard let mail = try await compose(post, for: reader, kind: kind) else {
            return .skip("the post or the user's address is gone, or the post may not be seen")
        }
        if let reason = skipReason(reader) ?? skipReason(mail, reader.preferences) {
            return .skip(reason)
        }
        if let seconds = waitSeconds(mail, reader.preferences) { return .wait(seconds: seconds) }
        return .send(mail, try await keepKeys(for: user, mail))
    }

    /// Keeps the hashes of what the mail may be answered and stopped with. It need not wait for the disk:
    /// that the mail was sent does, and is noted later; a mail sent again has the same keys.
    private func keepKeys(for user: UserID, _ mail: NotificationEmail) async throws -> MailKeys {
        let scope = UnsubscribeScope.topic(mail.topicID)
        let unsubscribe = UnsubscribeKey(user: user, scope: scope, secret: secrets.unsubscribe)
        var statements: [SQL] = [
            .relaxDurability, CorrespondenceQueries.keep(unsubscribe, user: user, scope: scope),
        ]
        var reply: ReplyKey?
        if settings.current.replyByEmailEnabled, mail.mayReply {
            let key = ReplyKey(user: user, post: mail.postID, secret: secrets.reply)
            statements.append(CorrespondenceQueries.keep(key, user: user, post: mail.postID))
            reply = key
        }
        _ = try await database.batch(statements)
        return MailKeys(reply: reply, unsubscribe: unsubscribe)
    }

    private func skipReason(
        _ mail: NotificationEmail,
        _ preferences: MailPreferences
    ) -> String? {
        if preferences.level(isMessage: mail.isMessage) == 2, !mail.isOfMailingList {
            return "the user wants no mail"
        }
        if mail.isRead { return "the user has read it" }
        if mail.isMuted { return "the user has muted the topic" }
        if !mail.isWantedAtOnce { return "the user wants it another way" }
        return nil
    }

    /// Those who want mail only when away get it once they have been away long enough; nobody gets it
    /// while they rest.
    private func waitSeconds(
        _ mail: NotificationEmail,
        _ preferences: MailPreferences
    ) -> Double? {
        if let seconds = preferences.secondsOfRest(at: clock()) { return seconds }
        guard preferences.level(isMessage: mail.isMessage) == 1, !mail.isOfMailingList,
            let seen = preferences.lastSeenAt
        else { return nil }
        let window = Int64(settings.current.emailTimeWindowMins) * 60_000_000
        let away = clock().microseconds - seen.microseconds
        return away < window ? Double(window - away) / 1_000_000 : nil
    }

    private static func notificationType(in data: String) -> Int {
        // The dispatcher wrote it: {"notification_type": 9}.
        Int(data.filter(\.isNumber)) ?? 0
    }

    package func finishEmail(
        _ id: OutgoingEmailID,
        sentAs messageID: String,
        response: String
    )
        async throws
    {
        _ = try await database.batch([
            OutgoingEmailQueries.finish(
                id,
                state: "sent",
                messageID: messageID,
                response: response
            ),
            BounceQueries.erode(id, threshold: settings.current.bounceScoreThreshold),
        ])
    }

    package func skipEmail(_ id: OutgoingEmailID, reason: String) async throws {
        _ = try await database.query(
            OutgoingEmailQueries.finish(id, state: "skipped", messageID: nil, response: reason)
        )
    }

    package func failEmail(_ id: OutgoingEmailID, response: String) async throws {
        _ = try await database.query(
            OutgoingEmailQueries.finish(id, state: "failed", messageID: nil, response: response)
        )
    }

    /// - Parameter isFailure: `false` when nothing went wrong and the mail only has to wait: that
    ///   does not count among its attempts.
    package func putOffEmail(
        _ id: OutgoingEmailID,
        seconds: Double,
        response: String,
        isFailure: Bool = true
    ) async throws {
        _ = try await database.query(
            OutgoingEmailQueries.putOff(
                id,
                seconds: seconds,
                response: response,
                isFailure: isFailure
            )
        )
    }

    /// Removes mails that were sent, skipped or given up long ago (`Limits.outgoingMailKeptDays`).
    package func expireOutgoingEmails() async throws {
        _ = try await database.batch([
            OutgoingEmailQueries.expire(days: Limits.outgoingMailKeptDays),
            SuppressionQueries.expire,
        ])
    }

    /// Seconds until a queued mail is due; negative when one is late, `nil` when none is queued.
    package func secondsToNextEmail() async throws -> Double? {
        try await database.query(OutgoingEmailQueries.nextDue()).firstValue(Double?.self) ?? nil
    }
}
