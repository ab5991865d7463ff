import MailMessage
import Testing

@testable import MailMessage

/// The examples of RFC 7208, and its limits.
@Suite struct SPFTests {
    /// The zone of appendix A.
    private static let zone: Zone = {
        var zone = Zone(names: [:])
        zone.hosts = [
            "example.com": ["192.0.2.10", "192.0.2.11"], "amy.example.com": ["192.0.2.65"],
            "bob.example.com": ["192.0.2.66"], "mail-a.example.com": ["192.0.2.129"],
            "mail-b.example.com": ["192.0.2.130"], "mail-c.example.org": ["192.0.2.140"],
            "mary.mobile-users._spf.example.com": ["127.0.0.2"],
            "fred.mobile-users._spf.example.com": ["127.0.0.2"],
            "15.15.168.192.joel.remote-users._spf.example.com": ["127.0.0.2"],
            "six.example.com": ["2001:db8::cb01"],
        ]
        zone.servers = [
            "example.com": ["mail-a.example.com", "mail-b.example.com"],
            "example.org": ["mail-c.example.org"],
        ]
        zone.reverse = [
            "10.2.0.192.in-addr.arpa": ["example.com"],
            "65.2.0.192.in-addr.arpa": ["amy.example.com"],
            "66.2.0.192.in-addr.arpa": ["bob.example.com"],
            "129.2.0.192.in-addr.arpa": ["mail-a.example.com"],
            "140.2.0.192.in-addr.arpa": ["mail-c.example.org"],
            "4.0.0.10.in-addr.arpa": ["bob.example.com"],
        ]
        return zone
    }()

    private static func check(
        _ records: [String: [String]],
        _ address: String,
        from sender: String = "joel@example.com",
        helo: String = "mx.example.org",
        _ change: (inout Zone) -> Void = { _ in }
    ) async throws -> SPFResult.Outcome {
        var zone = zone
        zone.names = records
        change(&zone)
        let client = SPFClient(
            address: try #require(IPAddress(address)),
            helo: helo,
            mailFrom: sender
        )
        return await SPFVerifier(resolver: zone).check(client).outcome
    }

    @Test(
        arguments: [
            // Appendix A.1.
            ("+all", "192.0.2.129", SPFResult.Outcome.pass), ("a -all", "192.0.2.10", .pass),
            ("a -all", "192.0.2.129", .fail), ("a:example.org -all", "192.0.2.10", .fail),
            ("mx -all", "192.0.2.129", .pass), ("mx -all", "192.0.2.10", .fail),
            ("mx:example.org -all", "192.0.2.140", .pass),
            ("mx mx:example.org -all", "192.0.2.140", .pass),
            ("mx/30 mx:example.org/30 -all", "192.0.2.131", .pass),
            ("mx/30 mx:example.org/30 -all", "192.0.2.143", .pass),
            ("mx/30 -all", "192.0.2.132", .fail), ("ptr -all", "192.0.2.65", .pass),
            ("ptr -all", "192.0.2.140", .fail), ("ptr -all", "10.0.0.4", .fail),
            ("ip4:192.0.2.128/28 -all", "192.0.2.129", .pass),
            ("ip4:192.0.2.128/28 -all", "192.0.2.65", .fail),
            // Qualifiers, the order, the end.
            ("?all", "192.0.2.1", .neutral), ("~all", "192.0.2.1", .softFail),
            ("", "192.0.2.1", .neutral),
            ("-ip4:192.0.2.1 +all", "192.0.2.1", .fail), ("A:EXAMPLE.com -ALL", "192.0.2.1", .fail),
            // IPv6.
            ("ip6:2001:db8::/32 -all", "2001:db8:1::1", .pass),
            ("ip6:2001:db8::/32 -all", "::1", .fail),
            ("a:six.example.com//64 -all", "2001:db8::1", .pass),
            ("a:six.example.com/1//127 -all", "2001:db8::1", .fail),
            ("ip4:192.0.2.1 -all", "::ffff:192.0.2.1", .pass),
            // Macros (§7.4, A.4).
            ("exists:%{l1r+}.mobile-users._spf.%{d} -all", "192.0.2.1", .fail),
            ("exists:%{ir}.%{l1r+}.remote-users._spf.%{d} -all", "192.168.15.15", .pass),
            // What cannot be understood.
            ("moo -all", "192.0.2.1", .permanent), ("a/33", "192.0.2.1", .permanent),
            ("a/08", "192.0.2.1", .permanent), ("ip4:192.0.2", "192.0.2.1", .permanent),
            ("ip4:::1", "192.0.2.1", .permanent), ("ip6:192.0.2.1", "192.0.2.1", .permanent),
            ("include", "192.0.2.1", .permanent), ("all:x", "192.0.2.1", .permanent),
            ("exists:%{x}.example.com", "192.0.2.1", .permanent),
            ("a:%{d", "192.0.2.1", .permanent),
            ("a:example.123", "192.0.2.1", .permanent), ("a:%{d0}", "192.0.2.1", .permanent),
            ("redirect=a.example redirect=b.example", "192.0.2.1", .permanent),
            ("include:nothing.example -all", "192.0.2.1", .permanent),
            ("redirect=nothing.example", "192.0.2.1", .permanent),
            // Errors count before what fits, and what nobody knows is passed over.
            ("ip4:192.0.2.1 moo", "192.0.2.1", .permanent), ("x-y=%{d} +all", "192.0.2.1", .pass),
            ("x-y=%{z} +all", "192.0.2.1", .permanent), ("exp=why.%{d} -all", "192.0.2.1", .fail),
            ("-all redirect=nothing.example", "192.0.2.1", .fail),
        ] as [(String, String, SPFResult.Outcome)]
    )
    func `a record decides`(
        terms: String,
        address: String,
        outcome: SPFResult.Outcome
    ) async throws {
        let found = try await Self.check(["example.com": ["v=spf1 \(terms)"]], address)
        #expect(found == outcome, "\(terms)")
    }

    @Test func `records include and redirect to others`() async throws {
        let records = [
            "example.com": ["v=spf1 include:_spf.example.org ?ip4:192.0.2.9 -all", "other"],
            "_spf.example.org": ["v=spf1 ip4:192.0.2.1 -ip4:192.0.2.9 ~all"],
            "example.net": ["v=spf1 redirect=example.com"],
            "twice.example": ["v=spf1", "v=SPF1 -all"],
            "not.example": ["v=spf10 -all", "v=spf1x"],
        ]
        let cases: [(String, String, SPFResult.Outcome)] = [
            ("a@example.com", "192.0.2.1", .pass), ("a@example.com", "192.0.2.9", .neutral),
            ("a@example.com", "192.0.2.8", .fail), ("a@example.net", "192.0.2.1", .pass),
            ("a@twice.example", "192.0.2.1", .permanent), ("a@not.example", "192.0.2.1", .none),
            ("a@nowhere.example", "192.0.2.1", .none), ("a@localhost", "192.0.2.1", .none),
            ("a@exa mple.com", "192.0.2.1", .none),
        ]
        for (sender, address, outcome) in cases {
            #expect(try await Self.check(records, address, from: sender) == outcome, "\(sender)")
        }
    }

    @Test func `without a sender, what the host calls itself counts`() async throws {
        let records = ["mx.example.org": ["v=spf1 ip4:192.0.2.1 -all"]]
        #expect(try await Self.check(records, "192.0.2.1", from: "") == .pass)
        #expect(try await Self.check(records, "192.0.2.2", from: "") == .fail)
        #expect(try await Self.check(records, "192.0.2.2", from: "", helo: "[192.0.2.2]") == .none)
    }

    @Test func `a record may not ask too much`() async throws {
        var records: [String: [String]] = [:]
        for number in 0..<12 {
            records["r\(number).example"] = ["v=spf1 include:r\(number + 1).example ~all"]
        }
        records["r10.example"] = ["v=spf1 +all"]
        #expect(try await Self.check(records, "192.0.2.1", from: "a@r0.example") == .pass)
        #expect(try await Self.check(records, "192.0.2.1", from: "a@r1.example") == .pass)
        records["r10.example"] = nil
        records["r10.example"] = ["v=spf1 include:r11.example +all"]
        #expect(try await Self.check(records, "192.0.2.1", from: "a@r0.example") == .permanent)
        let loop = ["example.com": ["v=spf1 include:example.com"]]
        #expect(try await Self.check(loop, "192.0.2.1") == .permanent)
        let redirects = ["example.com": ["v=spf1 redirect=example.com"]]
        #expect(try await Self.check(redirects, "192.0.2.1") == .permanent)
        for count in [2, 3] {
            let terms = (0..<count).map { "a:void\($0).example" }.joined(separator: " ")
            let found = try await Self.check(["example.com": ["v=spf1 \(terms) ~all"]], "192.0.2.1")
            #expect(found == (count == 2 ? .softFail : .permanent))
        }
        let many = try await Self.check(["example.com": ["v=spf1 mx -all"]], "192.0.2.1") { zone in
            zone.servers["example.com"] = (0..<11).map { "mail-a\($0).example.com" }
        }
        #expect(many == .permanent)
    }

    @Test func `a silent DNS is no word on anybody`() async throws {
        let records = ["example.com": ["v=spf1 a:slow.example ~all"]]
        for name in ["example.com", "slow.example"] {
            let found = try await Self.check(records, "192.0.2.1") { $0.silent = [name] }
            #expect(found == .temporary)
        }
    }

    @Test(arguments: [
        // §7.4.
        ("%{s}", "strong-bad@email.example.com"), ("%{o}", "email.example.com"),
        ("%{d}", "email.example.com"), ("%{d4}", "email.example.com"), ("%{d2}", "example.com"),
        ("%{d1}", "com"), ("%{dr}", "com.example.email"), ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"), ("%{l-}", "strong.bad"), ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"), ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("%{S}%%%_%-", "strong-bad%40email.example.com% %20"), ("%{p}.%{h}", "unknown.mx.example"),
    ])
    func `macros are expanded`(text: String, expanded: String) throws {
        let values = SPFMacro.Values(
            sender: "strong-bad@email.example.com",
            domain: "email.example.com",
            helo: "mx.example",
            address: try #require(IPAddress("192.0.2.3"))
        )
        #expect(try SPFMacro(text).expanded(values, name: "unknown") == expanded)
    }

    @Test func `addresses of IPv6 are written digit by digit`() throws {
        let values = SPFMacro.Values(
            sender: "a@example.com",
            domain: "example.com",
            helo: "",
            address: try #require(IPAddress("2001:db8::cb01"))
        )
        let expected =
            "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com"
        #expect(try SPFMacro("%{ir}.%{v}._spf.%{d2}").expanded(values, name: "") == expected)
    }
}
