package struct WebHookListQuery: Codable, Sendable, Equatable {
    package var limit: Int?
    package var offset: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case limit
        case offset
    }
}

/// `POST /admin/api/web_hooks`, `PUT /admin/api/web_hooks/{id}`.
package struct WebHookRequest: Codable, Sendable, Equatable {
    package var webHook: WebHookFieldsBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case webHook = "web_hook"
    }
}

/// What an administrator decides of a webhook; what is absent stays as it is.
package struct WebHookFieldsBody: Codable, Sendable, Equatable {
    package var payloadURL: String?
    /// 1 JSON, 2 form.
    package var contentType: Int?
    /// At least 12 characters; empty for none.
    package var secret: String?
    package var wildcardWebHook: Bool?
    package var active: Bool?
    package var verifyCertificate: Bool?
    package var webHookEventTypeIDs: [Int]?
    package var categoryIDs: [Int]?
    package var tagNames: [String]?
    package var groupIDs: [Int]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case payloadURL = "payload_url"
        case contentType = "content_type"
        case secret
        case wildcardWebHook = "wildcard_web_hook"
        case active
        case verifyCertificate = "verify_certificate"
        case webHookEventTypeIDs = "web_hook_event_type_ids"
        case categoryIDs = "category_ids"
        case tagNames = "tag_names"
        case groupIDs = "group_ids"
    }
}

package struct WebHookEventsQuery: Codable, Sendable, Equatable {
    /// `successful` or `failed`; all without it.
    package var status: String?
    package var limit: Int?
    package var offset: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case status
        case limit
        case offset
    }
}

package struct WebHookBulkQuery: Codable, Sendable, Equatable {
    package var ids: [Int] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case ids
    }
}

/// `POST /admin/api/web_hooks/{id}/events/failed_redeliver`.
package struct RedeliverRequest: Codable, Sendable, Equatable {
    package var eventIDs: [Int] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case eventIDs = "event_ids"
    }
}
