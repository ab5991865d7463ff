/// A webhook.
package struct WebHookBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var payloadURL: String = ""
    /// 1 JSON, 2 form.
    package var contentType: Int = 1
    /// 1 inactive, 2 failed, 3 successful, 4 disabled.
    package var lastDeliveryStatus: Int = 1
    /// Never the secret itself: dots when there is one. Sent back, they leave it as it is.
    package var secret: String = ""
    package var wildcardWebHook: Bool = false
    package var verifyCertificate: Bool = true
    package var active: Bool = false
    package var webHookEventTypes: [WebHookEventTypeBody] = []
    package var categoryIDs: [Int] = []
    package var tagNames: [String] = []
    package var groupIDs: [Int] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case payloadURL = "payload_url"
        case contentType = "content_type"
        case lastDeliveryStatus = "last_delivery_status"
        case secret
        case wildcardWebHook = "wildcard_web_hook"
        case verifyCertificate = "verify_certificate"
        case active
        case webHookEventTypes = "web_hook_event_types"
        case categoryIDs = "category_ids"
        case tagNames = "tag_names"
        case groupIDs = "group_ids"
    }
}

/// A kind of event.
package struct WebHookEventTypeBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var name: String = ""
    /// What belongs together.
    package var group: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case group
    }
}

/// `GET /admin/api/web_hooks/{id}`.
package struct WebHookReply: Codable, Sendable, Equatable {
    package var webHook: WebHookBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case webHook = "web_hook"
    }
}

/// `GET /admin/api/web_hooks/new`: what a webhook begins as, and what it may be.
package struct WebHookChoicesReply: Codable, Sendable, Equatable {
    package var webHook: WebHookBody = .init()
    package var extras: WebHookExtrasBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case webHook = "web_hook"
        case extras
    }
}

/// `GET /admin/api/web_hooks`.
package struct WebHookListReply: Codable, Sendable, Equatable {
    package var webHooks: [WebHookBody] = []
    package var extras: WebHookExtrasBody = .init()
    package var totalRowsWebHooks: Int = 0
    package var loadMoreWebHooks: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case webHooks = "web_hooks"
        case extras
        case totalRowsWebHooks = "total_rows_web_hooks"
        case loadMoreWebHooks = "load_more_web_hooks"
    }
}

/// What webhooks may be.
package struct WebHookExtrasBody: Codable, Sendable, Equatable {
    package var groupedEventTypes: [String: [WebHookEventTypeBody]] = [:]
    package var defaultEventTypes: [WebHookEventTypeBody] = []
    package var contentTypes: [NumberedNameBody] = []
    package var deliveryStatuses: [NumberedNameBody] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case groupedEventTypes = "grouped_event_types"
        case defaultEventTypes = "default_event_types"
        case contentTypes = "content_types"
        case deliveryStatuses = "delivery_statuses"
    }
}

package struct NumberedNameBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var name: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case name
    }
}

/// A delivery, as it is kept.
package struct WebHookEventBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var webHookID: Int = 0
    package var requestURL: String = ""
    /// What was sent, as a JSON object in a text.
    package var headers: String?
    package var payload: String?
    /// Of HTTP; 0 before the first try, −1 when nobody answered.
    package var status: Int = 0
    package var responseHeaders: String?
    package var responseBody: String?
    /// Milliseconds.
    package var duration: Int = 0
    package var createdAt: String = ""
    /// Whether it is still to be sent (again).
    package var redelivering: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case webHookID = "web_hook_id"
        case requestURL = "request_url"
        case headers
        case payload
        case status
        case responseHeaders = "response_headers"
        case responseBody = "response_body"
        case duration
        case createdAt = "created_at"
        case redelivering
    }
}

/// `GET /admin/api/web_hooks/{id}/events`.
package struct WebHookEventsReply: Codable, Sendable, Equatable {
    package var webHookEvents: [WebHookEventBody] = []
    package var totalRowsWebHookEvents: Int = 0
    package var loadMoreWebHookEvents: String = ""
    package var extras: WebHookEventsExtrasBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case webHookEvents = "web_hook_events"
        case totalRowsWebHookEvents = "total_rows_web_hook_events"
        case loadMoreWebHookEvents = "load_more_web_hook_events"
        case extras
    }
}

package struct WebHookEventsExtrasBody: Codable, Sendable, Equatable {
    package var webHookID: Int = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case webHookID = "web_hook_id"
    }
}

/// One delivery.
package struct WebHookEventReply: Codable, Sendable, Equatable {
    package var webHookEvent: WebHookEventBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case webHookEvent = "web_hook_event"
    }
}

/// What is sent again.
package struct RedeliverReply: Codable, Sendable, Equatable {
    package var eventIDs: [Int] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case eventIDs = "event_ids"
    }
}
