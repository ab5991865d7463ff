import Foundation
import MailMessage
import Testing

@testable import MailMessage

/// Chains sealed by another implementation (dkimpy): by a list, by a list and a relay behind it, and by a
/// list that changed the mail before.
@Suite struct ARCTests {
    private static let folder = Corpus.fixtures.deletingLastPathComponent().appending(path: "arc")
    private static let now: Int64 = 1_795_428_100

    private static func text(_ name: String) throws -> String {
        String(decoding: try Corpus.bytes(folder.appending(path: "\(name).eml")), as: UTF8.self)
    }

    private static func zone() throws -> Zone {
        let data = try Data(contentsOf: folder.appending(path: "zone.json"))
        return Zone(names: try JSONDecoder().decode([String: [String]].self, from: data))
    }

    private static func verify(_ text: String, _ zone: Zone? = nil) async throws -> ARCResult {
        let zone = try zone ?? Self.zone()
        return await ARCVerifier(resolver: zone)
            .verify(Message.parse(Array(text.utf8)), now: now)
    }

    @Test(arguments: [
        ("one", ["list.example"]), ("two", ["list.example", "relay.example"]),
        ("changed", ["list.example"]),
    ])
    func `a chain that holds names its sealers`(name: String, sealers: [String]) async throws {
        let result = try await Self.verify(try Self.text(name))
        #expect(result.outcome == .pass, "\(result)")
        #expect(result.sealers == sealers)
        #expect(result.firstResults?.authservID == "list.example")
    }

    @Test(arguments: [
        ("one", "Words that", "Lies that"), ("one", "Subject: A word", "Subject: A lie"),
        ("one", "cv=none", "cv=pass"), ("two", "cv=pass", "cv=fail"), ("two", "cv=none", "cv=fail"),
        ("two", "i=2; cv=pass", "i=3; cv=pass"), ("two", "header.from=author", "header.from=other"),
        ("one", "ARC-Seal:", "X-Seal:"), ("two", "ARC-Message-Signature: i=1", "X-Signature: i=1"),
        ("two", "ARC-Authentication-Results: i=1", "ARC-Authentication-Results: i=2"),
        ("one", "d=list.example; s=s; t=", "d=other.example; s=s; t="),
        ("one", "i=1; cv=none;", "i=1; cv=none; h=from;"),
        ("one", "ARC-Seal: i=1;", "ARC-Seal: i=0;"),
        ("one", "ARC-Seal: i=1;", "ARC-Seal: i=99;"),
    ])
    func `a chain that was tampered with is broken`(
        name: String,
        old: String,
        new: String
    ) async throws {
        let text = try Self.text(name)
        let range = try #require(text.firstRange(of: old))
        let result = try await Self.verify(text.replacingCharacters(in: range, with: new))
        #expect(result.outcome == .fail, "\(old)")
        #expect(result.sealers.isEmpty)
    }

    @Test func `without seals there is no chain, and a silent DNS breaks none`() async throws {
        #expect(try await Self.verify("From: a@b.example\r\n\r\nx\r\n").outcome == .none)
        var zone = try Self.zone()
        zone.silent = ["s._domainkey.list.example"]
        #expect(try await Self.verify(try Self.text("one"), zone).outcome == .temporary)
    }

    @Test(
        arguments: [
            (["list.example"], "author.example", SenderCheck.Outcome.pass),
            (["other.example"], "author.example", .fail), ([], "author.example", .fail),
            // The list saw another address in From.
            (["list.example"], "elsewhere.example", .fail),
        ] as [([String], String, SenderCheck.Outcome)]
    )
    func `a list that is trusted vouches for whom it checked`(
        trusted: [String],
        domain: String,
        outcome: SenderCheck.Outcome
    ) async throws {
        var zone = try Self.zone()
        for name in ["author.example", "elsewhere.example"] {
            zone.names["_dmarc.\(name)"] = ["v=DMARC1; p=reject"]
        }
        let mail = Message.parse(Array(try Self.text("changed").utf8))
        let check = await SenderVerifier(resolver: zone, trustedSealers: Set(trusted))
            .check(mail, from: domain, now: Self.now)
        #expect(check.outcome == outcome, "\(check)")
    }

    @Test func `every sealer has to be trusted`() async throws {
        let mail = try await Self.verify(try Self.text("two"))
        #expect(
            mail.vouches(forFrom: "author.example", trusted: ["list.example", "relay.example"])
        )
        #expect(!mail.vouches(forFrom: "author.example", trusted: ["list.example"]))
        #expect(!mail.vouches(forFrom: "author.example", trusted: ["relay.example"]))
    }

    @Test(arguments: [
        ("v=DMARC1; p=reject", "joe@example.org", SenderCheck.Outcome.pass),
        ("v=DMARC1; p=reject", "joe@bounce.example.org", .pass),
        ("v=DMARC1; p=reject; aspf=s", "joe@bounce.example.org", .fail),
        ("v=DMARC1; p=reject", "joe@example.net", .fail),
        ("v=DMARC1; p=none", "joe@example.net", .none),
    ])
    func `a host vouches for the organisation of the envelope's sender`(
        policy: String,
        sender: String,
        outcome: SenderCheck.Outcome
    ) async throws {
        let record = ["v=spf1 ip4:192.0.2.1 -all"]
        let zone = Zone(names: [
            "_dmarc.example.org": [policy], "example.org": record, "bounce.example.org": record,
            "example.net": record,
        ])
        let mail = Message.parse(Array("From: ann@example.org\r\n\r\nx\r\n".utf8))
        for (address, expected) in [
            ("192.0.2.1", outcome), ("192.0.2.2", policy.contains("none") ? .none : .fail),
        ] {
            let client = SPFClient(
                address: try #require(IPAddress(address)),
                helo: "mx.example.org",
                mailFrom: sender
            )
            let check = await SenderVerifier(resolver: zone)
                .check(mail, from: "example.org", by: client, now: Self.now)
            #expect(check.outcome == expected, "\(check)")
        }
    }
}
