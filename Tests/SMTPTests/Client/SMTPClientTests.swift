import Foundation
import NIOSSL
import Testing

@testable import SMTP

private let mail = Array("Subject: x\n\n.dot\nbare\rcr\r\nend".utf8)

private let patient = ClientTimeouts(all: .seconds(20))

private func client(
    _ port: Int,
    _ options: String = "",
    timeouts: ClientTimeouts = patient
) throws -> SMTPClient {
    SMTPClient(
        relay: try ServerURL.parse("smtp://127.0.0.1:\(port)\(options)"),
        configuration: SMTPClient.Configuration(helloName: "forum.test", timeouts: timeouts)
    )
}

/// The error of a mail to a relay with this script.
private func failure(
    _ script: RelayScript,
    timeouts: ClientTimeouts = patient,
    size: Int = 10
) async throws -> SMTPClientError? {
    var failure: SMTPClientError?
    try await ScriptedRelay.run(script) { _, port in
        do {
            let body = [UInt8](repeating: 0x61, count: size)
            let client = try client(port, timeouts: timeouts)
            _ = try await client.send(from: "a@a.test", to: ["b@b.test"], message: body)
        } catch let error as SMTPClientError {
            failure = error
        }
    }
    return failure
}

@Suite(.timeLimit(.minutes(1))) struct SMTPClientTests {
    @Test func `a mail goes out with its line ends mended and its dots stuffed`() async throws {
        try await ScriptedRelay.run(RelayScript()) { relay, port in
            let reply = try await client(port).send(
                from: "a@a.test",
                to: ["b@b.test", "c@b.test"],
                message: mail
            )
            #expect(reply == "250 2.0.0 Queued")
            #expect(
                relay.record.commands == [
                    "EHLO forum.test", "MAIL FROM:<a@a.test>", "RCPT TO:<b@b.test>",
                    "RCPT TO:<c@b.test>", "DATA", "QUIT",
                ]
            )
            #expect(relay.record.mails == ["Subject: x\r\n\r\n..dot\r\nbarecr\r\nend\r\n"])
        }
    }

    @Test func `an old relay gets HELO and one command at a time`() async throws {
        var script = RelayScript()
        script.answers = ["EHLO": "502 5.5.1 What?"]
        try await ScriptedRelay.run(script) { relay, port in
            _ = try await client(port).send(from: "", to: ["b@b.test"], message: mail)
            #expect(
                relay.record.commands == [
                    "EHLO forum.test", "HELO forum.test", "MAIL FROM:<>", "RCPT TO:<b@b.test>",
                    "DATA", "QUIT",
                ]
            )
        }
    }

    @Test func `SIZE, 8BITMIME and SMTPUTF8 are asked for when needed and offered`() async throws {
        var script = RelayScript()
        script.extensions = ["SIZE 1000", "8BITMIME", "SMTPUTF8"]
        try await ScriptedRelay.run(script) { relay, port in
            let client = try client(port)
            let utf8 = Array("Subject: x\r\n\r\nGrüße\r\n".utf8)
            _ = try await client.send(from: "a@a.test", to: ["b@b.test"], message: utf8)
            _ = try await client.send(from: "", to: ["jürgen@b.test"], message: utf8)
            let mails = relay.record.commands.filter { $0.hasPrefix("MAIL") }
            #expect(
                mails == [
                    "MAIL FROM:<a@a.test> SIZE=23 BODY=8BITMIME",
                    "MAIL FROM:<> SIZE=23 BODY=8BITMIME SMTPUTF8",
                ]
            )
            await #expect {
                let large = [UInt8](repeating: 0x61, count: 2000)
                _ = try await client.send(from: "", to: ["b@b.test"], message: large)
            } throws: { ($0 as? SMTPClientError)?.kind == .permanent }
        }
    }

    @Test(arguments: [
        ("jürgen@b.test", "x"), ("b@b.test", "Subject: ü\r\n\r\n"), ("b@b.test", "\n\nü"),
    ])
    func `a relay that cannot carry it is not asked`(to: String, text: String) async throws {
        var script = RelayScript()
        script.extensions = []
        try await ScriptedRelay.run(script) { relay, port in
            await #expect {
                _ = try await client(port).send(from: "", to: [to], message: Array(text.utf8))
            } throws: { ($0 as? SMTPClientError)?.kind == .permanent }
            #expect(relay.record.commands.allSatisfy { !$0.hasPrefix("MAIL") })
        }
    }

    @Test(arguments: [
        ("a@a.test>\r\nRCPT TO:<evil@b.test", "b@b.test", "x"),
        ("a@a.test", "b@b.test\r\nDATA", "x"),
        ("a@a.test", "", "x"), ("a@a.test", "b@b.test", "x\0y"), ("a b@a.test", "b@b.test", "x"),
    ])
    func `what SMTP cannot carry is refused before connecting`(
        from: String,
        to: String,
        text: String
    ) async throws {
        await #expect {
            // Nobody listens on port 1: reaching it would be a temporary error.
            _ = try await client(1).send(from: from, to: [to], message: Array(text.utf8))
        } throws: { error in
            let error = error as? SMTPClientError
            return error?.kind == .permanent && error?.stage == .check
        }
    }

    @Test(arguments: [
        ("MAIL", "550 5.7.1 No", SMTPClientError.Kind.permanent, SMTPClientError.Stage.sender),
        ("MAIL", "451 4.3.0 Later", .temporary, .sender),
        ("MAIL", "530 5.7.0 Authentication required", .temporary, .sender),
        ("RCPT", "550 5.1.1 Unknown", .permanent, .recipient),
        ("RCPT", "452 4.2.2 Full", .temporary, .recipient),
        ("RCPT", "421 4.3.2 Going down", .temporary, .recipient),
        ("DATA", "554 5.7.1 No", .permanent, .data), ("DATA", "451 4.3.0 Later", .temporary, .data),
        ("EHLO", "554 5.7.1 Go away", .temporary, .hello), ("EHLO", "CLOSE", .temporary, .hello),
        ("EHLO", "HTTP/1.1 400 Bad Request", .temporary, .hello),
        ("MAIL", "CLOSE", .temporary, .sender),
        ("DATA", "CLOSE", .temporary, .data), ("RCPT", "CLOSE", .temporary, .recipient),
    ])
    func `a refusal`(
        command: String,
        answer: String,
        kind: SMTPClientError.Kind,
        stage: SMTPClientError.Stage
    ) async throws {
        for extensions in [["PIPELINING"], []] {
            var script = RelayScript()
            script.extensions = extensions
            script.answers = [command: answer]
            let error = try await failure(script)
            #expect(error?.kind == kind)
            #expect(error?.stage == stage)
            if let reply = error?.reply {
                #expect(reply.description == answer)
            }
        }
    }

    @Test(arguments: [
        ("550 5.7.1 Spam", SMTPClientError.Kind.permanent), ("451 4.3.0 Later", .temporary),
        ("CLOSE", .temporary),
    ])
    func `a verdict behind the dot`(verdict: String, kind: SMTPClientError.Kind) async throws {
        var script = RelayScript()
        script.verdicts = [verdict]
        let error = try await failure(script)
        #expect(error?.kind == kind)
        #expect(error?.stage == .end)
    }

    @Test(arguments: [
        ("550 5.3.4 Too much", SMTPClientError.Kind.permanent), ("451 4.3.0 Disk", .temporary),
        ("CLOSE", .temporary),
    ])
    func `a verdict in the middle of a mail`(
        verdict: String,
        kind: SMTPClientError.Kind
    ) async throws {
        var script = RelayScript()
        script.interruption = (after: 100_000, text: verdict)
        let error = try await failure(script, size: 8_000_000)
        #expect(error?.kind == kind)
        #expect(error?.stage == .data)
    }

    @Test(arguments: [
        ("greeting", \ClientTimeouts.greeting, SMTPClientError.Stage.greeting),
        ("EHLO", \.command, .hello), ("DATA", \.dataStart, .data), ("dot", \.dataEnd, .end),
    ])
    func `a relay that falls silent is a temporary failure`(
        place: String,
        timeout: any WritableKeyPath<ClientTimeouts, Duration> & Sendable,
        stage: SMTPClientError.Stage
    ) async throws {
        var script = RelayScript()
        switch place {
        case "greeting": script.greeting = ""
        case "dot": script.verdicts = [""]
        default: script.answers = [place: ""]
        }
        var timeouts = patient
        timeouts[keyPath: timeout] = .milliseconds(200)
        let error = try await failure(script, timeouts: timeouts)
        #expect(error?.kind == .temporary)
        #expect(error?.stage == stage)
        #expect(error?.reason == "The relay did not answer in time")
    }

    @Test func `a relay that is not there is a temporary failure`() async throws {
        await #expect {
            _ = try await client(1).send(from: "", to: ["b@b.test"], message: [])
        } throws: { error in
            let error = error as? SMTPClientError
            return error?.kind == .temporary && error?.stage == .connect
        }
    }

    @Test(arguments: ["554 5.3.2 No service", "421 4.3.2 Busy", "junk", "220-a\r\n250 b"])
    func `a greeting that is none`(greeting: String) async throws {
        var script = RelayScript()
        script.greeting = greeting
        let error = try await failure(script)
        #expect(error?.kind == .temporary)
        #expect(error?.stage == .greeting)
    }

    @Test func `a connection takes the next mail after a refused one`() async throws {
        var script = RelayScript()
        script.answers = ["RCPT TO:<nobody": "550 5.1.1 Unknown"]
        script.verdicts = ["250 2.0.0 First", "554 5.7.1 Spam", "250 2.0.0 Third"]
        try await ScriptedRelay.run(script) { relay, port in
            let connection = try await client(port).connect()
            let first = try await connection.send(from: "", to: ["a@b.test"], message: mail)
            #expect(first == "250 2.0.0 First")
            for address in ["nobody@b.test", "spam@b.test"] {
                await #expect(throws: SMTPClientError.self) {
                    _ = try await connection.send(from: "", to: [address], message: mail)
                }
                #expect(connection.isOpen)
            }
            let third = try await connection.send(from: "", to: ["a@b.test"], message: mail)
            #expect(third == "250 2.0.0 Third")
            await connection.close()
            #expect(relay.record.connections == 1)
            #expect(relay.record.mails.count == 3)
            #expect(relay.record.commands.last == "QUIT")
        }
    }

    @Test func `a relay that asks for a mail to nobody gets none`() async throws {
        var script = RelayScript()
        script.answers = ["RCPT TO:<nobody": "550 5.1.1 Unknown"]
        script.takesMailToNobody = true
        script.verdicts = ["554 5.5.1 No recipients", "250 2.0.0 Second"]
        try await ScriptedRelay.run(script) { relay, port in
            let connection = try await client(port).connect()
            await #expect {
                _ = try await connection.send(from: "", to: ["nobody@b.test"], message: mail)
            } throws: { ($0 as? SMTPClientError)?.reply?.enhanced == "5.1.1" }
            let second = try await connection.send(from: "", to: ["a@b.test"], message: mail)
            #expect(second == "250 2.0.0 Second")
            await connection.close()
            #expect(relay.record.mails.first?.isEmpty == true && relay.record.mails.count == 2)
        }
    }

    @Test func `a cancelled caller does not wait`() async throws {
        var script = RelayScript()
        script.verdicts = [""]
        try await ScriptedRelay.run(script) { relay, port in
            let task = Task {
                try await client(port).send(from: "", to: ["b@b.test"], message: mail)
            }
            while relay.record.mails.isEmpty {
                try await Task.sleep(for: .milliseconds(5))
            }
            task.cancel()
            await #expect {
                try await task.value
            } throws: { ($0 as? SMTPClientError)?.kind == .temporary }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ClientTLSTests {
    private func withRelay(
        names: String = "DNS:localhost,IP:127.0.0.1",
        _ change: (inout RelayScript) -> Void = { _ in },
        _ body: (_ relay: ScriptedRelay, _ port: Int, _ authority: String) async throws -> Void
    ) async throws {
        let certificate = try TestCertificate(names: names)
        var script = RelayScript()
        script.tls = try certificate.serverContext()
        script.extensions.append("AUTH LOGIN PLAIN")
        change(&script)
        try await ScriptedRelay.run(script) { relay, port in
            try await body(relay, port, certificate.certificatePath)
        }
        try certificate.remove()
    }

    private func send(_ url: String) async throws -> String {
        let client = SMTPClient(
            relay: try ServerURL.parse(url),
            configuration: .init(
                helloName: "forum.test",
                timeouts: ClientTimeouts(all: .seconds(20))
            )
        )
        return try await client.send(from: "", to: ["b@b.test"], message: mail)
    }

    private func error(_ url: String) async throws -> SMTPClientError? {
        do {
            _ = try await send(url)
            return nil
        } catch let error as SMTPClientError {
            return error
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `STARTTLS, a second EHLO, AUTH, the mail`(host: String) async throws {
        try await withRelay { relay, port, authority in
            let options = "?tls=required&ca=\(authority)"
            let reply = try await send("smtp://ann:p%40ss@\(host):\(port)\(options)")
            #expect(reply == "250 2.0.0 Queued")
            #expect(
                relay.record.commands == [
                    "EHLO forum.test", "STARTTLS", "*EHLO forum.test",
                    "*AUTH PLAIN AGFubgBwQHNz", "*MAIL FROM:<>", "*RCPT TO:<b@b.test>", "*DATA",
                    "*QUIT",
                ]
            )
        }
    }

    @Test func `implicit TLS and AUTH LOGIN`() async throws {
        try await withRelay { script in
            script.isTLSImplicit = true
            script.extensions = ["AUTH=LOGIN"]
            script.answers = [
                "AUTH LOGIN": "334 VXNlcm5hbWU6", "YW5u": "334 UGFzc3dvcmQ6", "cHc=": "235 OK",
            ]
        } _: { relay, port, authority in
            _ = try await send("smtps://ann:pw@127.0.0.1:\(port)?ca=\(authority)")
            #expect(
                relay.record.commands.prefix(4) == [
                    "*EHLO forum.test", "*AUTH LOGIN", "*YW5u", "*cHc=",
                ]
            )
        }
    }

    @Test(arguments: ["DNS:localhost,IP:127.0.0.1", "DNS:other.test,IP:127.0.0.9"])
    func `a certificate that proves nothing gets no mail`(names: String) async throws {
        let isForUs = names.contains("localhost")
        try await withRelay(names: names) { relay, port, authority in
            // Right name and unknown authority, or known authority and wrong name.
            let option = isForUs ? "" : "&ca=\(authority)"
            for host in ["127.0.0.1", "localhost"] {
                let url = "smtp://ann:pw@\(host):\(port)?tls=required\(option)"
                let error = try await error(url)
                #expect(error?.kind == .temporary)
                #expect(error?.stage == .tls)
            }
            #expect(Set(relay.record.commands) == ["EHLO forum.test", "STARTTLS"])
        }
    }

    @Test func `on this machine verification can be switched off by name`() async throws {
        try await withRelay(names: "DNS:other.test") { relay, port, _ in
            _ = try await send("smtp://127.0.0.1:\(port)?tls=required&verify=none")
            #expect(relay.record.commands.contains("*MAIL FROM:<>"))
        }
    }

    @Test func `a relay without STARTTLS gets nothing when it is required`() async throws {
        try await ScriptedRelay.run(RelayScript()) { relay, port in
            let error = try await error("smtp://127.0.0.1:\(port)?tls=starttls")
            #expect(error?.kind == .temporary)
            #expect(error?.stage == .tls)
            #expect(relay.record.commands.allSatisfy { !$0.hasPrefix("MAIL") })
            _ = try await send("smtp://127.0.0.1:\(port)?tls=opportunistic")
            #expect(relay.record.mails.count == 1)
        }
    }

    @Test func `plain text behind the answer to STARTTLS is never read as the relay's word`()
        async throws
    {
        try await withRelay { script in
            script.injection = "250-relay.test\r\n250 AUTH PLAIN"
        } _: { relay, port, authority in
            let error = try await error(
                "smtp://ann:pw@127.0.0.1:\(port)?tls=required&ca=\(authority)"
            )
            #expect(error?.stage == .tls)
            #expect(relay.record.commands == ["EHLO forum.test", "STARTTLS"])
        }
    }

    @Test func `a refused password keeps the mail here`() async throws {
        try await withRelay { script in
            script.answers = ["AUTH": "535 5.7.8 Wrong"]
        } _: { relay, port, authority in
            let error = try await error(
                "smtp://ann:pw@127.0.0.1:\(port)?tls=required&ca=\(authority)"
            )
            #expect(error?.kind == .temporary)
            #expect(error?.stage == .authentication)
            #expect(error?.reply?.code == 535)
        }
    }
}
