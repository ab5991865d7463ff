import Forum
import Postgres
import TestSupport
import Testing

/// What groups give and take, who may address them, who asks to be let in.
struct GroupLifeTests {
    @Test func `who joins gets what the group gives, and loses it on leaving`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna", trustLevel: 0)
            let admin = try await site.admin()
            let place = try await site.category("Quiet")
            var fields = GroupFields()
            fields.name = "helpers"
            fields.title = "Helper"
            fields.grantTrustLevel = 3
            fields.isPrimary = true
            fields.isOpenToJoin = true
            fields.isOpenToLeave = true
            fields.defaultNotificationLevel = 4
            fields.categories = [3: [place.id]]
            let group = try await community.createGroup(fields, by: admin)
            try await community.joinGroup(group, by: anna)
            let joined = try #require(try await community.user(anna.id))
            #expect(joined.title == "Helper")
            #expect(joined.trustLevel == 3)
            #expect(try await site.refreshed(anna).groupIDs.contains(13))
            let level: Int? = try await site.database.pool.value(
                "SELECT notification_level FROM group_users WHERE user_id = \(anna.id) AND group_id = \(group.id)"
            )
            #expect(level == 4)
            let watched: Int? = try await site.database.pool.value(
                "SELECT notification_level FROM category_users WHERE user_id = \(anna.id)"
            )
            #expect(watched == 3)
            try await community.leaveGroup(group, by: anna)
            let left = try #require(try await community.user(anna.id))
            #expect(left.title == nil)
            let logs = try await community.logs(of: group, GroupLogQuery(), by: admin)
            #expect(logs.logs.map(\.action).prefix(2) == [3, 2])
            #expect(logs.logs.allSatisfy { $0.target == "anna" })
        }
    }

    @Test func `a proved address of the group's domain makes a member`() async throws {
        try await TestCommunity.with { site in
            let before = try await site.member("anna")
            var fields = GroupFields()
            fields.name = "exemplary"
            fields.emailDomains = "example.com|example.net"
            let group = try await site.community.createGroup(fields, by: .system)
            let after = try await site.member("bert")
            for person in [before, after] {
                #expect(try await site.refreshed(person).groupIDs.contains(group.id.value))
            }
        }
    }

    @Test func `owners change their group, but not what is the administrators' to decide`()
        async throws
    {
        try await TestCommunity.with { site in
            let community = site.community
            let owner = try await site.member("olga")
            let other = try await site.member("otto")
            let moderator = try await site.moderator()
            let group = try await site.group("club")
            try await community.addMembers([owner.id], to: group.id, asOwners: true, by: .system)
            var fields = GroupFields()
            fields.name = "renamed"
            fields.grantTrustLevel = 4
            fields.fullName = "The club"
            let changed = try await community.updateGroup(group.id, fields, by: owner)
            #expect(changed.name == "club")
            #expect(changed.grantTrustLevel == nil)
            #expect(changed.fullName == "The club")
            for person in [other, moderator] {
                await #expect(throws: ForumError.forbidden) {
                    _ = try await community.updateGroup(group.id, fields, by: person)
                }
            }
            fields.visibilityLevel = Group.Level.owners.rawValue
            _ = try await community.updateGroup(group.id, fields, by: .system)
            await #expect(throws: ForumError.notFound) {
                _ = try await community.updateGroup(group.id, fields, by: moderator)
            }
            let history = try await community.logs(
                of: community.group(group.id, for: .member(owner)),
                GroupLogQuery(),
                by: owner
            )
            #expect(Set(history.logs.compactMap(\.subject)).isSuperset(of: ["name", "full_name"]))
        }
    }

    private static let wrong: [(String, @Sendable (inout GroupFields) -> Void)] = [
        ("visibility_level", { $0.visibilityLevel = 5 }),
        ("mentionable_level", { $0.mentionableLevel = 42 }),
        ("default_notification_level", { $0.defaultNotificationLevel = -1 }),
        ("flair_bg_color", { $0.flairBackground = "red;" }),
        ("incoming_email", { $0.incomingEmail = "nobody" }),
        ("automatic_membership_email_domains", { $0.emailDomains = "no domain" }),
        ("bio_raw", { $0.bioRaw = String(repeating: "x", count: 3001) }),
    ]

    @Test func `what a group cannot be is refused by name`() async throws {
        try await TestCommunity.with { site in
            for (field, change) in Self.wrong {
                var fields = GroupFields()
                fields.name = "fine_name"
                change(&fields)
                let error = try await #require(throws: ForumError.self) {
                    _ = try await site.community.createGroup(fields, by: .system)
                }
                #expect(error.code == .invalid && error.field == field)
            }
        }
    }

    @Test func `the list has pages, kinds and a search, and hides what it must`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            _ = try await site.group("alpha", members: [anna])
            _ = try await site.community.createGroup(
                NewGroup(name: "alpine", visibilityLevel: .groupMembers),
                by: .system
            )
            func names(
                _ viewer: Viewer,
                _ change: (inout GroupListQuery) -> Void
            ) async throws
                -> [String]
            {
                var query = GroupListQuery()
                change(&query)
                let (groups, total) = try await site.community.groupList(query, for: viewer)
                #expect(total == groups.count)
                return groups.map(\.name)
            }
            let mine = try await names(.member(anna)) { $0.type = .my }
            #expect(mine == ["alpha"])
            #expect(try await names(.member(bert)) { $0.text = "ALP" } == ["alpha"])
            #expect(try await names(.member(.system)) { $0.text = "alp" } == ["alpha", "alpine"])
            #expect(try await names(.anonymous) { $0.member = anna.id } == ["alpha"])
            #expect(try await names(.anonymous) { _ in } == ["alpha", "moderators"])
        }
    }

    @Test func `who asks to be let in waits for the owners`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let owner = try await site.member("olga")
            let anna = try await site.member("anna", trustLevel: 0)
            var fields = GroupFields()
            fields.name = "club"
            fields.takesRequests = true
            let made = try await community.createGroup(fields, owners: ["olga"], by: .system)
            let group = try await community.group(made.id, for: .member(anna))
            let message = try #require(
                try await community.requestMembership(of: group, reason: "Please.", by: anna)
            )
            _ = try await community.topicAccess(message.topicID, for: .member(owner))
            let again = try await #require(throws: ForumError.self) {
                _ = try await community.requestMembership(of: group, reason: "Please!", by: anna)
            }
            #expect(again.code == .conflict)
            let owned = try await community.group(made.id, for: .member(owner))
            let waiting = try await community.requests(for: owned, limit: 10, offset: 0, by: owner)
            #expect(waiting.requests.map(\.user.username) == ["anna"])
            await #expect(throws: ForumError.forbidden) {
                _ = try await community.requests(for: group, limit: 10, offset: 0, by: anna)
            }
            try await community.decideRequest(of: anna.id, for: owned, accept: true, by: owner)
            #expect(try await site.refreshed(anna).groupIDs.contains(group.id.value))
            let told = try await community.notifications(of: anna).notifications
            #expect(told.map(\.kind) == [22])
        }
    }

    @Test func `many requests are one notice that counts them`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let community = site.community
            let owner = try await site.member("olga")
            var fields = GroupFields()
            fields.name = "club"
            fields.takesRequests = true
            let made = try await community.createGroup(fields, owners: ["olga"], by: .system)
            var kinds: [[Int]] = []
            for name in ["anna", "bert", "carl", "dora", "emil"] {
                let person = try await site.member(name, trustLevel: 0)
                let group = try await community.group(made.id, for: .member(person))
                _ = try await community.requestMembership(
                    of: group,
                    reason: "Please let me in.",
                    by: person
                )
                try await site.dispatch()
                kinds.append(try await community.notifications(of: owner).notifications.map(\.kind))
            }
            #expect(kinds == [[6], [6, 6], [6, 6, 6], [23], [23]])
            let notice = try await community.notifications(of: owner).notifications[0]
            #expect(notice.data.contains(#""count": 5"#))
            #expect(notice.data.contains(#""group_name": "club""#))
        }
    }

    @Test func `a mention reaches a group that is not too large`() async throws {
        var settings = TestCommunity.unhurried
        settings["max_users_notified_per_group_mention"] = "3"
        try await TestCommunity.with(settings: settings) { site in
            let author = try await site.member("autor")
            let group = try await site.community.createGroup(
                NewGroup(name: "club", mentionableLevel: .everybody),
                by: .system
            )
            var people: [Principal] = []
            for name in ["anna", "bert", "carl"] { people.append(try await site.member(name)) }
            try await site.community.addMembers(
                people.prefix(2).map(\.id),
                to: group.id,
                by: .system
            )
            let first = try await site.topic(raw: "Hello @club, are you there?", by: author)
            try await site.dispatch()
            #expect(try await site.notices(of: first.post.id) == ["anna 15", "bert 15"])
            try await site.community.addMembers([people[2].id], to: group.id, by: .system)
            let second = try await site.topic(raw: "Hello again @club, and now?", by: author)
            try await site.dispatch()
            #expect(try await site.notices(of: second.post.id) == [])
        }
    }
}
