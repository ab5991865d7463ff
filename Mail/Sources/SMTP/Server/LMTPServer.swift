package import Logging
import NIOCore
import NIOPosix

/// What a server is told besides where to listen.
package struct LMTPServerConfiguration: Sendable, Hashable {
    package var dialect: ServerSession.Dialect = .lmtp
    /// The name in the greeting.
    package var serverName: String
    /// The limits of each conversation.
    package var session = SMTPLimits()
    /// The limits of the server as a whole.
    package var limits = ServerLimits()

    package init(serverName: String) {
        self.serverName = serverName
    }
}

/// Listens for mail on a socket file or on a loopback port: one task for each connection, one
/// ``ServerSession`` in each task.
///
/// A reply to a mail is written only after ``MailHandler/deliver(_:data:)`` has returned. While a
/// handler works, nothing more is read from its connection.
package struct LMTPServer: Sendable {
    private let listen: ListenAddress
    private let configuration: LMTPServerConfiguration
    private let handler: any MailHandler
    private let logger: Logger

    package init(
        listen: ListenAddress,
        configuration: LMTPServerConfiguration,
        handler: any MailHandler,
        logger: Logger
    ) {
        self.listen = listen
        self.configuration = configuration
        self.handler = handler
        self.logger = logger
    }

    /// Serves until the task is cancelled. Then nothing is accepted any more, connections without
    /// a mail under way are told 421, and transactions that have begun may go on for
    /// ``ServerLimits/drain``.
    ///
    /// - Parameter onListening: is called once connections are taken, with the port of TCP.
    /// - Throws: ``ListenError``, or what the system says against the port.
    package func run(
        onListening: @escaping @Sendable (_ port: Int?) -> Void = { _ in }
    ) async throws {
        let listener = try await bind()
        defer { listener.file?.remove() }
        logger.info("mail server listens", metadata: ["address": "\(listen)"])
        onListening(listener.server.channel.localAddress?.port)
        // Its own task, so that a cancellation stops the listener and not the deliveries.
        let service = Task { try await serve(listener.server) }
        try await withTaskCancellationHandler {
            try await service.value
        } onCancel: {
            listener.server.channel.close(promise: nil)
        }
        logger.info("mail server has stopped", metadata: ["address": "\(listen)"])
    }
}

// MARK: - Listening

private typealias PeerChannel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

private struct Listener {
    let server: NIOAsyncChannel<PeerChannel, Never>
    let file: UnixSocket?
}

extension LMTPServer {
    private func bind() async throws -> Listener {
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 128)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
        switch listen {
        case .tcp(let host, let port):
            let server = try await bootstrap.serverChannelOption(
                .socketOption(.so_reuseaddr),
                value: 1
            )
            .bind(host: host, port: port, childChannelInitializer: Self.prepare)
            return Listener(server: server, file: nil)
        case .unix(let path):
            let file = try UnixSocket.bind(path)
            do {
                // The bootstrap owns the descriptor from here, also when it fails.
                let server = try await bootstrap.bind(
                    file.descriptor,
                    childChannelInitializer: Self.prepare
                )
                return Listener(server: server, file: file)
            } catch {
                file.remove()
                throw error
            }
        }
    }

    @Sendable
    private static func prepare(_ channel: any Channel) -> EventLoopFuture<PeerChannel> {
        channel.eventLoop.makeCompletedFuture {
            // Two reads may wait; then the socket is left to fill, and the peer to wait.
            try PeerChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2))
            )
        }
    }
}

// MARK: - Serving

extension LMTPServer {
    private func serve(_ server: NIOAsyncChannel<PeerChannel, Never>) async throws {
        let registry = ConnectionRegistry(limits: configuration.limits)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await sweep(registry) }
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask { await serve(connection, registry) }
                }
            }
            await drain(registry)
            group.cancelAll()
        }
    }

    private func drain(_ registry: ConnectionRegistry) async {
        end(registry.beginDrain())
        let deadline = ContinuousClock.now + configuration.limits.drain
        while !registry.isEmpty, ContinuousClock.now < deadline {
            guard await pause(.milliseconds(20)) else { break }
        }
        end(registry.endDrain())
    }

    private func pause(_ duration: Duration) async -> Bool {
        do {
            try await Task.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }

    /// Ends the connections whose time is up, one timer for all.
    private func sweep(_ registry: ConnectionRegistry) async throws {
        let shortest = min(configuration.limits.idle, configuration.limits.write)
        let interval = min(max(shortest / 4, .milliseconds(20)), .seconds(5))
        while await pause(interval) {
            end(registry.sweep(now: .now()))
        }
    }

    private func end(_ endings: [ConnectionRegistry.Ending]) {
        for ending in endings {
            let channel = ending.channel
            guard let reply = ending.reply else {
                channel.close(promise: nil)
                continue
            }
            channel.writeAndFlush(ByteBuffer(bytes: reply.wire())).whenComplete { _ in
                channel.close(promise: nil)
            }
        }
    }

    private func serve(_ connection: PeerChannel, _ registry: ConnectionRegistry) async {
        let channel = connection.channel
        do {
            try await connection.executeThenClose { inbound, _ in
                guard let id = registry.add(channel) else {
                    let reply = SMTPReply.tooManyConnections.wire()
                    try await channel.writeAndFlush(ByteBuffer(bytes: reply))
                    return
                }
                defer { registry.remove(id) }
                try await converse(inbound, channel, id, registry)
            }
        } catch {
            logger.debug("mail connection ended", metadata: ["error": "\(error)"])
        }
    }

    private func converse(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ channel: any Channel,
        _ id: Int,
        _ registry: ConnectionRegistry
    ) async throws {
        var session = ServerSession(
            configuration: ServerSession.Configuration(
                dialect: configuration.dialect,
                serverName: configuration.serverName,
                peer: channel.remoteAddress?.ipAddress.map { "[\($0)]" } ?? "",
                limits: configuration.session
            )
        )
        var iterator = inbound.makeAsyncIterator()
        while true {
            while let action = session.next() {
                guard try await perform(action, &session, channel, id, registry) else { return }
            }
            guard registry.wait(id, isInTransaction: session.isInTransaction) else {
                let reply = SMTPReply.shuttingDown.wire()
                try await channel.writeAndFlush(ByteBuffer(bytes: reply))
                return
            }
            guard let bytes = try await iterator.next(), registry.work(id) else { return }
            session.receive(bytes.readableBytesView)
        }
    }

    /// - Returns: false when the conversation is over.
    private func perform(
        _ action: ServerSession.Action,
        _ session: inout ServerSession,
        _ channel: any Channel,
        _ id: Int,
        _ registry: ConnectionRegistry
    ) async throws -> Bool {
        switch action {
        case .send(let bytes):
            guard registry.write(id) else { return false }
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
            return registry.work(id)
        case .judge(let recipient, let from):
            session.judged(await handler.recipient(recipient, from: from))
            return true
        case .deliver(let envelope, let data):
            session.delivered(await handler.deliver(envelope, data: data))
            return true
        case .close:
            return false
        }
    }
}
