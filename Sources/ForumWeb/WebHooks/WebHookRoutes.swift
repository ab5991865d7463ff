import Egress
import Forum
import ForumAPI
import Foundation

/// Webhooks: made, changed, tried out, and what became of their deliveries.
struct WebHookRoutes: Sendable {
    let community: Community
    let egress: EgressClient

    func add(to routes: RouteTable) {
        routes.serve(API.WebHooks.list, .admin) { call in try await list(call) }
        routes.serve(API.WebHooks.new, .admin) { _ in
            var reply = WebHookChoicesReply()
            reply.webHook.webHookEventTypes = WebHookPresenter.extras.defaultEventTypes
            reply.extras = WebHookPresenter.extras
            return reply
        }
        routes.serve(API.WebHooks.show, .admin) { call in
            WebHookPresenter.reply(try await community.webHook(call.hookID(), by: call.principal))
        }
        routes.serve(API.WebHooks.create, .admin) { call in
            WebHookPresenter.reply(
                try await community.createWebHook(fields(call), by: call.principal)
            )
        }
        routes.serve(API.WebHooks.update, .admin) { call in
            let id = try call.hookID()
            _ = try await community.webHook(id, by: call.principal)
            return WebHookPresenter.reply(
                try await community.updateWebHook(id, fields(call), by: call.principal)
            )
        }
        routes.serve(API.WebHooks.delete, .admin) { call in
            try await community.deleteWebHook(call.hookID(), by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.WebHooks.ping, .admin) { call in
            try await community.pingWebHook(call.hookID(), by: call.principal)
            return SuccessReply()
        }
        addEvents(to: routes)
    }

    private func addEvents(to routes: RouteTable) {
        for endpoint in [API.WebHooks.events, API.WebHooks.eventsByID] {
            routes.serve(endpoint, .admin) { call in try await events(call) }
        }
        routes.serve(API.WebHooks.bulkEvents, .admin) { call in
            try await community.deliveries(
                call.body.ids.map { OutgoingRequestID(Int64($0)) },
                of: call.hookID(),
                by: call.principal
            )
            .map { WebHookPresenter.event($0) }
        }
        routes.serve(API.WebHooks.redeliver, .admin) { call in try await redeliver(call) }
        routes.serve(API.WebHooks.redeliverFailed, .admin) { call in
            var reply = RedeliverReply()
            reply.eventIDs = try await community.redeliver(
                call.body.eventIDs.map { OutgoingRequestID(Int64($0)) },
                of: call.hookID(),
                onlyFailed: true,
                by: call.principal
            )
            .map { Int($0.value) }
            return reply
        }
    }

    private func list(_ call: Call<WebHookListQuery>) async throws -> WebHookListReply {
        let limit = min(max(call.body.limit ?? 50, 1), Forum.Limits.webHooksPerPage)
        let offset = max(call.body.offset ?? 0, 0)
        let (hooks, total) = try await community.webHooks(
            limit: limit,
            offset: offset,
            by: call.principal
        )
        var reply = WebHookListReply()
        reply.webHooks = hooks.map { WebHookPresenter.body($0) }
        reply.extras = WebHookPresenter.extras
        reply.totalRowsWebHooks = total
        let next = min(offset, Forum.Limits.webHooksMax) + limit
        reply.loadMoreWebHooks = "/admin/api/web_hooks.json?limit=\(limit)&offset=\(next)"
        return reply
    }

    private func events(_ call: Call<WebHookEventsQuery>) async throws -> WebHookEventsReply {
        let id = try call.hookID()
        let limit = min(max(call.body.limit ?? 50, 1), Forum.Limits.webHooksPerPage)
        let offset = min(max(call.body.offset ?? 0, 0), 1_000_000)
        let status = call.body.status.flatMap { DeliveryFilter(rawValue: $0) } ?? .all
        let (deliveries, total) = try await community.deliveries(
            of: id,
            status,
            limit: limit,
            offset: offset,
            by: call.principal
        )
        var reply = WebHookEventsReply()
        reply.webHookEvents = deliveries.map { WebHookPresenter.event($0) }
        reply.totalRowsWebHookEvents = total
        let filter = status == .all ? "" : "&status=\(status.rawValue)"
        reply.loadMoreWebHookEvents =
            "/admin/api/web_hook_events/\(id).json?limit=\(limit)&offset=\(offset + limit)\(filter)"
        reply.extras.webHookID = Int(id.value)
        return reply
    }

    /// Answers when it is known how it went, or after a while with what is known.
    private func redeliver(_ call: Call<NoBody>) async throws -> WebHookEventReply {
        let hook = try call.hookID()
        let event = OutgoingRequestID(try call.id("event_id"))
        _ = try await community.redeliver([event], of: hook, by: call.principal)
        var reply = WebHookEventReply()
        for _ in 0..<WebLimits.redeliveryLooks {
            let found = try await community.deliveries([event], of: hook, by: call.principal)
            guard let delivery = found.first else { throw ForumError.notFound }
            reply.webHookEvent = WebHookPresenter.event(delivery)
            if delivery.isFinished { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        return reply
    }

    /// What is asked of a webhook, its address looked at: to tell at once what each delivery would fail by.
    private func fields(_ call: Call<WebHookRequest>) async throws -> WebHookFields {
        let body = call.body.webHook
        var fields = WebHookFields()
        fields.payloadURL = body.payloadURL?.trimmingCharacters(in: .whitespacesAndNewlines)
        fields.contentType = body.contentType
        fields.secret = body.secret
        fields.isWildcard = body.wildcardWebHook
        fields.eventTypes = body.webHookEventTypeIDs
        fields.categoryIDs = body.categoryIDs.map { $0.map { Int64($0) } }
        fields.tagNames = body.tagNames
        fields.groupIDs = body.groupIDs.map { $0.map { Int64($0) } }
        fields.verifiesCertificate = body.verifyCertificate
        fields.isActive = body.active
        if let url = fields.payloadURL, !url.isEmpty { try await check(url) }
        return fields
    }

    private func check(_ url: String) async throws {
        do throws(EgressError) {
            let read = try EgressURL(url)
            try await egress.check(read, .of(community.settings.current))
        } catch {
            switch error {
            case .malformed(let why):
                throw ForumError(.invalid, "Payload URL is invalid: \(why)", field: "payload_url")
            case .refused(let why):
                throw ForumError(
                    .invalid,
                    "Payload URL is invalid because it can't be requested: \(why). An administrator "
                        + "can open hosts by the setting allowed_internal_hosts.",
                    field: "payload_url"
                )
            // The receiver may come up later.
            case .unreachable, .timeout: return
            }
        }
    }
}

extension Call {
    fileprivate func hookID() throws(ForumError) -> WebHookID { WebHookID(try id("id")) }
}
