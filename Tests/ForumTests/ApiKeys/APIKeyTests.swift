import Forum
import Postgres
import TestSupport
import Testing

struct APIKeyTests {
    @Test func `a key of nobody acts as whoever is named`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let admin = try await site.admin()
            let (id, key) = try await site.community.createAPIKey(
                description: "all users",
                for: nil,
                by: admin
            )
            #expect(key.count == 64)
            #expect(try await site.community.authenticate(apiKey: key, username: "Anna") == anna)
            #expect(try await site.community.authenticate(apiKey: key, userID: admin.id) == admin)
            let listed = try #require(try await site.community.apiKeys(by: admin).first)
            #expect(listed.id == id)
            #expect(key.hasPrefix(listed.truncatedKey))
            #expect(listed.truncatedKey.count == 4)
            #expect(listed.lastUsedAt != nil)
        }
    }

    @Test func `a key of one user acts as that user alone`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let key = try await site.community.createAPIKey(
                description: "anna's",
                for: anna,
                by: .system
            ).key
            let community = site.community
            #expect(try await community.authenticate(apiKey: key) == anna)
            #expect(try await community.authenticate(apiKey: key, username: "ANNA") == anna)
            await #expect(throws: ForumError.invalidAPICredentials) {
                try await community.authenticate(apiKey: key, username: "bert")
            }
            await #expect(throws: ForumError.invalidAPICredentials) {
                try await community.authenticate(apiKey: key, userID: bert.id)
            }
            await #expect(throws: ForumError.invalidAPICredentials) {
                try await community.authenticate(apiKey: key, username: "anna", userID: bert.id)
            }
        }
    }

    @Test func `every refusal reads the same`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let staged = try await site.staged("stranger@example.com")
            let (id, key) = try await site.community.createAPIKey(
                description: "all users",
                for: nil,
                by: .system
            )
            let cases: [(String, String?)] = [
                (key, nil), (key, "nobody"), (key, ""), (key, "a\u{0}b"), (key, staged.username),
                ("", "anna"), ("wrong", "anna"), (key.uppercased() + "x", "anna"),
                (String(repeating: "x", count: 10_000), "anna"), ("a\u{0}b", "anna"),
            ]
            for (key, username) in cases {
                await #expect(throws: ForumError.invalidAPICredentials) {
                    try await site.community.authenticate(apiKey: key, username: username)
                }
            }
            try await site.community.suspendUser(
                anna.id,
                until: site.clock.now + 3600,
                by: .system
            )
            await #expect(throws: ForumError.invalidAPICredentials) {
                try await site.community.authenticate(apiKey: key, username: "anna")
            }
            try await site.community.suspendUser(anna.id, until: nil, by: .system)
            _ = try await site.community.authenticate(apiKey: key, username: "anna")
            _ = try await site.community.setAPIKey(id, revoked: true, by: .system)
            await #expect(throws: ForumError.invalidAPICredentials) {
                try await site.community.authenticate(apiKey: key, username: "anna")
            }
            _ = try await site.community.setAPIKey(id, revoked: false, by: .system)
            _ = try await site.community.authenticate(apiKey: key, username: "anna")
        }
    }

    @Test func `only administrators deal with keys`() async throws {
        try await TestCommunity.with { site in
            let moderator = try await site.moderator()
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.createAPIKey(
                    description: "mine",
                    for: moderator,
                    by: moderator
                )
            }
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.apiKeys(by: moderator)
            }
            await #expect(throws: ForumError.notFound) {
                try await site.community.deleteAPIKey(99, by: .system)
            }
            let error = try await #require(throws: ForumError.self) {
                _ = try await site.community.createAPIKey(
                    description: "  ",
                    for: nil,
                    by: .system
                )
            }
            #expect(error.field == "description")
        }
    }
}
