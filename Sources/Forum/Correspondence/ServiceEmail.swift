import Cryptography
import Foundation
import Postgres

/// Mails about mail, under the names that stand in the queue.
enum ServiceEmail: String, Sendable, CaseIterable {
    case commandConfirmation = "mail_command_confirmation"
    case commandDone = "mail_command_done"
    case commandHelp = "mail_command_help"
    case rejection = "email_reject"
    case bounceProbe = "bounce_probe"
}

extension Community {
    /// Queues a mail, unless the address had enough of that kind today.
    ///
    /// - Parameter topic: Counts mails of one topic apart from others of their kind.
    /// - Returns: Whether it was queued.
    @discardableResult
    func queue(
        _ kind: ServiceEmail,
        to address: String,
        data: String,
        about topic: String? = nil,
        perDay: Int
    ) async throws -> Bool {
        let queued: OutgoingEmailID? = try await database.value(
            ServiceEmailQueries.queue(
                kind,
                to: address.lowercased(),
                data: data,
                about: topic,
                perDay: perDay,
                at: clock()
            )
        )
        if queued != nil { signals.mailQueued() }
        return queued != nil
    }

    /// Writes a queued mail from what is true now.
    func decide(
        _ kind: ServiceEmail,
        _ email: OutgoingEmail
    ) async throws -> NotificationEmailDecision {
        if settings.current.disableEmails == "yes" { return .skip("mail is disabled") }
        do {
            switch kind {
            case .commandConfirmation: return .notice(try await confirmation(email))
            case .commandDone: return .notice(try await confirmed(email))
            case .commandHelp: return .notice(try await help(email))
            case .rejection: return try await decideRejection(email)
            case .bounceProbe: return try await decideProbe(email)
            }
        } catch let error as ForumError where error.code == .notFound || error.code == .forbidden {
            return .skip("its recipient may not have it any more")
        }
    }

    /// The secret of the link is made here, so that it stands nowhere but in the mail.
    private func confirmation(_ email: OutgoingEmail) async throws -> NoticeEmail {
        let data = try MailCommandData.read(email.data)
        guard let command = data.command else { throw ForumError.notFound }
        let reader = try await mailReader(email.toAddress)
        let name = try await name(of: data.place, for: reader)
        let token = Random.hex(MailCommandToken.length / 2)
        var tag: TagID?
        if let tagName = data.place.tag {
            tag = try await self.tag(named: tagName, for: reader).id
        }
        _ = try await database.query(
            MailCommandQueries.insert(
                MailCommandToken.hash(token),
                command,
                address: email.toAddress.lowercased(),
                category: data.place.categoryID,
                tag: tag,
                until: clock() + Limits.commandSeconds
            )
        )
        let title = settings.current.title
        let words = try await words(for: reader.principal?.id)
        let wish = command.wish(name, words)
        let isAnswerable = data.place.categoryID != nil
        return NoticeEmail(
            recipientName: reader.principal?.username ?? "",
            subject: words(.confirmSubject, subjectPrefix, wish),
            paragraphs: [
                words(.confirmAsked, title, wish),
                words(isAnswerable ? .confirmAnswer : .confirmOpen),
            ],
            link: "\(baseURL)/email/confirm/\(token)",
            closing: [words(.confirmClosing)],
            replyTo: isAnswerable ? data.place.address(for: "confirm-\(token)") : nil,
            answered: AnsweredEmail(messageID: data.inReplyTo)
        )
    }

    private func confirmed(_ email: OutgoingEmail) async throws -> NoticeEmail {
        let data = try MailCommandData.read(email.data)
        guard let command = data.command else { throw ForumError.notFound }
        let reader = try await mailReader(email.toAddress)
        let name = try await name(of: data.place, for: reader)
        let words = try await words(for: reader.principal?.id)
        let wish = command.wish(name, words)
        return NoticeEmail(
            recipientName: reader.principal?.username ?? "",
            subject: words(.doneSubject, subjectPrefix, wish),
            paragraphs: [words(.doneText, wish)]
                + (command == .stop ? [] : Self.addresses(of: data.place, named: name, words)),
            link: nil,
            closing: [],
            answered: AnsweredEmail(messageID: data.inReplyTo)
        )
    }

    private func help(_ email: OutgoingEmail) async throws -> NoticeEmail {
        let data = try MailCommandData.read(email.data)
        let reader = try await mailReader(email.toAddress)
        let name = try await name(of: data.place, for: reader)
        let words = try await words(for: reader.principal?.id)
        return NoticeEmail(
            recipientName: reader.principal?.username ?? "",
            subject: words(.helpSubject, subjectPrefix, name),
            paragraphs: Self.addresses(of: data.place, named: name, words)
                + [words(.helpAnswers), words(.helpWeb)],
            link: data.place.categoryID.map { "\(baseURL)/c/\($0)" } ?? baseURL,
            closing: [],
            answered: AnsweredEmail(messageID: data.inReplyTo)
        )
    }

    private static func addresses(
        of place: MailCommandPlace,
        named name: String,
        _ words: MailWords
    ) -> [String] {
        let rows = [
            (nil, words(.helpPost, name)), ("subscribe", words(.helpSubscribe, name)),
            ("digest", words(.helpDigest)), ("unsubscribe", words(.helpUnsubscribe, name)),
            ("help", words(.helpHelp)),
        ]
        return [words(.helpAddresses)]
            + rows.map { command, what in words(.helpAddress, place.address(for: command), what) }
    }
}

extension MailCommand {
    /// As it goes on from “asked for this:”.
    func wish(_ name: String, _ words: MailWords = .english) -> String {
        switch self {
        case .subscribe: words(.commandSubscribe, name)
        case .digest: words(.commandDigest, name)
        case .unsubscribe: words(.commandUnsubscribe, name)
        case .stop: words(.commandStop)
        }
    }
}

extension MailCommandPlace {
    /// The address with a command behind its plus, and the tag if the place is one.
    fileprivate func address(for command: String?) -> String {
        let parts = [tag, command].compactMap { $0 }
        guard !parts.isEmpty, let at = address.lastIndex(of: "@") else { return address }
        return "\(address[..<at])+\(parts.joined(separator: "+"))\(address[at...])"
    }
}
