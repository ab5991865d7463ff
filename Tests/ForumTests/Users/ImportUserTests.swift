import Forum
import Postgres
import TestSupport
import Testing

@Suite struct ImportUserTests {
    /// `TestCommunity.password` by PBKDF2 with 1000 iterations.
    private static let hash = "0db5bfc95906b58a24c3686e6905abf4c1f8f8d258adb7c8f6ca9d9b2f441347"
    private static let salt = "0123456789abcdef0123456789abcdef"
    private static let algorithm = "$pbkdf2-sha256$i=1000,l=32$"

    private static func member(_ name: String) -> ImportedUser {
        var user = ImportedUser(username: name, email: "\(name.lowercased())@old.example")
        user.passwordHash = hash
        user.passwordSalt = salt
        user.passwordAlgorithm = algorithm
        user.createdAt = Timestamp(iso8601: "2014-03-01T12:00:00Z")
        user.trustLevel = 3
        return user
    }

    private func storedHash(_ site: TestCommunity, _ name: String) async throws -> String? {
        try await site.database.pool.value(
            "SELECT password_hash FROM users WHERE username_lower = \(name)",
            as: String?.self
        ) ?? nil
    }

    @Test func `the password of before lets in, once by its old hash`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let outcome = try await community.importUser(Self.member("Oldie"), by: .system)
            #expect(outcome == .made)
            #expect(try await storedHash(site, "oldie")?.hasPrefix("$pbkdf2-sha256$i=1000") == true)
            let user = try #require(try await community.user(named: "oldie"))
            #expect(user.createdAt.iso8601.hasPrefix("2014-03-01") && user.trustLevel == 3)
            let wrong = try await community.logIn(login: "oldie", password: "wrong")
            #expect(wrong == .invalidCredentials)
            for _ in 0..<2 {
                guard
                    case .loggedIn = try await community.logIn(
                        login: "oldie@old.example",
                        password: TestCommunity.password
                    )
                else {
                    Issue.record("the password of before did not let in")
                    return
                }
                #expect(try await storedHash(site, "oldie")?.hasPrefix("$scrypt$") == true)
            }
        }
    }

    @Test func `an import again changes nothing, and a taken name is told`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            _ = try await community.importUser(Self.member("oldie"), by: .system)
            var again = Self.member("other")
            again.email = "OLDIE@old.example"
            #expect(try await community.importUser(again, by: .system) == .known)
            var rival = Self.member("OLDIE")
            rival.email = "rival@old.example"
            let error = try await #require(throws: ForumError.self) {
                try await community.importUser(rival, by: .system)
            }
            #expect(error.reason == .usernameTaken)
            let member = try await site.member("anna")
            await #expect(throws: ForumError.self) {
                try await community.importUser(Self.member("nobody"), by: member)
            }
        }
    }

    @Test func `somebody known by mail takes over what they wrote`() async throws {
        try await TestCommunity.with { site in
            let staged = try await site.staged("oldie@old.example")
            #expect(
                try await site.community.importUser(Self.member("oldie"), by: .system) == .claimed
            )
            #expect(try await site.community.user(named: "oldie")?.id == staged.id)
        }
    }

    @Test func `JSON lines and CSV say the same`() throws {
        let json = """
            {"username":"ana","email":"ana@old.example","name":"Ana \\"A\\" Old, jr.","hash":"h",\
            "salt":"s","created_at":"2019-01-31T12:00:00Z","trust_level":2,"admin":true}

            {"username":"ben","email":"ben@old.example","name":null,"moderator":"t"}
            """
        let csv = """
            username,email,name,password_hash,password_salt,created_at,trust_level,admin,moderator\r
            ana,ana@old.example,"Ana ""A"" Old, jr.",h,s,2019-01-31 12:00:00,2,t,f\r
            ben,ben@old.example,,,,,,f,true
            """
        var ana = ImportedUser(username: "ana", email: "ana@old.example")
        ana.name = "Ana \"A\" Old, jr."
        ana.passwordHash = "h"
        ana.passwordSalt = "s"
        ana.createdAt = Timestamp(iso8601: "2019-01-31T12:00:00Z")
        ana.trustLevel = 2
        ana.isAdmin = true
        var ben = ImportedUser(username: "ben", email: "ben@old.example")
        ben.isModerator = true
        for (text, lines) in [(json, [1, 3]), (csv, [2, 3])] {
            let list = try UserList(text)
            #expect(try list.entries.map { try $0.user.get() } == [ana, ben])
            #expect(list.entries.map(\.line) == lines)
        }
    }

    @Test func `what is wrong is told with its line, and the rest is read`() throws {
        let json = """
            {"username":"ana","email":"ana@old.example"}
            {"username":"ben"}
            [1]
            {"username":"cleo","email":"c@old.example","trust_level":"high"}
            {"username":"dora","email":"d@old.example","admin":"maybe"}
            {"username":"emil","email":"e@old.example","created_at":"yesterday"}
            {"username":
            """
        let list = try UserList(json)
        let wrong = list.entries.filter { if case .failure = $0.user { true } else { false } }
        #expect(wrong.map(\.line) == [2, 3, 4, 5, 6, 7])
        let csv = try UserList("username,email\nana\n\"b\nen\",ben@old.example\n\"cleo")
        #expect(csv.entries.map(\.line) == [2, 3, 5])
        #expect(throws: ForumError.self) { try UserList("name,mail\na,b") }
        #expect(try UserList("").entries.isEmpty)
    }
}
