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
        /// `nil` for another form of an operation that the document has already.
        let operation: OperationDescription?
        /// The path as the router has it.
        let shape: String

        var signature: String { "\(method) \(path)" }
    }

    private let router: Router<WebContext>
    private let community: Community
    let cache: AnonymousCache
    private(set) var declarations: [Declaration] = []
    private let clock = BodyClock()
    private let methods = Box([String: [String]]())
    /// What can be had in other forms than JSON.
    var representations = RepresentationTable()

    init(router: Router<WebContext>, community: Community, cache: AnonymousCache) {
        self.router = router
        self.community = community
        self.cache = cache
    }

    /// A route that got into the router some other way has no policy: such a server must not start.
    func checkThatAllAreDeclared() {
        let declared = Set(declarations.map { "\($0.method) \($0.shape)" })
        for route in router.routes where route.method != .options {
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
        add(OperationDescription(endpoint, policy.audience), policy, bodyBytes: bodyBytes) {
            [cache] call, key in
            let call = try call.decoding(Body.self)
            let rule: CacheRule = key == nil ? .never : try cached.rule(call)
            let ticket = cache.ticket()
            let reply = try await handler(call)
            if reply is NoReply { return .empty() }
            if let text = reply as? TextReply { return .text(text.text) }
            let body = ByteBuffer(bytes: try encodeJSON(reply))
            guard let key, let entry = cache.keep(body, for: key, rule: rule, since: ticket) else {
                return .json(body)
            }
            return .json(body, headers: [.eTag: entry.etag])
        }
    }

    /// Serves what is not one JSON answer: text, pages, streams.
    ///
    /// - Parameters:
    ///   - summary: What it does, where its method and path do not say it well enough.
    ///   - mediaType: Of its answer, for the document of the API.
    func serve(
        _ method: EndpointMethod,
        _ path: String,
        _ policy: RoutePolicy,
        bodyBytes: Int = WebLimits.bodyBytes,
        summary: String? = nil,
        mediaType: String = "*/*",
        _ handler: @escaping @Sendable (Call<WireValue>) async throws -> Response
    ) {
        let operation = OperationDescription(
            method,
            path,
            policy.audience,
            summary: summary,
            mediaType: mediaType
        )
        add(operation, policy, bodyBytes: bodyBytes) { call, _ in try await handler(call) }
    }

    /// Serves `endpoint` with an answer that the handler writes itself, in the endpoint's form.
    func serveByHand<Body, Reply>(
        _ endpoint: Endpoint<Body, Reply>,
        _ policy: RoutePolicy,
        bodyBytes: Int = WebLimits.bodyBytes,
        _ handler: @escaping @Sendable (Call<Body>) async throws -> Response
    ) {
        let operation = OperationDescription(endpoint, policy.audience)
        add(operation, policy, bodyBytes: bodyBytes) { call, _ in
            try await handler(call.decoding(Body.self))
        }
    }

    private func add(
        _ operation: OperationDescription,
        _ policy: RoutePolicy,
        bodyBytes: Int,
        _ handler: @escaping @Sendable (Call<WireValue>, String?) async throws -> Response
    ) {
        addRoute(
            operation.method,
            operation.path,
            policy,
            operation: operation,
            bodyBytes: bodyBytes,
            handler
        )
    }

    /// - Parameter name: The path as the catalogue of routes has it, when the router has another.
    func addRoute(
        _ method: EndpointMethod,
        _ path: String,
        _ policy: RoutePolicy,
        as name: String? = nil,
        operation: OperationDescription?,
        bodyBytes: Int = WebLimits.bodyBytes,
        _ handler: @escaping @Sendable (Call<WireValue>, String?) async throws -> Response
    ) {
        let template = PathTemplate(path)
        declarations.append(
            Declaration(
                method: method.rawValue,
                path: name ?? path,
                policy: policy,
                operation: operation,
                shape: template.shape
            )
        )
        let signature = "\(method.rawValue) \(path)"
        let routeName = DiscourseRoute.name(method.rawValue, path)
        let community = community
        let settings = community.settings
        // Here once, so that answers that stay open do not each hold all that it needs.
        let viewer: @Sendable (Credentials) async throws -> Viewer = { credentials in
            try await Authentication(community: community).prove(credentials).viewer
        }
        let isRead = method == .get
        let clock = clock
        router.on(RouterPath(template.shape), method: HTTPRequest.Method(method.rawValue) ?? .get) {
            request,
            context -> Response in
            try policy.check(context.viewer, loginRequired: settings.current.loginRequired)
            let credentials = Credentials(request)
            let call = try await Call<WireValue>.reading(
                request,
                context,
                template,
                bodyBytes: bodyBytes,
                by: clock
            ) {
                try await viewer(credentials)
            }
            try KeyScopes.check(
                context.grant,
                method.rawValue,
                template: path,
                path: template.values(context.parameters).compactMap(\.1.stringValue),
                call.parameters
            )
            let isAnonymous = context.viewer == .anonymous && context.proof == .none
            let key = isRead && isAnonymous ? RequestKey.make(request) : nil
            let limits = RouteLimits(signature, call, community)
            var response = try await RequestOrigin.$clientIP.withValue(call.clientAddress) {
                try await limits.within(community) { try await handler(call, key) }
            }
            if response.headers[.discourseRoute] == nil {
                response.headers[.discourseRoute] = routeName
            }
            return response
        }
        addOptions(method.rawValue, template.shape)
    }

    /// OPTIONS tells what else an address takes.
    private func addOptions(_ method: String, _ shape: String) {
        let isNew = methods.withLock { methods in
            methods[shape, default: []].append(method)
            return methods[shape]?.count == 1
        }
        guard isNew else { return }
        router.on(RouterPath(shape), method: .options) { [methods] _, _ -> Response in
            var allowed = methods.withLock { $0[shape] ?? [] }
            if allowed.contains("GET") { allowed.append("HEAD") }
            var response = Response.empty()
            response.headers[.allow] = (allowed + ["OPTIONS"]).sorted().joined(separator: ", ")
            return response
        }
    }
}

extension Call where Body == WireValue {
    /// Reads the whole request within its limits of size and time.
    static func reading(
        _ request: Request,
        _ context: WebContext,
        _ template: PathTemplate,
        bodyBytes: Int,
        by clock: BodyClock,
        proveAgain: @escaping @Sendable () async throws -> Viewer
    ) async throws -> Call {
        var parameters = try WireValue.parse(form: (request.uri.query ?? "").utf8)
        let isRead = request.method == .get || request.method == .head
        // Discourse's own document has a GET with a body.
        if !isRead || request.headers[.contentLength].map({ $0 != "0" }) == true {
            let body = try await request.body(
                upTo: isRead ? WebLimits.bodyBytesOfReads : bodyBytes,
                by: clock
            )
            let sent =
                try template.isOfRawBody
                ? .raw(body)
                : WireValue.parse(body: body, contentType: request.headers[.contentType])
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
            logger: context.logger,
            proveAgain: proveAgain
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
            logger: logger,
            proveAgain: proveAgain
        )
    }
}

extension RouteTable {
    /// The one address whose body is a file as it is, whatever type its sender gives it.
    static let rawBodyPath = "/uploads/external/{identifier}/{part}"
}

extension PathTemplate {
    fileprivate var isOfRawBody: Bool { shape == PathTemplate(RouteTable.rawBodyPath).shape }
}

extension WireValue {
    fileprivate static func raw(_ body: [UInt8]) -> WireValue {
        let file = WireFile(filename: "", contentType: "application/octet-stream", bytes: body)
        return .object(WireObject([("body", .file(file))]))
    }
}

extension Request {
    /// The body, unless it is larger than `limit` or takes too long to arrive.
    fileprivate func body(upTo limit: Int, by clock: BodyClock) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw UnreadBody.tooLarge
        }
        return try await clock.read(within: WebLimits.bodySeconds) {
            var bytes: [UInt8] = []
            for try await part in body {
                guard bytes.count + part.readableBytes <= limit else { throw UnreadBody.tooLarge }
                bytes.append(contentsOf: part.readableBytesView)
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

/// Something that several closures share.
private final class Box<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: sending Value) {
        self.value = Mutex(value)
    }

    func withLock<Result: Sendable>(_ body: (inout sending Value) -> sending Result) -> Result {
        value.withLock(body)
    }
}
