import NIOCore
import NIOHTTP1

/// Ends the connection after the answer to a request of HTTP/1.0, whose clients read until then
/// (RFC 9112 §9.3): text browsers among them. What comes after the codec no longer knows the version.
///
/// Makes room for what stands beside the HTTP codec: what it changes passes right behind the decoder.
final class OldClients: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func handlerAdded(context: ChannelHandlerContext) {
        do {
            let pipeline = context.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(RequestVersions(), position: .after(decoder))
            pipeline.removeHandler(self, promise: nil)
        } catch {
            // The connection is gone.
            context.close(promise: nil)
        }
    }
}

private final class RequestVersions: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version.isOld else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

extension HTTPVersion {
    fileprivate var isOld: Bool { (major, minor) < (1, 1) }
}
