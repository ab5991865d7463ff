import Forum
import Postgres
import TestSupport
import Testing

struct ProfileTests {
    @Test func `only the person and staff see the address`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let moderator = try await site.moderator()
            func email(_ viewer: Viewer) async throws -> String? {
                try await site.community.profile(named: "Anna", for: viewer).email
            }
            #expect(try await email(.anonymous) == nil)
            #expect(try await email(.member(bert)) == nil)
            #expect(try await email(.member(anna)) == "anna@example.com")
            #expect(try await email(.member(moderator)) == "anna@example.com")
        }
    }

    @Test func `an account not activated is nobody to others`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.community.createUser(
                NewUser(
                    username: "ghost",
                    email: "ghost@example.com",
                    password: TestCommunity.password
                ),
                by: nil
            )
            let bert = try await site.member("bert")
            for name in ["ghost", "nobody", "", "a\u{0}b", String(repeating: "x", count: 5000)] {
                await #expect(throws: ForumError.notFound) {
                    try await site.community.profile(named: name, for: .member(bert))
                }
            }
        }
    }

    @Test func `a profile is changed by its owner and not by others`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let changes = ProfileChanges(
                name: "Anna K",
                bioRaw: "I **travel**. <script>alert(1)</script>",
                website: "https://anna.example"
            )
            let user = try await site.community.changeProfile(of: anna.id, changes, by: anna)
            #expect(user.name == "Anna K")
            #expect(user.bioCooked?.contains("<strong>travel</strong>") == true)
            #expect(user.bioCooked?.contains("<script") == false)
            await #expect(throws: ForumError.forbidden) {
                try await site.community.changeProfile(of: anna.id, changes, by: bert)
            }
            await #expect(throws: ForumError.forbidden) {
                try await site.community.changeProfile(
                    of: anna.id,
                    ProfileChanges(title: "Boss"),
                    by: anna
                )
            }
            let cleared = try await site.community.changeProfile(
                of: anna.id,
                ProfileChanges(bioRaw: "", website: ""),
                by: anna
            )
            #expect(cleared.website == nil)
            #expect(cleared.bioRaw == nil)
            #expect(cleared.name == "Anna K")
        }
    }

    private static let badChanges = [
        ProfileChanges(website: "javascript:alert(1)"),
        ProfileChanges(bioRaw: String(repeating: "x", count: 3001)),
        ProfileChanges(location: "a\u{0}b"),
        ProfileChanges(emailLevel: 3),
    ]

    @Test func `a bad field is refused`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            for changes in Self.badChanges {
                let error = try await #require(throws: ForumError.self) {
                    try await site.community.changeProfile(of: anna.id, changes, by: anna)
                }
                #expect(error.code == .invalid)
            }
        }
    }

    @Test func `staff moderates members, administrators moderate moderators`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let moderator = try await site.moderator()
            let admin = try await site.admin()
            let later = site.clock.now + 3600
            for (target, actor) in [(moderator, anna), (admin, moderator), (moderator, moderator)] {
                await #expect(throws: ForumError.forbidden) {
                    try await site.community.suspendUser(target.id, until: later, by: actor)
                }
            }
            try await site.community.silenceUser(anna.id, until: later, by: moderator)
            #expect(try await site.refreshed(anna).isSilenced)
            site.clock.advance(seconds: 3601)
            #expect(try await !site.refreshed(anna).isSilenced)
            try await site.community.setTrustLevel(3, of: anna.id, by: moderator)
            #expect(try await site.refreshed(anna).groupIDs == [0, 10, 11, 12, 13])
            await #expect(throws: ForumError.forbidden) {
                try await site.community.grantAdmin(anna.id, by: moderator)
            }
            try await site.community.grantAdmin(anna.id, by: admin)
            let promoted = try await site.refreshed(anna)
            #expect(promoted.isAdmin)
            #expect(promoted.groupIDs.contains(3))
            try await site.community.grantAdmin(anna.id, false, by: admin)
            #expect(try await !site.refreshed(anna).groupIDs.contains(1))
        }
    }
}
