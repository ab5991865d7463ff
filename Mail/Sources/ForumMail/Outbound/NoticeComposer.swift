import Forum
import MailMessage
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
        let fields: [Composer.Field] = [
            .date("Date", MailDate(seconds: now)),
            .addresses("From", [Address(name: Self.plain(site), address: sender)]),
            .addresses(
                "To",
                [Address(name: Self.plain(notice.recipientName), address: address)]
            ),
            .text("Subject", Self.plain(notice.subject)),
            .structured("Message-ID", "<\(messageID)>"),
            .structured("Auto-Submitted", "auto-generated"),
            .structured("X-Auto-Response-Suppress", "All"),
        ]
        let composer = Composer(
            fields: fields,
            text: Self.text(notice),
            html: templates.html(notice)
        )
        return Written(messageID: messageID, bytes: try composer.build())
    }

    private static func text(_ notice: NoticeEmail) -> String {
        (notice.paragraphs + [notice.link].compactMap { $0 } + notice.closing)
            .joined(separator: "\n\n") + "\n"
    }
}
