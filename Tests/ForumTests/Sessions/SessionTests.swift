import Forum
import Postgres
import TestSupport
import Testing

struct SessionTests {
    @Test func `a session ends by logging out, by age and by not being used`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let token = try await site.community.openSession(for: anna)
            #expect(try await site.community.authenticate(sessionToken: token) == anna)
            try await site.community.logOut(sessionToken: token)
            #expect(try await site.community.authenticate(sessionToken: token) == nil)

            let idle = try await site.community.openSession(for: anna)
            site.clock.advance(seconds: 59 * 86_400)
            #expect(try await site.community.authenticate(sessionToken: idle) == anna)
            site.clock.advance(seconds: 61 * 86_400)
            #expect(try await site.community.authenticate(sessionToken: idle) == nil)

            let used = try await site.community.openSession(for: anna)
            for _ in 0..<9 {
                site.clock.advance(seconds: 40 * 86_400)
                #expect(try await site.community.authenticate(sessionToken: used) == anna)
            }
            site.clock.advance(seconds: 10 * 86_400)
            #expect(try await site.community.authenticate(sessionToken: used) == nil)
            #expect(try await site.community.deleteExpiredSessions() == 2)
        }
    }

    private static let badTokens = [
        "", "x", String(repeating: "0", count: 64), String(repeating: "ä", count: 32),
    ]

    @Test func `a token that is none lets nobody in`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            for token in Self.badTokens {
                #expect(try await site.community.authenticate(sessionToken: token) == nil)
            }
        }
    }

    @Test func `a suspended member is out at once`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let token = try await site.community.openSession(for: anna)
            try await site.community.suspendUser(
                anna.id,
                until: site.clock.now + 3600,
                by: .system
            )
            #expect(try await site.community.authenticate(sessionToken: token) == nil)
            // The session is gone, not only asleep.
            site.clock.advance(seconds: 3601)
            #expect(try await site.community.authenticate(sessionToken: token) == nil)
        }
    }

    @Test func `being seen is written once a minute at most`() async throws {
        try await TestCommunity.with { site in
            let start = Timestamp(secondsSince1970: Int64(1_800_000_000))
            site.clock.set(start)
            let anna = try await site.member("anna")
            let token = try await site.community.openSession(for: anna)
            func seen() async throws -> Timestamp? {
                try await site.community.user(anna.id)?.lastSeenAt
            }
            #expect(try await seen() == start)
            site.clock.advance(seconds: 59)
            _ = try await site.community.authenticate(sessionToken: token)
            #expect(try await seen() == start)
            site.clock.advance(seconds: 2)
            _ = try await site.community.authenticate(sessionToken: token)
            #expect(try await seen() == start + 61)
        }
    }

    @Test func `a new password ends every session and link`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let session = try await site.community.openSession(for: anna)
            let reset = try #require(try await site.community.passwordResetToken(login: "anna"))
            #expect(reset.email == "anna@example.com")
            let owner = try await site.community.resetPassword(
                token: reset.token,
                to: "a quite different one"
            )
            #expect(owner == anna.id)
            #expect(try await site.community.authenticate(sessionToken: session) == nil)
            await #expect(throws: ForumError.self) {
                try await site.community.resetPassword(token: reset.token, to: "once more again")
            }
            let outcome = try await site.community.logIn(
                login: "anna",
                password: TestCommunity.password
            )
            #expect(outcome == .invalidCredentials)
            #expect(try await site.community.passwordResetToken(login: "nobody") == nil)
        }
    }

    @Test func `what a program calls itself is cut and cleaned`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            _ = try await site.community.openSession(
                for: anna,
                clientIP: "not an address",
                userAgent: "a\u{0}b\n" + String(repeating: "x", count: 1000)
            )
            let agent: String? = try await site.database.pool.value(
                "SELECT user_agent FROM sessions"
            )
            #expect(agent?.hasPrefix("abxxx") == true)
            #expect(agent?.count == 252 + 1)
        }
    }
}
