import Forum
import ForumAPI
import Foundation
import HTTPTypes
import Hummingbird

/// The forms beside JSON in which some addresses can be had.
///
/// `/latest.rss` asks by its end, a browser by its Accept header, a long print of a topic by its
/// parameters. Whichever way, the request goes on to a route of its own, whose path no request from
/// outside can have: it begins with a space.
enum Representation: String, Sendable, CaseIterable {
    case rss
    case markdown = "md"
    case html
    case xml
    /// JSON that is too long to be held in memory: it is written as it is read.
    case stream
    /// An archive of mails.
    case mbox
    case mboxGzip = "mbox.gz"

    var contentType: String {
        switch self {
        case .rss: "application/rss+xml; charset=utf-8"
        case .markdown: "text/markdown; charset=utf-8"
        case .html: "text/html; charset=utf-8"
        case .xml: "application/xml; charset=utf-8"
        case .stream: Response.jsonType
        case .mbox: "application/mbox"
        case .mboxGzip: "application/gzip"
        }
    }

    /// How the catalogue of routes writes it.
    func signed(_ path: String) -> String {
        switch self {
        case .rss, .markdown, .xml, .mbox, .mboxGzip: "\(path).\(rawValue)"
        case .html: "\(path) (HTML)"
        case .stream: "\(path) (stream)"
        }
    }

    /// The path that the router knows it by.
    func routed(_ path: String) -> String { path == "/" ? "/ \(rawValue)" : "/ \(rawValue)\(path)" }
}

/// Which addresses there are in which form.
struct RepresentationTable: Sendable {
    private var segments: [Representation: [[String]]] = [:]

    mutating func add(_ form: Representation, _ path: String) {
        segments[form, default: []].append(Self.split(path))
    }

    /// The request as the router is to see it.
    func routed(_ request: Request) -> Request {
        guard request.method == .get || request.method == .head,
            let target = request.head.path, target.utf8.count <= WebLimits.uriBytesOfLists
        else { return request }
        let end = target.firstIndex(of: "?") ?? target.endIndex
        let path = target[..<end]
        let query = target[end...]
        if let (form, base) = suffixed(path) {
            return form == .rss
                ? Self.withCredentials(request, form.routed(base), query)
                : Self.moved(request, form.routed(base) + query)
        }
        if let base = streamed(path, query) {
            return Self.moved(request, Representation.stream.routed(base) + query)
        }
        guard !path.hasSuffix(".json"), let form = accepted(request.headers[.accept]),
            has(form, path)
        else { return request }
        return Self.moved(request, form.routed(String(path)) + query)
    }

    private func suffixed(_ path: Substring) -> (Representation, String)? {
        for form in [Representation.rss, .markdown, .xml, .mbox, .mboxGzip] {
            let suffix = ".\(form.rawValue)"
            guard path.hasSuffix(suffix) else { continue }
            var base = String(path.dropLast(suffix.count))
            if form == .xml, base.hasPrefix("/sitemap_"), base != "/sitemap_recent" {
                base = "/sitemap/\(base.dropFirst("/sitemap_".count))"
            }
            if has(form, base) { return (form, base) }
        }
        return nil
    }

    /// A topic in print, or more of its posts than one answer is made of at once.
    private func streamed(_ path: Substring, _ query: Substring) -> String? {
        let base = String(path.hasSuffix(".json") ? path.dropLast(".json".count) : path)
        guard has(.stream, base) else { return nil }
        let pairs = query.dropFirst().split(separator: "&")
        if pairs.contains(where: { $0 == "print=true" || $0 == "print=1" || $0 == "print=t" }) {
            return base
        }
        let ids = pairs.count { $0.hasPrefix("post_ids") }
        return ids > WebLimits.postsAtOnce ? base : nil
    }

    private func has(_ form: Representation, _ path: some StringProtocol) -> Bool {
        guard let known = segments[form] else { return false }
        let parts = Self.split(String(path))
        return known.contains { template in
            template.count == parts.count
                && zip(template, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    private static func split(_ path: String) -> [String] {
        path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    }

    /// What a browser or a reader of Markdown names before JSON; of equal weights HTML wins over
    /// Markdown, and JSON over both.
    private func accepted(_ header: String?) -> Representation? {
        guard let header, header.utf8.count <= 1024 else { return nil }
        var weights: [String: Double] = [:]
        for range in header.split(separator: ",") {
            let parts = range.split(separator: ";").map {
                $0.filter { !$0.isWhitespace }.lowercased()
            }
            guard let type = parts.first else { continue }
            let weight =
                parts.dropFirst().first { $0.hasPrefix("q=") }
                .flatMap { Double($0.dropFirst(2)) } ?? 1
            weights[type] = max(weights[type] ?? 0, weight)
        }
        let html = max(weights["text/html"] ?? 0, weights["application/xhtml+xml"] ?? 0)
        let markdown = weights["text/markdown"] ?? 0
        let json = weights["application/json"] ?? 0
        if html > json, html >= markdown { return .html }
        return markdown > json ? .markdown : nil
    }

    private static func moved(_ request: Request, _ target: String) -> Request {
        var head = request.head
        head.path = target
        return Request(head: head, body: request.body)
    }

    /// Feed readers know no headers: for feeds alone the key may stand in the address (as in Discourse).
    /// It is taken out of it, so that it goes no further.
    private static func withCredentials(
        _ request: Request,
        _ path: String,
        _ query: Substring
    ) -> Request {
        let names: [String: HTTPField.Name] = [
            "api_key": .apiKey, "api_username": .apiUsername, "user_api_key": .userKeyOfFeed,
        ]
        var head = request.head
        var rest: [Substring] = []
        for pair in query.dropFirst().split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard let name = parts.first.flatMap({ names[String($0)] }) else {
                rest.append(pair)
                continue
            }
            let value = parts.count > 1 ? String(parts[1]).removingPercentEncoding ?? "" : ""
            let isPlain = value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
            if head.headerFields[name] == nil, isPlain, !value.isEmpty {
                head.headerFields[name] = value
            }
        }
        head.path = rest.isEmpty ? path : "\(path)?\(rest.joined(separator: "&"))"
        return Request(head: head, body: request.body)
    }
}

extension Request {
    /// Whether the router is to see it as one for a page.
    var isOfPage: Bool { uri.path.hasPrefix(Representation.html.routed("/")) }

    /// The address of the page as a browser has it, to come back to.
    var pageAddress: String? {
        guard method == .get || method == .head else { return nil }
        let path = head.path ?? "/"
        guard isOfPage else { return path }
        let rest = path.dropFirst(Representation.html.routed("/").utf8.count)
        return rest.hasPrefix("/") ? String(rest) : "/\(rest)"
    }
}

extension HTTPField.Name {
    fileprivate static var userKeyOfFeed: Self { named("User-Api-Key") }
}

/// A whole answer in a form other than JSON.
struct Document: Sendable {
    var text: String
    var contentType: String
    var headers = HTTPFields()
}

extension RouteTable {
    /// Serves an address in a form beside JSON, which has the same address or one with a suffix.
    func serve(
        _ form: Representation,
        _ path: String,
        _ policy: RoutePolicy,
        cached: CacheChoice<WireValue> = .never,
        _ handler: @escaping @Sendable (Call<WireValue>) async throws -> Document
    ) {
        representations.add(form, path)
        let operation: OperationDescription? =
            form == .html
            ? nil
            : OperationDescription(
                .get,
                form.signed(path),
                policy.audience,
                mediaType: form == .xml ? "*/*" : form.contentType
            )
        addRoute(
            .get,
            form.routed(path),
            policy,
            as: form.signed(path),
            operation: operation
        ) { [cache] call, key in
            let rule: CacheRule = key == nil ? .never : try cached.rule(call)
            let ticket = cache.ticket()
            let document = try await handler(call)
            var response = Response.document(document)
            let body = ByteBuffer(string: document.text)
            if let key {
                let entry = cache.keep(
                    body,
                    for: key,
                    rule: rule,
                    since: ticket,
                    headers: response.headers
                )
                if let entry { response.headers[.eTag] = entry.etag }
            }
            if response.headers[.eTag] == nil {
                response.headers[.eTag] = AnonymousCache.etag(of: body)
            }
            return response
        }
    }

    /// Serves an answer that is written as it is read.
    func stream(
        _ form: Representation,
        _ path: String,
        _ policy: RoutePolicy,
        _ handler: @escaping @Sendable (Call<WireValue>) async throws -> Response
    ) {
        representations.add(form, path)
        let operation: OperationDescription? =
            form == .stream
            ? nil
            : OperationDescription(
                .get,
                form.signed(path),
                policy.audience,
                mediaType: form.contentType
            )
        addRoute(.get, form.routed(path), policy, as: form.signed(path), operation: operation) {
            call,
            _ in
            try await handler(call)
        }
    }
}

extension Response {
    static func document(_ document: Document) -> Response {
        var headers = document.headers
        headers[.contentType] = document.contentType
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: document.text))
        )
    }
}
