import NIOCore

/// Lets a connection begin with a small buffer for what it reads: most requests are a few hundred bytes,
/// and a connection keeps its buffer while its answer stays open. Who sends more gets more.
final class SmallReads: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func handlerAdded(context: ChannelHandlerContext) {
        let sizes = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 512, maximum: 65536)
        let channel = context.channel
        channel.setOption(.recvAllocator, value: sizes).whenFailure { _ in
            // The connection is gone.
            channel.close(promise: nil)
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}
