import Postgres
import TestSupport
import Testing

@testable import Forum

@Suite struct ChangeUsernameTests {
    @Test(arguments: [
        ("Hello @old, you.", "Hello @new, you."), ("@OLD.", "@new."), ("(@old)", "(@new)"),
        ("@older @old2 @old_x x@old.org", "@older @old2 @old_x x@old.org"),
        ("@old.x @old-x", "@old.x @old-x"),
        ("[quote=\"old, post:1, topic:2\"]", "[quote=\"new, post:1, topic:2\"]"),
        ("[quote=\"old\"] say \"old\"", "[quote=\"new\"] say \"old\""),
        ("@old", "@new"), ("", ""),
    ])
    func `a text names somebody anew where it names them`(raw: String, expected: String) {
        #expect(FormerName.replace("old", by: "new", in: raw) == expected)
    }

    @Test func `posts and references follow, and the old name stays taken`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let category = try await site.category("Open")
            let made = try await site.community.createTopic(
                NewTopic(
                    title: "A topic about somebody",
                    raw: "I speak of @anna here, long enough.",
                    categoryID: category.id
                ),
                by: bert
            )
            let user = try await site.community.changeUsername(of: "anna", to: "Agnes", by: anna)
            #expect(user.username == "Agnes")
            let raw = try await site.database.pool.value(
                "SELECT raw || cooked FROM posts WHERE id = \(made.id)",
                as: String.self
            )
            #expect(raw?.contains("@Agnes") == true)
            #expect(raw?.contains("anna") == false)
            #expect(try await site.community.user(named: "anna") == nil)
            #expect(try await site.community.verdict(onName: "anna") != .free)
            await #expect(throws: ForumError.usernameTaken) {
                _ = try await site.community.changeUsername(of: "bert", to: "ANNA", by: .system)
            }
            // The person may have it back.
            let renamed = try await site.refreshed(anna)
            _ = try await site.community.changeUsername(of: "agnes", to: "anna", by: renamed)
        }
    }

    @Test func `members change their name while it is new, staff at any time`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let category = try await site.category("Open")
            _ = try await site.community.createTopic(
                NewTopic(
                    title: "A topic about somebody",
                    raw: "I speak of nobody here, long enough.",
                    categoryID: category.id
                ),
                by: anna
            )
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.changeUsername(of: "anna", to: "agnes", by: bert)
            }
            for name in ["no good name", "x", "admin"] {
                await #expect(throws: ForumError.self) {
                    _ = try await site.community.changeUsername(of: "anna", to: name, by: anna)
                }
            }
            site.clock.advance(seconds: 4 * 86_400)
            await #expect(throws: ForumError.forbidden) {
                _ = try await site.community.changeUsername(of: "anna", to: "agnes", by: anna)
            }
            let moderator = try await site.moderator()
            _ = try await site.community.changeUsername(of: "anna", to: "agnes", by: moderator)
        }
    }
}
