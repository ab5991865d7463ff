import Forum
package import SMTP

/// The doors of LMTP and SMTP: recipients are judged before the mail is sent, mails when they are stored.
package struct MailDoor: MailHandler {
    /// As it is kept with each mail.
    package enum Name: String, Sendable {
        case lmtp
        case smtp
    }

    private let intake: Intake
    private let name: Name

    package init(intake: Intake, name: Name = .lmtp) {
        self.intake = intake
        self.name = name
    }

    package func recipient(_ address: String, from: String) async -> SMTPReply {
        do {
            let isTaken =
                try await intake.isOurs(address, from: from)
                || intake.isNotificationAddress(address)
            guard isTaken else { return Self.unknown }
            return SMTPReply(code: 250, enhanced: "2.1.5", text: "Recipient ok")
        } catch {
            return SMTPReply(
                code: 451,
                enhanced: "4.3.0",
                text: "The forum cannot take mail at the moment"
            )
        }
    }

    package func deliver(_ envelope: Envelope, data: [UInt8]) async -> [SMTPReply] {
        let verdicts = await intake.take(
            data,
            for: envelope.recipients,
            from: envelope.mailFrom,
            by: envelope.peer,
            via: name.rawValue
        )
        return verdicts.map(\.smtpReply)
    }

    private static let unknown = SMTPReply(
        code: 550,
        enhanced: "5.1.1",
        text: "No such address here"
    )
}
