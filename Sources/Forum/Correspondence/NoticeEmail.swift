/// A mail that is no notice of a post: a few sentences and perhaps a link.
package struct NoticeEmail: Sendable {
    package let recipientName: String
    package let subject: String
    package let paragraphs: [String]
    /// What to open, on a line of its own.
    package let link: String?
    /// What follows the link.
    package let closing: [String]
}
