/// Who is told of what happens.
extension API {
    package enum WebHooks {
        package static let list = Endpoint<WebHookListQuery, WebHookListReply>(
            .get,
            "/admin/api/web_hooks"
        )
        package static let new = Endpoint<NoBody, WebHookChoicesReply>(
            .get,
            "/admin/api/web_hooks/new"
        )
        package static let show = Endpoint<NoBody, WebHookReply>(.get, "/admin/api/web_hooks/{id}")
        package static let create = Endpoint<WebHookRequest, WebHookReply>(
            .post,
            "/admin/api/web_hooks"
        )
        package static let update = Endpoint<WebHookRequest, WebHookReply>(
            .put,
            "/admin/api/web_hooks/{id}"
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/admin/api/web_hooks/{id}"
        )
        package static let ping = Endpoint<NoBody, SuccessReply>(
            .post,
            "/admin/api/web_hooks/{id}/ping"
        )
        package static let events = Endpoint<WebHookEventsQuery, WebHookEventsReply>(
            .get,
            "/admin/api/web_hooks/{id}/events"
        )
        /// The older address of `events`.
        package static let eventsByID = Endpoint<WebHookEventsQuery, WebHookEventsReply>(
            .get,
            "/admin/api/web_hook_events/{id}"
        )
        package static let bulkEvents = Endpoint<WebHookBulkQuery, [WebHookEventBody]>(
            .get,
            "/admin/api/web_hooks/{id}/events/bulk"
        )
        package static let redeliver = Endpoint<NoBody, WebHookEventReply>(
            .post,
            "/admin/api/web_hooks/{id}/events/{event_id}/redeliver"
        )
        package static let redeliverFailed = Endpoint<RedeliverRequest, RedeliverReply>(
            .post,
            "/admin/api/web_hooks/{id}/events/failed_redeliver"
        )

        static let signatures = [
            list.signature, new.signature, show.signature, create.signature, update.signature,
            delete.signature, ping.signature, events.signature, eventsByID.signature,
            bulkEvents.signature, redeliver.signature, redeliverFailed.signature,
        ]
    }
}
