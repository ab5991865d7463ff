import Testing

@testable import MailMessage

private struct ResultsCorpus: Decodable {
    struct Parse: Decodable {
        let headers: [String]
        let expect: [Field]
    }

    struct Field: Decodable {
        let authservID: String
        let resinfo: [Result]?

        private enum CodingKeys: String, CodingKey {
            case authservID = "authserv_id"
            case resinfo
        }
    }

    struct Result: Decodable {
        let method: String
        let result: String
        let reason: String?
        let props: [[String]]
    }

    struct Verdict: Decodable {
        let headers: OneOrMany
        let authservID: String?
        let expect: String

        private enum CodingKeys: String, CodingKey {
            case headers
            case authservID = "authserv_id"
            case expect
        }
    }

    struct OneOrMany: Decodable {
        let all: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                all = [try container.decode(String.self)].filter { !$0.isEmpty }
            } catch {
                all = try container.decode([String].self)
            }
        }
    }

    let parse: [Parse]
    let verdict: [Verdict]
}

struct SenderVerdictTests {
    @Test(.enabled(if: Corpus.isPresent))
    func `every example of the collection is read as expected`() throws {
        let corpus: ResultsCorpus = try Corpus.json("authentication-results.json")
        for item in corpus.parse {
            for (header, expected) in zip(item.headers, item.expect) {
                let unfolded = header.utf8.filter { $0 != ASCII.lf && $0 != ASCII.cr }
                let read = try #require(AuthenticationResults(unfolded), "\(header)")
                #expect(read.authservID == expected.authservID)
                let results = read.results.map { result in
                    [result.method, result.result, result.reason ?? ""]
                        + result.properties.flatMap { [$0.type, $0.name, $0.value] }
                }
                let wanted = (expected.resinfo ?? []).map { result in
                    [result.method, result.result, result.reason ?? ""]
                        + result.props.flatMap(\.self)
                }
                #expect(results == wanted, "\(header)")
            }
        }
        for item in corpus.verdict {
            let header = item.headers.all.map { "Authentication-Results: \($0)\n" }.joined()
            let mail = message(header + "From: a@example.com\n\nText")
            let id = item.authservID ?? "valid.com"
            let verdict = mail.authenticationResults(of: id).senderVerdict
            #expect(verdict.rawValue == item.expect, "\(item.headers.all)")
        }
    }

    /// RFC 8601 §5 and appendix B: who wrote a field is known by where it stands.
    private static let placements: [(String, SenderVerdict)] = [
        ("A: mx.example; dmarc=pass\nR: from far.example by mx.example; x", .pass),
        ("R: from far.example by mx.example; x\nA: mx.example; dmarc=pass", .pass),
        (
            "R: from mx.example by mx.example with LMTP\nR: from far.example by mx.example; x\n"
                + "A: mx.example; dmarc=pass", .pass
        ),
        (
            "A: mx.example; dmarc=fail\nR: from far.example by mx.example; x\n"
                + "A: mx.example; dmarc=pass", .fail
        ),
        (
            "R: from far.example by mx.example; x\nR: from a.example by far.example; x\n"
                + "A: mx.example; dmarc=pass", .gray
        ),
        (
            "R: from far.example by mx.example; x\nR: from a.example by mx.example; x\n"
                + "A: mx.example; dmarc=pass", .gray
        ),
        ("R: from far.example by other.example; x\nA: mx.example; dmarc=pass", .gray),
        ("A: MX.Example; DMARC=Pass", .pass),
        ("A: mx.example.evil.example; dmarc=pass", .gray),
        ("A: (mx.example;) evil.example; dmarc=pass", .gray),
        ("A: evil.example (;) mx.example; dmarc=pass", .gray),
        ("A: mx.example; dkim=pass (dmarc=pass); spf=pass", .gray),
        ("A: mx.example; dkim=fail reason=\"; dmarc=pass\"", .gray),
        ("A: mx.example;\n dmarc\n =\n pass (p=none) header.from=example.com", .pass),
        ("A: mx.example 2; dmarc/1 = pass", .pass),
        ("A: other.example; dmarc=fail\nA: mx.example; dmarc=pass", .pass),
        ("A: mx.example; none", .gray),
        ("A: mx.example; dmarc=passé", .gray),
        ("A: \"mx.example\"; dmarc=pass", .pass),
        ("A: mx.example; dmarc=temperror", .gray),
    ]

    @Test(arguments: placements.indices)
    func `only the server's own words count`(index: Int) {
        let (fields, verdict) = Self.placements[index]
        let header = fields.replacing("A:", with: "Authentication-Results:")
            .replacing("R:", with: "Received:")
        let mail = message(header + "\nFrom: a@example.com\n\nText")
        #expect(mail.authenticationResults(of: "mx.example").senderVerdict == verdict)
    }

    private static let policies: [(String, String, [String: [String]], SenderCheck.Outcome)] = [
        ("plain-relaxed-relaxed", "example.com", [:], .pass),
        ("plain-relaxed-relaxed", "news.example.com", [:], .pass),
        ("plain-relaxed-relaxed", "example.org", [:], .none),
        (
            "plain-relaxed-relaxed", "example.org", ["_dmarc.example.org": ["v=DMARC1; p=reject"]],
            .fail
        ),
        (
            "plain-relaxed-relaxed", "a.example.org",
            ["_dmarc.example.org": ["v=DMARC1; p=reject; sp=none"]], .none
        ),
        (
            "plain-relaxed-relaxed", "example.org",
            ["_dmarc.example.org": ["v=DMARC1; p=reject; t=y"]], .none
        ),
        (
            "plain-relaxed-relaxed", "news.example.com",
            ["_dmarc.news.example.com": ["v=DMARC1; p=none; adkim=s"]], .none
        ),
        // The registry of everything below com is nobody's organisation.
        (
            "plain-relaxed-relaxed", "other.com",
            ["_dmarc.com": ["v=DMARC1; psd=y; p=reject"]], .fail
        ),
        ("testing", "example.com", [:], .fail),
        ("withdrawn", "example.com", [:], .fail),
        ("rfc8463", "football.example.com", [:], .pass),
        ("rfc8463", "com", [:], .none),
        ("rfc8463", "exa mple.com", [:], .none),
    ]

    @Test(arguments: policies.indices)
    func `a signature vouches for its own organisation`(index: Int) async throws {
        let (name, domain, more, outcome) = Self.policies[index]
        var zone = try Zone.ofFixtures()
        zone.names.merge(more) { _, new in new }
        let mail = Message.parse(try SignedFixtures.bytes(name))
        let check = await SenderVerifier(resolver: zone)
            .check(mail, from: domain, now: 1_800_000_000)
        #expect(check.outcome == outcome, "\(check)")
    }

    @Test func `a silent DNS is no failure`() async throws {
        var zone = try Zone.ofFixtures()
        zone.silent = ["_dmarc.example.org"]
        let mail = Message.parse(try SignedFixtures.bytes("ed25519"))
        let check = await SenderVerifier(resolver: zone)
            .check(mail, from: "example.org", now: 1_800_000_000)
        #expect(check.outcome == .temporary)
    }
}
