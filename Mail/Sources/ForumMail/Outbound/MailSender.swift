package import Forum
package import Logging
import MailMessage
import Postgres
package import SMTP

/// Empties the queue of mails through the relay, for as long as it takes.
///
/// A mail stays queued until the relay has taken it. A process that dies between the relay's word
/// and its own note sends the mail once more, with the same Message-ID, by which receivers drop it.
package struct MailSender: Sendable {
    private let community: Community
    private let composer: NotificationComposer
    private let intake: Intake
    private let relay: SMTPConnections
    private let signing: SigningKeys
    private let logger: Logger
    private let desk = SendingDesk()
    /// 5 s, 10 s, … 2 h, until the mail expires (RFC 5321 §4.5.4.1).
    private let backoff = Backoff(firstSeconds: 5, maxSeconds: 7200, attempts: .max)

    /// - Parameter intake: Knows the form of the reply address.
    package init(
        community: Community,
        composer: NotificationComposer,
        intake: Intake,
        client: SMTPClient,
        signing: SigningKeys = .none,
        logger: Logger
    ) {
        self.community = community
        self.composer = composer
        self.intake = intake
        relay = SMTPConnections(client: client)
        self.signing = signing
        self.logger = logger
    }

    /// Works until cancelled: when mails are queued here, when one is due, and now and then.
    package func run() async {
        let wake = Doorbell()
        community.signals.onMailQueued { wake.ring() }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                var pause = MailLimits.pollSeconds
                do {
                    let emails = try await claim()
                    for email in emails {
                        group.addTask {
                            await finish(email)
                            wake.ring()
                        }
                    }
                    pause = emails.isEmpty ? try await secondsToWait() : 2
                } catch {
                    logger.warning("mails wait", metadata: ["error": "\(error)"])
                }
                await wake.wait(seconds: pause)
            }
        }
        await relay.closeIdle()
    }

    /// Sends what is due now, as much as is sent at once, and waits for the end of it.
    ///
    /// - Returns: How many mails were taken from the queue.
    package func sendDue() async throws -> Int {
        let emails = try await claim()
        await withDiscardingTaskGroup { group in
            for email in emails { group.addTask { await finish(email) } }
        }
        await relay.closeIdle()
        return emails.count
    }

    /// Takes from the queue what there is room for.
    private func claim() async throws -> [OutgoingEmail] {
        let room = desk.room
        guard room.mails > 0 else { return [] }
        let emails = try await community.claimOutgoingEmails(
            limit: room.mails,
            leaseSeconds: MailLimits.leaseSeconds,
            except: room.busy
        )
        for email in emails { desk.begin(email) }
        return emails
    }

    /// When nothing is due: who finishes a mail rings; beyond that, the next that is due decides.
    private func secondsToWait() async throws -> Double {
        let room = desk.room
        guard room.mails > 0 else { return desk.pauseSeconds ?? MailLimits.pollSeconds }
        guard let due = try await community.secondsToNextEmail() else {
            return MailLimits.pollSeconds
        }
        return min(max(due, room.busy.isEmpty ? 0.2 : 2), MailLimits.pollSeconds)
    }

    private func finish(_ email: OutgoingEmail) async {
        await sendToTheEnd(email)
        desk.end(email)
    }

    /// What was begun is ended, also while the server stops: a mail cut off behind its final dot would
    /// be sent a second time. What was not begun goes back into the queue.
    private func sendToTheEnd(_ email: OutgoingEmail) async {
        guard !Task.isCancelled else {
            await note(email) {
                try await community.putOffEmail(email.id, seconds: 0, response: "not begun")
            }
            return
        }
        let work = Task { await send(email) }
        await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            Task {
                await Doorbell().wait(seconds: MailLimits.drainSeconds)
                work.cancel()
            }
        }
    }

    private func send(_ email: OutgoingEmail) async {
        do {
            switch try await community.decide(on: email) {
            case .skip(let reason): try await community.skipEmail(email.id, reason: reason)
            case .wait(let seconds):
                try await community.putOffEmail(
                    email.id,
                    seconds: seconds,
                    response: "the user is on the site",
                    isFailure: false
                )
            case .send(let mail, let keys):
                let written = try composer.write(
                    mail,
                    to: email.toAddress,
                    replyTo: keys.reply.flatMap { intake.replyAddress?.address(for: $0) },
                    unsubscribe: keys.unsubscribe
                )
                await deliver(email, written, from: envelopeSender(of: email))
            case .digest(let digest, let unsubscribe):
                let written = try composer.write(
                    digest,
                    email.id,
                    to: email.toAddress,
                    unsubscribe: unsubscribe
                )
                await deliver(email, written, from: envelopeSender(of: email))
            case .notice(let notice):
                let written = try composer.write(notice, email.id, to: email.toAddress)
                // RFC 3834 §3.3: nobody answers what a program answered.
                let sender = notice.answered == nil ? envelopeSender(of: email) : ""
                await deliver(email, written, from: sender)
            }
        } catch let error as ComposeError {
            logger.error(
                "a mail cannot be written",
                metadata: ["id": "\(email.id)", "error": "\(error)"]
            )
            await note(email) { try await community.failEmail(email.id, response: "\(error)") }
        } catch {
            // The lease runs out, and the mail is tried again.
            logger.error(
                "a mail waits",
                metadata: ["id": "\(email.id)", "error": "\(error)"]
            )
        }
    }

    /// An address of its own for each mail, where that is possible: it says which one came back.
    private func envelopeSender(of email: OutgoingEmail) -> String {
        intake.bounceAddress(of: email.id) ?? composer.envelopeSender
    }

    private func deliver(
        _ email: OutgoingEmail,
        _ written: NotificationComposer.Written,
        from sender: String
    ) async {
        do {
            let answer = try await relay.send(
                from: sender,
                to: [email.toAddress],
                message: signed(written.bytes)
            )
            desk.relayAnswered()
            await note(email) {
                try await community.finishEmail(
                    email.id,
                    sentAs: written.messageID,
                    response: answer
                )
            }
        } catch {
            await note(email) { try await fail(email, error) }
        }
    }

    private func signed(_ mail: [UInt8]) -> [UInt8] {
        let now = community.clock().microseconds / 1_000_000
        let signed = signing.sign(mail, from: composer.envelopeSender, at: now)
        if !signed.failed.isEmpty {
            logger.error("a mail goes out unsigned", metadata: ["keys": "\(signed.failed)"])
        }
        return signed.mail
    }

    private func fail(_ email: OutgoingEmail, _ error: SMTPClientError) async throws {
        let delay: Double
        if error.isAboutRelay {
            delay = desk.relayFailed()
        } else {
            desk.relayAnswered()
            delay = backoff.delaySeconds(after: email.attempts + 1) ?? 0
        }
        if error.saysNoSuchMailbox {
            try await community.suppress(refused: email.toAddress, reason: "\(error)")
        }
        guard error.isTemporary, community.clock() + delay < email.expiresAt else {
            logger.error(
                "a mail is given up",
                metadata: ["id": "\(email.id)", "error": "\(error)"]
            )
            try await community.failEmail(email.id, response: "\(error)")
            return
        }
        logger.warning(
            "a mail is put off",
            metadata: ["id": "\(email.id)", "seconds": "\(delay)", "error": "\(error)"]
        )
        try await community.putOffEmail(email.id, seconds: delay, response: "\(error)")
    }

    /// Not cancelled with the rest: it is short, and without it the mail would be sent again.
    private func note(
        _ email: OutgoingEmail,
        _ write: @escaping @Sendable () async throws -> Void
    ) async {
        let work = Task { try await write() }
        do {
            try await work.value
        } catch {
            logger.error(
                "what became of a mail cannot be noted; it may be sent again",
                metadata: ["id": "\(email.id)", "error": "\(error)"]
            )
        }
    }
}
