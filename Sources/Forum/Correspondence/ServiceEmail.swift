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
        let isAnswerable = data.place.categoryID != nil
        return NoticeEmail(
            recipientName: reader.principal?.username ?? "",
            subject: "[\(title)] Please confirm: \(command.wish(name))",
            paragraphs: [
                "A mail from this address asked \(title) for this: \(command.wish(name)).",
                isAnswerable
                    ? "To confirm it, just answer this mail, or open:" : "To confirm it, open:",
            ],
            link: "\(baseURL)/email/confirm/\(token)",
            closing: [
                "That works once, within three days. If it was not you, there is nothing to do: "
                    + "nothing changes, and no more mails come."
            ],
            replyTo: isAnswerable ? data.place.address(for: "confirm-\(token)") : nil,
            answered: AnsweredEmail(messageID: data.inReplyTo)
        )
    }

    private func confirmed(_ email: OutgoingEmail) async throws -> NoticeEmail {
        let data = try MailCommandData.read(email.data)
        guard let command = data.command else { throw ForumError.notFound }
        let reader = try await mailReader(email.toAddress)
        let name = try await name(of: data.place, for: reader)
        let title = settings.current.title
        return NoticeEmail(
            recipientName: reader.principal?.username ?? "",
            subject: "[\(title)] Done: \(command.wish(name))",
            paragraphs: ["It is done: \(command.wish(name))."]
                + (command == .stop ? [] : Self.addresses(of: data.place, named: name)),
            link: nil,
            closing: [],
            answered: AnsweredEmail(messageID: data.inReplyTo)
        )
    }

    private func help(_ email: OutgoingEmail) async throws -> NoticeEmail {
        let data = try MailCommandData.read(email.data)
        let reader = try await mailReader(email.toAddress)
        let name = try await name(of: data.place, for: reader)
        let title = settings.current.title
        return NoticeEmail(
            recipientName: reader.principal?.username ?? "",
            subject: "[\(title)] How \(name) works by mail",
            paragraphs: Self.addresses(of: data.place, named: name) + [
                "When you get a mail about a post, answer it and your answer stands below the post. An "
                    + "answer that is one word does what it says: like, watch, track, mute.",
                "All of it is on the web, too:",
            ],
            link: data.place.categoryID.map { "\(baseURL)/c/\($0)" } ?? baseURL,
            closing: [],
            answered: AnsweredEmail(messageID: data.inReplyTo)
        )
    }

    private static func addresses(of place: MailCommandPlace, named name: String) -> [String] {
        let rows = [
            (nil, "starts a topic in \(name)"),
            ("subscribe", "every post of \(name) comes to you by mail"),
            ("digest", "one mail now and then tells what is new"),
            ("unsubscribe", "no more mails from \(name)"),
            ("help", "this list"),
        ]
        return ["What a mail to these addresses does:"]
            + rows.map { command, what in "\(place.address(for: command)): \(what)" }
    }
}

extension MailCommand {
    /// As it goes on from “asked for this:”.
    func wish(_ name: String) -> String {
        switch self {
        case .subscribe: "every post of \(name) by mail"
        case .digest: "digests of \(name) by mail"
        case .unsubscribe: "no more mails from \(name)"
        case .stop: "no more mails at all"
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
