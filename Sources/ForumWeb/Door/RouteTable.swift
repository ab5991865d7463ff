import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The routes of the forum as they are declared: no route without a policy, and each of them served
/// the same way: proved, decoded, answered, kept.
final class RouteTable {
    struct Declaration: Sendable {
        let method: String
        let path: String
        let policy: RoutePolicy

        var signature: String { "\(method) \(path)" }
    }

    private let router: Router<WebContext>
    private let community: Community
    let cache: AnonymousCache
    private(set) var declarations: [Declaration] = []

    init(router: Router<WebContext>, community: Community, cache: AnonymousCache) {
        self.router = router
        self.community = community
        self.cache = cache
    }

    /// A route that got into the router some other way has no policy: such a server must not start.
    func checkThatAllAreDeclared() {
        let declared = Set(
            declarations.map { "\($0.method) \(PathTemplate($0.path).shape)" }
        )
        for route in router.routes {
            let signature = "\(route.method.rawValue) \(route.path)"
            precondition(declared.contains(signature), "no policy is declared for \(signature)")
        }
    }

    /// Serves `endpoint`: what it takes and answers is written there, for the client as well.
    ///
    /// - Parameter cached: What the answer shows, when readers who are not logged in may be given
    ///   the same bytes again.
    func serve<Body, Reply>(
        _ endpoint: Endpoint<Body, Reply>,
        _ policy: RoutePolicy,
        bodyBytes: Int = WebLimits.bodyBytes,
        cached: CacheChoice<Body> = .never,
        _ handler: @escaping @Sendable (Call<Body>) async throws -> Reply
    ) {
        add(endpoint.method.rawValue, endpoint.path, policy, bodyBytes: bodyBytes) {
            [cache] call, key in
            let call = try call.decoding(Body.self)
            let rule: CacheRule = key == nil ? .never : try cached.rule(call)
            let ticket = cache.ticket()
            let reply = try await handler(call)
            if reply is NoReply { return .empty() }
            if let text = reply as? TextReply { return .text(text.text) }
            let body = ByteBuffer(bytes: try encodeJSON(reply))
            var response = Response.json(body)
            if let key, let entry = cache.keep(body, for: key, rule: rule, since: ticket) {
                response.headers[.eTag] = entry.etag
            }
            return response
        }
    }

    /// Serves what is not one JSON answer: text, pages, streams.
    func serve(
        _ method: EndpointMethod,
        _ path: String,
        _ policy: RoutePolicy,
        bodyBytes: Int = WebLimits.bodyBytes,
        _ handler: @escaping @Sendable (Call<WireValue>) async throws -> Response
    ) {
        add(method.rawValue, path, policy, bodyBytes: bodyBytes) { call, _ in
            try await handler(call)
        }
    }

    private func add(
        _ method: String,
        _ path: String,
        _ policy: RoutePolicy,
        bodyBytes: Int,
        _ handler: @escaping @Sendable (Call<WireValue>, String?) async throws -> Response
    ) {
        declarations.append(Declaration(method: method, path: path, policy: policy))
        let settings = community.settings
        let isRead = method == EndpointMethod.get.rawValue
        let template = PathTemplate(path)
        router.on(RouterPath(template.shape), method: HTTPRequest.Method(method) ?? .get) {
            request,
            context -> Response in
            try policy.check(context.viewer, loginRequired: settings.current.loginRequired)
            let call = try await Call<WireValue>.reading(
                request,
                context,
                template,
                bodyBytes: bodyBytes
            )
            try KeyScopes.check(
                context.grant,
                method,
                template: path,
                path: template.values(context.parameters).compactMap(\.1.stringValue),
                call.parameters
            )
            let isAnonymous = context.viewer == .anonymous && context.proof == .none
            let key = isRead && isAnonymous ? RequestKey.make(request) : nil
            return try await handler(call, key)
        }
    }
}

extension Call where Body == WireValue {
    /// Reads the whole request within its limits of size and time.
    static func reading(
        _ request: Request,
        _ context: WebContext,
        _ template: PathTemplate,
        bodyBytes: Int
    ) async throws -> Call {
        var parameters = try WireValue.parse(form: (request.uri.query ?? "").utf8)
        if request.method != .get, request.method != .head {
            let body = try await request.body(upTo: bodyBytes, seconds: WebLimits.bodySeconds)
            let sent = try WireValue.parse(
                body: body,
                contentType: request.headers[.contentType]
            )
            parameters = sent.merged(over: parameters)
        }
        let path = template.values(context.parameters)
        if !path.isEmpty {
            parameters = WireValue.object(WireObject(path)).merged(over: parameters)
        }
        return Call(
            viewer: context.viewer,
            proof: context.proof,
            grant: context.grant,
            body: parameters,
            parameters: parameters,
            headers: request.headers,
            cookies: request.cookies,
            clientAddress: context.clientAddress,
            logger: context.logger
        )
    }

    func decoding<Decoded: Decodable & Sendable>(_ type: Decoded.Type) throws -> Call<Decoded> {
        Call<Decoded>(
            viewer: viewer,
            proof: proof,
            grant: grant,
            body: try decodeRequest(type, from: parameters),
            parameters: parameters,
            headers: headers,
            cookies: cookies,
            clientAddress: clientAddress,
            logger: logger
        )
    }
}

extension Request {
    /// The body, unless it is larger than `limit` or takes longer than `seconds` to arrive.
    fileprivate func body(upTo limit: Int, seconds: Int) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw UnreadBody.tooLarge
        }
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                for try await part in body {
                    guard bytes.count + part.readableBytes <= limit else {
                        throw UnreadBody.tooLarge
                    }
                    bytes.append(contentsOf: part.readableBytesView)
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let bytes = first else {
                throw UnreadBody.tooSlow
            }
            return bytes
        }
    }
}

/// A request that is answered before it was read to its end.
enum UnreadBody: Error {
    case tooLarge
    case tooSlow
}

/// Under which rule the answers of a route are kept for readers who are not logged in.
struct CacheChoice<Body: Sendable>: Sendable {
    let rule: @Sendable (Call<Body>) throws -> CacheRule

    init(_ rule: @escaping @Sendable (Call<Body>) throws -> CacheRule) {
        self.rule = rule
    }

    static var never: Self { Self { _ in .never } }
    static var lists: Self { Self { _ in .lists } }
}
