import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// The one content type of JSON; clients compare the whole string.
    static let jsonType = "application/json; charset=utf-8"

    /// `value` as JSON; what cannot be encoded is a programming error and answered as one.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = HTTPFields()
    ) -> Response {
        do {
            return json(ByteBuffer(bytes: try encodeJSON(value)), status: status, headers: headers)
        } catch {
            let text = #"{"errors":["The answer could not be written."]}"#
            return json(ByteBuffer(string: text), status: .internalServerError, headers: headers)
        }
    }

    static func json(
        _ body: ByteBuffer,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = HTTPFields()
    ) -> Response {
        var headers = headers
        headers[.contentType] = jsonType
        if status == .ok, headers[.eTag] == nil {
            headers[.eTag] = AnonymousCache.etag(of: body)
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/plain; charset=utf-8"
        let body = ByteBuffer(string: text)
        if status == .ok, !text.isEmpty { headers[.eTag] = AnonymousCache.etag(of: body) }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// No body; with a type all the same, because clients look at it without asking whether it is
    /// there, and not that of JSON, because they would read the body then.
    static func empty(_ status: HTTPResponse.Status = .ok) -> Response { text("", status: status) }
}
