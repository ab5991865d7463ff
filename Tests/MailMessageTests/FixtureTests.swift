import Foundation
import Testing

@testable import MailMessage

/// What one of our own mails must be read as; what is not named is not looked at.
private struct Expected: Decodable, Sendable {
    let subject: String?
    let from: [String]?
    let to: [String]?
    let cc: [String]?
    let replyTo: [String]?
    let date: String?
    let messageID: String?
    let inReplyTo: [String]?
    let references: [String]?
    let markdown: String?
    let markdownPrefix: String?
    let markdownSuffix: String?
    let source: String?
    let elidedBecause: String?
    let problems: [String]?
    let attachments: [[FileValue]]?
    let bounce: [String]?

    private enum CodingKeys: String, CodingKey {
        case subject
        case from = "from_"
        case to
        case cc
        case replyTo = "reply_to"
        case date
        case messageID = "message_id"
        case inReplyTo = "in_reply_to"
        case references
        case markdown
        case markdownPrefix = "markdown_prefix"
        case markdownSuffix = "markdown_suffix"
        case source
        case elidedBecause = "elided_because"
        case problems
        case attachments
        case bounce
    }
}

private enum FileValue: Decodable, Equatable, Sendable {
    case text(String)
    case number(Int)
    case nothing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
            return
        }
        do {
            self = .number(try container.decode(Int.self))
        } catch {
            self = .text(try container.decode(String.self))
        }
    }
}

struct FixtureTests {
    private static func table() throws -> [String: Expected] {
        let data = try Data(contentsOf: Corpus.fixtures.appending(path: "expected.json"))
        return try JSONDecoder().decode([String: Expected].self, from: data)
    }

    private func spelled(_ addresses: [Address]) -> [String] {
        addresses.map { $0.name.isEmpty ? $0.address : "\($0.name) <\($0.address)>" }
    }

    @Test func `every fixture is read as expected`() throws {
        let table = try Self.table()
        let files = try Corpus.files(in: Corpus.fixtures).filter { $0.pathExtension == "eml" }
        #expect(files.count >= 50)
        for file in files {
            let name = file.deletingPathExtension().lastPathComponent
            let expected = try #require(table[name], "\(name) is not in expected.json")
            let message = try Corpus.fixture("\(name).eml")
            checkHeader(message, expected, name)
            try checkBody(message, expected, name)
        }
    }

    private func checkHeader(_ message: Message, _ expected: Expected, _ name: String) {
        if let subject = expected.subject { #expect(message.subject == subject, "\(name)") }
        if let from = expected.from { #expect(spelled(message.from) == from, "\(name)") }
        if let to = expected.to { #expect(spelled(message.to) == to, "\(name)") }
        if let cc = expected.cc { #expect(spelled(message.cc) == cc, "\(name)") }
        if let reply = expected.replyTo { #expect(spelled(message.replyTo) == reply, "\(name)") }
        if let date = expected.date { #expect(message.date?.iso8601 == date, "\(name)") }
        if let id = expected.messageID { #expect(message.messageID == id, "\(name)") }
        if let ids = expected.inReplyTo { #expect(message.inReplyTo == ids, "\(name)") }
        if let ids = expected.references { #expect(message.references == ids, "\(name)") }
        if let problems = expected.problems {
            #expect(message.problems.map(\.description) == problems, "\(name)")
        }
    }

    private func checkBody(_ message: Message, _ expected: Expected, _ name: String) throws {
        let body = message.body()
        if let markdown = expected.markdown { #expect(body.markdown == markdown, "\(name)") }
        if let prefix = expected.markdownPrefix {
            #expect(body.markdown.hasPrefix(prefix), "\(name): \(body.markdown)")
        }
        if let suffix = expected.markdownSuffix {
            #expect(body.markdown.hasSuffix(suffix), "\(name): \(body.markdown)")
        }
        if let source = expected.source { #expect(body.source.rawValue == source, "\(name)") }
        if let reason = expected.elidedBecause {
            #expect(body.elidedBecause?.description == reason, "\(name)")
        }
        if let files = expected.attachments {
            let actual = message.attachments.map { file -> [FileValue] in
                [
                    file.filename.map(FileValue.text) ?? .nothing, .text(file.contentType),
                    .number(file.bytes),
                ]
            }
            #expect(actual == files, "\(name)")
            for file in message.attachments { #expect(message.data(of: file).count == file.bytes) }
        }
        if let bounce = expected.bounce {
            let recipient = try #require(message.bounce?.recipient, "\(name)")
            #expect([recipient.address, recipient.status, recipient.action] == bounce, "\(name)")
        }
    }

    @Test(arguments: [
        ("vacation", "Auto-Submitted: auto-replied"), ("auto-submitted-no", nil),
        ("list-footer", nil),
        ("bounce", "From: MAILER-DAEMON@mx.example"), ("plain", nil),
    ])
    func `a program's mail says so`(name: String, reason: String?) throws {
        #expect(try Corpus.fixture("\(name).eml").autoGenerated.reason == reason)
    }

    @Test func `a report names the mail that came back`() throws {
        let bounce = try #require(try Corpus.fixture("bounce.eml").bounce)
        #expect(bounce.originalMessageID == "sent@example.net")
        #expect(bounce.originalEnvelopeID == "QQ7")
        #expect(bounce.reportingMTA == "dns; mx.example")
        #expect(bounce.recipients.map(\.isPermanent) == [false, true])
    }

    @Test func `list fields are read`() throws {
        let message = try Corpus.fixture("list-footer.eml")
        #expect(message.listID == "engines.lists.example")
        #expect(message.listPost?.address == "engines@lists.example")
    }

    @Test func `an attached message keeps its own header and body`() throws {
        let message = try Corpus.fixture("encoded-message.eml")
        let inner = try #require(message.parts.last)
        #expect(inner.isMessageRoot)
        #expect(inner.headers.text("Subject") == "inside")
        #expect(message.text(of: inner) == "hidden\n")
    }

    @Test func `an inspection has exactly the keys it promises`() throws {
        let data = try JSONEncoder().encode(try Corpus.fixture("bounce.eml").inspect())
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "message_id", "in_reply_to", "references", "date", "subject", "from", "to", "cc",
                "reply_to",
                "auto_generated", "reason", "bounce", "body", "attachments", "parts", "problems",
            ]
        )
        let body = try #require(object["body"] as? [String: Any])
        #expect(Set(body.keys) == ["source", "markdown", "elided", "elided_because"])
        let bounce = try #require(object["bounce"] as? [String: Any])
        #expect(Set(bounce.keys) == ["recipient", "status", "action"])
        let parts = try #require(object["parts"] as? [String: Any])
        #expect((parts["parts"] as? [Any])?.count == 3)
    }
}
