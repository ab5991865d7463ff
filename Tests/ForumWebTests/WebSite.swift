import Forum
import ForumAPI
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Postgres
import TestSupport

@testable import ForumWeb

/// A community with its web server in front: requests go through everything but the network.
struct WebSite: Sendable {
    let site: TestCommunity
    let bus: LiveBus
    let client: any TestClientProtocol
    let boss: Principal
    /// Acts as anybody.
    let key: String
    let declarations: [String: RoutePolicy]
    let routes: [RouteTable.Declaration]

    var community: Community { site.community }

    enum Caller: Sendable, Equatable {
        case guest
        /// Somebody, by an API key.
        case member(String)
        /// Somebody's browser: the value of their `_t` cookie.
        case session(String)
    }

    /// Runs `body` with a site on a database of its own, whose cache and live bus are at work.
    ///
    /// - Parameter isLive: On a port of this machine, with HTTP in between.
    static func with(
        settings: [String: String] = [:],
        isLive: Bool = false,
        _ body: @Sendable (WebSite) async throws -> Void
    ) async throws {
        var all = [
            "rate_limit_create_topic": "0", "rate_limit_create_post": "0",
            "rate_limit_new_user_create_topic": "0", "rate_limit_new_user_create_post": "0",
        ]
        all.merge(settings) { $1 }
        try await TestCommunity.with(settings: all) { site in
            let bus = LiveBus(community: site.community)
            let listener = Listener(
                connectionString: site.database.connectionString,
                logger: TestDatabase.logger
            )
            let following = Task { await bus.run(listener: listener) }
            while !site.community.signals.isFollowing {
                try await Task.sleep(for: .milliseconds(2))
            }
            let services = WebServices.under(test: site.community, bus)
            let routes = WebServer.routes(services)
            let application = WebServer.application(
                services,
                host: "127.0.0.1",
                port: 0,
                logger: TestDatabase.logger
            )
            let boss = try await site.admin()
            let key = try await site.community.createAPIKey(description: "t", for: nil, by: boss)
            let declarations = WebServer.declarations(services)
            do {
                try await application.test(isLive ? .live : .router) { client in
                    try await body(
                        WebSite(
                            site: site,
                            bus: bus,
                            client: client,
                            boss: boss,
                            key: key.key,
                            declarations: Dictionary(
                                declarations.map { ($0.signature, $0.policy) },
                                uniquingKeysWith: { first, _ in first }
                            ),
                            routes: routes
                        )
                    )
                }
            } catch {
                await Self.end(following)
                throw error
            }
            await Self.end(following)
        }
    }

    private static func end(_ task: Task<Void, Never>) async {
        task.cancel()
        await task.value
    }

    // MARK: Requests

    /// - Parameter hasToken: Whether a request without an API key carries its CSRF token.
    func send(
        _ method: HTTPRequest.Method = .get,
        _ uri: String,
        as caller: Caller = .guest,
        json: String? = nil,
        form: String? = nil,
        headers: HTTPFields = [:],
        hasToken: Bool = true
    ) async throws -> Answer {
        var headers = headers
        switch caller {
        case .member(let name):
            headers[.apiKey] = headers[.apiKey] ?? key
            headers[.apiUsername] = name
        case .guest, .session:
            var cookies: [String] = []
            if case .session(let token) = caller { cookies.append("_t=\(token)") }
            if hasToken, method != .get, method != .head {
                let token = Authentication(community: community).csrfToken(for: "here")
                headers[.csrfToken] = token
                cookies.append("_forum_session=here")
            }
            if !cookies.isEmpty { headers[.cookie] = cookies.joined(separator: "; ") }
        }
        if json != nil { headers[.contentType] = headers[.contentType] ?? "application/json" }
        if form != nil {
            headers[.contentType] = headers[.contentType] ?? "application/x-www-form-urlencoded"
        }
        let response = try await client.execute(
            uri: uri,
            method: method,
            headers: headers,
            body: (json ?? form).map { ByteBuffer(string: $0) }
        )
        return Answer(
            status: response.status.code,
            headers: response.headers,
            bytes: Array(response.body.readableBytesView)
        )
    }

    // MARK: Content

    /// A topic of two posts.
    func topic(
        by author: Principal,
        in category: CategoryID? = nil,
        title: String = "A topic with a long title",
        tags: [String] = []
    ) async throws -> (topic: TopicID, first: PostID, reply: PostID) {
        let new = NewTopic(
            title: title,
            raw: "The first post of \(title), long enough.",
            categoryID: category,
            tags: tags
        )
        let first = try await community.createTopic(new, by: author)
        let reply = try await reply(to: first.topicID, by: author, "A reply to \(title), yes.")
        return (first.topicID, first.id, reply)
    }

    @discardableResult
    func reply(to topic: TopicID, by author: Principal, _ raw: String) async throws -> PostID {
        try await community.createPost(NewPost(topicID: topic, raw: raw), by: author).id
    }

    /// Works off what the events of the writes so far cause.
    func dispatch() async throws {
        try await Dispatcher(community: community).dispatchAll()
    }
}

struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var json: WireValue {
        get throws { try WireValue.parse(json: bytes) }
    }

    var errors: [String] {
        get throws { try json["errors"]?.arrayValue?.compactMap(\.stringValue) ?? [] }
    }

    /// The value of a cookie that is set here.
    func cookie(_ name: String) -> String? {
        headers[values: .setCookie].first { $0.hasPrefix("\(name)=") }?
            .split(separator: ";").first.map { String($0.dropFirst(name.count + 1)) }
    }
}

extension WireValue {
    /// The titles of a list reply's topics.
    var listedTitles: [String] {
        self["topic_list"]?["topics"]?.arrayValue?.compactMap { $0["title"]?.stringValue } ?? []
    }
}
