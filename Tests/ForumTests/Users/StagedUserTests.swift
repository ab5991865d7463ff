import Forum
import Postgres
import TestSupport
import Testing

struct StagedUserTests {
    @Test func `thirty at once for one address are one user`() async throws {
        try await TestCommunity.with { site in
            let ids = try await withThrowingTaskGroup(of: UserID.self) { group in
                for number in 0..<30 {
                    group.addTask {
                        try await site.community.stagedUser(
                            address: number.isMultiple(of: 3)
                                ? "Anna@Example.com" : "anna@example.com",
                            name: "Anna Karenina"
                        ).id
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        }
    }

    @Test func `thirty people of one name at once get thirty usernames`() async throws {
        try await TestCommunity.with { site in
            let names = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<30 {
                    group.addTask {
                        try await site.community.stagedUser(
                            address: "john@host\(number).example",
                            name: "John Smith"
                        ).username
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(names.count == 30)
            #expect(names.contains("John_Smith"))
        }
    }

    @Test func `an address of a member is the member`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let found = try await site.community.stagedUser(
                address: "anna@example.com",
                name: "Somebody"
            )
            #expect(found == anna)
        }
    }

    @Test func `a suspended member does not come in by another door`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            try await site.community.suspendUser(
                anna.id,
                until: site.clock.now + 3600,
                by: .system
            )
            let error = try await #require(throws: ForumError.self) {
                try await site.community.stagedUser(address: "anna@example.com", name: nil)
            }
            #expect(error.reason == .suspended)
            let author = try await site.community.stagedUser(
                address: "anna@example.com",
                name: nil,
                evenIfBarred: true
            )
            #expect(author.id == anna.id)
        }
    }

    @Test func `an account that was never activated does not write by mail`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.community.createUser(
                NewUser(
                    username: "anna",
                    email: "anna@example.com",
                    password: TestCommunity.password
                ),
                by: nil
            )
            let error = try await #require(throws: ForumError.self) {
                try await site.community.stagedUser(address: "anna@example.com", name: nil)
            }
            #expect(error.reason == .inactive)
        }
    }

    @Test func `without staged users strangers stay out`() async throws {
        try await TestCommunity.with(settings: ["enable_staged_users": "false"]) { site in
            let error = try await #require(throws: ForumError.self) {
                try await site.staged("anna@example.com")
            }
            #expect(error.code == .forbidden)
        }
    }

    @Test func `a staged user is in no trust group and has no profile`() async throws {
        try await TestCommunity.with { site in
            let staged = try await site.staged("anna@example.com")
            #expect(staged.groupIDs == [0])
            await #expect(throws: ForumError.notFound) {
                try await site.community.profile(named: staged.username, for: .anonymous)
            }
            let profile = try await site.community.profile(
                named: staged.username,
                for: .member(.system)
            )
            #expect(profile.email == "anna@example.com")
        }
    }
}
