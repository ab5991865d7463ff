import Forum
import Foundation
import HTTPTypes
import Hummingbird

extension HTTPField.Name {
    static let requestID = named("X-Request-Id")
    static let rateLimitCode = named("Discourse-Rate-Limit-Error-Code")
    static let forwardedFor = named("X-Forwarded-For")
    static let openerPolicy = named("Cross-Origin-Opener-Policy")
    static let resourcePolicy = named("Cross-Origin-Resource-Policy")
    static let permissionsPolicy = named("Permissions-Policy")
    static let frameOptions = named("X-Frame-Options")
    static let readOnly = named("Discourse-Readonly")
    static let requestedWith = named("X-Requested-With")
}

/// The headers that every answer has, whatever answered.
struct ResponseHeaders: Sendable {
    /// Answers that come over TLS say so for a year.
    let isSecure: Bool

    func add(to response: inout Response, _ request: Request, isPersonal: Bool) {
        addSafety(to: &response)
        let isRead = request.method == .get || request.method == .head
        // Bodies are tagged as they are made, whatever they answer. Where there is none, a tag is the
        // handler's own word, such as that of a part of a file that was put here.
        if !isRead, response.body.contentLength != 0 { response.headers[.eTag] = nil }
        let hasTag = response.headers[.eTag] != nil
        if response.headers[.cacheControl] == nil {
            // What has an ETag may be kept, but is asked for again each time; what was made for one
            // person is not kept at all.
            response.headers[.cacheControl] =
                hasTag && !isPersonal ? "no-cache" : "no-cache, no-store"
        }
        if isRead, response.headers[.vary] == nil {
            response.headers[.vary] = "Cookie, Api-Key, User-Api-Key, Accept"
        }
    }

    private func addSafety(to response: inout Response) {
        response.headers[.contentTypeOptions] = "nosniff"
        if response.headers[.referrerPolicy] == nil {
            response.headers[.referrerPolicy] = "same-origin"
        }
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.policy
        }
        response.headers[.frameOptions] = "DENY"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = Self.permissions
        let type = response.headers[.contentType] ?? ""
        let isData = type.hasPrefix("application/json") || type.hasPrefix("text/")
        if isData, response.headers[.resourcePolicy] == nil {
            response.headers[.resourcePolicy] = "same-origin"
        }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    /// Of answers that are no pages: nothing in them is to be run or loaded.
    private static let policy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    private static let permissions = "camera=(), geolocation=(), microphone=(), payment=()"

    /// The id of a request: that of the proxy, when it is a plain one, or a new one.
    static func requestID(_ request: Request) -> String {
        if let id = request.headers[.requestID], (1...255).contains(id.utf8.count),
            id.utf8.allSatisfy(isPlain)
        {
            return id
        }
        return UUID().uuidString.lowercased()
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}

extension Request {
    /// Whether the client has what bears this ETag already.
    func has(_ etag: String) -> Bool {
        guard let asked = headers[.ifNoneMatch] else { return false }
        if asked == etag || asked == "*" { return true }
        return asked.split(separator: ",").contains { part in
            let tag = part.drop { $0.isWhitespace }
            return (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag) == etag
        }
    }

    /// Whether a person in a browser asks, who is better told in a page than in JSON.
    var isForPage: Bool {
        if uri.path.hasPrefix(RouteTable.formRoot) { return headers[.apiKey] == nil }
        guard method == .get || method == .head, !uri.path.hasSuffix(".json"),
            headers[.apiKey] == nil, headers[.requestedWith] == nil, let accept = headers[.accept]
        else { return false }
        return accept.contains("text/html") && !accept.contains("application/json")
    }
}
