import NIOCore
import NIOPosix
import NIOSSL
package import SMTP

/// A connection over TCP. Nothing is read before somebody asks for it, so that a server can fill no
/// memory.
package final class NetworkTransport: Transport {
    private let channel: any Channel
    private let inbox: NIOLoopBound<Inbox>
    private let server: ServerURL
    private let tls: NIOSSLContext?
    private let limits: StoreLimits
    private let end: Scheduled<Void>

    private init(
        _ channel: any Channel,
        _ inbox: NIOLoopBound<Inbox>,
        _ server: ServerURL,
        _ tls: NIOSSLContext?,
        _ limits: StoreLimits
    ) {
        self.channel = channel
        self.inbox = inbox
        self.server = server
        self.tls = tls
        self.limits = limits
        end = channel.eventLoop.scheduleTask(in: TimeAmount(limits.session)) {
            inbox.value.finish(MailStoreError(.connection, "the server takes too long"))
            channel.close(promise: nil)
        }
    }

    package static func connect(
        to server: ServerURL,
        limits: StoreLimits
    ) async throws(MailStoreError) -> NetworkTransport {
        let tls = try context(for: server)
        do {
            let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(TimeAmount(limits.connect))
                .channelOption(.autoRead, value: false)
            let (channel, inbox) = try await bootstrap.connect(
                host: server.host,
                port: server.port
            ) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls, server.tls == .implicit {
                        try channel.pipeline.syncOperations.addHandler(
                            ClientTLS.handler(tls, host: server.host)
                        )
                    }
                    let inbox = Inbox()
                    try channel.pipeline.syncOperations.addHandler(inbox)
                    return (channel, NIOLoopBound(inbox, eventLoop: channel.eventLoop))
                }
            }
            return NetworkTransport(channel, inbox, server, tls, limits)
        } catch {
            throw MailStoreError(
                .connection,
                "\(server.host), port \(server.port), cannot be reached: \(error)"
            )
        }
    }

    private static func context(for server: ServerURL) throws(MailStoreError) -> NIOSSLContext? {
        guard server.tls != .none else { return nil }
        do {
            return try ClientTLS.context(for: server)
        } catch {
            throw MailStoreError(.tls, "the trusted authorities cannot be read: \(error)")
        }
    }

    package func send(_ bytes: [UInt8]) async throws(MailStoreError) {
        let channel = channel
        // With its own time: a server that takes nothing must not hold us.
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(limits.idle)) {
            channel.close(promise: nil)
        }
        defer { timer.cancel() }
        do {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        } catch {
            throw failure(error)
        }
    }

    package func receive() async throws(MailStoreError) -> [UInt8] {
        let inbox = inbox
        let channel = channel
        let idle = TimeAmount(limits.idle)
        do {
            return try await withTaskCancellationHandler {
                try await channel.eventLoop.flatSubmit {
                    inbox.value.next(on: channel, within: idle)
                }.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            throw failure(error)
        }
    }

    package func startTLS() async throws(MailStoreError) {
        guard let tls else { throw MailStoreError(.tls, "TLS is not set up") }
        let channel = channel
        let host = server.host
        do {
            try await channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(
                    ClientTLS.handler(tls, host: host),
                    position: .first
                )
                // The handshake has to be read before anything can be sent.
                channel.read()
            }.get()
        } catch {
            throw failure(error)
        }
    }

    package func close() async {
        end.cancel()
        let closed = channel.closeFuture
        channel.close(promise: nil)
        do {
            try await closed.get()
        } catch {
            // A close future does not fail; closed is closed.
            return
        }
    }

    private func failure(_ error: any Error) -> MailStoreError {
        switch error {
        case let error as MailStoreError: error
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            MailStoreError(.tls, "no TLS with \(server.host): \(error)")
        default: MailStoreError(.connection, "the connection to \(server.host) broke: \(error)")
        }
    }
}

/// Hands what comes to whoever waits for it. Lives on the channel's event loop.
private final class Inbox: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var buffer = ByteBuffer()
    private var waiting: EventLoopPromise<[UInt8]>?
    private var timer: Scheduled<Void>?
    private var end: (any Error)?

    func next(on channel: any Channel, within idle: TimeAmount) -> EventLoopFuture<[UInt8]> {
        let promise = channel.eventLoop.makePromise(of: [UInt8].self)
        waiting = promise
        if !deliver() {
            let box = NIOLoopBound(self, eventLoop: channel.eventLoop)
            timer = channel.eventLoop.scheduleTask(in: idle) {
                box.value.finish(MailStoreError(.connection, "the server does not answer"))
                channel.close(promise: nil)
            }
            channel.read()
        }
        return promise.futureResult
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var piece = unwrapInboundIn(data)
        buffer.writeBuffer(&piece)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !deliver(), waiting != nil { context.read() }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(MailStoreError(.connection, "the server closed the connection"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(error)
        context.close(promise: nil)
    }

    func finish(_ error: any Error) {
        end = end ?? error
        _ = deliver()
    }

    /// - Returns: Whether nobody waits any more.
    private func deliver() -> Bool {
        guard let waiting else { return true }
        if buffer.readableBytes > 0 {
            let bytes = Array(buffer.readableBytesView)
            buffer.clear()
            settle { waiting.succeed(bytes) }
            return true
        }
        if let end {
            settle { waiting.fail(end) }
            return true
        }
        return false
    }

    private func settle(_ answer: () -> Void) {
        timer?.cancel()
        timer = nil
        waiting = nil
        answer()
    }
}
