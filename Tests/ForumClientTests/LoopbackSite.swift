import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// What a test site was asked.
struct Asked: Sendable {
    var method: String
    var uri: String
    var headers: [String: String]
    var body: String
}

/// What a test site answers; each of `chunks` is sent by itself.
struct Answer: Sendable {
    var status = 200
    var headers = [("Content-Type", "application/json; charset=utf-8")]
    var chunks: [String] = []
    /// Milliseconds before each chunk.
    var delay = 0
    /// The connection breaks in place of an end.
    var breaks = false

    init(_ body: String, status: Int = 200, headers: [(String, String)] = []) {
        self.status = status
        self.headers += headers
        self.chunks = [body]
    }
}

/// A real HTTP server on this machine, which answers as the test says.
final class LoopbackSite: Sendable {
    typealias Handler = @Sendable (Asked) -> Answer

    private let channel: any Channel
    private let seen: Log
    /// Stays what it was when the site has stopped.
    let address: String

    final class Log: Sendable {
        private let entries = Mutex<[Asked]>([])
        func add(_ asked: Asked) { entries.withLock { $0.append(asked) } }
        var all: [Asked] { entries.withLock { $0 } }
    }

    private init(channel: any Channel, seen: Log) {
        self.channel = channel
        self.seen = seen
        address = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    static func start(_ handler: @escaping Handler) async throws -> LoopbackSite {
        let seen = Log()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(
                        AnsweringHandler { asked in
                            seen.add(asked)
                            return handler(asked)
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LoopbackSite(channel: channel, seen: seen)
    }

    /// Every request so far, in order.
    var asked: [Asked] { seen.all }

    func stop() async throws { try await channel.close() }

    /// Runs `body` with a site, and stops the site afterwards.
    static func with(
        _ handler: @escaping Handler,
        _ body: (LoopbackSite) async throws -> Void
    ) async throws {
        let site = try await start(handler)
        do {
            try await body(site)
        } catch {
            try await site.stop()
            throw error
        }
        try await site.stop()
    }
}

private final class AnsweringHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: @Sendable (Asked) -> Answer
    private var head: HTTPRequestHead?
    private var body = ""

    init(_ answer: @escaping @Sendable (Asked) -> Answer) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ""
        case .body(let buffer):
            body += String(buffer: buffer)
        case .end:
            guard let head else { return }
            let headers = Dictionary(
                head.headers.map { ($0.name.lowercased(), $0.value) },
                uniquingKeysWith: { $1 }
            )
            let asked = Asked(
                method: head.method.rawValue,
                uri: head.uri,
                headers: headers,
                body: body
            )
            send(answer(asked), context)
        }
    }

    private func send(_ answer: Answer, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders(answer.headers)
        if answer.chunks.count == 1, !answer.breaks {
            headers.add(name: "Content-Length", value: "\(answer.chunks[0].utf8.count)")
        } else {
            headers.add(name: "Transfer-Encoding", value: "chunked")
        }
        let head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: answer.status),
            headers: headers
        )
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        sendChunk(0, answer, context)
    }

    private func sendChunk(_ index: Int, _ answer: Answer, _ context: ChannelHandlerContext) {
        guard index < answer.chunks.count else {
            guard !answer.breaks else { return context.close(promise: nil) }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            return
        }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(answer.delay))) {
            let (handler, context) = bound.value
            let buffer = context.channel.allocator.buffer(string: answer.chunks[index])
            let part = handler.wrapOutboundOut(.body(.byteBuffer(buffer)))
            context.writeAndFlush(part, promise: nil)
            handler.sendChunk(index + 1, answer, context)
        }
    }
}
