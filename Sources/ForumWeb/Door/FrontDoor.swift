import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// Everything that is the same for every request: formats, proof of the viewer, kept answers, errors
/// and headers. The router behind it only sees what passed.
///
/// An object: as a value it would be copied into the calls of each request.
final class FrontDoor<Inner: HTTPResponder>: HTTPResponder where Inner.Context == WebContext {
    private let inner: Inner
    private let authentication: Authentication
    private let cache: AnonymousCache
    private let representations: RepresentationTable
    private let proxies = TrustedProxies()
    private let limits: RequestLimits
    private let headers: ResponseHeaders
    private let gate: SecondFactorGate

    init(_ inner: Inner, _ table: RouteTable, _ community: Community) {
        self.inner = inner
        cache = table.cache
        representations = table.representations
        authentication = Authentication(community: community)
        limits = RequestLimits(community: community)
        headers = ResponseHeaders(isSecure: community.baseURL.hasPrefix("https:"))
        gate = SecondFactorGate(community: community)
    }

    func respond(to asked: Request, context: WebContext) async throws -> Response {
        Self.isLong(asked)
            ? await apart(asked, context).value : await answer(asked, in: context)
    }

    /// A task of its own, whose memory is given back when the answer begins: what a connection's task
    /// once used, it keeps until the connection ends.
    @inline(never)
    private func apart(_ asked: Request, _ context: WebContext) -> Task<Response, Never> {
        Task { await answer(asked, in: context) }
    }

    /// Answers that stay open: tens of thousands may be.
    private static func isLong(_ request: Request) -> Bool {
        guard let path = request.head.path else { return false }
        return path.hasPrefix("/message-bus/") || path.hasPrefix("/events")
    }

    private func answer(_ asked: Request, in context: WebContext) async -> Response {
        let begin = ContinuousClock.now
        var context = context
        context.clientAddress = proxies.client(
            peer: context.clientAddress,
            forwarded: asked.headers[values: .forwardedFor],
            trusted: limits.community.settings.current.trustedProxies
        )
        let request = Self.withoutSuffix(representations.routed(asked))
        var response = await answer(
            request,
            &context,
            isForPage: asked.isForPage || request.isOfPage
        )
        if request.method == .get || request.method == .head,
            let etag = response.headers[.eTag], request.has(etag)
        {
            response = Self.notModified(response)
        }
        if request.method == .head { response = response.withoutBody }
        headers.add(to: &response, request, isPersonal: context.viewer != .anonymous)
        if limits.community.settings.current.readOnly { response.headers[.readOnly] = "true" }
        response.headers[.requestID] = ResponseHeaders.requestID(asked)
        response.headers[.runtime] = Self.seconds(ContinuousClock.now - begin)
        return response
    }

    /// As Discourse writes it: seconds with six decimals.
    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let micros = String(attoseconds / 1_000_000_000_000)
        return "\(seconds).\(String(repeating: "0", count: 6 - micros.utf8.count))\(micros)"
    }

    private func answer(
        _ request: Request,
        _ context: inout WebContext,
        isForPage: Bool
    ) async -> Response {
        do {
            let isStranger =
                request.headers[.apiKey] == nil && request.headers[.cookie] == nil
                && request.headers[.personalKey] == nil
            if isStranger {
                try limits.countStranger(context)
                if let kept = keptAnswer(request) { return kept }
            }
            guard (request.head.path ?? "").utf8.count <= WebLimits.uriBytesMax(of: request) else {
                throw ForumError(.tooLarge, "The address is too long.")
            }
            try checkHost(request)
            if !isStranger { try await prove(request, &context) }
            if let answer = try await gate.answer(request, context, isForPage: isForPage) {
                return answer
            }
            try checkReadOnly(request, context)
            if authentication.isForged(request, context) {
                // Discourse's answer, to the letter: clients look for it and fetch a new token.
                return .text(#"["BAD CSRF"]"#, status: .forbidden)
            }
            var response = try await routed(Self.asGet(request), context)
            addIdentity(to: &response, context)
            return response
        } catch {
            var response =
                isForPage
                ? PageWriter(community: limits.community)
                    .refusal(error, logger: context.logger, address: request.pageAddress)
                : ErrorResponse.make(error, logger: context.logger)
            addIdentity(to: &response, context)
            if error is UnreadBody {
                response.headers[.connection] = "close"
                context.closeSoon()
            }
            return response
        }
    }

    /// The answer of the route of this address, or of its older name.
    private func routed(_ request: Request, _ context: WebContext) async throws -> Response {
        do {
            let response = try await inner.respond(to: request, context: context)
            // Handlers give everything a type; the router answers a path it does not know by
            // itself, without a word.
            if context.endpointPath != nil, response.headers[.contentType] != nil {
                return response
            }
        } catch {
            if context.endpointPath != nil { throw error }
        }
        guard let other = Self.renamed(request) else { throw ForumError.notFound }
        let response = try await inner.respond(to: other, context: context)
        guard context.endpointPath != nil else { throw ForumError.notFound }
        return response
    }

    /// Discourse has two names for people and groups: what is not declared under the one is looked
    /// for under the other.
    private static func renamed(_ request: Request) -> Request? {
        guard let path = request.head.path else { return nil }
        for (name, other) in [("/users/", "/u/"), ("/g/", "/groups/")] where path.hasPrefix(name) {
            var head = request.head
            head.path = other + path.dropFirst(name.count)
            return Request(head: head, body: request.body)
        }
        return nil
    }

    /// Proves who asks, and counts the request as theirs.
    private func prove(_ request: Request, _ context: inout WebContext) async throws {
        try limits.checkGuesses(context)
        do {
            context.proven = try await authentication.prove(Credentials(request))
        } catch let error as ForumError {
            try limits.countGuess(context)
            throw error
        }
        if context.proven.hasDeadSession { return try limits.countGuess(context) }
        guard let principal = context.viewer.principal else {
            return try limits.countStranger(context)
        }
        try limits.countMember(principal, context)
    }

    private func checkHost(_ request: Request) throws(ForumError) {
        let allowed = limits.community.settings.current.allowedHosts
        guard !allowed.isEmpty else { return }
        let host = (request.head.authority ?? "").split(separator: ":").first ?? ""
        let names = allowed.split { $0 == "," || $0.isWhitespace }
        guard names.contains(where: { $0.lowercased() == host.lowercased() }) else {
            throw ForumError(.malformed, "This site is not known under that name.")
        }
    }

    /// What must work all the same: logging in, reading, and ending it again.
    private static var writableInReadOnly: [String] {
        [
            "/session", "/forms/log-in", "/forms/log-out", "/message-bus/", "/admin/site_settings/",
            "/admin/backups",
        ]
    }

    private func checkReadOnly(_ request: Request, _ context: WebContext) throws(ForumError) {
        guard limits.community.settings.current.readOnly, !Authentication.isSafe(request.method),
            !Self.writableInReadOnly.contains(where: { request.uri.path.hasPrefix($0) })
        else { return }
        throw ForumError(
            .readOnly,
            "The site is in read only mode. Interactions are disabled.",
            retryAfterSeconds: 60
        )
    }

    private func addIdentity(to response: inout Response, _ context: WebContext) {
        if let principal = context.viewer.principal {
            response.headers[.discourseUsername] = principal.username
        }
        if context.proven.hasDeadSession { response.headers[.loggedOut] = "1" }
    }

    private func keptAnswer(_ request: Request) -> Response? {
        guard request.method == .get, let key = RequestKey.make(request),
            let entry = cache.entry(for: key)
        else { return nil }
        var headers = entry.headers
        headers[.eTag] = entry.etag
        headers[.cached] = "true"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: entry.body))
    }

    private static func notModified(_ answer: Response) -> Response {
        var headers = answer.headers
        for name in [HTTPField.Name.contentType, .contentLength] { headers[name] = nil }
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

extension HTTPField.Name {
    fileprivate static let personalKey = named("User-Api-Key")
}
