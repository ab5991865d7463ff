import Testing

@testable import MailMessage

struct DKIMTests {
    private func outcomes(
        _ bytes: [UInt8],
        _ zone: Zone? = nil,
        now: Int64 = 1_800_000_000
    ) async throws -> [DKIMResult.Outcome] {
        let zone = try zone ?? Zone.ofFixtures()
        return await DKIMVerifier(resolver: zone).verify(Message.parse(bytes), now: now)
            .map(\.outcome)
    }

    private static let bodies = ["plain", "empty", "open", "dots"]
    private static let forms = ["relaxed", "simple"]

    @Test(arguments: bodies, forms)
    func `signatures of another implementation fit`(body: String, header: String) async throws {
        for form in Self.forms {
            let bytes = try SignedFixtures.bytes("\(body)-\(header)-\(form)")
            #expect(try await outcomes(bytes) == [.pass], "\(form)")
        }
    }

    @Test func `both signatures of the example of RFC 8463 fit`() async throws {
        #expect(try await outcomes(SignedFixtures.bytes("rfc8463")) == [.pass, .pass])
    }

    @Test(arguments: [
        ("ed25519", DKIMResult.Outcome.pass), ("length", .pass), ("testing", .neutral),
        ("withdrawn", .permanent),
    ])
    func `what the key says counts`(name: String, outcome: DKIMResult.Outcome) async throws {
        #expect(try await outcomes(SignedFixtures.bytes(name)) == [outcome])
    }

    private static let changes: [(String, String, String, DKIMResult.Outcome)] = [
        ("plain-relaxed-relaxed", "This is my", "This is his", .fail),
        ("plain-relaxed-relaxed", "Anna <anna@", "Anna <boss@", .fail),
        ("plain-relaxed-relaxed", "  It has  two", "  It has two", .pass),
        ("plain-relaxed-relaxed", "Subject:  A   signed", "SUBJECT: A signed", .pass),
        ("plain-simple-relaxed", "Subject:  A   signed", "Subject: A signed", .fail),
        ("plain-relaxed-simple", "  It has  two", "  It has two", .fail),
        (
            "plain-relaxed-relaxed", "From: Anna", "From: Eve <eve@evil.example>\r\nFrom: Anna",
            .fail
        ),
        ("plain-relaxed-relaxed", "To: forum", "Subject: Another\r\nTo: forum", .policy),
        ("length", "two paragraphs.\r\n\r\n\r\n", "two paragraphs.\r\n\r\nBuy!\r\n", .policy),
        ("plain-relaxed-relaxed", "v=1;", "v=2;", .permanent),
        ("plain-relaxed-relaxed", "rsa-sha256", "rsa-sha1", .permanent),
        ("plain-relaxed-relaxed", "d=example.com", "d=example.org", .permanent),
        ("plain-relaxed-relaxed", "h=from :", "h=fron :", .fail),
        ("plain-relaxed-relaxed", "c=relaxed/relaxed", "c=relaxed/odd", .permanent),
        (
            "plain-relaxed-relaxed", "c=relaxed/relaxed;", "c=relaxed/relaxed; x=1700000000;",
            .policy
        ),
        ("plain-relaxed-relaxed", "i=@example.com", "i=@example.org", .permanent),
    ]

    @Test(arguments: changes.indices)
    func `a change is seen if it changes what is read`(index: Int) async throws {
        let (name, old, new, outcome) = Self.changes[index]
        let text = String(decoding: try SignedFixtures.bytes(name), as: UTF8.self)
        let changed = text.replacing(old, with: new)
        #expect(changed != text, "\(old) is not in \(name)")
        #expect(try await outcomes(Array(changed.utf8)) == [outcome], "\(old) → \(new)")
    }

    @Test func `line ends of a pipe make no difference`() async throws {
        let text = String(decoding: try SignedFixtures.bytes("plain-simple-simple"), as: UTF8.self)
        #expect(try await outcomes(Array(text.replacing("\r\n", with: "\n").utf8)) == [.pass])
    }

    @Test func `a DNS that does not answer proves nothing`() async throws {
        var zone = try Zone.ofFixtures()
        zone.silent = ["rsa._domainkey.example.com"]
        let bytes = try SignedFixtures.bytes("plain-relaxed-relaxed")
        #expect(try await outcomes(bytes, zone) == [.temporary])
        zone = Zone(names: ["rsa._domainkey.example.com": ["v=DKIM1; p=MEgCQQC7"]])
        #expect(try await outcomes(bytes, zone) == [.permanent])
        #expect(try await outcomes(bytes, Zone(names: [:])) == [.permanent])
    }

    @Test func `a mail of a thousand signatures costs few questions`() async throws {
        let text = String(decoding: try SignedFixtures.bytes("ed25519"), as: UTF8.self)
        let field = text[..<(try #require(text.firstRange(of: "From:"))).lowerBound]
        let bomb = String(repeating: String(field), count: 400) + text
        #expect(try await outcomes(Array(bomb.utf8)).count == Limits.signatures)
    }

    @Test(arguments: ["", ";", "a=1;;b=2", "a", "a=1; a=2", "=1", "1a=2", "a=1; b", "ä=1"])
    func `lists of tags that are none`(text: String) {
        let list = TagList(text.utf8)
        #expect(list == nil || list?.firstName == nil)
    }
}
