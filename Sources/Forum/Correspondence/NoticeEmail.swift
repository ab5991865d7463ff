/// A mail that is no notice of a post: a few sentences and perhaps a link.
package struct NoticeEmail: Sendable {
    package let recipientName: String
    package let subject: String
    package let paragraphs: [String]
    /// What to open, on a line of its own.
    package let link: String?
    /// What follows the link.
    package let closing: [String]
    /// Where an answer does something; without one nobody reads it.
    package var replyTo: String?
    /// Set when a program answers a mail with this one (RFC 3834): it comes from `<>`.
    package var answered: AnsweredEmail?
}

/// The mail that is answered by a program.
package struct AnsweredEmail: Sendable {
    /// Without brackets.
    package let messageID: String?
    /// Its header, when it goes back with the answer.
    package var header: [UInt8]?
}

extension Community {
    /// What stands before the subjects of mails: `email_prefix`, or else the title of the site.
    package var subjectPrefix: String {
        let prefix = settings.current.emailPrefix
        return prefix.isEmpty ? settings.current.title : prefix
    }
}
