package import Forum
import Foundation
package import Postgres
import Synchronization

/// A community on a database of its own, with people to act in it.
///
///     @Test func `a closed topic refuses a reply`() async throws {
///         try await TestCommunity.with { site in
///             let author = try await site.member("anna")
///             let topic = try await site.community.createTopic(…, by: author)
///             …
///         }
///     }
///
/// Each call clones the migrated template (about 0.1 s) and hashes passwords at test strength; the
/// database is removed at the end. Members are active, approved, of trust level 1 unless told
/// otherwise, and have the address `<name>@example.com` and the password `TestCommunity.password`.
/// The clock is the machine's until `site.clock.set(…)` or `site.clock.advance(seconds:)` is
/// called.
package struct TestCommunity: Sendable {
    package let community: Community
    package let database: TestDatabase
    package let clock: TestClock

    /// The password of everybody made here; good enough for an administrator.
    package static let password = "correct horse battery staple 7"

    /// A community that the caller drops; prefer `with`.
    ///
    /// - Parameters:
    ///   - settings: Settings to change, by name.
    ///   - hasDailyLimits: Whether people may do only so much in a day, as outside of tests.
    package static func make(
        settings: [String: String] = [:],
        baseURL: String = "http://forum.example",
        hasDailyLimits: Bool = false
    ) async throws -> TestCommunity {
        let database = try await TestDatabase.make()
        let clock = TestClock()
        let community = try await Community.open(
            database: database.pool,
            baseURL: baseURL,
            logger: TestDatabase.logger,
            scrypt: .fastForTests,
            clock: { clock.now }
        )
        for (name, value) in (hasDailyLimits ? [:] : unhurried).merging(
            settings,
            uniquingKeysWith: { $1 }
        ) {
            try await community.settings.set(name, to: value)
        }
        return TestCommunity(community: community, database: database, clock: clock)
    }

    /// How much people may do in a day is not what most tests are about.
    private static let unhurried = [
        "max_topics_in_first_day": "0", "max_replies_in_first_day": "0",
        "max_topics_per_day": "0", "max_personal_messages_per_day": "0",
        "max_edits_per_day": "0", "max_post_deletions_per_minute": "0",
        "max_post_deletions_per_day": "0", "max_bookmarks_per_day": "0", "max_flags_per_day": "0",
    ]

    /// The community of a database that is there already.
    package static func open(
        _ database: TestDatabase,
        clock: TestClock,
        baseURL: String = "http://forum.example"
    ) async throws -> TestCommunity {
        let community = try await Community.open(
            database: database.pool,
            baseURL: baseURL,
            logger: TestDatabase.logger,
            scrypt: .fastForTests,
            clock: { clock.now }
        )
        return TestCommunity(community: community, database: database, clock: clock)
    }

    /// Runs `body` in a new community and removes its database afterwards.
    package static func with<Result>(
        settings: [String: String] = [:],
        baseURL: String = "http://forum.example",
        hasDailyLimits: Bool = false,
        _ body: (TestCommunity) async throws -> Result
    ) async throws -> Result {
        await slots.take()
        defer { slots.giveBack() }
        let site = try await make(
            settings: settings,
            baseURL: baseURL,
            hasDailyLimits: hasDailyLimits
        )
        do {
            let result = try await body(site)
            try await site.drop()
            return result
        } catch {
            await site.community.database.close()
            throw error
        }
    }

    package func drop() async throws {
        try await database.drop()
        let files = community.files.directory
        if FileManager.default.fileExists(atPath: files) {
            try FileManager.default.removeItem(atPath: files)
        }
    }

    /// Tests run all at once; more communities than this would only wait for each other's disk.
    private static let slots = Slots(8)

    // MARK: People

    /// An active member who can log in.
    package func member(_ username: String, trustLevel: Int = 1) async throws -> Principal {
        try await person(username, trustLevel: trustLevel)
    }

    /// The same, for those who like the label.
    package func member(named username: String, trustLevel: Int = 1) async throws -> Principal {
        try await person(username, trustLevel: trustLevel)
    }

    package func admin(_ username: String = "boss") async throws -> Principal {
        try await person(username, trustLevel: 1, admin: true)
    }

    package func moderator(_ username: String = "mod_anna") async throws -> Principal {
        try await person(username, trustLevel: 1, moderator: true)
    }

    /// Somebody known by address only.
    package func staged(_ address: String) async throws -> Principal {
        try await community.stagedUser(address: address, name: nil)
    }

    /// The principal as it is now: after joining a group, being silenced and the like.
    package func refreshed(_ principal: Principal) async throws -> Principal {
        guard let account = try await community.account(for: principal.id) else {
            throw ForumError.notFound
        }
        return account.principal
    }

    private func person(
        _ username: String,
        trustLevel: Int,
        admin: Bool = false,
        moderator: Bool = false
    ) async throws -> Principal {
        let user = try await community.createUser(
            NewUser(
                username: username,
                email: "\(username.lowercased())@example.com",
                password: Self.password,
                name: "\(username) Example",
                active: true,
                approved: true,
                admin: admin,
                moderator: moderator,
                trustLevel: trustLevel
            ),
            by: .system
        )
        guard let principal = try await community.principal(for: user.id) else {
            throw ForumError.notFound
        }
        return principal
    }

    // MARK: Places

    /// A category open to everyone, or to the named groups alone.
    package func category(
        _ name: String,
        parent: CategoryID? = nil,
        permissions: [String: Int]? = nil
    ) async throws -> Forum.Category {
        try await community.createCategory(
            NewCategory(name: name, parentID: parent, permissions: permissions),
            by: .system
        )
    }

    /// A group with these members.
    package func group(_ name: String, members: [Principal] = []) async throws -> Forum.Group {
        let group = try await community.createGroup(NewGroup(name: name), by: .system)
        try await community.addMembers(members.map(\.id), to: group.id, by: .system)
        return group
    }
}

/// A number of places that tasks wait for in their order.
private final class Slots: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(free: count)) }

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}

/// A clock that tests can move.
package final class TestClock: Sendable {
    private let fixed = Mutex<Timestamp?>(nil)
    private let offset = Mutex<Double>(0)

    package init() {}

    package var now: Timestamp {
        if let fixed = fixed.withLock({ $0 }) { return fixed }
        return .now() + offset.withLock { $0 }
    }

    /// Stands still at `time` from now on.
    package func set(_ time: Timestamp) { fixed.withLock { $0 = time } }

    package func advance(seconds: Double) {
        fixed.withLock { $0 = $0.map { $0 + seconds } }
        offset.withLock { $0 += seconds }
    }
}
