import CPostgres
import Glibc
package import Logging
import Synchronization

/// Hears what other sessions NOTIFY, on a connection and a thread of its own.
package struct Listener: Sendable {
    package enum Event: Sendable, Hashable {
        /// Listening begins, or begins again: what came in between was missed, so read everything.
        case connected
        case notification(channel: String, payload: String)
        /// The connection was lost; the listener tries to get another one.
        case disconnected
    }

    private let configuration: PoolConfiguration
    private let logger: Logger

    package init(configuration: PoolConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    package init(connectionString: String, logger: Logger) {
        self.init(
            configuration: PoolConfiguration(connectionString: connectionString),
            logger: logger
        )
    }

    /// Listens on the channels until the stream's reader stops.
    package func listen(_ channels: [String]) -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Event.self,
            bufferingPolicy: .bufferingNewest(Limits.waitingNotifications)
        )
        let stop = StopSignal()
        continuation.onTermination = { _ in stop.set() }
        let session = ListenerSession(
            channels: channels,
            configuration: configuration,
            logger: logger,
            continuation: continuation,
            stop: stop
        )
        do throws(PostgresError) {
            try DedicatedThread.start { session.run() }
        } catch {
            logger.error("no listener", metadata: ["reason": "\(error)"])
            continuation.finish()
        }
        return stream
    }
}

/// Tells a thread that waits in `poll` to stop: closing the pipe's writing end makes its reading
/// end ready.
private final class StopSignal: Sendable {
    /// The reading end.
    let descriptor: Int32
    private let writer: Mutex<Int32?>

    init() {
        var ends: [Int32] = [-1, -1]
        // Without a pipe the thread is told by the flag alone, at its next look.
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
        }
        descriptor = ends[0]
        writer = Mutex(ends[1])
    }

    deinit {
        set()
        close(descriptor)
    }

    var isSet: Bool { writer.withLock { $0 == nil } }

    func set() {
        let end = writer.withLock { writer in
            defer { writer = nil }
            return writer
        }
        if let end {
            close(end)
        }
    }
}

private struct ListenerSession: Sendable {
    let channels: [String]
    let configuration: PoolConfiguration
    let logger: Logger
    let continuation: AsyncStream<Listener.Event>.Continuation
    let stop: StopSignal

    func run() {
        defer { continuation.finish() }
        var pause = Limits.reconnectSeconds.lowerBound
        while !stop.isSet {
            var wasConnected = false
            do throws(PostgresError) {
                let connection = try Connection.open(configuration)
                for channel in channels {
                    try connection.listen(channel)
                }
                wasConnected = true
                pause = Limits.reconnectSeconds.lowerBound
                send(.connected)
                while !stop.isSet {
                    let events = try connection.notifications(interruptedBy: stop.descriptor)
                    for event in events {
                        send(event)
                    }
                }
            } catch {
                logger.debug("listener", metadata: ["reason": "\(error)"])
                if wasConnected {
                    send(.disconnected)
                }
                sleep(pause * Double.random(in: 0.5...1))
                pause = min(pause * 2, Limits.reconnectSeconds.upperBound)
            }
        }
    }

    private func send(_ event: Listener.Event) {
        if case .dropped = continuation.yield(event) {
            // Something was lost to a slow reader, who must read everything again.
            continuation.yield(.connected)
        }
    }

    private func sleep(_ seconds: Double) {
        var request = pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
        poll(&request, 1, Int32(seconds * 1_000))
    }
}

extension Connection {
    /// - Throws: `invalidValue` for a name that PostgreSQL would cut off.
    fileprivate func listen(_ channel: String) throws(PostgresError) {
        guard !channel.isEmpty, channel.utf8.count <= Limits.channelNameBytes else {
            throw PostgresError(.invalidValue, "a channel's name has 1 to 63 bytes")
        }
        let quoted = channel.replacing("\"", with: "\"\"")
        try runScript("LISTEN \"\(quoted)\"")
    }

    /// Waits for notifications; returns without any when the descriptor becomes readable.
    fileprivate func notifications(
        interruptedBy descriptor: Int32
    ) throws(PostgresError) -> [Listener.Event] {
        var requests = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = Int32(Limits.listenerProbeSeconds * 1_000)
        let ready = poll(&requests, nfds_t(requests.count), milliseconds)
        if ready == 0 {
            // A connection that is only cut, not closed, is found out by asking.
            _ = try run(["SELECT 1"])
        }
        guard checkIdle() else {
            throw PostgresError(.unavailable, errorMessage)
        }
        var events: [Listener.Event] = []
        while let notify = PQnotifies(handle) {
            events.append(
                .notification(
                    channel: String(cString: notify.pointee.relname),
                    payload: String(cString: notify.pointee.extra)
                )
            )
            PQfreemem(notify)
        }
        return events
    }
}
