import Forum
import Postgres
import TestSupport
import Testing

struct LogInTests {
    private func logIn(
        _ site: TestCommunity,
        _ login: String,
        _ password: String = TestCommunity.password,
        clientIP: String? = nil
    ) async throws -> LogInOutcome {
        try await site.community.logIn(login: login, password: password, clientIP: clientIP)
    }

    private static let logins = ["anna", "ANNA", " anna ", "anna@example.com", "Anna@Example.COM"]

    @Test func `a member logs in by name or address`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            for login in Self.logins {
                guard case .loggedIn(let token, let principal) = try await logIn(site, login) else {
                    Issue.record("\(login) did not log in")
                    return
                }
                #expect(principal == anna)
                #expect(token.count == 64)
                #expect(try await site.community.authenticate(sessionToken: token) == anna)
            }
        }
    }

    @Test func `a wrong password and a name that does not exist get one answer`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            let staged = try await site.staged("stranger@example.com")
            for (login, password) in [
                ("anna", "wrong"), ("anna", ""), ("nobody", TestCommunity.password),
                ("nobody@example.com", "x"), (staged.username, ""), ("system", ""), ("", ""),
                ("a\u{0}b", "x"), ("stranger@example.com", "x"), ("@", "x"),
                ("anna", String(repeating: "x", count: 100_000)),
                (String(repeating: "x", count: 100_000), "x"),
            ] {
                #expect(try await logIn(site, login, password) == .invalidCredentials)
            }
        }
    }

    @Test func `what keeps an account out shows after the right password only`() async throws {
        try await TestCommunity.with(settings: ["must_approve_users": "true"]) { site in
            let anna = try await site.member("anna")
            let till = Timestamp(secondsSince1970: site.clock.now.secondsSince1970.rounded() + 3600)
            try await site.community.suspendUser(anna.id, until: till, by: .system)
            #expect(try await logIn(site, "anna") == .suspended(till: till, reason: nil))
            #expect(try await logIn(site, "anna", "wrong") == .invalidCredentials)

            let bert = try await site.community.createUser(
                NewUser(
                    username: "bert",
                    email: "bert@example.com",
                    password: TestCommunity.password
                ),
                by: nil
            )
            #expect(try await logIn(site, "bert") == .notApproved)
            try await site.community.approveUser(bert.id, by: .system)
            #expect(try await logIn(site, "bert") == .notActivated(sentTo: "bert@example.com"))
            try await site.community.activateUser(bert.id, by: .system)
            guard case .loggedIn = try await logIn(site, "bert") else {
                Issue.record("an approved and active member did not log in")
                return
            }
        }
    }

    @Test func `five wrong passwords from one network close the door for a while`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            for login in ["anna", "nobody"] {
                for _ in 0..<5 {
                    #expect(
                        try await logIn(site, login, "wrong", clientIP: "192.0.2.1")
                            == .invalidCredentials
                    )
                }
                let error = try await #require(throws: ForumError.self) {
                    try await logIn(site, login, clientIP: "192.0.2.1")
                }
                #expect(error.code == .rateLimited)
                #expect((1...900).contains(error.retryAfterSeconds ?? 0))
            }
            // The owner, elsewhere, is not locked out.
            guard case .loggedIn = try await logIn(site, "anna", clientIP: "2001:db8::1") else {
                Issue.record("another network was shut out")
                return
            }
            site.clock.advance(seconds: 901)
            guard case .loggedIn = try await logIn(site, "anna", clientIP: "192.0.2.1") else {
                Issue.record("the door stayed closed")
                return
            }
        }
    }

    @Test func `sixty-four bits of an IPv6 address are one network`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            for number in 1...5 {
                _ = try await logIn(site, "anna", "wrong", clientIP: "2001:db8::\(number)")
            }
            await #expect(throws: ForumError.self) {
                try await logIn(site, "anna", clientIP: "2001:db8::ffff")
            }
            guard case .loggedIn = try await logIn(site, "anna", clientIP: "2001:db8:0:1::1")
            else {
                Issue.record("another network was shut out")
                return
            }
        }
    }

    @Test func `a weak hash is replaced at the login`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let strict = try await Community.open(
                database: site.database.pool,
                baseURL: "http://forum.example",
                logger: TestDatabase.logger
            )
            func hash() async throws -> String {
                try #require(
                    try await site.database.pool.value(
                        "SELECT password_hash FROM users WHERE id = \(anna.id)"
                    )
                )
            }
            let before = try await hash()
            _ = try await strict.logIn(login: "anna", password: TestCommunity.password)
            let after = try await hash()
            #expect(before != after)
            #expect(after.hasPrefix("$scrypt$ln=16,r=8,p=2$"))
            guard case .loggedIn = try await logIn(site, "anna") else {
                Issue.record("the new hash does not fit")
                return
            }
        }
    }
}
