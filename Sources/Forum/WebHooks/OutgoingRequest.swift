package import Postgres

package typealias OutgoingRequestID = ID<OutgoingRequest>

/// A delivery whose body is not written yet: what happened, and to what.
package struct OutgoingRequest: Sendable, RowDecodable {
    package let id: OutgoingRequestID
    package let webHookID: WebHookID?
    package let eventType: Int
    package let eventName: String
    package let topicID: TopicID?
    package let postID: PostID?
    package let userID: UserID?
    /// Of the category, tag, group, badge, entry of the review queue or notice.
    package let objectID: Int64?
    /// JSON text: what is known of something that is gone.
    package let data: String
    package let createdAt: Timestamp

    package var type: WebHookEventType? { WebHookEventType(rawValue: eventType) }

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        webHookID = try row.next()
        eventType = try row.next()
        eventName = try row.next()
        topicID = try row.next()
        postID = try row.next()
        userID = try row.next()
        objectID = try row.next()
        data = try row.next()
        createdAt = try row.next()
    }
}

/// A delivery to make now, held by whoever claimed it.
package struct DueRequest: Sendable, RowDecodable {
    package let id: OutgoingRequestID
    package let webHookID: WebHookID?
    package let url: String
    package let eventType: Int
    package let eventName: String
    package let payload: String
    /// Tries that failed.
    package let attempts: Int
    package let contentType: Int
    package let verifiesCertificate: Bool
    let sealedSecret: [UInt8]?
    /// Its topic has become a personal message since.
    package let isPrivate: Bool

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        webHookID = try row.next()
        url = try row.next()
        eventType = try row.next()
        eventName = try row.next()
        payload = try row.next()
        attempts = try row.next()
        contentType = try row.next()
        verifiesCertificate = try row.next()
        sealedSecret = try row.next()
        isPrivate = try row.next()
    }
}

/// How one try went.
package struct RequestOutcome: Sendable {
    /// What was sent, as a JSON object.
    package var requestHeaders: String
    /// −1 when nobody answered.
    package var status: Int
    /// A JSON object; of what went wrong when nobody answered.
    package var responseHeaders: String
    package var responseBody: String
    package var milliseconds: Int
    /// Whether trying again makes no sense, because the address is closed to requests.
    package var isFinal: Bool

    package init(
        requestHeaders: String,
        status: Int,
        responseHeaders: String,
        responseBody: String = "",
        milliseconds: Int,
        isFinal: Bool = false
    ) {
        self.requestHeaders = requestHeaders
        self.status = status
        self.responseHeaders = responseHeaders
        self.responseBody = responseBody
        self.milliseconds = milliseconds
        self.isFinal = isFinal
    }

    var isSuccess: Bool { (200..<300).contains(status) }
    /// The receiver read it and does not want it; it is not that it cannot take it now.
    var isRefusal: Bool { (300..<500).contains(status) && ![408, 425, 429].contains(status) }
    /// There is no such receiver.
    var isGone: Bool { status == 404 || status == 410 }
}

/// A line of the log of deliveries.
package struct LoggedRequest: Sendable, RowDecodable {
    package let id: OutgoingRequestID
    package let webHookID: WebHookID
    package let url: String
    package let requestHeaders: String?
    package let payload: String?
    package let status: Int?
    package let responseHeaders: String?
    package let responseBody: String?
    package let milliseconds: Int?
    package let isFinished: Bool
    package let createdAt: Timestamp

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        webHookID = try row.next()
        url = try row.next()
        requestHeaders = try row.next()
        payload = try row.next()
        status = try row.next()
        responseHeaders = try row.next()
        responseBody = try row.next()
        milliseconds = try row.next()
        isFinished = try row.next()
        createdAt = try row.next()
    }
}
