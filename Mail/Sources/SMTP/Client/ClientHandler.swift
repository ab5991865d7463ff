import NIOCore
import NIOPosix
import NIOSSL

/// Joins a ``ClientSession`` to its channel. Lives on the channel's event loop.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Octets of a mail that are given to the socket at once.
    private static let block = 65_536

    private var session: ClientSession
    private let tls: NIOSSLContext?
    private let opened: EventLoopPromise<Void>
    private var sent: EventLoopPromise<SMTPReply>?
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?

    init(session: ClientSession, tls: NIOSSLContext?, opened: EventLoopPromise<Void>) {
        self.session = session
        self.tls = tls
        self.opened = opened
    }

    // MARK: Orders, given on the event loop

    var whenOpened: EventLoopFuture<Void> { opened.futureResult }

    func transmit(_ mail: OutgoingMail, on eventLoop: any EventLoop) -> EventLoopFuture<SMTPReply> {
        let promise = eventLoop.makePromise(of: SMTPReply.self)
        guard sent == nil else {
            promise.fail(
                SMTPClientError(kind: .temporary, stage: .connect, reason: "A mail is under way")
            )
            return promise.futureResult
        }
        sent = promise
        session.transmit(mail)
        act()
        return promise.futureResult
    }

    func quit() {
        session.quit()
        act()
    }

    /// The caller waits no longer.
    func abandon() {
        session.fail("Cancelled")
        act()
    }

    // MARK: Events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        schedule()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end("The connection was closed")
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        session.receive(unwrapInboundIn(data).readableBytesView)
        act()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end("The relay closed the connection")
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end("\(error)")
        context.close(promise: nil)
    }

    private func end(_ reason: String) {
        session.fail(reason)
        act()
    }

    // MARK: Actions

    private func act() {
        while let action = session.next() {
            perform(action)
        }
        schedule()
    }

    private func perform(_ action: ClientSession.Action) {
        switch action {
        case .send(let bytes):
            guard let context else { return }
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
        case .startTLS: startTLS()
        case .sendBody: sendBody(from: 0)
        case .opened: opened.succeed()
        case .sent(let reply):
            let promise = sent
            sent = nil
            promise?.succeed(reply)
        case .failed(let error):
            opened.fail(error)
            let promise = sent
            sent = nil
            promise?.fail(error)
        case .close:
            context?.close(promise: nil)
        }
    }

    private func startTLS() {
        guard let context, let tls else {
            session.fail("TLS is not set up")
            return
        }
        do {
            let handler = try ClientTLS.handler(tls, host: session.configuration.relay.host)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            session.fail("TLS cannot be started: \(error)")
        }
    }

    /// Sends block after block, each with its own time.
    private func sendBody(from start: Int) {
        guard let context, let body = session.mail?.body, session.state == .body else { return }
        guard start < body.count else {
            session.bodySent()
            act()
            return
        }
        let end = min(start + Self.block, body.count)
        let buffer = ByteBuffer(bytes: body[start..<end])
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.writeAndFlush(NIOAny(buffer)).whenSuccess {
            handler.value.sendBody(from: end)
        }
        schedule()
    }

    /// Starts the clock for what is awaited now.
    private func schedule() {
        timer?.cancel()
        timer = nil
        guard let context, let timeout = session.timeout else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: TimeAmount(timeout)) {
            handler.value.end("The relay did not answer in time")
        }
    }
}
