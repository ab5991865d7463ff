import Forum
package import SMTP

/// The LMTP door: recipients are judged before the mail is sent, mails when they are stored.
package struct MailDoor: MailHandler {
    private let intake: Intake

    package init(intake: Intake) {
        self.intake = intake
    }

    package func recipient(_ address: String, from: String) async -> SMTPReply {
        do {
            guard try await intake.isOurs(address, from: from) else { return Self.unknown }
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
            via: Self.door
        )
        return verdicts.map(\.smtpReply)
    }

    /// As it is kept with each mail.
    static let door = "lmtp"

    private static let unknown = SMTPReply(
        code: 550,
        enhanced: "5.1.1",
        text: "No such address here"
    )
}
