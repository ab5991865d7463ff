import Cryptography
package import Forum
package import Logging
package import MailMessage
import Postgres
package import SMTP

/// Takes mail in, whatever door it comes by: stored first, then judged, once.
package struct Intake: Sendable {
    package let community: Community
    package let logger: Logger
    /// The reply address of the process configuration; without one the site setting counts.
    let configuredReplyAddress: ReplyAddress?
    /// Where this process's mails come from, if not from the site setting's address.
    let sender: String?
    /// Asks for keys of signatures; without one, none is checked.
    let resolver: (any DNSResolver)?
    private let turnstile = Turnstile<Identity>()

    /// What makes two deliveries one mail.
    private struct Identity: Hashable, Sendable {
        let recipient: String
        let contentHash: [UInt8]
    }

    /// - Parameter sender: The address notifications are sent from, when it is configured: reports of
    ///   their failure come to it.
    package init(
        community: Community,
        replyAddress: ReplyAddress?,
        sender: String? = nil,
        resolver: (any DNSResolver)? = nil,
        logger: Logger
    ) {
        self.community = community
        self.configuredReplyAddress = replyAddress
        self.sender = sender
        self.resolver = resolver
        self.logger = logger
    }

    /// The form of the reply address in force, if answering by mail is set up.
    package var replyAddress: ReplyAddress? {
        configuredReplyAddress
            ?? ReplyAddress(template: community.settings.current.replyByEmailAddress)
    }

    /// All forms that answers may come to (Discourse's `alternative_reply_by_email_addresses`).
    private var replyAddresses: [ReplyAddress] {
        let others = community.settings.current.alternativeReplyByEmailAddresses.split(
            separator: "|"
        )
        return [replyAddress].compactMap { $0 }
            + others.compactMap { ReplyAddress(template: String($0)) }
    }

    /// Whether mail from this address would be an answer to ourselves.
    func isReplyAddress(_ address: String) -> Bool {
        replyAddresses.contains { $0.matches(address) }
    }

    /// Takes one mail for one recipient.
    ///
    /// The raw bytes are committed before anything else is tried; the same mail given again gets the
    /// verdict it got the first time.
    package func take(
        _ raw: [UInt8],
        for recipient: String,
        from mailFrom: String,
        via door: String
    ) async -> Verdict {
        await take(raw, for: [recipient], from: mailFrom, via: door)[0]
    }

    /// Takes one mail for several recipients, reading it once: a verdict for each, in order.
    ///
    /// - Parameter peer: Who gave it to a server of ours.
    package func take(
        _ raw: [UInt8],
        for recipients: [String],
        from mailFrom: String,
        by peer: MailPeer? = nil,
        via door: String
    ) async -> [Verdict] {
        guard raw.count <= MailLimits.messageBytes else {
            let rejection = Rejection(
                .tooLarge,
                community.words()(.refusedTooLarge, "\(MailLimits.messageBytes)")
            )
            return recipients.map { _ in .rejected(rejection) }
        }
        return await take(Message.parse(raw), for: recipients, from: mailFrom, peer, via: door)
    }

    /// Takes one mail that comes without an envelope: of the recipients its header names, the first
    /// that is an address of this forum counts (Discourse's handle_mail).
    package func take(_ raw: [UInt8], recipientsFromHeaderVia door: String) async -> Verdict {
        guard raw.count <= MailLimits.messageBytes else {
            return await take(raw, for: "", from: "", via: door)
        }
        let message = Message.parse(raw)
        let named = message.destinations.map(\.address)
        var recipient = named.first ?? ""
        let mailFrom = message.returnPath ?? ""
        do {
            for address in named.prefix(MailLimits.headerRecipients) {
                guard try await isOurs(address, from: mailFrom) else { continue }
                recipient = address
                break
            }
        } catch {
            return postponed(error)
        }
        return await take(message, for: [recipient], from: mailFrom, nil, via: door)[0]
    }

    /// Whether mail to the address can become something here.
    ///
    /// - Parameter mailFrom: The envelope's sender: reports, which come from `<>`, also come to the
    ///   address that notifications are sent from.
    package func isOurs(_ address: String, from mailFrom: String) async throws -> Bool {
        let settings = community.settings.current
        if let key = key(in: address) {
            guard settings.replyByEmailEnabled else { return false }
            return try await community.replyTarget(key) != nil
        }
        if bounceKey(in: address) != nil || takesAnswers(at: address) { return true }
        if mailFrom.isEmpty, isNotificationAddress(address) { return true }
        guard settings.emailIn else { return false }
        if try await community.place(emailIn: address) != nil { return true }
        return try await community.group(emailIn: address) != nil
    }

    /// The secret of a reply address.
    func key(in address: String) -> ReplyKey? {
        replyAddresses.lazy.compactMap { $0.key(in: address) }.first
    }

    /// The secret of an address that reports come to.
    func bounceKey(in address: String) -> BounceKey? {
        replyAddress?.bounceKey(in: address, secret: community.secrets.reply)
    }

    /// Where the envelope of a mail says that it comes from: reports of it come there.
    func bounceAddress(of mail: OutgoingEmailID) -> String? {
        let key = BounceKey(mail: mail, secret: community.secrets.reply)
        return replyAddress?.bounceAddress(for: key)
    }

    /// Whether a mail to the address is an answer to the post that its In-Reply-To names: the reply
    /// address without a key, and the address that mails come from. Only where senders are checked.
    func takesAnswers(at address: String) -> Bool {
        let settings = community.settings.current
        guard settings.replyByEmailEnabled,
            !settings.emailInAuthservID.isEmpty || (settings.emailInVerifyDKIM && resolver != nil)
        else { return false }
        return replyAddresses.contains { $0.isBare(address) }
            || isNotificationAddress(address)
    }

    /// Takes our secrets out of what a mail quotes.
    var redaction: Redaction { Redaction(replyAddresses: replyAddresses) }

    /// Whether it is the address that mails come from. Who answers there is told after the mail, when it
    /// is clear what it answers.
    func isNotificationAddress(_ address: String) -> Bool {
        address.lowercased() == (sender ?? community.notificationAddress).lowercased()
    }

    /// Judges mails that were stored by a process that died before it could.
    package func resume() async throws {
        let abandoned = try await community.unfinishedEmails(
            olderThanSeconds: MailLimits.abandonedAfterSeconds
        )
        for stored in abandoned {
            try Task.checkCancellation()
            do {
                try await finish(stored)
            } catch {
                // One mail that cannot be judged must not keep the others waiting.
                logger.error(
                    "a mail left behind cannot be judged",
                    metadata: ["id": "\(stored.id)", "error": "\(error)"]
                )
            }
        }
    }

    private func finish(_ abandoned: IncomingEmail) async throws {
        let identity = Identity(
            recipient: abandoned.recipient,
            contentHash: abandoned.contentHash
        )
        let verdict = try await turnstile.pass(identity) {
            let (email, raw) = try await community.unfinishedEmail(abandoned.id)
            return try await judge(email, Message.parse(raw))
        }
        logger.notice(
            "a mail left behind is judged",
            metadata: ["id": "\(abandoned.id)", "verdict": "\(verdict.summary)"]
        )
    }

    private func take(
        _ message: Message,
        for recipients: [String],
        from mailFrom: String,
        _ peer: MailPeer?,
        via door: String
    ) async -> [Verdict] {
        let hash = Digest.sha256(message.raw)
        let trace = peer.map { peer in
            TraceField(
                peer: peer,
                host: community.host,
                mailFrom: mailFrom,
                recipient: namedRecipient(of: recipients),
                contentHash: hash,
                at: community.clock().microseconds / 1_000_000
            )
        }
        var verdicts: [Verdict] = []
        var judged: [Judged] = []
        for recipient in recipients {
            do {
                var mail = received(message, hash, for: recipient, from: mailFrom, via: door)
                mail.origin = trace?.origin
                let outcome = try await storeAndJudge(mail, message)
                judged.append(outcome)
                verdicts.append(outcome.verdict)
            } catch {
                verdicts.append(postponed(error))
            }
        }
        if door == MailDoor.Name.smtp.rawValue { await tellHidden(verdicts, judged, message) }
        return verdicts
    }

    /// With several recipients none of them is to learn of the others, and a key is nobody's to read.
    private func namedRecipient(of recipients: [String]) -> String? {
        guard recipients.count == 1, key(in: recipients[0]) == nil else { return nil }
        return recipients[0]
    }

    /// SMTP has one reply for all recipients. When it says that the mail was taken, those who refused it
    /// have to be told of by mail.
    private func tellHidden(
        _ verdicts: [Verdict],
        _ judged: [Judged],
        _ message: Message
    ) async {
        guard verdicts.contains(where: \.smtpReply.isPositive),
            !verdicts.contains(where: \.smtpReply.isTemporary)
        else { return }
        for outcome in judged {
            guard case .rejected(let rejection) = outcome.verdict else { continue }
            do {
                try await processing(of: outcome.stored, message).tell(rejection, wasSilent: true)
            } catch {
                logger.error("a sender cannot be told", metadata: ["error": "\(error)"])
            }
        }
    }

    private func received(
        _ message: Message,
        _ hash: [UInt8],
        for recipient: String,
        from mailFrom: String,
        via door: String
    ) -> ReceivedEmail {
        let messageID = message.messageID?.storable ?? ""
        return ReceivedEmail(
            recipient: recipient.storable,
            mailFrom: mailFrom.storable,
            messageID: messageID.isEmpty ? Hex.encode(Digest.md5(message.raw)) : messageID,
            contentHash: hash,
            raw: message.raw,
            createdVia: door
        )
    }

    private func storeAndJudge(
        _ mail: ReceivedEmail,
        _ message: Message
    ) async throws -> Judged {
        let identity = Identity(
            recipient: mail.recipient.lowercased(),
            contentHash: mail.contentHash
        )
        return try await turnstile.pass(identity) {
            let stored = try await community.store(mail)
            return Judged(verdict: try await judge(stored, message), stored: stored)
        }
    }

    private struct Judged {
        let verdict: Verdict
        let stored: IncomingEmail
    }

    private func processing(
        of stored: IncomingEmail,
        _ message: Message
    ) async -> Processing {
        Processing(
            intake: self,
            stored: stored,
            message: message,
            authentication: await authenticate(message, stored)
        )
    }

    private func judge(_ stored: IncomingEmail, _ message: Message) async throws -> Verdict {
        if let earlier = Self.verdict(of: stored) { return earlier }
        let processing = await processing(of: stored, message)
        let authentication = processing.authentication
        var conclusion = EmailConclusion(state: .received)
        conclusion.subject = message.subject?.storable
        conclusion.fromAddress = message.from.first?.address.storable
        if authentication.isChecked {
            conclusion.senderVerdict = authentication.verdict.rawValue
            conclusion.senderEvidence = authentication.evidence
        }
        let verdict = try await verdict(of: processing, &conclusion)
        switch verdict {
        case .posted(let post):
            conclusion.state = .posted
            conclusion.post = post
        case .carriedOut(let what):
            conclusion.state = .posted
            conclusion.message = what
        case .ignored: conclusion.state = .ignored
        case .rejected(let rejection):
            conclusion.state = .rejected
            conclusion.error = rejection.reason.rawValue
            conclusion.message = rejection.message.storable
            conclusion.isBounce = rejection.reason == .bounced
        case .postponed, .outOfSpace: return verdict
        }
        try await community.conclude(stored.id, conclusion)
        if case .rejected(let rejection) = verdict {
            try await processing.tell(rejection, wasSilent: processing.isSilentDoor)
        }
        logger.info(
            "mail",
            metadata: ["id": "\(stored.id)", "verdict": "\(verdict.summary)"]
        )
        return verdict
    }

    private func verdict(
        of processing: Processing,
        _ conclusion: inout EmailConclusion
    ) async throws -> Verdict {
        do {
            let outcome = try await run(processing)
            conclusion.user = outcome.user
            conclusion.topic = outcome.topic
            return outcome.verdict
        } catch let rejection as Rejection {
            return .rejected(rejection)
        } catch let held as HeldPost {
            conclusion.user = held.author.id
            return .carriedOut(community.words()(.resultHeld))
        } catch let error as ForumError where error.isTemporary {
            return .postponed(error.message)
        } catch let error as ForumError {
            return .rejected(Rejection(error))
        }
    }

    /// A second try finds the post that another node has made of the same mail at the same moment;
    /// to the first it may look as if the author were writing too fast, or the same twice.
    private func run(_ processing: Processing) async throws -> Processing.Outcome {
        do {
            return try await processing.run()
        } catch let error as ForumError where error.code == .rateLimited || error.code == .conflict
        {
            return try await processing.run()
        }
    }

    /// The verdict that a stored mail has got already.
    private static func verdict(of stored: IncomingEmail) -> Verdict? {
        switch stored.state {
        case .received: return nil
        case .ignored: return .ignored
        case .posted:
            return stored.postID.map { .posted($0) }
                ?? .carriedOut(stored.rejectionMessage ?? "Accepted")
        case .rejected:
            let reason = stored.error.flatMap { Rejection.Reason(rawValue: $0) } ?? .invalidPost
            return .rejected(Rejection(reason, stored.rejectionMessage ?? reason.rawValue))
        }
    }

    private func postponed(_ error: any Error) -> Verdict {
        logger.error("a mail is put off", metadata: ["error": "\(error)"])
        if let error = error as? PostgresError, error.sqlState == .diskFull { return .outOfSpace }
        return .postponed("The forum cannot take mail at the moment. Try again later.")
    }
}
