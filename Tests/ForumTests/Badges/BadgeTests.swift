import Postgres
import TestSupport
import Testing

@testable import Forum

@Suite struct BadgeTests {
    private static func fields(_ name: String?, _ type: Int? = 3) -> BadgeFields {
        var fields = BadgeFields()
        fields.name = name
        fields.typeID = type
        return fields
    }

    private static func held(
        _ site: TestCommunity,
        _ username: String,
        for viewer: Viewer = .anonymous
    ) async throws -> Set<String> {
        let (held, catalogue) = try await site.community.userBadges(of: username, for: viewer)
        let names = Dictionary(uniqueKeysWithValues: catalogue.badges.map { ($0.id, $0.name) })
        return Set(held.compactMap { names[$0.badgeID] })
    }

    @Test func `administrators make, change and remove badges`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let boss = try await site.admin()
            let mod = try await site.moderator()
            let badge = try await community.createBadge(Self.fields("Baker"), by: boss)
            #expect(badge.id.value > 100)
            #expect(badge.slug == "baker")
            for fields in [
                Self.fields("Baker"), Self.fields("BAKER"), Self.fields(" "), Self.fields(nil),
                Self.fields("Other", nil), Self.fields("Other", 4),
            ] {
                let error = await #expect(throws: ForumError.self) {
                    try await community.createBadge(fields, by: boss)
                }
                #expect(error?.code == .invalid)
            }
            await #expect(throws: ForumError.notFound) {
                try await community.createBadge(Self.fields("Mine"), by: mod)
            }
            let changed = try await community.updateBadge(
                badge.id,
                Self.fields("Master Baker", 1),
                by: boss
            )
            #expect((changed.name, changed.typeID) == ("Master Baker", 1))
            // The forum's own keep what they are.
            let basic = try await community.updateBadge(
                BadgeID(1),
                Self.fields("Mine"),
                by: boss
            )
            #expect(basic.name == "Basic")
            await #expect(throws: ForumError.self) {
                try await community.deleteBadge(BadgeID(1), by: boss)
            }
            try await community.deleteBadge(badge.id, by: boss)
            await #expect(throws: ForumError.notFound) { try await community.badge(badge.id) }
        }
    }

    @Test func `staff grants and revokes, and the member hears of it`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let boss = try await site.admin()
            let anna = try await site.member("anna")
            let badge = try await community.createBadge(Self.fields("Baker"), by: boss)
            await #expect(throws: ForumError.forbidden) {
                try await community.grantBadge(badge.id, to: "anna", by: anna)
            }
            let grant = try await community.grantBadge(badge.id, to: "anna", by: boss)
            let again = try await community.grantBadge(badge.id, to: "anna", by: boss)
            #expect(grant.id == again.id)
            #expect(try await Self.held(site, "anna") == ["Baker"])
            #expect(try await community.badge(badge.id).grantCount == 1)
            let notices = try await community.notifications(of: anna).notifications
            #expect(notices.map(\.kind) == [12])
            #expect(notices[0].data.contains("Baker"))
            let profile = try await community.profile(named: "anna", for: .anonymous)
            #expect(profile.honours?.badgeCount == 1)
            let favourite = try await community.toggleFavoriteBadge(grant.id, by: anna)
            #expect(favourite.isFavorite)
            await #expect(throws: ForumError.forbidden) {
                try await community.toggleFavoriteBadge(grant.id, by: boss)
            }
            try await community.revokeBadge(grant.id, by: boss)
            #expect(try await Self.held(site, "anna").isEmpty)
            #expect(try await community.badge(badge.id).grantCount == 0)
            await #expect(throws: ForumError.forbidden) {
                try await community.grantBadge(BadgeID(6), to: "anna", by: boss)
            }
        }
    }

    @Test func `the forum grants what is earned, once, and only for what all may see`() async throws
    {
        try await TestCommunity.with(settings: [
            "rate_limit_create_topic": "0", "rate_limit_create_post": "0",
        ]) { site in
            let community = site.community
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let boss = try await site.admin()
            let secret = try await community.createTopic(
                NewTopic(
                    title: "A topic for the staff alone",
                    raw: "Something that only the staff may read here.",
                    categoryID: CategoryID(3)
                ),
                by: boss
            )
            _ = secret
            let post = try await community.createTopic(
                NewTopic(
                    title: "A topic that mentions somebody",
                    raw: "Hello @ben, what do you think of http://forum.example/t/x/1 then?"
                ),
                by: anna
            )
            try await community.grantEarnedBadges()
            #expect(
                try await Self.held(site, "anna") == ["Basic", "First Mention", "First Link"]
            )
            _ = try await community.like(post.id, by: ben)
            try await community.grantEarnedBadges()
            try await community.grantEarnedBadges()
            #expect(try await Self.held(site, "anna").contains("Welcome"))
            #expect(try await Self.held(site, "ben") == ["Basic", "First Like"])
            site.clock.advance(seconds: 400 * 86_400)
            try await community.grantEarnedBadges()
            let (held, _) = try await community.userBadges(of: "ben", for: .anonymous)
            #expect(Set(held.map(\.badgeID)).count == held.count)
        }
    }

    @Test func `reading earns trust`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let fresh = try await site.member("fresh", trustLevel: 0)
            let reader = try await site.member("reader", trustLevel: 0)
            _ = try await community.database.query(
                """
                UPDATE user_stats SET topics_entered = 5, posts_read_count = 30,
                    time_read_ms = 600000 WHERE user_id = \(reader.id)
                """
            )
            try await community.promoteMembers()
            try await community.promoteMembers()
            #expect(try await community.user(reader.id)?.trustLevel == 1)
            #expect(try await community.user(fresh.id)?.trustLevel == 0)
        }
    }
}
