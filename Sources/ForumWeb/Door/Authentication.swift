import Cryptography
import Forum
import HTTPTypes
import Hummingbird

extension HTTPField.Name {
    static let apiKey = named("Api-Key")
    static let apiUsername = named("Api-Username")
    static let apiUserID = named("Api-User-Id")
    static let userAPIKey = named("User-Api-Key")
    static let userAPIClientID = named("User-Api-Client-Id")
    static let csrfToken = named("X-CSRF-Token")
    static let loggedOut = named("Discourse-Logged-Out")
    static let discourseUsername = named("X-Discourse-Username")
    static let discourseRoute = named("X-Discourse-Route")
    static let contentTypeOptions = named("X-Content-Type-Options")
    static let referrerPolicy = named("Referrer-Policy")
    static let runtime = named("X-Runtime")
    static let cached = named("X-Discourse-Cached")

    /// For names that are known to be tokens (RFC 9110 §5.6.2).
    static func named(_ name: String) -> Self {
        guard let field = Self(name) else { preconditionFailure("not a header name: \(name)") }
        return field
    }
}

/// Names of the cookies, as Discourse's clients know them.
enum SessionCookie {
    /// The session of somebody who logged in.
    static let session = "_t"
    /// What a CSRF token is bound to, logged in or not.
    static let forum = "_forum_session"
}

/// What a request says who sent it with: the first of what it has.
enum Credentials: Sendable {
    case none
    case apiKey(String, username: String?, userID: String?)
    case userAPIKey(String, clientID: String?)
    case session(token: String)

    init(_ request: Request) {
        if let key = request.headers[.apiKey] {
            self = .apiKey(
                key,
                username: request.headers[.apiUsername],
                userID: request.headers[.apiUserID]
            )
        } else if let key = request.headers[.userAPIKey] {
            self = .userAPIKey(key, clientID: request.headers[.userAPIClientID])
        } else if let token = request.cookies[SessionCookie.session]?.value, !token.isEmpty {
            self = .session(token: token)
        } else {
            self = .none
        }
    }
}

/// Proves who a request is from: an API key in the headers, or a session cookie.
struct Authentication: Sendable {
    let community: Community

    /// - Throws: `.forbidden` for a key that is none, as Discourse answers it.
    func prove(_ credentials: Credentials) async throws -> Proven {
        switch credentials {
        case .none: return Proven()
        case .apiKey(let key, let username, let number):
            let userID = try number.map { text throws(ForumError) in
                guard let id = Int64(text) else { throw .forbidden }
                return UserID(id)
            }
            let (principal, grant) = try await community.grant(
                apiKey: key,
                username: username,
                userID: userID
            )
            return Proven(viewer: .member(principal), proof: .apiKey, grant: grant)
        case .userAPIKey(let key, let clientID):
            let (principal, grant) = try await community.grant(userAPIKey: key, clientID: clientID)
            return Proven(
                viewer: .member(principal),
                proof: .apiKey,
                grant: grant,
                userKey: Hex.encode(Array(Digest.sha256(key).prefix(12)))
            )
        case .session(let token):
            guard let principal = try await community.authenticate(sessionToken: token) else {
                return Proven(hasDeadSession: true)
            }
            return Proven(viewer: .member(principal), proof: .session(token: token))
        }
    }

    /// Whether a request that may change something was made by a page or program that could read
    /// this site's answers, and not by a foreign page in the same browser.
    func isForged(_ request: Request, _ context: WebContext) -> Bool {
        guard context.proof != .apiKey, !Self.isSafe(request.method) else { return false }
        if Self.needsNoToken.contains(where: { request.uri.path.hasPrefix($0) }) { return false }
        guard let cookie = request.cookies[SessionCookie.forum]?.value,
            let token = request.headers[.csrfToken]
        else { return true }
        return !isToken(token, for: cookie)
    }

    /// Changes nothing that a browser's cookies could be abused for: the live bus only reads, the
    /// unsubscribe address (RFC 8058) and a signed one for a file are their own proof. Pages have the
    /// token in their forms, which `FormGuard` looks at.
    private static let needsNoToken =
        ["/message-bus/", "/email/unsubscribe/", "/uploads/external/"]
        + ["/user-api-key", "/session/otp/", RouteTable.formRoot] + RecoveryRoutes.provenByAddress

    static func isSafe(_ method: HTTPRequest.Method) -> Bool {
        method == .get || method == .head || method == .options
    }

    /// A token that goes with a `_forum_session` cookie, under a mask of its own: no two answers hold
    /// the same, so that the sizes of compressed ones tell nothing of it (BREACH, 2013).
    func csrfToken(for cookie: String) -> String {
        let mask = Random.bytes(Self.tokenBytes)
        return Base64.encode(mask + Self.masked(bareToken(for: cookie), mask))
    }

    /// Whether somebody was given the token for the cookie.
    func isToken(_ sent: String, for cookie: String) -> Bool {
        let length = Self.tokenBytes
        guard let bytes = Base64.decode(sent), bytes.count == 2 * length else { return false }
        let bare = Self.masked(Array(bytes[length...]), Array(bytes[..<length]))
        return constantTimeEqual(bare, bareToken(for: cookie))
    }

    private static let tokenBytes = 32

    private func bareToken(for cookie: String) -> [UInt8] {
        HMAC.sha256(key: community.secrets.csrf, message: Array("csrf:\(cookie)".utf8))
    }

    private static func masked(_ bytes: [UInt8], _ mask: [UInt8]) -> [UInt8] {
        zip(bytes, mask).map { $0 ^ $1 }
    }
}
