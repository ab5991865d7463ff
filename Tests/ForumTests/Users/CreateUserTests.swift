import Forum
import Foundation
import Postgres
import TestSupport
import Testing

struct CreateUserTests {
    private func newUser(
        _ username: String = "anna",
        email: String = "anna@example.com",
        password: String? = TestCommunity.password,
        active: Bool = false,
        admin: Bool = false
    ) -> NewUser {
        NewUser(
            username: username,
            email: email,
            password: password,
            active: active,
            admin: admin
        )
    }

    @Test func `who signs up is a member that is not active yet`() async throws {
        try await TestCommunity.with { site in
            let user = try await site.community.createUser(
                newUser(active: true, admin: true),
                by: nil
            )
            #expect(user.username == "anna")
            #expect(!user.isActive)
            #expect(!user.isAdmin)
            #expect(user.trustLevel == 0)
            #expect(try await site.community.principal(for: user.id) == nil)
            #expect(try await site.community.principal(email: "anna@example.com") == nil)
            let events: [String] = try await site.database.pool.values(
                "SELECT event FROM outbox WHERE user_id = \(user.id)"
            )
            #expect(events == ["user_created"])
        }
    }

    @Test func `an administrator makes an active member`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let user = try await site.community.createUser(newUser(active: true), by: admin)
            let principal = try #require(try await site.community.principal(named: "ANNA"))
            #expect(principal.id == user.id)
            #expect(principal.groupIDs == [0, 10, 11])
            #expect(try await site.community.principal(email: "Anna@Example.com") == principal)
        }
    }

    private static let badFields = [
        ("ab", "new@example.com", "a good password", "username"),
        ("admin", "new@example.com", "a good password", "username"),
        ("staff", "new@example.com", "a good password", "username"),
        ("trust_level_0", "new@example.com", "a good password", "username"),
        ("TAKEN", "new@example.com", "a good password", "username"),
        ("fresh", "no address", "a good password", "email"),
        ("fresh", "TAKEN@example.com", "a good password", "email"),
        ("fresh", "new@example.com", "short", "password"),
        ("fresh", "new@example.com", "password123", "password"),
    ]

    @Test func `a bad field is named`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("taken")
            for (username, email, password, field) in Self.badFields {
                let error = try await #require(throws: ForumError.self) {
                    try await site.community.createUser(
                        newUser(username, email: email, password: password),
                        by: nil
                    )
                }
                #expect(error.code == .invalid)
                #expect(error.field == field)
                let users: Int? = try await site.database.pool.value(
                    "SELECT count(*) FROM users WHERE id > 0"
                )
                #expect(users == 1)
            }
        }
    }

    @Test(arguments: [
        ("0liver-moe", false), ("oIiver.moe", false), ("OLIVER_MOE", false), ("o1iver_rnoe", false),
        ("oliver_moes", true), ("olivermoe", true),
    ])
    func `a visitor gets no name that could be taken for another`(
        name: String,
        isFree: Bool
    ) async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("oliver_moe")
            let user = newUser(name, email: "other@example.com")
            let verdict = try await site.community.verdict(onName: name)
            #expect((verdict == .free) == isFree)
            guard !isFree else {
                _ = try await site.community.createUser(user, by: nil)
                return
            }
            let error = try await #require(throws: ForumError.self) {
                try await site.community.createUser(user, by: nil)
            }
            #expect(error.reason == .usernameTaken)
            guard name.lowercased() != "oliver_moe" else { return }
            _ = try await site.community.createUser(user, by: .system)
        }
    }

    @Test func `a name that hides or turns text is refused`() async throws {
        try await TestCommunity.with { site in
            let user = NewUser(
                username: "anna",
                email: "anna@example.com",
                password: TestCommunity.password,
                name: "anna\u{202E}nimda"
            )
            let error = try await #require(throws: ForumError.self) {
                try await site.community.createUser(user, by: nil)
            }
            #expect(error.field == "name")
        }
    }

    @Test(arguments: ["allow_new_registrations=false", "invite_only=true"])
    func `a closed site takes nobody but from an administrator`(setting: String) async throws {
        let parts = setting.split(separator: "=").map { String($0) }
        try await TestCommunity.with(settings: [parts[0]: parts[1]]) { site in
            let error = try await #require(throws: ForumError.self) {
                try await site.community.createUser(newUser(), by: nil)
            }
            #expect(error.code == .forbidden)
            _ = try await site.community.createUser(newUser(), by: .system)
        }
    }

    @Test func `twenty at once for one name leave one`() async throws {
        try await TestCommunity.with { site in
            let outcomes = await withTaskGroup(of: Result<User, any Error>.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        await Result {
                            try await site.community.createUser(
                                newUser(
                                    number.isMultiple(of: 2) ? "anna" : "ANNA",
                                    email: "a\(number)@example.com"
                                ),
                                by: nil
                            )
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            try expectOneWinner(outcomes, loser: .usernameTaken)
        }
    }

    @Test func `twenty at once for one address leave one`() async throws {
        try await TestCommunity.with { site in
            let outcomes = await withTaskGroup(of: Result<User, any Error>.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        await Result {
                            try await site.community.createUser(newUser("anna\(number)"), by: nil)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            try expectOneWinner(outcomes, loser: .emailTaken)
        }
    }

    private func expectOneWinner(
        _ outcomes: [Result<User, any Error>],
        loser: ForumError.Reason
    ) throws {
        var winners = 0
        for outcome in outcomes {
            switch outcome {
            case .success: winners += 1
            case .failure(let error):
                let error = try #require(error as? ForumError)
                #expect(error.reason == loser)
            }
        }
        #expect(winners == 1)
        #expect(outcomes.count == 20)
    }

    @Test func `the owner of a staged address becomes that user`() async throws {
        try await TestCommunity.with { site in
            let staged = try await site.staged("anna@example.com")
            #expect(staged.isStaged)
            let user = try await site.community.createUser(newUser("karenina"), by: nil)
            #expect(user.id == staged.id)
            #expect(user.username == "karenina")
            #expect(!user.isStaged)
            #expect(!user.isActive)
            // Not before the address is confirmed does anything come under the new name.
            #expect(try await site.community.principal(email: "anna@example.com") == nil)
            let token = try await site.community.activationToken(for: user.id)
            let active = try await site.community.activateUser(token: token)
            #expect(active.isActive)
            let principal = try #require(
                try await site.community.principal(email: "anna@example.com")
            )
            #expect(principal.id == staged.id)
            #expect(principal.groupIDs.contains(10))
        }
    }

    @Test func `a changed or expired activation token activates nobody`() async throws {
        try await TestCommunity.with { site in
            let user = try await site.community.createUser(newUser(), by: nil)
            let other = try await site.community.createUser(
                newUser("bert", email: "bert@example.com"),
                by: nil
            )
            let token = try await site.community.activationToken(for: user.id)
            let tail = token.drop { $0 != "-" }
            for forged in ["", "x", "1-2-3", token + "0", "\(other.id)\(tail)"] {
                await #expect(throws: ForumError.self) {
                    try await site.community.activateUser(token: forged)
                }
            }
            site.clock.advance(seconds: 49 * 3600)
            await #expect(throws: ForumError.self) {
                try await site.community.activateUser(token: token)
            }
            #expect(try await site.community.user(user.id)?.isActive == false)
        }
    }

    @Test func `nothing a person knows stands in the database as it is`() async throws {
        try await TestCommunity.with { site in
            let user = try await site.community.createUser(newUser(active: true), by: .system)
            guard
                case .loggedIn(let token, _) = try await site.community.logIn(
                    login: "anna",
                    password: TestCommunity.password
                )
            else {
                Issue.record("the login failed")
                return
            }
            let key = try await site.community.createAPIKey(
                description: "test",
                for: nil,
                by: .system
            ).key
            let dump: [String] = try await site.database.pool.values(
                """
                SELECT u::text FROM users u UNION ALL SELECT s::text FROM sessions s
                UNION ALL SELECT k::text FROM api_keys k
                """
            )
            #expect(dump.count >= 4)
            for secret in [TestCommunity.password, token, key] {
                #expect(!dump.contains { $0.contains(secret) })
            }
            #expect(user.id.value > 0)
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
