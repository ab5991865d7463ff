/// One operation of a server, as its document tells of it.
package struct OperationDescription: Sendable {
    package let method: EndpointMethod
    /// A template such as `/t/{topic_id}`.
    package let path: String
    /// Who may use it at all.
    package let audience: Audience
    package let takesSuffix: Bool
    let summary: String?
    let request: @Sendable (SchemaRecorder) -> Request?
    let reply: @Sendable (SchemaRecorder) -> Reply

    package enum Audience: String, Sendable {
        case open
        case everybody
        case member
        case staff
        case admin
    }

    /// What is sent to an operation.
    struct Request {
        let members: [SchemaRecorder.Member]
        /// nil where the parameters are not known by name.
        let schema: WireValue?
    }

    /// What it answers with status 200.
    struct Reply {
        let mediaType: String
        let schema: WireValue?
    }

    /// An endpoint: all of it follows from its types.
    package init<Body, ReplyBody>(_ endpoint: Endpoint<Body, ReplyBody>, _ audience: Audience) {
        method = endpoint.method
        path = endpoint.path
        takesSuffix = endpoint.takesSuffix
        summary = endpoint.summary
        self.audience = audience
        let isGet = endpoint.method == .get
        request = { recorder in
            guard Body.self != NoBody.self else { return nil }
            return Request(
                members: isGet ? recorder.members(of: Body.self) : [],
                schema: isGet ? nil : recorder.schema(of: Body.self, .request)
            )
        }
        reply = { recorder in
            if ReplyBody.self == NoReply.self || ReplyBody.self == TextReply.self {
                return Reply(mediaType: "text/plain; charset=utf-8", schema: ["type": "string"])
            }
            return Reply(
                mediaType: "application/json",
                schema: recorder.schema(of: ReplyBody.self, .reply)
            )
        }
    }

    /// What is not one JSON answer.
    ///
    /// - Parameters:
    ///   - mediaType: Of the answer; `*/*` where it depends.
    ///   - query: The type of the parameters, if they have one.
    package init(
        _ method: EndpointMethod,
        _ path: String,
        _ audience: Audience,
        summary: String? = nil,
        mediaType: String = "*/*",
        takesSuffix: Bool = false
    ) {
        self.method = method
        self.path = path
        self.audience = audience
        self.takesSuffix = takesSuffix
        self.summary = summary
        request = { _ in method == .get ? nil : Request(members: [], schema: ["type": "object"]) }
        reply = { _ in Reply(mediaType: mediaType, schema: nil) }
    }
}
