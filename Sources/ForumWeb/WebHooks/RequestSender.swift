package import Egress
package import Forum
import ForumAPI
package import Logging

/// Writes and sends what waits in the queue of requests to others, for as long as it takes.
///
/// Bodies are written soon after the event, whether or not the receiver can be reached; several
/// deliveries are under way at once, of one webhook never more than one. A process that dies between a
/// receiver's answer and its own note of it sends the delivery once more, under the same event id.
package struct RequestSender: Sendable {
    private let community: Community
    private let egress: EgressClient
    private let payload: WebHookPayload
    private let logger: Logger

    package init(community: Community, egress: EgressClient, logger: Logger) {
        self.community = community
        self.egress = egress
        payload = WebHookPayload(community: community)
        self.logger = logger
    }

    /// Works until cancelled.
    package func run() async {
        let bells = (0..<WebLimits.requestSenders).map { _ in Doorbell() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await write(ringing: bells) }
            for bell in bells { group.addTask { await send(wokenBy: bell) } }
        }
    }

    /// Writes and sends everything that is due.
    package func sendAllDue() async throws {
        while try await writeDue() > 0 {}
        while try await sendNext() {}
    }

    private func write(ringing bells: [Doorbell]) async {
        let wake = Doorbell()
        community.signals.onRequestsQueued { wake.ring() }
        while !Task.isCancelled {
            // One looks in any case: what a person asked for again has its body already.
            var rung = bells.prefix(1)
            do {
                while try await writeDue() > 0, !Task.isCancelled { rung = bells[...] }
            } catch {
                logger.warning("deliveries wait", metadata: ["error": "\(error)"])
            }
            for bell in rung { bell.ring() }
            await wake.wait(seconds: WebLimits.requestPollSeconds)
        }
    }

    private func send(wokenBy wake: Doorbell) async {
        while !Task.isCancelled {
            var pause = WebLimits.requestPollSeconds
            do {
                while !Task.isCancelled, try await sendNext() {}
                if let due = try await community.secondsToNextRequest() {
                    pause = min(max(due, 0.2), pause)
                }
            } catch {
                logger.warning("deliveries wait", metadata: ["error": "\(error)"])
            }
            await wake.wait(seconds: pause)
        }
    }

    // MARK: Bodies

    private func writeDue() async throws -> Int {
        let requests = try await community.claimUnwrittenRequests()
        for request in requests { try await write(request) }
        return requests.count
    }

    private func write(_ request: OutgoingRequest) async throws {
        do {
            guard request.webHookID == nil else {
                let text = try await payload.make(request)
                return try await community.writeRequest(request.id, payload: text)
            }
            switch try await community.decideOnPush(request) {
            case .push(let notice):
                try await community.writeRequest(request.id, payload: payload.make(notice))
            case .skip(let reason): try await community.skipRequest(request.id, reason: reason)
            case .wait(let seconds):
                try await community.postponeRequest(request.id, seconds: seconds)
            }
        } catch let error as ForumError where error.code == .notFound {
            try await community.skipRequest(request.id, reason: "what it tells of is gone")
        } catch let error as WireError {
            logger.error(
                "a delivery cannot be written",
                metadata: ["id": "\(request.id)", "error": "\(error)"]
            )
            try await community.skipRequest(request.id, reason: "\(error)")
        }
    }

    // MARK: Sending

    /// - Returns: Whether there was something to send.
    private func sendNext() async throws -> Bool {
        guard let request = try await community.claimRequest() else { return false }
        // What was begun is ended, also while the server stops: it would be sent twice otherwise.
        try await Task { try await send(request) }.value
        return true
    }

    private func send(_ request: DueRequest) async throws {
        guard !request.isPrivate else {
            return try await community.skipRequest(request.id, reason: "its topic is private now")
        }
        let began = ContinuousClock.now
        var headers = headers(of: request)
        let answer: Result<EgressClient.Response, EgressError>
        do {
            if let signature = try community.signature(of: request) {
                headers.append(("X-Discourse-Event-Signature", "sha256=\(signature)"))
            }
            answer = await post(request, headers)
        } catch {
            // Unsigned it would be refused, or worse, believed.
            logger.error(
                "a delivery cannot be signed",
                metadata: ["id": "\(request.id)", "error": "\(error.message)"]
            )
            answer = .failure(.unreachable(error.message))
        }
        let milliseconds = Int((ContinuousClock.now - began) / .milliseconds(1))
        try await community.note(
            Self.outcome(answer, headers, milliseconds: milliseconds),
            of: request
        )
    }

    private func post(
        _ request: DueRequest,
        _ headers: [(name: String, value: String)]
    ) async -> Result<EgressClient.Response, EgressError> {
        do throws(EgressError) {
            let outgoing = EgressClient.Request(
                url: try EgressURL(request.url),
                headers: headers,
                body: Array(request.payload.utf8),
                verifiesCertificate: request.verifiesCertificate
            )
            return .success(try await egress.post(outgoing, .of(community.settings.current)))
        } catch {
            return .failure(error)
        }
    }

    private func headers(of request: DueRequest) -> [(name: String, value: String)] {
        var headers = [
            ("Accept", request.webHookID == nil ? "application/json" : "*/*"),
            ("Connection", "close"),
            ("Content-Type", (WebHook.ContentType(rawValue: request.contentType) ?? .json).name),
            ("User-Agent", "Discourse/\(SiteRoutes.discourseVersion) (Parley)"),
        ]
        guard request.webHookID != nil else { return headers }
        headers += [
            ("X-Discourse-Instance", community.baseURL),
            ("X-Discourse-Event-Id", "\(request.id)"),
        ]
        if let type = WebHookEventType(rawValue: request.eventType) {
            headers.append(("X-Discourse-Event-Type", type.group.rawValue))
            headers.append(("X-Discourse-Event", request.eventName))
        } else {
            headers.append(("X-Discourse-Event-Type", "ping"))
        }
        return headers
    }

    private static func outcome(
        _ answer: Result<EgressClient.Response, EgressError>,
        _ headers: [(name: String, value: String)],
        milliseconds: Int
    ) -> RequestOutcome {
        let sent = json(headers)
        switch answer {
        case .success(let response):
            return RequestOutcome(
                requestHeaders: sent,
                status: response.status,
                responseHeaders: json(response.headers),
                responseBody: String(decoding: response.body, as: UTF8.self)
                    .replacing("\0", with: "\u{FFFD}"),
                milliseconds: milliseconds
            )
        case .failure(let error):
            let isFinal =
                switch error {
                case .malformed, .refused: true
                case .unreachable, .timeout: false
                }
            return RequestOutcome(
                requestHeaders: sent,
                status: -1,
                responseHeaders: json([("error", "\(error)")]),
                milliseconds: milliseconds,
                isFinal: isFinal
            )
        }
    }

    private static func json(_ headers: [(name: String, value: String)]) -> String {
        let object = Dictionary(headers.map { ($0.name, $0.value) }) { "\($0), \($1)" }
        do {
            return String(decoding: try encodeJSON(object), as: UTF8.self)
                .replacing("\\u0000", with: "")
        } catch {
            // Texts can always be written.
            return "{}"
        }
    }
}

extension EgressPolicy {
    /// Where the administrators let requests go.
    static func of(_ settings: SiteSettings) -> EgressPolicy {
        EgressPolicy(
            allowedHosts: Set(
                settings.allowedInternalHosts.lowercased().split(separator: "|")
                    .map { String($0.filter { !$0.isWhitespace }) }
            ),
            ports: Set(settings.allowedEgressPorts.split(separator: "|").compactMap { Int($0) })
        )
    }
}
