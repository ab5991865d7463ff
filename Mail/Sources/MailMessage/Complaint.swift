/// A report that a reader called a mail spam, or did something else about it (RFC 5965).
package struct Complaint: Sendable {
    /// `abuse`, `fraud`, `not-spam`, `opt-out`, …, in lower case.
    package let feedbackType: String
    /// The header of the mail it is about.
    package let returned: HeaderFields?

    /// Whether the reader wants no more of it.
    package var isAbuse: Bool { ["abuse", "fraud", "opt-out"].contains(feedbackType) }
}

extension Message {
    /// The complaint in this mail; nil when it is none.
    package var complaint: Complaint? {
        guard let part = parts.first(where: { $0.mediaType.name == "message/feedback-report" })
        else { return nil }
        let fields = DeliveryStatus.groups(decodedBody(of: part, limit: limits.headerBytes)).first
        return Complaint(
            feedbackType: fields?.text("Feedback-Type")?.lowercased().trimmed ?? "",
            returned: returnedHeaders(near: part)
        )
    }

    /// Whether the sender is the program that carries mail.
    package var isFromMailServer: Bool {
        let names = ["mailer-daemon", "postmaster"]
        return from.contains { names.contains($0.localPart.lowercased()) }
            || from.isEmpty && headers.text("From")?.lowercased().hasPrefix("mailer-daemon") == true
    }

    /// Whether somebody's program answers for them while they are away (RFC 3834).
    package var isAutomaticReply: Bool {
        headers.texts("Auto-Submitted").contains { $0.lowercased().hasPrefix("auto-replied") }
            || headers.first("X-Autoreply") != nil || headers.first("X-Autorespond") != nil
    }

    /// The first enhanced status code that a report in plain words names.
    package var statusInWords: String? {
        DeliveryStatus.status(String(bodyText().prefix(10_000)))
    }
}

extension HeaderFields {
    /// Message-ID without angle brackets.
    package var messageID: String? {
        bytes("Message-ID").flatMap { MessageIDs.parse($0, limit: 1).first }
    }
}
