import Cryptography
import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The live messages as Server-Sent Events (HTML standard §9.2): one answer that stays open.
///
/// `GET /events?channels=/latest,/topic/12` sends the same messages to the same audience as the message
/// bus. Each event's id holds where all of its channels stand, so a client that lost the connection
/// goes on without a gap by sending it as Last-Event-ID, as browsers do by themselves.
struct EventStreamRoutes: Sendable {
    let community: Community
    let bus: LiveBus
    private let places = StreamPlaces()

    init(community: Community, bus: LiveBus) {
        self.community = community
        self.bus = bus
    }

    func add(to routes: RouteTable) {
        routes.serve(.get, "/events", .everybody) { call in
            let positions = try Self.positions(call)
            let person = StreamPlaces.Person(
                name: call.viewer.principal.map { "user \($0.id)" } ?? call.clientAddress ?? "",
                most: call.viewer.principal == nil
                    ? WebLimits.eventStreamsPerAddress : WebLimits.eventStreamsPerPerson
            )
            guard places.hasRoom(for: person) else {
                throw ForumError(
                    .rateLimited,
                    "Too many streams are open. Close one of them first.",
                    retryAfterSeconds: 15
                )
            }
            let proof = StandingProof(call, bus: bus, settings: community.settings)
            let stream = EventStream(bus: bus, proof: proof)
            var headers = HTTPFields()
            headers[.contentType] = "text/event-stream; charset=utf-8"
            headers[.cacheControl] = "no-cache, no-store"
            headers[.accelBuffering] = "no"
            let places = places
            let body = ResponseBody { writer in
                // Taken here and not before, because an answer to HEAD never comes here.
                if places.take(person) {
                    defer { places.giveBack(person) }
                    try await stream.run(from: positions, to: &writer)
                }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: headers, body: body)
        }
    }

    /// Where the client stands: by its last event, else at the end of each channel.
    private static func positions(_ call: Call<WireValue>) throws -> LiveBus.Positions {
        let asked = try call.requiredText("channels").split(separator: ",").map {
            $0.filter { !$0.isWhitespace }
        }
        let channels = Set(asked.filter { !$0.isEmpty })
        guard channels.count <= Forum.Limits.busChannelsPerPoll else {
            throw ForumError(
                .malformed,
                "At most \(Forum.Limits.busChannelsPerPoll) channels at once.",
                field: "channels"
            )
        }
        guard !channels.isEmpty, channels.allSatisfy({ $0.hasPrefix("/") }) else {
            throw ForumError(
                .malformed,
                "channels must be names such as /latest, with commas between them.",
                field: "channels"
            )
        }
        let id = try call.headers[.lastEventID] ?? call.text("last_event_id") ?? ""
        let known = EventID.positions(id)
        return Dictionary(
            uniqueKeysWithValues: channels.map { (String($0), known[String($0)] ?? -1) }
        )
    }
}

extension HTTPField.Name {
    static let lastEventID = named("Last-Event-ID")
    fileprivate static let accelBuffering = named("X-Accel-Buffering")
}

/// The positions of all channels in one text: `/latest=12&/topic/5=3`.
enum EventID {
    static func text(_ positions: LiveBus.Positions) -> String {
        positions.sorted { $0.key < $1.key }
            .map { "\(percentEncoded($0.key))=\($0.value)" }
            .joined(separator: "&")
    }

    /// What cannot be read is as good as not sent.
    static func positions(_ text: String) -> LiveBus.Positions {
        do {
            let value = try WireValue.parse(form: text.utf8)
            var positions = LiveBus.Positions()
            for (name, position) in value.objectValue ?? WireObject() {
                if let position = position.intValue, position >= 0 {
                    positions[name] = Int64(position)
                }
            }
            return positions
        } catch {
            return [:]
        }
    }
}

/// One open stream.
private struct EventStream: Sendable {
    let bus: LiveBus
    let proof: StandingProof
    private let clientID = "events-\(Random.hex(16))"

    init(bus: LiveBus, proof: StandingProof) {
        self.bus = bus
        self.proof = proof
    }

    /// Writes until the client goes, the server stops, or the viewer may no longer read.
    func run(from start: LiveBus.Positions, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
        let poll = try await LivePoll.begin(bus, start, proof, clientID: clientID)
        defer { poll.end() }
        while !Task.isCancelled, !bus.isClosed {
            let delivery = try await poll.next(
                until: .now.advanced(by: .seconds(WebLimits.eventHeartbeatSeconds))
            )
            guard let delivery else {
                let text = #"{"errors":["You are no longer permitted to read here."]}"#
                try await writer.write(ByteBuffer(string: "event: closed\ndata: \(text)\n\n"))
                return
            }
            try await writer.write(try Self.text(delivery))
        }
    }

    /// The event of each message, or a comment that says that the stream lives. What only tells where
    /// channels stand becomes an event without a name, so that the client has an id to go on from.
    private static func text(_ delivery: LiveBus.Delivery) throws -> ByteBuffer {
        guard !delivery.messages.isEmpty else { return ByteBuffer(string: ": alive\n\n") }
        var text = ""
        let id = EventID.text(delivery.positions)
        for (index, message) in delivery.messages.enumerated() {
            // A client that breaks off within a batch gets the batch again, rather than miss its end.
            if index == delivery.messages.count - 1 { text += "id: \(id)\n" }
            if message.messageID < 0 { text += "event: status\n" }
            let data = try encodeJSON(MessageBusPresenter.Body(message: message))
            text += "data: \(String(decoding: data, as: UTF8.self))\n\n"
        }
        return ByteBuffer(string: text)
    }
}

/// How many streams each person holds open.
private final class StreamPlaces: Sendable {
    private let open = Mutex<(all: Int, byPerson: [String: Int])>((0, [:]))

    struct Person: Sendable {
        let name: String
        let most: Int
    }

    func hasRoom(for person: Person) -> Bool {
        open.withLock { open in
            open.all < WebLimits.eventStreams
                && open.byPerson[person.name, default: 0] < person.most
        }
    }

    func take(_ person: Person) -> Bool {
        open.withLock { open in
            guard open.all < WebLimits.eventStreams,
                open.byPerson[person.name, default: 0] < person.most
            else { return false }
            open.all += 1
            open.byPerson[person.name, default: 0] += 1
            return true
        }
    }

    func giveBack(_ person: Person) {
        open.withLock { open in
            open.all -= 1
            let left = open.byPerson[person.name, default: 1] - 1
            open.byPerson[person.name] = left > 0 ? left : nil
        }
    }
}
