import Forum
import ForumAPI
import HTTPTypes
import HummingbirdTesting
import Postgres
import TestSupport

@testable import ForumWeb

/// One of several communities that were the same once, with its web server in front.
struct World: Sendable {
    let web: WebSite

    /// Runs `body` with copies of one community that `seed` filled: the numbers and times of all that
    /// is in them are the same, and so are their keys and their clocks.
    ///
    /// - Parameter seed: Gives the names that addresses are filled in with.
    static func with(
        _ count: Int,
        seed: @escaping @Sendable (WebSite) async throws -> [String: String],
        _ body: @escaping @Sendable ([World], [String: String]) async throws -> Void
    ) async throws {
        let first = try await TestCommunity.make(
            settings: [
                "rate_limit_create_topic": "0", "rate_limit_create_post": "0",
                "rate_limit_new_user_create_topic": "0", "rate_limit_new_user_create_post": "0",
                "unique_posts_mins": "0",
            ]
        )
        let boss = try await first.admin()
        let key = try await first.community.createAPIKey(description: "t", for: nil, by: boss).key
        let names = try await serve(first, boss, key) { web in try await seed(web) }
        let clock = TestClock()
        clock.set(first.clock.now)
        let databases = try await first.database.copied(count)
        try await open(databases, boss, key, clock, []) { worlds in
            try await body(worlds, names)
        }
        for database in databases { try await database.drop() }
    }

    private static func open(
        _ databases: [TestDatabase],
        _ boss: Principal,
        _ key: String,
        _ clock: TestClock,
        _ opened: [World],
        _ body: @escaping @Sendable ([World]) async throws -> Void
    ) async throws {
        guard let next = databases.first else { return try await body(opened) }
        let site = try await TestCommunity.open(next, clock: clock)
        try await serve(site, boss, key) { web in
            try await open(
                Array(databases.dropFirst()),
                boss,
                key,
                clock,
                opened + [World(web: web)],
                body
            )
        }
    }

    /// Without a listener, so that nothing is answered from memory: each answer is made anew.
    private static func serve<Value: Sendable>(
        _ site: TestCommunity,
        _ boss: Principal,
        _ key: String,
        _ body: @escaping @Sendable (WebSite) async throws -> Value
    ) async throws -> Value {
        let bus = LiveBus(community: site.community)
        let services = WebServices.under(test: site.community, bus)
        let application = WebServer.application(
            services,
            host: "127.0.0.1",
            port: 0,
            logger: TestDatabase.logger
        )
        let declarations = WebServer.declarations(services)
        return try await application.test(.router) { client in
            try await body(
                WebSite(
                    site: site,
                    bus: bus,
                    client: client,
                    boss: boss,
                    key: key,
                    declarations: Dictionary(
                        declarations.map { ($0.signature, $0.policy) },
                        uniquingKeysWith: { first, _ in first }
                    ),
                    routes: WebServer.routes(services)
                )
            )
        }
    }
}
