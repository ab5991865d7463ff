import Forum
import MailMessage
import Markup
import Testing

@testable import ForumMail

/// Mails of ours that come back quoted: what their readers wrote is found among it.
struct QuotedBackTests {
    private static let markdown = """
        A first paragraph that is rather long, so that it has to be wrapped at least once before it ends here.

        [quote="anna, post:1, topic:3"]
        what anna said, which is long enough to be wrapped in the mail as well, and once more when quoted
        [/quote]

        - an item with [a link](https://example.org/page)
        - another

        ```
        > not a quote
        -- 
        ```
        """

    /// The text part of a notification.
    private static func mail() throws -> String {
        var posts = PostText(baseURL: "https://forum.example", words: .english)
        let page = "https://forum.example/t/a-topic/7/2"
        return try NotificationTemplates(folder: nil).text(
            NotificationTemplates.Context(
                words: .english,
                author: "bert",
                isTopic: false,
                topicTitle: "A topic",
                text: posts.text(Markdown.cook(markdown).html, page: page),
                cooked: "",
                postURL: page,
                unsubscribeURL: "https://forum.example/email/unsubscribe/"
                    + String(repeating: "a", count: 64),
                reason: "You get this because you watch the topic.",
                mayReply: true,
                siteTitle: "Forum"
            )
        )
    }

    private static func quoted(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty || $0.hasPrefix(">") ? ">\($0)" : "> \($0)" }
    }

    /// As programs do that break lines at 60 columns and put the mark before each piece.
    private static func rewrapped(_ text: String) -> [String] {
        quoted(text).flatMap { line in
            guard line.count > 60 else { return [line] }
            let marks = String(line.prefix { $0 == ">" || $0 == " " })
            var pieces = [""]
            for word in line.dropFirst(marks.count).split(separator: " ") {
                if pieces[pieces.count - 1].count + word.count > 56 { pieces.append("") }
                pieces[pieces.count - 1] += (pieces[pieces.count - 1].isEmpty ? "" : " ") + word
            }
            return pieces.map { marks + $0 }
        }
    }

    @Test(arguments: [false, true])
    func `an answer above the quoted mail is all that is kept`(isRewrapped: Bool) throws {
        let mail = try Self.mail()
        let back = isRewrapped ? Self.rewrapped(mail) : Self.quoted(mail)
        let attribution = "On Mon, 23 Nov 2026, bert via Forum wrote:"
        let reply = ReplyTrimmer.trim(
            (["My answer.", "", "It has two parts.", "", attribution] + back).joined(
                separator: "\n"
            )
        )
        #expect(reply.kept == "My answer.\n\nIt has two parts.")
    }

    @Test(arguments: [false, true])
    func `an answer below it is kept, and what it answers is not`(isRewrapped: Bool) throws {
        let mail = try Self.mail()
        let back = isRewrapped ? Self.rewrapped(mail) : Self.quoted(mail)
        let reply = ReplyTrimmer.trim(
            (["bert via Forum <forum@forum.example> writes:", ""] + back + ["", "My answer below."])
                .joined(separator: "\n")
        )
        #expect(reply.kept == "My answer below.")
    }

    @Test func `answers between the quoted lines keep the lines that they answer`() throws {
        let lines = Self.quoted(try Self.mail())
        let place = try #require(lines.firstIndex { $0.contains("an item with") })
        let text =
            ["On Mon, 23 Nov 2026, bert via Forum wrote:"] + lines[..<place]
            + ["", "This is about the quote.", ""] + lines[place...(place + 1)]
            + ["", "And this about the items."]
        let reply = ReplyTrimmer.trim(text.joined(separator: "\n"))
        #expect(reply.kept.contains("> A first paragraph that is rather long"))
        #expect(reply.kept.contains("\nThis is about the quote.\n"))
        #expect(reply.kept.hasSuffix("> - another\n\nAnd this about the items."))
        #expect(!reply.kept.contains("wrote:\n> A first"))
    }

    @Test func `lines fit a terminal, and quoted they still do`() throws {
        let lines = try Self.mail().split(separator: "\n")
        for line in lines where !line.contains("://") { #expect(line.count <= 72, "\(line)") }
    }
}
