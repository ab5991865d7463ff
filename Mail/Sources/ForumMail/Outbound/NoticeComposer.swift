import Forum
import MailMessage
import Markup
import Postgres

extension NotificationComposer {
    /// Writes a mail that is not about a post: to one address, answered by nobody.
    ///
    /// - Throws: `ComposeError` when a header cannot be written.
    func write(
        _ notice: NoticeEmail,
        _ id: OutgoingEmailID,
        to address: String
    ) throws -> Written {
        let site = community.settings.current.title
        let now = community.clock().microseconds / 1_000_000
        // The same mail sent twice bears the same id.
        let messageID = "notice/\(id)@\(community.host)"
        var fields: [Composer.Field] = [
            .date("Date", MailDate(seconds: now)),
            .addresses("From", [Address(name: Self.plain(site), address: sender)]),
            .addresses(
                "To",
                [Address(name: Self.plain(notice.recipientName), address: address)]
            ),
            .text("Subject", Self.plain(notice.subject)),
            .structured("Message-ID", "<\(messageID)>"),
            .structured(
                "Auto-Submitted",
                notice.answered == nil ? "auto-generated" : "auto-replied"
            ),
            .structured("X-Auto-Response-Suppress", "All"),
        ]
        if let address = notice.replyTo {
            fields.append(
                .addresses("Reply-To", [Address(name: Self.plain(site), address: address)])
            )
        }
        if let answered = notice.answered?.messageID, MailIdentity.isPlain(answered) {
            fields.append(.structured("In-Reply-To", "<\(answered)>"))
            fields.append(.structured("References", "<\(answered)>"))
        }
        let composer = Composer(
            fields: fields,
            text: Self.text(notice),
            html: templates.html(notice),
            files: Self.files(of: notice)
        )
        return Written(messageID: messageID, bytes: try composer.build())
    }

    /// RFC 6522 §4: the header of the mail that is answered.
    private static func files(of notice: NoticeEmail) -> [Composer.File] {
        guard let header = notice.answered?.header else { return [] }
        return [
            Composer.File(
                filename: "header.txt",
                contentType: "text/rfc822-headers",
                bytes: header
            )
        ]
    }

    private static func text(_ notice: NoticeEmail) -> String {
        (notice.paragraphs + [notice.link].compactMap { $0 } + notice.closing)
            .map(MailText.wrapped).joined(separator: "\n\n") + "\n"
    }
}
