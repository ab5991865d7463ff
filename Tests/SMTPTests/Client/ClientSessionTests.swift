import Testing

@testable import SMTP

@Suite struct ClientSessionTests {
    private func session(_ url: String) throws -> ClientSession {
        ClientSession(
            configuration: ClientSession.Configuration(
                relay: try ServerURL.parse(url),
                helloName: "forum.test",
                timeouts: ClientTimeouts()
            )
        )
    }

    private func actions(_ session: inout ClientSession) -> [ClientSession.Action] {
        var actions: [ClientSession.Action] = []
        while let action = session.next() {
            actions.append(action)
        }
        return actions
    }

    @Test func `a password never leaves for another machine without TLS`() throws {
        var session = try session("smtp://ann:secret@relay.example?tls=none")
        session.receive(Array("220 hi\r\n250-hi\r\n250 AUTH PLAIN LOGIN\r\n".utf8))
        let done = actions(&session)
        #expect(done.first == .send(Array("EHLO forum.test\r\n".utf8)))
        guard case .failed(let error)? = done.dropFirst().first else {
            Issue.record("no failure in \(done)")
            return
        }
        #expect(error.stage == .authentication)
        #expect(done.last == .close)
        #expect(done.count == 3)
    }

    @Test func `how the octets of a relay are cut makes no difference`() throws {
        let text =
            "220-hi\r\n220 there\r\n250-hi\r\n250-PIPELINING\r\n250 SIZE\r\n"
            + "250 2.1.0 a\r\n550-5.1.1 no\r\n550 5.1.1 way\r\n503 5.5.1 none\r\n250 2.0.0 reset\r\n"
        let bytes = Array(text.utf8)
        var whole: [[ClientSession.Action]] = []
        for cut in 0...bytes.count {
            var session = try session("smtp://localhost")
            var done: [ClientSession.Action] = []
            for part in [bytes[..<cut], bytes[cut...]] {
                // A mail starts as soon as the relay is ready, as the driver would.
                for octet in part {
                    session.receive([octet])
                    while let action = session.next() {
                        done.append(action)
                        if action == .opened {
                            session.transmit(
                                try OutgoingMail(from: "", to: ["b@b.test"], message: [])
                            )
                        }
                    }
                }
            }
            whole.append(done)
        }
        #expect(Set(whole.map { "\($0)" }).count == 1)
        guard case .failed(let error)? = whole.first?.last else {
            Issue.record("no failure")
            return
        }
        #expect(error.reply == SMTPReply(code: 550, enhanced: "5.1.1", text: "no\nway"))
        #expect(error.recipient == "b@b.test")
    }

    @Test func `random octets of a relay never trap`() throws {
        let words = [
            "220 ", "250 ", "250-", "354 ", "334 ", "421 ", "550 5.1.1 ", "\r\n", "\n", "STARTTLS",
            "PIPELINING", "AUTH PLAIN", "SIZE 10", "2", "-",
        ]
        var random = SplitMix(seed: 5)
        for _ in 0..<3000 {
            var session = try session("smtp://u:p@localhost?tls=opportunistic")
            var isClosed = false
            for _ in 0..<40 {
                if Int.random(in: 0..<5, using: &random) > 0 {
                    session.receive(Array((words.randomElement(using: &random) ?? "").utf8))
                } else {
                    let count = Int.random(in: 0...9, using: &random)
                    session.receive(
                        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                    )
                }
                while let action = session.next() {
                    #expect(!isClosed)
                    switch action {
                    case .opened, .sent:
                        session.transmit(try OutgoingMail(from: "", to: ["b@b.test"], message: [1]))
                    case .sendBody: session.bodySent()
                    case .close: isClosed = true
                    case .send, .startTLS, .failed: break
                    }
                }
            }
        }
    }

    @Test func `a relay cannot fill memory`() throws {
        for text in [
            String(repeating: "2", count: 5000), String(repeating: "220-x\r\n", count: 300),
        ] {
            var session = try session("smtp://localhost")
            session.receive(Array(text.utf8))
            #expect(actions(&session).last == .close)
        }
    }

    @Test(arguments: [
        ("", ".\r\n", 0), ("a", "a\r\n.\r\n", 3), ("a\n", "a\r\n.\r\n", 3),
        ("a\r\n", "a\r\n.\r\n", 3), (".", "..\r\n.\r\n", 3), ("..\n.", "...\r\n..\r\n.\r\n", 7),
        ("\n.\n", "\r\n..\r\n.\r\n", 5), ("a\r.\rb", "a.b\r\n.\r\n", 5),
        ("\r.\r\n", "..\r\n.\r\n", 3), ("a\n\r.\r\nb", "a\r\n..\r\nb\r\n.\r\n", 9),
        ("a\r\r\nb", "a\r\nb\r\n.\r\n", 6),
    ])
    func `dot-stuffing`(text: String, wire: String, size: Int) {
        let result = DotStuffing.wire(Array(text.utf8))
        #expect(String(decoding: result.body, as: UTF8.self) == wire)
        #expect(result.size == size)
    }

    @Test func `whatever is stuffed comes out of the server's reader as it was`() {
        let letters: [UInt8] = [0x0D, 0x0A, 0x2E, 0x61]
        var random = SplitMix(seed: 11)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...12, using: &random)
            let text = (0..<count).map { _ in letters.randomElement(using: &random) ?? 0 }
            let wire = DotStuffing.wire(text)
            var reader = DataReader(mail: MailCollector(limit: 1000))
            #expect(reader.read(wire.body[...]) == wire.body.count)
            #expect(reader.isAtEnd)
            #expect(reader.mail.fault == nil)
            #expect(reader.mail.content.count == wire.size)
            let kept: [UInt8] = [0x2E, 0x61]
            #expect(reader.mail.content.filter(kept.contains) == text.filter(kept.contains))
        }
    }
}
