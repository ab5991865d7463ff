import ForumAPI
import ForumClient
import Synchronization
import TerminalUI

/// What happens on the site while somebody reads.
extension ForumSite {
    func happenings(topic: Int?) -> AsyncStream<Happening> {
        let (stream, continuation) = AsyncStream<Happening>.makeStream(
            bufferingPolicy: .bufferingNewest(256)
        )
        let live = LiveStream(client: client)
        live.subscribe("/latest")
        live.subscribe("/new")
        live.subscribe("/unread")
        if let id = memberID.withLock({ $0 }) {
            live.subscribe("/notification/\(id)")
        }
        if let topic {
            live.subscribe("/topic/\(topic)")
        }
        let running = Task { await live.run() }
        let passing = Task {
            for await event in live.events {
                for happening in ForumSite.happenings(in: event) {
                    continuation.yield(happening)
                }
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in
            running.cancel()
            passing.cancel()
        }
        return stream
    }

    private static func happenings(in event: LiveStream.Event) -> [Happening] {
        switch event {
        case .connected:
            return [.connected(true)]
        case .disconnected(let error, _):
            if case .network = error { return [.connected(false)] }
            return []
        case .message(let message):
            return happenings(in: message)
        }
    }

    private static func happenings(in message: BusMessageBody) -> [Happening] {
        let data = message.data
        if message.channel.hasPrefix("/topic/"),
            let topic = Int(message.channel.dropFirst("/topic/".count)),
            let id = data["id"]?.intValue
        {
            switch data["type"]?.stringValue {
            case "created": return [.postsCreated(topic: topic, ids: [id])]
            case "read", "stats", nil: return []
            default: return [.postChanged(topic: topic, id: id)]
            }
        }
        if message.channel.hasPrefix("/notification/") {
            let count =
                data["all_unread_notifications_count"]?.intValue
                ?? data["unread_notifications"]?.intValue
            return count.map { [.notificationsCounted($0)] } ?? []
        }
        guard let topic = data["topic_id"]?.intValue else { return [] }
        let highest = data["payload"]?["highest_post_number"]?.intValue ?? 0
        let bumped = Happening.topicBumped(id: topic, highestNumber: highest)
        guard message.channel != "/latest" else { return [bumped] }
        let waits = Happening.topicWaits(
            id: topic,
            highestNumber: highest,
            category: data["payload"]?["category_id"]?.intValue,
            isNew: message.channel == "/new"
        )
        return [bumped, waits]
    }
}
