import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import Egress

/// Against a receiver on loopback: what does not reach it was refused before a connection was made.
@Suite struct EgressClientTests {
    private func request(_ url: String, body: String = "{}") throws -> EgressClient.Request {
        EgressClient.Request(
            url: try EgressURL(url),
            headers: [("Content-Type", "application/json")],
            body: Array(body.utf8)
        )
    }

    @Test func `what leads inside is never connected to`() async throws {
        try await Receiver.with { receiver in
            let port = receiver.port
            let inside = Resolver { _ in [IPAddress("127.0.0.1")].compactMap(\.self) }
            let client = EgressClient(resolver: inside)
            let policy = EgressPolicy(ports: [port])
            for url in [
                "http://127.0.0.1:\(port)/", "http://[::1]:\(port)/",
                "http://[::ffff:127.0.0.1]:\(port)/", "http://[64:ff9b::7f00:1]:\(port)/",
                "http://localhost:\(port)/", "http://metadata.example:\(port)/",
                "http://0.0.0.0:\(port)/",
            ] {
                await #expect(throws: EgressError.self) {
                    _ = try await client.post(request(url), policy)
                }
            }
            #expect(receiver.heads.isEmpty)
        }
    }

    @Test func `the address that was checked is the one that is connected to`() async throws {
        try await Receiver.with { receiver in
            let asked = Atomic<Int>(0)
            let flipping = Resolver { _ in
                let count = asked.add(1, ordering: .relaxed).newValue
                return [IPAddress(count == 1 ? "127.0.0.1" : "192.0.2.1")].compactMap(\.self)
            }
            let answer = try await EgressClient(resolver: flipping).post(
                request("http://receiver.invalid:\(receiver.port)/hook?a=1"),
                EgressPolicy(allowedHosts: ["receiver.invalid"])
            )
            #expect(answer.status == 302)
            #expect(asked.load(ordering: .relaxed) == 1)
            // One request: the redirect was not followed.
            let head = try #require(receiver.heads.first)
            #expect(receiver.heads.count == 1)
            #expect(head.uri == "/hook?a=1")
            #expect(head.headers.first(name: "Host") == "receiver.invalid:\(receiver.port)")
            #expect(answer.body.count == EgressLimits.responseBytes)
        }
    }

    @Test func `nobody there is told as such`() async throws {
        let port = try await Receiver.with { $0.port }
        let policy = EgressPolicy(allowedHosts: ["127.0.0.1"])
        await #expect {
            _ = try await EgressClient().post(request("http://127.0.0.1:\(port)/"), policy)
        } throws: { error in
            guard case .unreachable = error as? EgressError else { return false }
            return true
        }
    }
}

/// Keeps the heads of requests, and answers each by a redirect and more than anybody reads.
private final class Receiver: Sendable {
    private let kept = Mutex<[HTTPRequestHead]>([])
    private let bound = Mutex<(any Channel)?>(nil)

    var heads: [HTTPRequestHead] { kept.withLock { $0 } }
    var port: Int { bound.withLock { $0?.localAddress?.port ?? 0 } }

    func keep(_ head: HTTPRequestHead) { kept.withLock { $0.append(head) } }

    static func with<Result>(_ body: (Receiver) async throws -> Result) async throws -> Result {
        let receiver = Receiver()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(Answer(receiver))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        receiver.bound.withLock { $0 = channel }
        do {
            let result = try await body(receiver)
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        let receiver: Receiver

        init(_ receiver: Receiver) {
            self.receiver = receiver
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): receiver.keep(head)
            case .body: break
            case .end:
                let body = ByteBuffer(repeating: 0x61, count: 100_000)
                let head = HTTPResponseHead(
                    version: .http1_1,
                    status: .found,
                    headers: ["Location": "/again", "Content-Length": "\(body.readableBytes)"]
                )
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
