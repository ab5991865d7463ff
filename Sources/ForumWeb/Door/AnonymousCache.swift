import Cryptography
import Forum
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// What an answer kept for readers who are not logged in shows, and so when it must go.
enum CacheRule: Sendable, Hashable {
    case never
    /// Changes with one topic.
    case topic(TopicID)
    /// Changes with anything: lists, categories, the site.
    case lists
}

/// Whole answers for readers who are not logged in, dropped when what they show changes.
///
/// An answer is kept only when nothing it depends on changed while it was made, so a reply is
/// visible to the first request after it was acknowledged.
final class AnonymousCache: Sendable {
    struct Entry: Sendable {
        let body: ByteBuffer
        let etag: String
        /// The type of the body, and what else goes with it.
        let headers: HTTPFields
        let rule: CacheRule
        let keptAt: ContinuousClock.Instant
    }

    /// The state of the world before an answer was made.
    struct Ticket: Sendable {
        fileprivate let changes: UInt64
    }

    fileprivate struct State {
        var entries: [String: Entry] = [:]
        var keysByTopic: [TopicID: Set<String>] = [:]
        var listKeys: Set<String> = []
        var bytes = 0
        /// Counts every change: a list shows all topics.
        var changes: UInt64 = 0
        /// The change at which a topic last changed; forgotten all together now and then.
        var topicChanges: [TopicID: UInt64] = [:]
        var siteChange: UInt64 = 0
    }

    private let state = Mutex(State())
    private let isCurrent: @Sendable () -> Bool

    /// - Parameter isCurrent: Whether changes made by other nodes reach this one at the moment;
    ///   while they do not, nothing is answered from here.
    init(isCurrent: @escaping @Sendable () -> Bool) {
        self.isCurrent = isCurrent
    }

    func entry(for key: String) -> Entry? {
        guard isCurrent() else { return nil }
        return state.withLock { state in
            guard let entry = state.entries[key] else { return nil }
            let age = ContinuousClock.now - entry.keptAt
            guard age < .seconds(WebLimits.cachedSeconds) else {
                state.remove(key)
                return nil
            }
            return entry
        }
    }

    func ticket() -> Ticket {
        state.withLock { Ticket(changes: $0.changes) }
    }

    /// Keeps an answer made since `ticket`, unless something it shows has changed meanwhile.
    func keep(
        _ body: ByteBuffer,
        for key: String,
        rule: CacheRule,
        since ticket: Ticket,
        headers: HTTPFields = [.contentType: Response.jsonType]
    ) -> Entry? {
        guard isCurrent(), body.readableBytes <= WebLimits.cachedAnswerBytes else { return nil }
        let entry = Entry(
            body: body,
            etag: Self.etag(of: body),
            headers: headers,
            rule: rule,
            keptAt: .now
        )
        return state.withLock { state in
            guard state.isUnchanged(rule, since: ticket) else { return nil }
            if state.bytes + body.readableBytes > WebLimits.cachedBytes { state.clear() }
            state.remove(key)
            state.entries[key] = entry
            state.bytes += body.readableBytes
            switch rule {
            case .never: break
            case .topic(let id): state.keysByTopic[id, default: []].insert(key)
            case .lists: state.listKeys.insert(key)
            }
            return entry
        }
    }

    static func etag(of body: ByteBuffer) -> String {
        let digest = Digest.sha256(Array(body.readableBytesView))
        return "\"\(Hex.encode(Array(digest.prefix(12))))\""
    }

    func drop(_ change: Signals.Change) {
        state.withLock { state in
            state.changes += 1
            switch change {
            case .topic(let id):
                if state.topicChanges.count > 10_000 {
                    state.topicChanges.removeAll()
                    state.siteChange = state.changes
                }
                state.topicChanges[id] = state.changes
                for key in state.keysByTopic[id] ?? [] { state.remove(key) }
                for key in state.listKeys { state.remove(key) }
            case .site:
                state.siteChange = state.changes
                state.clear()
            }
        }
    }
}

extension AnonymousCache.State {
    fileprivate func isUnchanged(_ rule: CacheRule, since ticket: AnonymousCache.Ticket) -> Bool {
        switch rule {
        case .never: false
        case .lists: changes == ticket.changes
        case .topic(let id):
            siteChange <= ticket.changes && (topicChanges[id] ?? 0) <= ticket.changes
        }
    }

    fileprivate mutating func remove(_ key: String) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        bytes -= entry.body.readableBytes
        switch entry.rule {
        case .never: break
        case .topic(let id):
            keysByTopic[id]?.remove(key)
            if keysByTopic[id]?.isEmpty == true { keysByTopic[id] = nil }
        case .lists: listKeys.remove(key)
        }
    }

    fileprivate mutating func clear() {
        entries.removeAll(keepingCapacity: true)
        keysByTopic.removeAll()
        listKeys.removeAll()
        bytes = 0
    }
}
