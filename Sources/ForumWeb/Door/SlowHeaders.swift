import NIOCore

/// Ends connections that begin a request and do not come to the end of its headers in time, however
/// many bytes they send meanwhile. A connection that waits between two requests is not meant.
///
/// Makes room for what stands beside the HTTP codec: what it watches are the bytes themselves.
final class SlowHeaders: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func handlerAdded(context: ChannelHandlerContext) {
        do {
            try context.pipeline.syncOperations.addHandler(HeaderBytes(), position: .first)
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            // The connection is gone.
            context.close(promise: nil)
        }
    }
}

/// The bytes of a connection, seen as little as is needed to know where headers begin and end.
private final class HeaderBytes: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private enum Place {
        case betweenRequests
        /// How much of an empty line was seen last.
        case headers(newlines: Int)
        case body
    }

    private var place = Place.betweenRequests
    private var deadline: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch place {
        case .body: break
        case .betweenRequests:
            let channel = context.channel
            deadline = context.eventLoop.scheduleTask(in: .seconds(WebLimits.headerSeconds)) {
                channel.close(promise: nil)
            }
            read(unwrapInboundIn(data), newlines: 0)
        case .headers(let newlines):
            read(unwrapInboundIn(data), newlines: newlines)
        }
        context.fireChannelRead(data)
    }

    private func read(_ bytes: ByteBuffer, newlines: Int) {
        var newlines = newlines
        for byte in bytes.readableBytesView {
            switch byte {
            case UInt8(ascii: "\n"): newlines += 1
            case UInt8(ascii: "\r"): continue
            default: newlines = 0
            }
            if newlines == 2 {
                place = .body
                deadline?.cancel()
                deadline = nil
                return
            }
        }
        place = .headers(newlines: newlines)
    }

    /// The head of an answer (but not of `100 Continue`) ends a request.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .body = place, case .byteBuffer(let bytes) = unwrapOutboundIn(data),
            bytes.readableBytesView.starts(with: "HTTP/1.".utf8),
            bytes.readableBytesView.dropFirst(9).first != UInt8(ascii: "1")
        {
            place = .betweenRequests
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
        context.fireChannelInactive()
    }
}
