import NIOCore
import NIOPosix
import Synchronization

/// An SMTP server that answers each mail as its script says and keeps what it took.
final class RelaySink: Sendable {
    /// The reply to the final dot, for mail after mail; 250 when the script is at its end.
    private let script: Mutex<[String]>
    private let taken = Mutex<[String]>([])
    private let recipients = Mutex<[String]>([])
    private let channel = Mutex<(any Channel)?>(nil)

    init(_ script: [String] = []) { self.script = Mutex(script) }

    var mails: [String] { taken.withLock { $0 } }
    var envelopes: [String] { recipients.withLock { $0 } }

    func say(_ replies: [String]) { script.withLock { $0 = replies } }

    /// - Returns: The port.
    @discardableResult
    func start(port: Int = 0) async throws -> Int {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Session(sink: self))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        channel.withLock { $0 = server }
        return server.localAddress?.port ?? 0
    }

    func stop() async throws {
        let server = channel.withLock { channel in
            defer { channel = nil }
            return channel
        }
        try await server?.close()
    }

    fileprivate func reply(to mail: String) -> String {
        let reply = script.withLock { $0.isEmpty ? "250 2.0.0 taken" : $0.removeFirst() }
        if reply.hasPrefix("250") { taken.withLock { $0.append(mail) } }
        return reply
    }

    fileprivate func note(_ recipient: String) { recipients.withLock { $0.append(recipient) } }

    private final class Session: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let sink: RelaySink
        private var input = ""
        private var mail: String?

        init(sink: RelaySink) { self.sink = sink }

        func channelActive(context: ChannelHandlerContext) { send("220 sink.example", context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            input += String(buffer: unwrapInboundIn(data))
            while let end = input.range(of: "\r\n") {
                let line = String(input[..<end.lowerBound])
                input = String(input[end.upperBound...])
                take(line, context)
            }
        }

        private func take(_ line: String, _ context: ChannelHandlerContext) {
            if let sofar = mail {
                guard line == "." else {
                    mail = sofar + (line.hasPrefix(".") ? String(line.dropFirst()) : line) + "\r\n"
                    return
                }
                mail = nil
                send(sink.reply(to: sofar), context)
                return
            }
            switch line.prefix(4).uppercased() {
            case "EHLO": send("250 sink.example", context)
            case "DATA":
                mail = ""
                send("354 go on", context)
            case "RCPT":
                sink.note(line)
                send("250 2.1.5 fine", context)
            case "QUIT":
                send("221 bye", context)
                context.close(promise: nil)
            default: send("250 2.0.0 fine", context)
            }
        }

        private func send(_ line: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\r\n")), promise: nil)
        }
    }
}

extension String {
    /// Where `part` stands first; characters are compared, so CRLF is found as one.
    fileprivate func range(of part: String) -> Range<Index>? { firstRange(of: part) }
}
