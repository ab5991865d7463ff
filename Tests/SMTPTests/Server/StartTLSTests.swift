import Testing

@testable import SMTP

@Suite struct StartTLSTests {
    @Test func `TLS is offered until it is on, and what was said before counts no more`() {
        var dialogue = Dialogue(.smtp, offersTLS: true)
        dialogue.send("EHLO c\r\n")
        #expect(dialogue.replies.last == "250 STARTTLS")
        dialogue.send("MAIL FROM:<a@a.test>\r\nSTARTTLS\r\n")
        #expect(dialogue.session.isEncrypted)
        dialogue.send("RCPT TO:<b@b.test>\r\nMAIL FROM:<a@a.test>\r\nEHLO c\r\n")
        #expect(
            dialogue.codes.suffix(11).prefix(5) == [
                "250 2.1.0", "220 2.0.0", "503 5.5.1", "503 5.5.1", "250-mx.test",
            ]
        )
        #expect(!dialogue.replies.suffix(7).contains { $0.contains("STARTTLS") })
        dialogue.send("STARTTLS\r\n")
        #expect(dialogue.codes.last == "503 5.5.1")
    }

    @Test func `plain text behind STARTTLS is not read`() {
        var dialogue = Dialogue(.smtp, offersTLS: true)
        dialogue.send("EHLO c\r\nSTARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@a.test>\r\n")
        #expect(dialogue.codes.last == "220 2.0.0")
        dialogue.send("MAIL FROM:<a@a.test>\r\n")
        #expect(dialogue.codes.last == "503 5.5.1")
    }

    @Test(arguments: ["STARTTLS", "STARTTLS now"])
    func `without a certificate, or with an argument, nothing changes`(line: String) {
        var dialogue = Dialogue(.smtp, offersTLS: line != "STARTTLS")
        dialogue.send("EHLO c\r\n\(line)\r\nNOOP\r\n")
        #expect(!dialogue.session.isEncrypted)
        #expect(dialogue.codes.last == "250 2.0.0")
    }
}

@Suite struct ProxyHeaderTests {
    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    @Test(arguments: [
        ("PROXY TCP4 192.0.2.1 192.0.2.2 1 25\r\nEHLO", "192.0.2.1", 37),
        ("PROXY TCP6 2001:db8::1 ::1 1 25\r\n", "2001:db8::1", 33),
        ("PROXY UNKNOWN\r\n", nil, 15),
        ("PROXY UNKNOWN anything at all\r\n", nil, 31),
    ])
    func `the text form`(text: String, source: String?, length: Int) throws {
        let header = try ProxyHeader.parse(Array(text.utf8))
        #expect(header == ProxyHeader(source: source.flatMap { PeerAddress($0) }, length: length))
        for end in 0..<min(length, 100) {
            #expect(try ProxyHeader.parse(Array(text.utf8.prefix(end))) == nil)
        }
    }

    @Test func `the binary form`() throws {
        let addresses: [UInt8] = [192, 0, 2, 1, 192, 0, 2, 2, 0, 1, 0, 25]
        let header = Self.signature + [0x21, 0x11, 0, 12] + addresses
        #expect(try ProxyHeader.parse(header)?.source?.description == "192.0.2.1")
        #expect(try ProxyHeader.parse(header + [1, 2, 3])?.length == 28)
        let local = Self.signature + [0x20, 0x00, 0, 0]
        #expect(try ProxyHeader.parse(local) == ProxyHeader(source: nil, length: 16))
        for end in 0..<header.count {
            #expect(try ProxyHeader.parse(Array(header.prefix(end))) == nil)
        }
    }

    @Test(arguments: [
        "EHLO c\r\n", "PROXY TCP4 192.0.2.1\r\n", "PROXY TCP4 a b 1 2\r\n", "PROXY\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 25\n",
        "PROXY UNKNOWN " + String(repeating: "x", count: 100),
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: ProxyHeader.Malformed.self) { try ProxyHeader.parse(Array(text.utf8)) }
    }
}

@Suite struct PeerAddressTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.200.1.1", true), ("10.0.0.0/8", "11.0.0.1", false),
        ("192.0.2.128/25", "192.0.2.200", true), ("192.0.2.128/25", "192.0.2.100", false),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("192.0.2.7", "::ffff:192.0.2.7", true), ("0.0.0.0/0", "::1", false),
    ])
    func `ranges hold the addresses of their network`(
        range: String,
        address: String,
        holds: Bool
    )
        throws
    {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(PeerAddress(address))) == holds)
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "a", "::/129", "1.2.3.4/8/8"])
    func `what is no range is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test func `rates count an address, and all of a network of IPv6`() throws {
        let rates = PeerRates()
        let first = try #require(PeerAddress("2001:db8::1"))
        let second = try #require(PeerAddress("2001:db8::2"))
        let other = try #require(PeerAddress("2001:db8:0:1::1"))
        #expect(rates.allows(.connection, from: first, limit: 2))
        #expect(rates.allows(.connection, from: second, limit: 2))
        #expect(!rates.allows(.connection, from: first, limit: 2))
        #expect(rates.allows(.connection, from: other, limit: 2))
        #expect(rates.allows(.recipient, from: first, limit: 2))
    }
}
