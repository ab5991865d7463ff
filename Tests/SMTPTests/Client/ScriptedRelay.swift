import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// What a relay in a test says.
struct RelayScript: Sendable {
    var greeting = "220 relay.test ESMTP"
    var extensions = ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"]
    /// Lines that start with the key get the value; empty is silence, `CLOSE` hangs up.
    var answers: [String: String] = [:]
    /// Whether DATA is answered with 354 also when no recipient was taken.
    var takesMailToNobody = false
    /// The answers to each final dot in turn; the last one stays.
    var verdicts = ["250 2.0.0 Queued"]
    /// Said after this many octets of a mail.
    var interruption: (after: Int, text: String)?
    /// Plain text in the same segment as the 220 of STARTTLS.
    var injection = ""
    var tls: NIOSSLContext?
    var isTLSImplicit = false
}

/// What a relay in a test has heard.
struct RelayRecord: Sendable {
    /// Commands; those that came through TLS start with `*`.
    var commands: [String] = []
    /// Mails as they came, with stuffing and without the final dot.
    var mails: [String] = []
    var connections = 0
}

/// A relay on a loopback port that follows a script.
final class ScriptedRelay: Sendable {
    private let recorded = Mutex(RelayRecord())
    private let script: RelayScript

    private init(_ script: RelayScript) {
        self.script = script
    }

    var record: RelayRecord { recorded.withLock { $0 } }

    /// Runs a relay while `body` does.
    static func run(
        _ script: RelayScript,
        _ body: (_ relay: ScriptedRelay, _ port: Int) async throws -> Void
    ) async throws {
        let relay = ScriptedRelay(script)
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_rcvbuf), value: 65_536)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if script.isTLSImplicit, let tls = script.tls {
                        let handler = NIOSSLServerHandler(context: tls)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(Conversation(relay, script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(relay, channel.localAddress?.port ?? 0)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    fileprivate func note(_ change: (inout RelayRecord) -> Void) {
        recorded.withLock { change(&$0) }
    }
}

private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let relay: ScriptedRelay
    private let script: RelayScript
    private var input = ""
    private var isInMail = false
    private var recipients = 0
    private var isEncrypted: Bool
    private var mails = 0

    init(_ relay: ScriptedRelay, _ script: RelayScript) {
        self.relay = relay
        self.script = script
        isEncrypted = script.isTLSImplicit
    }

    func channelActive(context: ChannelHandlerContext) {
        relay.note { $0.connections += 1 }
        say(script.greeting, context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        input += String(buffer: unwrapInboundIn(data))
        while true {
            if isInMail {
                if let interruption = script.interruption, input.utf8.count >= interruption.after {
                    // Reads no more: the mail cannot have left whole when this is heard.
                    context.channel.setOption(.autoRead, value: false).whenComplete { _ in }
                    say(interruption.text, context)
                    return
                }
                // CRLF is one Character.
                let isEmpty = input.hasPrefix(".\r\n")
                let last = isEmpty ? nil : input.range(of: "\r\n.\r\n")
                guard isEmpty || last != nil else { return }
                let end = last.map { input.index(after: $0.lowerBound) } ?? input.startIndex
                let mail = String(input[..<end])
                input.removeSubrange(..<end)
                input.removeFirst(2)
                finish(mail, context)
            } else {
                guard let end = input.range(of: "\r\n") else { return }
                let line = String(input[..<end.lowerBound])
                input.removeSubrange(..<end.upperBound)
                answer(line, context)
            }
        }
    }

    private func finish(_ mail: String, _ context: ChannelHandlerContext) {
        isInMail = false
        recipients = 0
        relay.note { $0.mails.append(mail) }
        say(script.verdicts[min(mails, script.verdicts.count - 1)], context)
        mails += 1
    }

    private func answer(_ line: String, _ context: ChannelHandlerContext) {
        relay.note { $0.commands.append((isEncrypted ? "*" : "") + line) }
        if let answer = script.answers.first(where: { line.hasPrefix($0.key) })?.value {
            say(answer, context)
            return
        }
        switch line.prefix(4) {
        case "EHLO":
            let tls = script.tls == nil || isEncrypted ? [] : ["STARTTLS"]
            let lines = ["relay.test"] + script.extensions + tls
            let last = lines.count - 1
            let text = lines.enumerated().map { "250\($0.offset == last ? " " : "-")\($0.element)" }
            say(text.joined(separator: "\r\n"), context)
        case "RCPT":
            recipients += 1
            say("250 2.1.5 OK", context)
        case "DATA":
            isInMail = recipients > 0 || script.takesMailToNobody
            say(isInMail ? "354 Go on" : "503 5.5.1 No recipients", context)
        case "STAR": startTLS(context)
        case "AUTH": say("235 2.7.0 Welcome", context)
        case "QUIT":
            say("221 2.0.0 Bye", context)
            context.close(promise: nil)
        default: say("250 2.0.0 OK", context)
        }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        say(
            "220 2.0.0 Go on" + (script.injection.isEmpty ? "" : "\r\n\(script.injection)"),
            context
        )
        guard let tls = script.tls else { return }
        do {
            let handler = NIOSSLServerHandler(context: tls)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
            isEncrypted = true
        } catch {
            context.close(promise: nil)
        }
    }

    private func say(_ text: String, _ context: ChannelHandlerContext) {
        switch text {
        case "": break
        case "CLOSE": context.close(promise: nil)
        default:
            context.writeAndFlush(NIOAny(ByteBuffer(string: text + "\r\n")), promise: nil)
        }
    }
}

/// A certificate made for one test run by the `openssl` program.
struct TestCertificate {
    let certificatePath: String
    private let keyPath: String
    private let directory: URL

    /// - Parameter names: as of subjectAltName, `DNS:localhost,IP:127.0.0.1`.
    init(names: String) throws {
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("smtp-tls-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        certificatePath = directory.appendingPathComponent("certificate.pem").path
        keyPath = directory.appendingPathComponent("key.pem").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=relay.test", "-addext",
            "subjectAltName=\(names)", "-keyout", keyPath, "-out", certificatePath,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }

    func serverContext() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(certificatePath)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(NIOSSLPrivateKey(file: keyPath, format: .pem))
            )
        )
    }

    func remove() throws {
        try FileManager.default.removeItem(at: directory)
    }
}
