import Forum
import Postgres
import TestSupport
import Testing

/// What staff changes stands in the log, under Discourse's names, with the change itself.
@Suite struct StaffLogCoverageTests {
    private typealias Work = @Sendable (Community, Principal) async throws -> Void

    private static let works: [(actions: [String], work: Work)] = [
        (
            ["delete_category", "change_category_settings", "create_category"],
            { community, boss in
                let made = try await community.createCategory(
                    NewCategory(name: "Side"),
                    by: boss
                )
                var fields = CategoryFields()
                fields.name = "Aside"
                _ = try await community.updateCategory(made.id, fields, by: boss)
                try await community.deleteCategory(made.id, by: boss)
            }
        ),
        (
            ["delete_group", "custom_staff", "custom_staff"],
            { community, boss in
                let made = try await community.createGroup(NewGroup(name: "crew"), by: boss)
                var fields = GroupFields()
                fields.name = "team"
                _ = try await community.updateGroup(made.id, fields, by: boss)
                try await community.deleteGroup(made.id, by: boss)
            }
        ),
        (
            ["delete_badge", "revoke_badge", "grant_badge", "change_badge", "create_badge"],
            { community, boss in
                var fields = BadgeFields()
                fields.name = "Helper of all"
                fields.typeID = 3
                let made = try await community.createBadge(fields, by: boss)
                _ = try await community.updateBadge(made.id, fields, by: boss)
                let granted = try await community.grantBadge(made.id, to: "boss", by: boss)
                _ = try await community.grantBadge(made.id, to: "boss", by: boss)
                try await community.revokeBadge(granted.id, by: boss)
                try await community.deleteBadge(made.id, by: boss)
            }
        ),
        (
            ["api_key_destroy", "api_key_update", "api_key_update", "api_key_create"],
            { community, boss in
                let key = try await community.createAPIKey(description: "k", for: nil, by: boss)
                _ = try await community.describeAPIKey(key.id, as: "kk", by: boss)
                _ = try await community.setAPIKey(key.id, revoked: true, by: boss)
                try await community.deleteAPIKey(key.id, by: boss)
            }
        ),
        (
            ["tag_group_destroy", "tag_group_change", "tag_group_create"],
            { community, boss in
                var fields = TagGroupFields()
                fields.name = "Fruit"
                let made = try await community.createTagGroup(fields, by: boss)
                _ = try await community.updateTagGroup(made.id, fields, by: boss)
                try await community.deleteTagGroup(made.id, by: boss)
            }
        ),
        (
            ["change_password", "change_site_text", "change_site_setting"],
            { community, boss in
                try await community.changeSetting("title", to: "Here", by: boss)
                _ = try await community.setSiteText("user_api_key.title", to: nil, by: boss)
                let anna = try #require(try await community.user(named: "anna"))
                try await community.changePassword(
                    of: anna.id,
                    to: "another good secret 5",
                    by: boss
                )
            }
        ),
    ]

    @Test(arguments: works.indices)
    func `each change has its line`(index: Int) async throws {
        let (actions, work) = Self.works[index]
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            let moderator = try await site.moderator()
            _ = try await site.member("anna")
            let before = try await site.community.staffActions(StaffLogFilter(), for: boss).count
            try await work(site.community, boss)
            let log = try await site.community.staffActions(StaffLogFilter(), for: boss)
            #expect(log.dropLast(before).map(\.action) == actions)
            #expect(log.allSatisfy { $0.actor?.username != "anna" })
            // Moderators read of no key, and of nothing that they could not have seen.
            let seen = try await site.community.staffActions(StaffLogFilter(), for: moderator)
            let hidden = ["api_key_create", "delete_category", "custom_staff", "change_password"]
            #expect(!seen.contains { hidden.contains($0.action) })
        }
    }

    @Test func `what is refused leaves no line`() async throws {
        try await TestCommunity.with { site in
            let boss = try await site.admin()
            _ = try await site.community.createGroup(NewGroup(name: "crew"), by: boss)
            let before = try await site.community.staffActions(StaffLogFilter(), for: boss)
            await #expect(throws: ForumError.self) {
                try await site.community.createGroup(NewGroup(name: "crew"), by: boss)
            }
            await #expect(throws: ForumError.self) {
                try await site.community.changeSetting("default_trust_level", to: "9", by: boss)
            }
            let after = try await site.community.staffActions(StaffLogFilter(), for: boss)
            #expect(after.count == before.count)
        }
    }
}
