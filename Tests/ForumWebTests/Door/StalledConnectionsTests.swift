import NIOCore
import NIOEmbedded
import Testing

@testable import ForumWeb

@Suite struct StalledConnectionsTests {
    @Test func `who leaves an answer unread loses the connection`() throws {
        let channel = try open()
        stall(channel)
        channel.embeddedEventLoop.advanceTime(by: .seconds(WebLimits.stalledSeconds - 1))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `who goes on reading keeps it`() throws {
        let channel = try open()
        for _ in 1...3 {
            stall(channel)
            channel.embeddedEventLoop.advanceTime(by: .seconds(WebLimits.stalledSeconds - 1))
            channel.isWritable = true
            channel.pipeline.fireChannelWritabilityChanged()
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(WebLimits.stalledSeconds * 2))
        #expect(channel.isActive)
        _ = try channel.finish()
    }

    private func open() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: StalledConnections())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func stall(_ channel: EmbeddedChannel) {
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
    }
}
