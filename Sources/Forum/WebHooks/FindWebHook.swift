import Postgres

/// Which deliveries of a log somebody asks for.
package enum DeliveryFilter: String, Sendable, CaseIterable {
    case all
    case successful
    case failed
}

extension Community {
    /// A page of the webhooks, the oldest first, and how many there are.
    ///
    /// - Throws: `.forbidden` for anybody but administrators.
    package func webHooks(
        limit: Int = Limits.webHooksPerPage,
        offset: Int = 0,
        by principal: Principal
    ) async throws -> (hooks: [WebHook], total: Int) {
        _ = try principal.mayAdministerSite()
        let answers = try await database.batch([
            WebHookQueries.list(
                limit: min(max(limit, 1), Limits.webHooksPerPage),
                offset: min(max(offset, 0), Limits.webHooksMax)
            ),
            WebHookQueries.count(),
        ])
        return (try answers[0].decode(), try answers[1].firstValue() ?? 0)
    }

    /// - Throws: `.forbidden`, `.notFound`.
    package func webHook(_ id: WebHookID, by principal: Principal) async throws -> WebHook {
        _ = try principal.mayAdministerSite()
        guard let hook: WebHook = try await database.first(WebHookQueries.one(id)) else {
            throw ForumError.notFound
        }
        return hook
    }

    /// A page of what was sent to a webhook, the newest first, and how many deliveries there are.
    ///
    /// - Throws: `.forbidden`, `.notFound`.
    package func deliveries(
        of id: WebHookID,
        _ filter: DeliveryFilter = .all,
        limit: Int = Limits.webHooksPerPage,
        offset: Int = 0,
        by principal: Principal
    ) async throws -> (deliveries: [LoggedRequest], total: Int) {
        _ = try await webHook(id, by: principal)
        let answers = try await database.batch([
            OutgoingRequestQueries.log(
                of: id,
                filter,
                limit: min(max(limit, 1), Limits.webHooksPerPage),
                offset: min(max(offset, 0), 1_000_000)
            ),
            OutgoingRequestQueries.countLog(of: id, filter),
        ])
        return (try answers[0].decode(), try answers[1].firstValue() ?? 0)
    }

    /// The given deliveries of a webhook; those that there are not are left out.
    ///
    /// - Throws: `.forbidden`, `.notFound`, `.malformed` for too many at once.
    package func deliveries(
        _ ids: [OutgoingRequestID],
        of id: WebHookID,
        by principal: Principal
    ) async throws -> [LoggedRequest] {
        _ = try await webHook(id, by: principal)
        guard ids.count <= Limits.requestsNamedAtOnce else {
            throw ForumError(
                .malformed,
                "At most \(Limits.requestsNamedAtOnce) events at once.",
                field: "ids"
            )
        }
        return try await database.all(OutgoingRequestQueries.log(of: id, ids))
    }
}
