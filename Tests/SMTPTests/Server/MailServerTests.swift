import Foundation
import Logging
import NIOCore
import Synchronization
import Testing

@testable import SMTP

/// Stores what it gets, and waits in `deliver` when told to.
private final class Inbox: MailHandler {
    let mails = Mutex<[(envelope: Envelope, data: [UInt8])]>([])
    let started = AsyncStream<Void>.makeStream()
    let delay: Duration

    init(delay: Duration = .zero) {
        self.delay = delay
    }

    func recipient(_ address: String, from: String) async -> SMTPReply {
        address.hasPrefix("nobody@")
            ? SMTPReply(code: 550, enhanced: "5.1.1", text: "No such address")
            : SMTPReply(code: 250, enhanced: "2.1.5", text: "OK")
    }

    func deliver(_ envelope: Envelope, data: [UInt8]) async -> [SMTPReply] {
        started.continuation.yield()
        do {
            try await Task.sleep(for: delay)
        } catch {
            return []
        }
        mails.withLock { $0.append((envelope, data)) }
        return envelope.recipients.map { _ in
            SMTPReply(code: 250, enhanced: "2.6.0", text: "Stored")
        }
    }
}

/// A server that runs while `body` does, and is then cancelled.
private func withServer(
    _ listen: ListenAddress = .tcp("127.0.0.1", 0),
    inbox: Inbox = Inbox(),
    _ change: (inout MailServerConfiguration) -> Void = { _ in },
    _ body: (_ address: SocketAddress, _ stop: @Sendable () -> Void) async throws -> Void
) async throws {
    var configuration = MailServerConfiguration(serverName: "mx.test")
    change(&configuration)
    let server = MailServer(
        listen: listen,
        configuration: configuration,
        handler: inbox,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let listening = AsyncThrowingStream<Int?, any Error>.makeStream()
    let task = Task {
        do {
            try await server.run { listening.continuation.yield($0) }
        } catch {
            listening.continuation.finish(throwing: error)
            throw error
        }
    }
    defer { task.cancel() }
    var iterator = listening.stream.makeAsyncIterator()
    let port = try await iterator.next() ?? nil
    let address: SocketAddress
    switch listen {
    case .unix(let path): address = try SocketAddress(unixDomainSocketPath: path)
    case .tcp: address = try SocketAddress(ipAddress: "127.0.0.1", port: port ?? 0)
    }
    try await body(address) { task.cancel() }
    task.cancel()
    try await task.value
}

private func python(_ script: String, _ arguments: String...) async throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    return try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { _ in
            let data = output.fileHandleForReading.readDataToEndOfFile()
            continuation.resume(returning: String(decoding: data, as: UTF8.self))
        }
        do {
            try process.run()
        } catch {
            continuation.resume(throwing: error)
        }
    }
}

private func temporaryPath() -> String {
    "/tmp/smtp-\(UInt32.random(in: 0 ... .max)).sock"
}

private let lmtpOpening = "LHLO c\r\nMAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\n"

@Suite(.timeLimit(.minutes(1))) struct MailServerTests {
    @Test func `Python's LMTP client delivers through a socket file`() async throws {
        let path = temporaryPath()
        let inbox = Inbox()
        try await withServer(.unix(path), inbox: inbox) { _, _ in
            let output = try await python(
                """
                import smtplib, sys
                c = smtplib.LMTP(sys.argv[1])
                print(c.lhlo()[0] if hasattr(c, 'lhlo') else c.ehlo()[0])
                for n in range(3):
                    r = c.sendmail('ann@a.test', ['forum@b.test'], 'Subject: %d\\n\\n.dot\\nend\\n' % n)
                    print(r)
                try:
                    c.sendmail('ann@a.test', ['nobody@b.test'], 'x')
                except smtplib.SMTPRecipientsRefused as e:
                    print(e.recipients)
                print(c.quit()[0])
                """,
                path
            )
            #expect(
                output == """
                    250
                    {}
                    {}
                    {}
                    {'nobody@b.test': (550, b'5.1.1 No such address')}
                    221

                    """
            )
        }
        let mails = inbox.mails.withLock { $0 }
        #expect(mails.count == 3)
        #expect(mails.first?.envelope.mailFrom == "ann@a.test")
        #expect(mails.first?.envelope.peer.transport == "LMTP")
        #expect(
            mails.last.map { String(decoding: $0.data, as: UTF8.self) }
                == "Subject: 2\r\n\r\n.dot\r\nend\r\n"
        )
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a mail of 30 megabytes gets 552 and the next one is taken`() async throws {
        let inbox = Inbox()
        try await withServer(inbox: inbox) { address, _ in
            let output = try await python(
                """
                import smtplib, sys
                c = smtplib.LMTP('127.0.0.1', int(sys.argv[1]))
                c.ehlo()
                c.esmtp_features.pop('size')
                big = 'Subject: big\\r\\n\\r\\n' + ('x' * 998 + '\\r\\n') * 30000
                try:
                    c.sendmail('a@a.test', ['b@b.test'], big)
                except smtplib.SMTPDataError as e:
                    print(e.smtp_code, e.smtp_error.decode()[:5])
                print(c.sendmail('a@a.test', ['b@b.test'], 'Subject: small\\r\\n\\r\\n'))
                """,
                "\(address.port ?? 0)"
            )
            #expect(output == "552 5.3.4\n{}\n")
        }
        #expect(inbox.mails.withLock(\.count) == 1)
    }

    @Test func `a socket file can be opened by owner and group alone`() async throws {
        let path = temporaryPath()
        try await withServer(.unix(path)) { _, _ in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o660)
        }
    }

    @Test func `a stale socket file is replaced, a living one and a plain file are not`()
        async throws
    {
        let path = temporaryPath()
        let stale = try UnixSocket.bind(path)
        close(stale.descriptor)
        #expect(FileManager.default.fileExists(atPath: path))
        try await withServer(.unix(path)) { address, _ in
            await #expect(throws: ListenError.inUse(path)) {
                try await withServer(.unix(path)) { _, _ in }
            }
            try await TestPeer.connected(to: address) { peer in
                try await peer.expect("220")
            }
        }
        try Data("text".utf8).write(to: URL(fileURLWithPath: path))
        await #expect(throws: ListenError.notASocket(path)) {
            try await withServer(.unix(path)) { _, _ in }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "text")
        try FileManager.default.removeItem(atPath: path)
    }

    @Test func `the reply to a mail comes after the mail is stored`() async throws {
        let inbox = Inbox(delay: .milliseconds(100))
        try await withServer(inbox: inbox) { address, _ in
            try await TestPeer.connected(to: address) { peer in
                try await peer.send(lmtpOpening + "DATA\r\n")
                try await peer.expect("220", "250", "250", "250", "354")
                try await peer.send("x\r\n.\r\n")
                try await peer.expect("250")
                #expect(inbox.mails.withLock(\.count) == 1)
            }
        }
    }

    @Test func `a stop finishes what is under way and sends the idle away`() async throws {
        let inbox = Inbox(delay: .milliseconds(300))
        try await withServer(inbox: inbox) { address, stop in
            try await TestPeer.connected(to: address) { idle in
                try await idle.expect("220")
                try await TestPeer.connected(to: address) { busy in
                    try await busy.send(lmtpOpening + "DATA\r\nx\r\n.\r\n")
                    var started = inbox.started.stream.makeAsyncIterator()
                    await started.next()
                    stop()
                    try await idle.expect("421")
                    try await idle.expectEnd()
                    try await busy.expect("220", "250", "250", "250", "354", "250", "421")
                    try await busy.expectEnd()
                }
            }
        }
        #expect(inbox.mails.withLock(\.count) == 1)
    }

    @Test func `a stop waits for a transaction that goes nowhere only so long`() async throws {
        let clock = ContinuousClock()
        var stopped = clock.now
        try await withServer { configuration in
            configuration.limits.drain = .milliseconds(200)
        } _: { address, stop in
            try await TestPeer.connected(to: address) { peer in
                try await peer.send(lmtpOpening + "DATA\r\n")
                for _ in 0..<5 {
                    _ = try await peer.reply()
                }
                stopped = clock.now
                stop()
                try await peer.expect("421")
                try await peer.expectEnd()
            }
        }
        #expect(clock.now - stopped < .seconds(8))
    }

    @Test func `a delivery that outlives the drain is cancelled and not confirmed`() async throws {
        let inbox = Inbox(delay: .seconds(50))
        try await withServer(inbox: inbox) { configuration in
            configuration.limits.drain = .milliseconds(100)
        } _: { address, stop in
            try await TestPeer.connected(to: address) { peer in
                try await peer.send(lmtpOpening + "DATA\r\nx\r\n.\r\n")
                var started = inbox.started.stream.makeAsyncIterator()
                await started.next()
                stop()
                try await peer.expect("220", "250", "250", "250", "354", "451")
            }
        }
        #expect(inbox.mails.withLock(\.count) == 0)
    }

    @Test func `a silent peer is sent away`() async throws {
        try await withServer { configuration in
            configuration.limits.idle = .milliseconds(100)
        } _: { address, _ in
            try await TestPeer.connected(to: address) { peer in
                try await peer.expect("220")
                try await peer.expect("421")
                try await peer.expectEnd()
            }
        }
    }

    @Test func `a delivery may take longer than a peer may be silent`() async throws {
        try await withServer(inbox: Inbox(delay: .seconds(4))) { configuration in
            configuration.limits.idle = .seconds(3)
        } _: { address, _ in
            try await TestPeer.connected(to: address) { peer in
                try await peer.send(lmtpOpening + "DATA\r\nx\r\n.\r\nQUIT\r\n")
                try await peer.expect("220", "250", "250", "250", "354", "250", "221")
            }
        }
    }

    @Test func `one connection too many is told so, and a place that is free is given away`()
        async throws
    {
        try await withServer { configuration in
            configuration.limits.connections = 1
        } _: { address, _ in
            try await TestPeer.connected(to: address) { first in
                try await first.expect("220")
                try await TestPeer.connected(to: address) { second in
                    try await second.expect("421")
                    try await second.expectEnd()
                }
                try await first.send("QUIT\r\n")
                try await first.expect("221")
                try await first.expectEnd()
            }
            try await TestPeer.connected(to: address) { third in
                try await third.expect("220")
            }
        }
    }

    @Test func `a peer that vanishes inside a mail delivers nothing`() async throws {
        let inbox = Inbox()
        try await withServer(inbox: inbox) { address, _ in
            try await TestPeer.connected(to: address) { peer in
                try await peer.send(lmtpOpening + "DATA\r\nhalf a mail\r\n")
                for _ in 0..<5 {
                    _ = try await peer.reply()
                }
            }
        }
        #expect(inbox.mails.withLock(\.count) == 0)
    }

    @Test func `forty connections deliver at once`() async throws {
        let inbox = Inbox(delay: .milliseconds(5))
        try await withServer(inbox: inbox) { address, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await TestPeer.connected(to: address) { peer in
                            try await peer.send("LHLO c\r\n")
                            for _ in 0..<5 {
                                try await peer.send(lmtpOpening + "DATA\r\nx\r\n.\r\n")
                            }
                            try await peer.send("QUIT\r\n")
                            while let line = try await peer.line() {
                                #expect(line.hasPrefix("2") || line.hasPrefix("354"))
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(inbox.mails.withLock(\.count) == 200)
    }
}
