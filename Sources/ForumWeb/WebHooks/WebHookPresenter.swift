import Forum
import ForumAPI
import Postgres

enum WebHookPresenter {
    static func body(_ hook: WebHook) -> WebHookBody {
        var body = WebHookBody()
        body.id = Int(hook.id.value)
        body.payloadURL = hook.payloadURL
        body.contentType = hook.contentType.rawValue
        body.lastDeliveryStatus = hook.status.rawValue
        body.secret = hook.hasSecret ? Community.hiddenSecret : ""
        body.wildcardWebHook = hook.isWildcard
        body.verifyCertificate = hook.verifiesCertificate
        body.active = hook.isActive
        body.webHookEventTypes = hook.eventTypes.map { type($0) }
        body.categoryIDs = hook.categoryIDs.map { Int($0.value) }
        body.tagNames = hook.tagNames
        body.groupIDs = hook.groupIDs.map { Int($0.value) }
        return body
    }

    static func reply(_ hook: WebHook) -> WebHookReply {
        var reply = WebHookReply()
        reply.webHook = body(hook)
        return reply
    }

    static func type(_ type: WebHookEventType) -> WebHookEventTypeBody {
        var body = WebHookEventTypeBody()
        body.id = type.rawValue
        body.name = type.name
        body.group = type.group.rawValue
        return body
    }

    static let extras: WebHookExtrasBody = {
        var extras = WebHookExtrasBody()
        extras.groupedEventTypes = Dictionary(
            grouping: WebHookEventType.allCases.map { type($0) },
            by: \.group
        )
        extras.defaultEventTypes = WebHookEventType.usual.map { type($0) }
        extras.contentTypes = WebHook.ContentType.allCases.map { named($0.rawValue, $0.name) }
        extras.deliveryStatuses = WebHook.Status.allCases.map { named($0.rawValue, "\($0)") }
        return extras
    }()

    private static func named(_ id: Int, _ name: String) -> NumberedNameBody {
        var body = NumberedNameBody()
        body.id = id
        body.name = name
        return body
    }

    static func event(_ delivery: LoggedRequest) -> WebHookEventBody {
        var body = WebHookEventBody()
        body.id = Int(delivery.id.value)
        body.webHookID = Int(delivery.webHookID.value)
        body.requestURL = delivery.url
        body.headers = delivery.requestHeaders
        body.payload = delivery.payload
        body.status = delivery.status ?? 0
        body.responseHeaders = delivery.responseHeaders
        body.responseBody = delivery.responseBody
        body.duration = delivery.milliseconds ?? 0
        body.createdAt = delivery.createdAt.iso8601
        body.redelivering = !delivery.isFinished
        return body
    }
}
