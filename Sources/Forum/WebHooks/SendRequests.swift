import Cryptography
import Postgres

extension Community {
    // MARK: Asking

    /// Sends a ping soon, also to a webhook that is off.
    ///
    /// - Throws: `.forbidden`, `.notFound`.
    package func pingWebHook(_ id: WebHookID, by principal: Principal) async throws {
        _ = try await webHook(id, by: principal)
        _ = try await database.query(OutgoingRequestQueries.ping(id, payload: #"{"ping":"OK"}"#))
        signals.requestsQueued()
    }

    /// Sends again what was sent, under the same number: to a receiver that lost it.
    ///
    /// - Returns: The numbers of what is sent again.
    /// - Throws: `.forbidden`, `.notFound` when the webhook has none of them.
    package func redeliver(
        _ ids: [OutgoingRequestID],
        of id: WebHookID,
        onlyFailed: Bool = false,
        by principal: Principal
    ) async throws -> [OutgoingRequestID] {
        guard try await !deliveries(ids, of: id, by: principal).isEmpty else {
            throw ForumError.notFound
        }
        let queued: [OutgoingRequestID] = try await database.values(
            OutgoingRequestQueries.redeliver(ids, of: id, onlyFailed: onlyFailed)
        )
        signals.requestsQueued()
        return queued.sorted()
    }

    // MARK: Sending

    /// Deliveries whose bodies are to be written now; nobody else gets them for a while.
    package func claimUnwrittenRequests() async throws -> [OutgoingRequest] {
        try await database.all(
            OutgoingRequestQueries.claimUnwritten(
                limit: Limits.requestsWrittenAtOnce,
                leaseSeconds: Limits.requestLeaseSeconds
            )
        )
    }

    /// From now on this is what is sent, however often.
    package func writeRequest(_ id: OutgoingRequestID, payload: String) async throws {
        _ = try await database.query(OutgoingRequestQueries.write(id, payload: payload))
    }

    package func skipRequest(_ id: OutgoingRequestID, reason: String) async throws {
        _ = try await database.query(OutgoingRequestQueries.skip(id, reason: reason))
    }

    package func postponeRequest(_ id: OutgoingRequestID, seconds: Double) async throws {
        _ = try await database.query(OutgoingRequestQueries.postpone(id, seconds: seconds))
    }

    /// What is to be sent next, if anything is due. Of one webhook's there is never more than one under way.
    package func claimRequest() async throws -> DueRequest? {
        try await database.first(
            OutgoingRequestQueries.claim(leaseSeconds: Limits.requestLeaseSeconds)
        )
    }

    /// Seconds until something is due; negative when it is late, `nil` when nothing waits.
    package func secondsToNextRequest() async throws -> Double? {
        try await database.query(OutgoingRequestQueries.nextDue()).firstValue(Double?.self) ?? nil
    }

    /// The signature of a body by the webhook's secret, in hexadecimal; `nil` when it has none.
    ///
    /// - Throws: `.unavailable` when the server's key is not the one that sealed the secret.
    package func signature(of request: DueRequest) throws(ForumError) -> String? {
        guard let sealed = request.sealedSecret, let hook = request.webHookID else { return nil }
        guard let secret = serverKey.open(sealed, context: Self.secretContext(of: hook)) else {
            throw ForumError(
                .unavailable,
                "The webhook's secret was sealed by another \(ServerKey.fileName); set it anew."
            )
        }
        return Hex.encode(HMAC.sha256(key: secret, message: request.payload))
    }

    /// Writes down how a try went, and decides whether there is another.
    ///
    /// A receiver that does not answer, or has trouble of its own, is asked again for a day and longer;
    /// one that refuses what it was sent a few times. What is behind waits meanwhile, so that it comes
    /// in order. Two deliveries given up after a day, or one refused because nobody is there (404, 410),
    /// turn the webhook off; what waits then is kept, and sent when somebody turns it on again.
    package func note(_ outcome: RequestOutcome, of request: DueRequest) async throws {
        guard !outcome.isSuccess else {
            var statements = [
                OutgoingRequestQueries.note(request.id, outcome, state: "successful")
            ]
            if let hook = request.webHookID { statements.append(WebHookQueries.noteSuccess(hook)) }
            _ = try await database.batch(statements + told(of: request))
            return
        }
        guard let delay = delay(after: outcome, of: request) else {
            try await giveUp(request, outcome)
            return
        }
        var statements = [
            OutgoingRequestQueries.note(request.id, outcome, state: nil, seconds: delay)
        ]
        if let hook = request.webHookID { statements.append(WebHookQueries.noteFailure(hook)) }
        _ = try await database.batch(statements + told(of: request))
    }

    /// Seconds to the next try; `nil` when there is none.
    private func delay(after outcome: RequestOutcome, of request: DueRequest) -> Double? {
        if outcome.isFinal { return nil }
        if request.webHookID == nil {
            return Self.pushBackoff.delaySeconds(after: request.attempts + 1)
        }
        let backoff = outcome.isRefusal ? Self.refusalBackoff : Self.hookBackoff
        return backoff.delaySeconds(after: request.attempts + 1)
    }

    /// 1 s, 2 s, … 15 min: the last try is more than a day after the first.
    private static let hookBackoff = Backoff(firstSeconds: 1, maxSeconds: 900, attempts: 110)
    private static let refusalBackoff = Backoff(
        firstSeconds: 1,
        maxSeconds: 900,
        attempts: Limits.requestRefusalsMax
    )
    /// A notice that is late is worth little.
    private static let pushBackoff = Backoff(firstSeconds: 5, maxSeconds: 300, attempts: 8)

    private func giveUp(_ request: DueRequest, _ outcome: RequestOutcome) async throws {
        let now = clock()
        let noted = OutgoingRequestQueries.note(request.id, outcome, state: "failed")
        guard let hook = request.webHookID else {
            _ = try await database.query(noted)
            return
        }
        try await database.transaction { transaction in
            try await transaction.execute(noted)
            // What was refused says nothing about the next one.
            guard outcome.isGone || !outcome.isRefusal else {
                try await transaction.execute(WebHookQueries.noteFailure(hook))
                return
            }
            let isTooMany = try await transaction.query(
                WebHookQueries.noteGivenUp(hook, isGone: outcome.isGone)
            )
            guard !isTooMany.isEmpty else { return }
            _ = try await transaction.batch([
                WebHookQueries.turnOff(hook, at: now),
                StaffLogQueries.record(
                    StaffAction(
                        .deactivateWebHook,
                        subject: "\(hook)",
                        details: "webhook_id: \(hook)\nwebhook_response_status: \(outcome.status)"
                    ),
                    by: .system,
                    at: now
                ),
            ])
        }
        _ = try await database.batch(told(of: request))
    }

    /// Administrators who look at the log of a webhook see it grow.
    private func told(of request: DueRequest) -> [SQL] {
        guard let hook = request.webHookID else { return [] }
        let type = WebHookEventType(rawValue: request.eventType)?.group.rawValue ?? "ping"
        return LiveQueries.publish(
            channel: "/web_hook_events/\(hook)",
            data: #"{"web_hook_event_id":\#(request.id),"event_type":\#(JSONText.string(type))}"#,
            to: .groups([1]),
            about: nil
        )
    }

    /// Removes what was sent, or given up, long ago.
    package func expireOutgoingRequests() async throws {
        _ = try await database.query(
            OutgoingRequestQueries.expire(days: Limits.requestsKeptDays)
        )
    }
}
