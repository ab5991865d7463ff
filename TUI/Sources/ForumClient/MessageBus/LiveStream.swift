import AsyncHTTPClient
package import ForumAPI
import NIOCore
import NIOHTTP1
import Synchronization

/// The live stream of a site: tells what happens on the channels that were subscribed to.
///
/// ``run()`` polls until it is cancelled; subscriptions may change at any time.
package final class LiveStream: Sendable {
    package enum Event: Sendable, Equatable {
        /// A poll is answered: from here on messages arrive as they happen.
        case connected
        case message(BusMessageBody)
        /// No connection; the next try is in `retrySeconds`.
        case disconnected(ClientError, retrySeconds: Int)
    }

    /// What happens, for one reader. A slow reader loses the oldest; ``run()`` ends it.
    package let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation
    private let client: SiteClient
    private let clientID: String
    private let state: Mutex<State>

    private struct State {
        /// Channel to the last id seen.
        var positions: [String: Int] = [:]
        var sequence = 0
        /// The poll or the pause that a new subscription cuts short.
        var current: Task<PollEnd, Never>?
        var isConnected = false
        /// Set between polls, so that a change in that moment is not lost.
        var changed = false
    }

    /// How a poll ended.
    private enum PollEnd: Sendable {
        case messages(Int)
        case failed(ClientError)
        case interrupted
    }

    package init(client: SiteClient) {
        self.client = client
        var random = SystemRandomNumberGenerator()
        let halves = (random.next() as UInt64, random.next() as UInt64)
        self.clientID = [halves.0, halves.1].map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        (self.events, self.continuation) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingNewest(Limits.waitingMessages)
        )
        self.state = Mutex(State())
    }

    /// Hears a channel, such as `/topic/5`, from after `lastID` on; -1 is from now on.
    package func subscribe(_ channel: String, after lastID: Int = -1) {
        change { state in
            guard state.positions.count < Limits.channels else { return }
            state.positions[channel] = lastID
        }
    }

    package func unsubscribe(_ channel: String) {
        change { state in state.positions[channel] = nil }
    }

    private func change(_ body: (inout State) -> Void) {
        let task = state.withLock { state in
            body(&state)
            state.changed = true
            return state.current
        }
        task?.cancel()
    }

    /// Polls until the surrounding task is cancelled, or the site says that it has no such stream
    /// for this caller.
    package func run() async {
        defer { continuation.finish() }
        var failures = 0
        while !Task.isCancelled {
            let end = await interruptible { await self.poll() }
            switch end {
            case .interrupted:
                continue
            case .messages(let quick):
                failures = 0
                // A server that answers at once does not hold polls: ask now and then.
                if quick == 0 { await pause(Limits.pollPauseSeconds) }
            case .failed(let error):
                state.withLock { $0.isConnected = false }
                if error.isFinal {
                    continuation.yield(.disconnected(error, retrySeconds: 0))
                    return
                }
                failures += 1
                let seconds = LiveStream.pauseSeconds(after: error, failures: failures)
                continuation.yield(.disconnected(error, retrySeconds: seconds))
                await pause(seconds)
            }
        }
    }

    /// 1, 2, 4 … 60 s; what the site asks for, and at least 15 s, when it is overloaded.
    static func pauseSeconds(after error: ClientError, failures: Int) -> Int {
        if case .rateLimited(let seconds) = error { return max(seconds, Limits.pollPauseSeconds) }
        return min(1 << min(failures - 1, 6), Limits.longestPauseSeconds)
    }

    /// Runs a poll or a pause which a change of the subscriptions ends.
    private func interruptible(
        _ body: @escaping @Sendable () async -> PollEnd
    ) async -> PollEnd {
        let task: Task<PollEnd, Never>? = state.withLock { state in
            guard !state.changed else {
                state.changed = false
                return nil
            }
            let task = Task { await body() }
            state.current = task
            return task
        }
        guard let task else { return .interrupted }
        let end = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        return state.withLock { state in
            state.current = nil
            let wasCut = state.changed
            state.changed = false
            return wasCut ? .interrupted : end
        }
    }

    private func pause(_ seconds: Int) async {
        _ = await interruptible {
            do {
                try await Threads.sleep(for: .seconds(seconds))
            } catch {
                // Cut short: there is something to do.
                return .interrupted
            }
            return .interrupted
        }
    }

    /// One poll. The number is 0 when it ended at once and empty.
    private func poll() async -> PollEnd {
        let request = state.withLock { state in
            state.sequence += 1
            return PollRequest(positions: state.positions, sequence: state.sequence)
        }
        // Nothing to hear: wait for a subscription.
        guard !request.positions.isEmpty else {
            await sleepUntilCancelled()
            return .interrupted
        }
        let start = ContinuousClock.now
        do throws(ClientError) {
            let count = try await receive(request)
            if Task.isCancelled { return .interrupted }
            let wasHeld = ContinuousClock.now - start > .seconds(1)
            return .messages(wasHeld ? max(1, count) : count)
        } catch {
            return Task.isCancelled ? .interrupted : .failed(error)
        }
    }

    private func sleepUntilCancelled() async {
        while !Task.isCancelled {
            do {
                try await Threads.sleep(for: .seconds(3_600))
            } catch {
                return
            }
        }
    }

    private func receive(_ request: PollRequest) async throws(ClientError) -> Int {
        var draft = RequestDraft(method: .post, target: "/message-bus/\(clientID)/poll")
        draft.contentType = "application/x-www-form-urlencoded"
        draft.headers = [("X-SILENCE-LOGGER", "true")]
        draft.needsToken = false
        do {
            draft.body = Array(encodeForm(try formFields(request)).utf8)
        } catch {
            throw .protocolError(reason: "\(error)")
        }
        let response = try await client.open(draft)
        guard response.status == .ok else {
            let reply = try await client.collect(response)
            throw reply.error ?? .protocolError(reason: "status \(response.status.code)")
        }
        let isNew = state.withLock { state in
            defer { state.isConnected = true }
            return !state.isConnected
        }
        if isNew { continuation.yield(.connected) }
        var splitter = ChunkSplitter()
        var count = 0
        do {
            for try await chunk in response.body {
                for list in splitter.add(chunk.readableBytesView) { count += try take(list) }
                guard splitter.count <= Limits.chunkBytes else { throw ClientError.tooLarge }
            }
        } catch {
            throw SiteClient.mapped(error)
        }
        return count + (try take(splitter.rest()))
    }

    /// Passes the messages of one list on, and remembers where the stream stands.
    private func take(_ list: [UInt8]) throws(ClientError) -> Int {
        guard list.contains(where: { $0 > 0x20 }) else { return 0 }
        let messages: [BusMessageBody]
        do {
            messages = try decodeReply([BusMessageBody].self, from: list)
        } catch {
            throw .protocolError(reason: error.description)
        }
        var count = 0
        for message in messages {
            if message.channel == "/__status" {
                resume(at: message.data)
                continue
            }
            let isNew = state.withLock { state in
                guard let position = state.positions[message.channel] else { return false }
                guard message.messageID > position || position < 0 else { return false }
                state.positions[message.channel] = message.messageID
                return true
            }
            guard isNew else { continue }
            continuation.yield(.message(message))
            count += 1
        }
        return count
    }

    /// The server says where channels stand whose position was not known, or was too high.
    private func resume(at status: WireValue) {
        guard case .object(let positions) = status else { return }
        state.withLock { state in
            for (channel, position) in positions {
                guard state.positions[channel] != nil, let position = position.intValue else {
                    continue
                }
                state.positions[channel] = position
            }
        }
    }
}

extension ClientError {
    /// Trying again would not help.
    fileprivate var isFinal: Bool {
        switch self {
        case .auth, .loginRefused, .forbidden, .notFound, .moved, .invalid, .cancelled: true
        case .network, .rateLimited, .server, .tooLarge, .protocolError, .conflict: false
        }
    }
}
