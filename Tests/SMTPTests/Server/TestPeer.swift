import Foundation
import NIOCore
import NIOPosix
import Testing

/// The other end of a server under test: sends text, reads lines.
final class TestPeer {
    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var input = ""

    private init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        iterator = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    static func connected(
        to address: SocketAddress,
        _ body: (TestPeer) async throws -> Void
    ) async throws {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            try await body(TestPeer(inbound, outbound))
        }
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// The next line without its CRLF; nil at the end.
    func line() async throws -> String? {
        while true {
            if let end = input.range(of: "\r\n") {
                let line = String(input[..<end.lowerBound])
                input.removeSubrange(..<end.upperBound)
                return line
            }
            guard let bytes = try await iterator.next() else { return nil }
            input += String(buffer: bytes)
        }
    }

    /// The code at the start of the last line of the next reply.
    func reply() async throws -> String? {
        while let line = try await line() {
            if !line.dropFirst(3).hasPrefix("-") {
                return String(line.prefix(3))
            }
        }
        return nil
    }

    /// The codes of the next replies.
    func expect(_ codes: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws
    {
        for code in codes {
            let reply = try await reply()
            #expect(reply == code, sourceLocation: sourceLocation)
        }
    }

    /// The server closes without another word.
    func expectEnd(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let line = try await line()
        #expect(line == nil, sourceLocation: sourceLocation)
    }
}
