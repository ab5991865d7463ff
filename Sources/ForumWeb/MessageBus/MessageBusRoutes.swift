import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore

/// The live stream as Discourse's MessageBus clients poll it: one answer when something comes, or
/// chunks in one answer that stays open.
struct MessageBusRoutes: Sendable {
    let community: Community
    let bus: LiveBus

    func add(to routes: RouteTable) {
        routes.serveByHand(API.MessageBus.poll, .everybody) { call in
            let request = call.body
            guard request.positions.count <= Forum.Limits.busChannelsPerPoll else {
                throw ForumError(
                    .malformed,
                    "At most \(Forum.Limits.busChannelsPerPoll) channels at once."
                )
            }
            let wait = try Wait(call, self)
            let isFull = bus.waitingCount >= WebLimits.waitingPolls
            if try isFull || call.text("dlp") == "t" { return try await wait.once(seconds: 0) }
            if call.headers[.dontChunk] != nil {
                return try await wait.once(seconds: Forum.Limits.busPollSeconds)
            }
            return wait.chunked()
        }
    }

    /// An object, so that what waits holds one copy of it.
    private final class Wait: Sendable {
        let bus: LiveBus
        let positions: LiveBus.Positions
        let proof: StandingProof
        let clientID: String
        let sequence: Int?

        init(_ call: Call<PollRequest>, _ routes: MessageBusRoutes) throws {
            bus = routes.bus
            positions = call.body.positions.mapValues { Int64($0) }
            proof = StandingProof(call, bus: routes.bus, settings: routes.community.settings)
            clientID = try call.requiredText("client_id")
            sequence = call.body.sequence
        }

        func once(seconds: Int) async throws -> Response {
            let poll = try await begin()
            defer { poll.end() }
            let delivery = try await poll.next(until: .now.advanced(by: .seconds(seconds)))
            return .json(
                try MessageBusPresenter.body(delivery?.messages ?? []),
                headers: Self.headers
            )
        }

        /// A chunk at once, so that a proxy that holds answers back is found out, then one for each
        /// batch of messages; `\r\n|\r\n` ends each (and is doubled where JSON contains it).
        func chunked() -> Response {
            var headers = Self.headers
            headers[.contentType] = "text/plain; charset=utf-8"
            headers[.connection] = "close"
            let body = ResponseBody { writer in
                try await self.write(to: &writer)
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: headers, body: body)
        }

        /// Tens of thousands are in here at once: what comes before the waiting, and after it, stands in
        /// functions of its own.
        @inline(never)
        private func write(to writer: inout any ResponseBodyWriter) async throws {
            let end = ContinuousClock.now.advanced(by: .seconds(Forum.Limits.busPollSeconds))
            try await Self.tell([], to: &writer)
            let poll = try await begin()
            defer { poll.end() }
            var goesOn = true
            while goesOn {
                let delivery = try await poll.next(until: end)
                goesOn = try await Self.tell(delivery?.messages ?? [], to: &writer)
            }
        }

        /// - Returns: Whether there was something to tell.
        @discardableResult
        @inline(never)
        private static func tell(
            _ messages: [LiveMessage],
            to writer: inout any ResponseBodyWriter
        ) async throws -> Bool {
            try await writer.write(MessageBusPresenter.chunk(messages))
            return !messages.isEmpty
        }

        @inline(never)
        private func begin() async throws -> LivePoll {
            try await LivePoll.begin(bus, positions, proof, clientID: clientID, sequence: sequence)
        }

        private static var headers: HTTPFields {
            var headers = HTTPFields()
            headers[.cacheControl] = "must-revalidate, private, max-age=0"
            headers[.pragma] = "no-cache"
            headers[.expires] = "0"
            return headers
        }
    }
}

extension HTTPField.Name {
    fileprivate static var dontChunk: Self { named("Dont-Chunk") }
    fileprivate static var pragma: Self { named("Pragma") }
}
