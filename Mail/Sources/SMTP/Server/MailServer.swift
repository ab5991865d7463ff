package import Logging
import NIOCore
import NIOPosix

/// What a server is told besides where to listen.
package struct MailServerConfiguration: Sendable {
    package var dialect: ServerSession.Dialect = .lmtp
    /// The name in the greeting.
    package var serverName: String
    /// The limits of each conversation.
    package var session = SMTPLimits()
    /// The limits of the server as a whole.
    package var limits = ServerLimits()
    /// The certificate for STARTTLS; without one it is not offered.
    package var tls: ServerTLS?
    /// Peers that speak for many, such as a relay in front: limits of one address are not for them.
    package var relays: [AddressRange] = []
    /// Peers whose connections begin with a header of the PROXY protocol; from all others it is nonsense.
    package var proxies: [AddressRange] = []

    package init(serverName: String) {
        self.serverName = serverName
    }
}

/// Listens for mail by LMTP or SMTP, on a socket file or a port: one task for each connection, one
/// ``ServerSession`` in each task.
///
/// A reply to a mail is written only after ``MailHandler/deliver(_:data:)`` has returned. While a
/// handler works, nothing more is read from its connection.
package struct MailServer: Sendable {
    private let listen: ListenAddress
    private let configuration: MailServerConfiguration
    private let handler: any MailHandler
    private let logger: Logger

    package init(
        listen: ListenAddress,
        configuration: MailServerConfiguration,
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

private typealias PeerChannel = NIOAsyncChannel<PeerBytes, ByteBuffer>

private struct Listener {
    let server: NIOAsyncChannel<PeerChannel, Never>
    let file: UnixSocket?
}

extension MailServer {
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
            try channel.pipeline.syncOperations.addHandler(EncryptionMark())
            // Two reads may wait; then the socket is left to fill, and the peer to wait.
            return try PeerChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2))
            )
        }
    }
}

// MARK: - Serving

extension MailServer {
    private func serve(_ server: NIOAsyncChannel<PeerChannel, Never>) async throws {
        let registry = ConnectionRegistry(limits: configuration.limits)
        let rates = PeerRates()
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await sweep(registry) }
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask { await serve(connection, registry, rates) }
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

    private func serve(
        _ connection: PeerChannel,
        _ registry: ConnectionRegistry,
        _ rates: PeerRates
    ) async {
        let channel = connection.channel
        do {
            try await connection.executeThenClose { inbound, _ in
                guard let id = registry.add(channel) else {
                    try await Self.send(.tooManyConnections, to: channel)
                    return
                }
                defer { registry.remove(id) }
                var conversation = Conversation(
                    configuration: configuration,
                    handler: handler,
                    channel: channel,
                    id: id,
                    registry: registry,
                    rates: rates,
                    inbound: inbound.makeAsyncIterator()
                )
                try await conversation.run()
            }
        } catch {
            logger.debug("mail connection ended", metadata: ["error": "\(error)"])
        }
    }

    fileprivate static func send(_ reply: SMTPReply, to channel: any Channel) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: reply.wire()))
    }
}

/// One connection from its first octet to its last.
private struct Conversation {
    let configuration: MailServerConfiguration
    let handler: any MailHandler
    let channel: any Channel
    let id: Int
    let registry: ConnectionRegistry
    let rates: PeerRates
    var inbound: NIOAsyncChannelInboundStream<PeerBytes>.AsyncIterator

    /// Whose limits count; nil for a socket file and for relays.
    private var limited: PeerAddress?

    init(
        configuration: MailServerConfiguration,
        handler: any MailHandler,
        channel: any Channel,
        id: Int,
        registry: ConnectionRegistry,
        rates: PeerRates,
        inbound: NIOAsyncChannelInboundStream<PeerBytes>.AsyncIterator
    ) {
        self.configuration = configuration
        self.handler = handler
        self.channel = channel
        self.id = id
        self.registry = registry
        self.rates = rates
        self.inbound = inbound
    }

    mutating func run() async throws {
        var peer = PeerAddress(channel.remoteAddress)
        var early: [UInt8] = []
        if let proxy = peer, configuration.proxies.contains(where: { $0.contains(proxy) }) {
            guard let (source, rest) = try await proxyHeader() else { return }
            peer = source ?? peer
            early = rest
        }
        if let peer, !configuration.relays.contains(where: { $0.contains(peer) }) {
            limited = peer
            guard mayBegin(peer) else {
                try await MailServer.send(.tooManyConnectionsOfPeer, to: channel)
                return
            }
        }
        try await converse(with: peer, early)
    }

    private func mayBegin(_ peer: PeerAddress) -> Bool {
        let limit = configuration.limits.connectionsPerMinute ?? .max
        return rates.allows(.connection, from: peer, limit: limit)
            && registry.attribute(id, to: peer)
    }

    /// Who is behind the proxy, and what has come behind the header; nil when the peer is gone or talks
    /// nonsense.
    private mutating func proxyHeader() async throws -> (PeerAddress?, [UInt8])? {
        var bytes: [UInt8] = []
        while true {
            do {
                if let header = try ProxyHeader.parse(bytes) {
                    return (header.source, Array(bytes.dropFirst(header.length)))
                }
            } catch {
                return nil
            }
            guard registry.wait(id, isInTransaction: false), let piece = try await inbound.next(),
                registry.work(id)
            else { return nil }
            bytes.append(contentsOf: piece.bytes.readableBytesView)
        }
    }

    private mutating func converse(with peer: PeerAddress?, _ early: [UInt8]) async throws {
        var session = ServerSession(
            configuration: ServerSession.Configuration(
                dialect: configuration.dialect,
                serverName: configuration.serverName,
                peer: peer?.description,
                isRelay: limited == nil,
                limits: configuration.session,
                offersTLS: configuration.tls != nil
            )
        )
        session.receive(early)
        while true {
            while let action = session.next() {
                guard try await perform(action, &session) else { return }
            }
            guard registry.wait(id, isInTransaction: session.isInTransaction) else {
                try await MailServer.send(.shuttingDown, to: channel)
                return
            }
            guard let piece = try await inbound.next(), registry.work(id) else { return }
            guard piece.isEncrypted == session.isEncrypted else { continue }
            session.receive(piece.bytes.readableBytesView)
        }
    }

    /// - Returns: false when the conversation is over.
    private func perform(
        _ action: ServerSession.Action,
        _ session: inout ServerSession
    ) async throws -> Bool {
        switch action {
        case .send(let bytes):
            guard registry.write(id) else { return false }
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
            return registry.work(id)
        case .judge(let recipient, let from):
            session.judged(await judge(recipient, from: from))
            return true
        case .deliver(let envelope, let data):
            session.delivered(await handler.deliver(envelope, data: data))
            return true
        case .startTLS(let reply):
            guard let tls = configuration.tls else { return false }
            try await EncryptionMark.encrypt(channel, tls.context, after: reply)
            return true
        case .close:
            return false
        }
    }

    private func judge(_ recipient: String, from: String) async -> SMTPReply {
        if let limited, let limit = configuration.limits.recipientsPerMinute,
            !rates.allows(.recipient, from: limited, limit: limit)
        {
            return .tooManyRecipientsOfPeer
        }
        return await handler.recipient(recipient, from: from)
    }
}
