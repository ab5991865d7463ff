import Testing

@testable import SMTP

@Suite struct ServerURLTests {
    @Test(arguments: [
        ("smtp://relay.example", "smtp://relay.example:25?tls=required"),
        ("smtp://relay.example/", "smtp://relay.example:25?tls=required"),
        ("SMTP://relay.example:587", "smtp://relay.example:587?tls=required"),
        ("smtp://relay.example?tls=starttls", "smtp://relay.example:25?tls=required"),
        ("smtp://relay.example?tls=opportunistic", "smtp://relay.example:25?tls=opportunistic"),
        ("smtp://relay.example?tls=none", "smtp://relay.example:25?tls=none"),
        ("smtps://relay.example", "smtps://relay.example:465"),
        ("smtps://relay.example?tls=required", "smtps://relay.example:465"),
        ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525?tls=none"),
        ("smtp://localhost", "smtp://localhost:25?tls=none"),
        ("smtp://[::1]:26", "smtp://[::1]:26?tls=none"),
        ("smtp://[2001:db8::1]", "smtp://[2001:db8::1]:25?tls=required"),
        ("smtp://127.evil.example", "smtp://127.evil.example:25?tls=required"),
        ("smtp://u:p@h.example", "smtp://u:***@h.example:25?tls=required"),
        ("smtp://u%40x:p%3A%2F%40@h.example", "smtp://u@x:***@h.example:25?tls=required"),
        ("smtp://u:p@q@h.example", "smtp://u:***@h.example:25?tls=required"),
    ])
    func `a URL is read`(text: String, description: String) throws {
        #expect(try ServerURL.parse(text).description == description)
    }

    @Test func `user and password are decoded, and no description holds the password`() throws {
        let relay = try ServerURL.parse("smtp://ann%40a.test:s%20e:c%25@h.example:587")
        #expect(relay.credentials?.user == "ann@a.test")
        #expect(relay.credentials?.password == "s e:c%")
        #expect(relay.port == 587)
        for text in ["\(relay)", String(reflecting: relay), String(describing: relay.credentials)] {
            #expect(!text.contains("s e:c"))
        }
    }

    @Test(arguments: [
        ("relay.example", ServerURLError.scheme([.smtp])),
        ("http://relay.example", .scheme([.smtp])), ("", .scheme([.smtp])),
        ("imap://relay.example", .scheme([.smtp])),
        ("smtp://", .host), ("smtp://:25", .host), ("smtp://u:p@", .host), ("smtp://[::1", .host),
        ("smtp://[nonsense]", .host), ("smtp://h:0", .port), ("smtp://h:65536", .port),
        ("smtp://h:", .port), ("smtp://h:x", .port), ("smtp://h/path", .path),
        ("smtp://h h", .path),
        ("smtp://h\r\n", .path), ("smtp://u%ZZ:p@h", .percentEncoding),
        ("smtp://:p@h", .credentials),
        ("smtp://u:%00@h", .credentials), ("smtp://h?tls=maybe", .parameter("tls=maybe")),
        ("smtp://h?x", .parameter("x")), ("smtps://h?tls=none", .parameter("tls=none")),
        ("smtp://h?verify=none", .unverifiedRemoteServer), ("smtp://h?ca=", .parameter("ca=")),
    ])
    func `a text that is no URL of a relay says why`(text: String, error: ServerURLError) {
        #expect(throws: error) { try ServerURL.parse(text) }
        #expect(!error.description.isEmpty)
    }

    @Test func `verify=none is for this machine`() throws {
        let relay = try ServerURL.parse("smtp://localhost?tls=required&verify=none&ca=/a%20b.pem")
        #expect(relay.verification == .none)
        #expect(relay.authorities == "/a b.pem")
    }
}
