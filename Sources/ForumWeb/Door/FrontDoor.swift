import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Everything that is the same for every request: formats, proof of the viewer, kept answers, errors
/// and headers. The router behind it only sees what passed.
struct FrontDoor<Inner: HTTPResponder>: HTTPResponder where Inner.Context == WebContext {
    let inner: Inner
    let authentication: Authentication
    let cache: AnonymousCache
    let logger: Logger

    func respond(to request: Request, context: WebContext) async throws -> Response {
        let request = Self.withoutSuffix(request)
        var response: Response
        if let kept = keptAnswer(request) {
            response = kept
        } else {
            response = await answer(request, context)
            if let etag = response.headers[.eTag], request.headers[.ifNoneMatch] == etag {
                response = Self.notModified(etag)
            }
        }
        if request.method == .head { response = response.withoutBody }
        response.headers[.contentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        if response.headers[.cacheControl] == nil {
            // What has an ETag may be kept, but is asked for again each time.
            let isComparable = response.headers[.eTag] != nil
            response.headers[.cacheControl] = isComparable ? "no-cache" : "no-cache, no-store"
        }
        if response.headers[.eTag] != nil {
            response.headers[.vary] = "Cookie, Api-Key, User-Api-Key, Accept"
        }
        return response
    }

    private func answer(_ request: Request, _ context: WebContext) async -> Response {
        var context = context
        do {
            guard (request.head.path ?? "").utf8.count <= WebLimits.uriBytes else {
                throw ForumError(.tooLarge, "The address is too long.")
            }
            try await authentication.prove(request, &context)
            if authentication.isForged(request, context) {
                // Discourse's answer, to the letter: clients look for it and fetch a new token.
                return .text(#"["BAD CSRF"]"#, status: .forbidden)
            }
            var response = try await inner.respond(to: Self.asGet(request), context: context)
            // Handlers give everything a type: this is the router's own answer to an unknown route.
            guard response.headers[.contentType] != nil else { throw ForumError.notFound }
            // The router answers a path it does not know by itself, without a word.
            if context.endpointPath == nil { throw ForumError.notFound }
            addIdentity(to: &response, context)
            return response
        } catch {
            var response = ErrorResponse.make(error, logger: context.logger)
            addIdentity(to: &response, context)
            if error is UnreadBody {
                response.headers[.connection] = "close"
                context.closeSoon()
            }
            return response
        }
    }

    private func addIdentity(to response: inout Response, _ context: WebContext) {
        if let principal = context.viewer.principal {
            response.headers[.discourseUsername] = principal.username
        }
        if context.hasDeadSession { response.headers[.loggedOut] = "1" }
    }

    private func keptAnswer(_ request: Request) -> Response? {
        guard request.method == .get, request.headers[.apiKey] == nil,
            request.headers[.userAPIKey] == nil,
            request.headers[.cookie] == nil, let key = RequestKey.make(request),
            let entry = cache.entry(for: key)
        else { return nil }
        if request.headers[.ifNoneMatch] == entry.etag { return Self.notModified(entry.etag) }
        var headers = HTTPFields()
        headers[.eTag] = entry.etag
        headers[.cached] = "true"
        return .json(entry.body, headers: headers)
    }

    private static func notModified(_ etag: String) -> Response {
        var headers = HTTPFields()
        headers[.eTag] = etag
        return Response(status: .notModified, headers: headers)
    }

    /// A HEAD request is answered as the GET is, without its body.
    private static func asGet(_ request: Request) -> Request {
        guard request.method == .head else { return request }
        var head = request.head
        head.method = .get
        return Request(head: head, body: request.body)
    }

    /// `/t/1.json` is `/t/1`: the suffix and the Accept header both ask for JSON, either alone.
    private static func withoutSuffix(_ request: Request) -> Request {
        guard let path = request.head.path else { return request }
        let end = path.firstIndex(of: "?") ?? path.endIndex
        guard path[..<end].hasSuffix(".json") else { return request }
        var head = request.head
        head.path = String(path[..<end].dropLast(".json".count)) + String(path[end...])
        return Request(head: head, body: request.body)
    }
}

/// What a kept answer is found by: the path and the query, after the suffix is gone.
enum RequestKey {
    static func make(_ request: Request) -> String? {
        guard let path = request.head.path, path.utf8.count <= 512 else { return nil }
        return path
    }
}

extension Response {
    /// The headers of this response; their Content-Length is that of the body left out.
    fileprivate var withoutBody: Response {
        var head = Response(status: status, headers: headers)
        if let length = body.contentLength { head.headers[.contentLength] = String(length) }
        return head
    }
}
