import AsyncHTTPClient
package import ForumAPI
import NIOCore
import NIOHTTP1
import Synchronization

/// Speaks to one site, a Parley or a Discourse of any age.
///
/// Nothing here keeps more than the credentials of one person and the token against forged
/// requests; close it with ``close()`` when it is done with.
package final class SiteClient: Sendable {
    /// How bodies are written. Forms are understood by every Discourse.
    package enum BodyFormat: Sendable {
        case form
        case json
    }

    package let site: SiteAddress
    private let userAgent: String
    private let bodyFormat: BodyFormat
    private let http: HTTPClient
    private let state: Mutex<State>

    private struct State {
        var credentials: Credentials
        var csrfToken: Secret?
        var era = 0
    }

    /// `version` is this program's, for the `User-Agent`.
    package init(
        site: SiteAddress,
        credentials: Credentials = .anonymous,
        version: String = "0",
        bodyFormat: BodyFormat = .form
    ) {
        self.site = site
        self.userAgent = "parley/\(version)"
        self.bodyFormat = bodyFormat
        self.state = Mutex(State(credentials: credentials))
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .seconds(Limits.connectSeconds),
                read: .seconds(Limits.idleSeconds)
            )
        )
        configuration.httpVersion = .http1Only
        // Where nobody listens, somebody at a keyboard wants to know at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        self.http = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: configuration
        )
    }

    /// Ends every connection. Calls after this one fail.
    package func close() async {
        do {
            try await http.shutdown()
        } catch {
            // Closed twice: nothing is left to do.
            return
        }
    }

    /// As whom this calls now; after a login, the session that the site gave.
    package var credentials: Credentials {
        state.withLock { $0.credentials }
    }

    /// Counts logins and logouts: an answer to what was asked before the last one is not about this session.
    package var era: Int { state.withLock { $0.era } }

    /// Calls as somebody else from now on.
    package func use(_ credentials: Credentials) {
        state.withLock { state in
            state.credentials = credentials
            state.csrfToken = nil
            state.era += 1
        }
    }

    // MARK: Calls

    /// Calls an operation. `path` fills the template in; what a GET sends goes into the query,
    /// after `query`.
    package func call<Body, Reply>(
        _ endpoint: Endpoint<Body, Reply>,
        path: [String: String] = [:],
        query: [(name: String, value: String)] = [],
        body: Body
    ) async throws(ClientError) -> Reply {
        let target = try SiteClient.target(of: endpoint, path)
        let reply = try await answer(
            endpoint.method,
            target,
            query: query,
            body: Body.self == NoBody.self ? nil : body,
            wantsText: Reply.self == TextReply.self
        )
        return try SiteClient.read(reply)
    }

    /// Calls an operation that is sent nothing.
    package func call<Reply>(
        _ endpoint: Endpoint<NoBody, Reply>,
        path: [String: String] = [:],
        query: [(name: String, value: String)] = []
    ) async throws(ClientError) -> Reply {
        try await call(endpoint, path: path, query: query, body: NoBody())
    }

    /// Gets what a link of the site leads to, such as the next page of a list: a path, with or
    /// without `.json`.
    package func get<Reply: Decodable>(
        _ type: Reply.Type = Reply.self,
        link: String
    ) async throws(ClientError) -> Reply {
        guard let path = site.path(of: link) else { throw .moved(to: link) }
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var target = String(parts[0])
        if !target.hasSuffix(".json") { target += ".json" }
        if parts.count > 1 { target += "?\(parts[1])" }
        let reply = try await answer(.get, target, query: [], body: NoBody?.none, wantsText: false)
        return try SiteClient.read(reply)
    }

    private static func target<Body, Reply>(
        of endpoint: Endpoint<Body, Reply>,
        _ path: [String: String]
    ) throws(ClientError) -> String {
        do {
            return try endpoint.path(filling: path) + (endpoint.takesSuffix ? ".json" : "")
        } catch {
            throw .invalid(messages: [error.description])
        }
    }

    /// A reply with a status of success.
    private func answer(
        _ method: EndpointMethod,
        _ target: String,
        query: [(name: String, value: String)],
        body: (some Encodable)?,
        wantsText: Bool
    ) async throws(ClientError) -> RawReply {
        var draft = try draft(method, target, query: query, body: body)
        draft.accept = wantsText ? "text/plain, application/json" : "application/json"
        var reply = try await exchange(draft)
        if reply.isForged {
            // The token was of an earlier session; a new one is worth one more try.
            state.withLock { $0.csrfToken = nil }
            reply = try await exchange(draft)
        }
        if let error = reply.error { throw error }
        return reply
    }

    private func draft(
        _ method: EndpointMethod,
        _ target: String,
        query: [(name: String, value: String)],
        body: (some Encodable)?
    ) throws(ClientError) -> RequestDraft {
        var draft = RequestDraft(method: method, target: target)
        do {
            var query = query
            if let body, method == .get {
                query += try formFields(body)
            } else if let body, bodyFormat == .json {
                draft.body = try encodeRequestJSON(body)
                draft.contentType = "application/json"
            } else if let body {
                draft.body = Array(encodeForm(try formFields(body)).utf8)
                draft.contentType = "application/x-www-form-urlencoded"
            }
            if !query.isEmpty {
                draft.target += (target.contains("?") ? "&" : "?") + encodeForm(query)
            }
        } catch {
            throw .invalid(messages: ["This cannot be sent: \(error)"])
        }
        return draft
    }

    static func read<Reply: Decodable>(
        _ reply: RawReply
    ) throws(ClientError) -> Reply {
        if let none = NoReply() as? Reply { return none }
        if let text = TextReply(String(decoding: reply.body, as: UTF8.self)) as? Reply {
            return text
        }
        do {
            return try decodeReply(Reply.self, from: reply.body)
        } catch {
            let kind = reply.contentType.map { " (\($0))" } ?? ""
            throw .protocolError(reason: "\(error.description)\(kind)")
        }
    }

    // MARK: The wire

    /// One request with its redirects, its credentials and its cookies.
    func exchange(_ draft: RequestDraft) async throws(ClientError) -> RawReply {
        var draft = draft
        for _ in 0...Limits.redirects {
            let response = try await open(draft, seconds: draft.seconds)
            guard 300..<400 ~= response.status.code, response.status != .notModified else {
                return try await collect(response)
            }
            guard let location = response.headers.first(name: "Location") else {
                throw .protocolError(reason: "a redirect to nowhere")
            }
            // Only reading is repeated elsewhere, and only on the site itself: credentials and
            // texts are not for other hosts.
            guard let path = site.path(of: location), draft.method == .get else {
                throw .moved(to: location)
            }
            draft.target = path
        }
        throw .protocolError(reason: "a redirect that does not end")
    }

    /// Sends a request; the head of the response is there, its body is not.
    func open(
        _ draft: RequestDraft,
        seconds: Int64 = Limits.callSeconds
    ) async throws(ClientError) -> HTTPClientResponse {
        var request = HTTPClientRequest(url: site.url(draft.target))
        request.method = HTTPMethod(rawValue: draft.method.rawValue)
        request.headers.add(name: "User-Agent", value: userAgent)
        request.headers.add(name: "Accept", value: draft.accept)
        request.headers.add(contentsOf: HTTPHeaders(draft.headers))
        if let contentType = draft.contentType {
            request.headers.add(name: "Content-Type", value: contentType)
            if let pieces = draft.pieces {
                request.body = .stream(pieces, length: .known(Int64(draft.body.count)))
            } else {
                request.body = .bytes(draft.body)
            }
        }
        let era = self.era
        for (name, value) in try await credentialHeaders(for: draft) {
            request.headers.add(name: name, value: value)
        }
        do {
            let response = try await http.execute(request, timeout: .seconds(seconds))
            keepCookies(of: response.headers["Set-Cookie"], askedIn: era)
            return response
        } catch {
            throw SiteClient.mapped(error)
        }
    }

    /// Gets what another host has; it is told nothing of the member.
    func openForeign(_ url: String) async throws(ClientError) -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "User-Agent", value: userAgent)
        request.headers.add(name: "Accept", value: "image/*")
        do {
            return try await http.execute(request, timeout: .seconds(Limits.callSeconds))
        } catch {
            throw SiteClient.mapped(error)
        }
    }

    private func credentialHeaders(
        for draft: RequestDraft
    ) async throws(ClientError) -> [(String, String)] {
        switch credentials {
        case .apiKey(let key, let username):
            return [("Api-Key", key.value)] + (username.map { [("Api-Username", $0)] } ?? [])
        case .userAPIKey(let key, let client):
            return [("User-Api-Key", key.value)]
                + (client.map { [("User-Api-Client-Id", $0)] } ?? [])
        case .anonymous, .session:
            var headers = [("X-Requested-With", "XMLHttpRequest")]
            if draft.method != .get, draft.needsToken {
                headers.append(("X-CSRF-Token", try await csrfToken().value))
            }
            // After the token: asking for one may have set a cookie.
            if case .session(_, let cookies) = credentials, !cookies.isEmpty {
                let pairs = cookies.sorted { $0.key < $1.key }
                    .map { "\($0.key)=\($0.value.value)" }
                headers.append(("Cookie", pairs.joined(separator: "; ")))
            }
            return headers
        }
    }

    private func csrfToken() async throws(ClientError) -> Secret {
        if let token = state.withLock({ $0.csrfToken }) { return token }
        let era = self.era
        let draft = RequestDraft(method: .get, target: "/session/csrf.json")
        let reply = try await exchange(draft)
        if let error = reply.error { throw error }
        let token: CSRFReply = try SiteClient.read(reply)
        guard !token.token.isEmpty else { throw .protocolError(reason: "no CSRF token") }
        let secret = Secret(token.token)
        state.withLock { state in
            if state.era == era {
                state.csrfToken = secret
            }
        }
        return secret
    }

    /// Cookies count for this site alone, whatever domain they name: this calls no other host.
    private func keepCookies(of lines: [String], askedIn era: Int) {
        guard !lines.isEmpty else { return }
        state.withLock { state in
            guard state.era == era else { return }
            var username = ""
            var cookies: [String: Secret] = [:]
            switch state.credentials {
            case .session(let name, let kept):
                username = name
                cookies = kept
            case .anonymous: break
            case .apiKey, .userAPIKey: return
            }
            for line in lines where line.utf8.count <= Limits.cookieBytes {
                guard let cookie = SetCookie(line) else { continue }
                if cookie.isDeletion {
                    cookies[cookie.name] = nil
                } else if cookies.count < Limits.cookies || cookies[cookie.name] != nil {
                    cookies[cookie.name] = Secret(cookie.value)
                }
            }
            state.credentials = .session(username: username, cookies: cookies)
        }
    }

    /// Names the person of the session, once the site has said who it is.
    func nameSession(_ username: String) {
        state.withLock { state in
            guard case .session(_, let cookies) = state.credentials else { return }
            state.credentials = .session(username: username, cookies: cookies)
            // A login begins a new session, which has a token of its own.
            state.csrfToken = nil
            state.era += 1
        }
    }

    func collect(_ response: HTTPClientResponse) async throws(ClientError) -> RawReply {
        var body: [UInt8] = []
        do {
            for try await chunk in response.body {
                guard body.count + chunk.readableBytes <= Limits.replyBytes else {
                    throw ClientError.tooLarge
                }
                body.append(contentsOf: chunk.readableBytesView)
            }
        } catch {
            throw SiteClient.mapped(error)
        }
        return RawReply(
            status: Int(response.status.code),
            contentType: response.headers.first(name: "Content-Type"),
            retryAfter: response.headers.first(name: "Retry-After"),
            date: response.headers.first(name: "Date"),
            authAPIVersion: response.headers.first(name: "Auth-Api-Version"),
            body: body
        )
    }

    /// Any failure of the HTTP library, in the words of this one.
    static func mapped(_ error: any Error) -> ClientError {
        switch error {
        case let error as ClientError: error
        case is CancellationError: .cancelled
        case let error as HTTPClientError where error == .cancelled: .cancelled
        case let error: .network(reason: NetworkTrouble.reason(error))
        }
    }
}

/// A request before it has its credentials.
struct RequestDraft {
    var method: EndpointMethod
    /// The path within the site and the query.
    var target: String
    var accept = "application/json"
    var contentType: String?
    var body: [UInt8] = []
    var headers: [(String, String)] = []
    /// The same body piece by piece, for who wants to know how far it is.
    var pieces: UploadPieces?
    /// Seconds for the whole call.
    var seconds = Limits.callSeconds
    /// Whether a write carries the token against forged requests.
    var needsToken = true

    init(method: EndpointMethod, target: String) {
        self.method = method
        self.target = target
    }
}

/// One `Set-Cookie` (RFC 6265 §5.2).
struct SetCookie {
    let name: String
    let value: String
    /// An empty value or an age that is over.
    let isDeletion: Bool

    init?(_ line: String) {
        var parts = line.split(separator: ";").map { part in
            String(part.drop { $0 == " " || $0 == "\t" })
        }
        guard !parts.isEmpty else { return nil }
        let pair = parts.removeFirst()
        guard let equals = pair.firstIndex(of: "="), equals > pair.startIndex else { return nil }
        let name = String(pair[..<equals])
        let value = String(pair[pair.index(after: equals)...])
        guard (name + value).utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3B }) else {
            return nil
        }
        self.name = name
        self.value = value
        let isOver = parts.contains { attribute in
            let text = attribute.lowercased()
            return text.hasPrefix("max-age=0") || text.hasPrefix("max-age=-")
                || text.hasPrefix("expires=thu, 01 jan 1970")
                || text.hasPrefix("expires=thu, 01-jan-1970")
        }
        self.isDeletion = value.isEmpty || isOver
    }
}
