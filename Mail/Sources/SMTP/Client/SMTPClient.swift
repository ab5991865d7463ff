import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Hands mails to a relay (RFC 5321, as a client).
///
/// A mail that ``send(from:to:message:)`` returned for is in the relay's keeping. When it throws a
/// temporary error at ``SMTPClientError/Stage/end`` the relay may have taken the mail all the
/// same; its Message-ID then tells the copies apart.
package struct SMTPClient: Sendable {
    /// What a client is told besides its relay.
    package struct Configuration: Sendable, Hashable {
        /// Our name in EHLO: a domain or an address literal.
        package var helloName: String
        package var timeouts: ClientTimeouts

        package init(helloName: String = "localhost", timeouts: ClientTimeouts = ClientTimeouts()) {
            self.helloName = helloName
            self.timeouts = timeouts
        }
    }

    package let relay: ServerURL
    private let configuration: Configuration
    private let tls = TLSStore()

    package init(relay: ServerURL, configuration: Configuration = Configuration()) {
        self.relay = relay
        self.configuration = configuration
    }

    /// Sends one mail over a connection of its own.
    ///
    /// - Parameters:
    ///   - from: the sender of the envelope; empty for `<>`.
    ///   - to: the recipients. One that the relay refuses refuses the mail for all.
    ///   - message: line ends are mended to CRLF and dots stuffed on the way.
    /// - Returns: the relay's reply to the mail.
    package func send(
        from: String,
        to: [String],
        message: [UInt8]
    ) async throws(SMTPClientError) -> String {
        // Before connecting: a mail that cannot be sent needs no relay.
        let mail = try OutgoingMail(from: from, to: to, message: message)
        let connection = try await connect()
        do {
            let reply = try await connection.send(mail)
            await connection.close()
            return reply.description
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Opens a connection for several mails: greeting, TLS and AUTH are done when this returns.
    /// The caller closes it.
    package func connect() async throws(SMTPClientError) -> SMTPConnection {
        let context = try tls.context(for: relay)
        let session = ClientSession(
            configuration: ClientSession.Configuration(
                relay: relay,
                helloName: configuration.helloName,
                timeouts: configuration.timeouts
            )
        )
        let relay = relay
        let connection: SMTPConnection
        do {
            let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(TimeAmount(configuration.timeouts.connect))
            connection = try await bootstrap.connect(host: relay.host, port: relay.port) {
                channel in
                channel.eventLoop.makeCompletedFuture {
                    try SMTPConnection(channel, session, context, relay)
                }
            }
        } catch {
            throw SMTPClientError(kind: .temporary, stage: .connect, reason: "\(error)")
        }
        try await connection.waitUntilOpen()
        return connection
    }
}

/// The authorities of a client, read when they are first needed.
private final class TLSStore: Sendable {
    private let stored = Mutex<NIOSSLContext?>(nil)

    func context(for relay: ServerURL) throws(SMTPClientError) -> NIOSSLContext? {
        guard relay.tls != .none else { return nil }
        do {
            return try stored.withLock { stored in
                if let stored {
                    return stored
                }
                let context = try ClientTLS.context(for: relay)
                stored = context
                return context
            }
        } catch {
            throw SMTPClientError(
                kind: .temporary,
                stage: .tls,
                reason: "The trusted authorities cannot be read: \(error)"
            )
        }
    }
}

/// A connection to a relay that takes one mail after another.
package struct SMTPConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ClientHandler>

    /// On the event loop of the channel, before it is connected.
    init(
        _ channel: any Channel,
        _ session: ClientSession,
        _ tls: NIOSSLContext?,
        _ relay: ServerURL
    ) throws {
        let eventLoop = channel.eventLoop
        if relay.tls == .implicit, let tls {
            let handler = try ClientTLS.handler(tls, host: relay.host)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        let opened = eventLoop.makePromise(of: Void.self)
        let handler = ClientHandler(session: session, tls: tls, opened: opened)
        try channel.pipeline.syncOperations.addHandler(handler)
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: eventLoop)
    }

    /// Sends one mail; see ``SMTPClient/send(from:to:message:)``. After a permanent error and
    /// after a 4xx the connection takes the next mail, unless ``isOpen`` says no.
    package func send(
        from: String,
        to: [String],
        message: [UInt8]
    ) async throws(SMTPClientError) -> String {
        try await send(try OutgoingMail(from: from, to: to, message: message)).description
    }

    package var isOpen: Bool { channel.isActive }

    /// Says QUIT and closes. To be called at last, whatever has happened.
    package func close() async {
        let handler = handler
        channel.eventLoop.execute { handler.value.quit() }
        do {
            try await channel.closeFuture.get()
        } catch {
            // A channel's close future does not fail; closed is closed.
            return
        }
    }

    func waitUntilOpen() async throws(SMTPClientError) {
        try await run { handler, _ in handler.whenOpened }
    }

    func send(_ mail: OutgoingMail) async throws(SMTPClientError) -> SMTPReply {
        try await run { handler, eventLoop in handler.transmit(mail, on: eventLoop) }
    }

    /// Runs an order on the event loop; a cancelled caller ends the connection.
    private func run<Outcome: Sendable>(
        _ order: @escaping @Sendable (ClientHandler, any EventLoop) -> EventLoopFuture<Outcome>
    ) async throws(SMTPClientError) -> Outcome {
        let handler = handler
        let eventLoop = channel.eventLoop
        do {
            return try await withTaskCancellationHandler {
                try await eventLoop.flatSubmit { order(handler.value, eventLoop) }.get()
            } onCancel: {
                eventLoop.execute { handler.value.abandon() }
            }
        } catch let error as SMTPClientError {
            throw error
        } catch {
            throw SMTPClientError(kind: .temporary, stage: .connect, reason: "\(error)")
        }
    }
}
