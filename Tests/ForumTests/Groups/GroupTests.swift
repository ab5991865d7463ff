import Forum
import Postgres
import TestSupport
import Testing

struct GroupTests {
    @Test func `a group is known to whom its level says`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let moderator = try await site.moderator()
            let admin = try await site.admin()
            // For each level: a visitor, another member, one of its members, a moderator, an admin.
            let table: [(Group.Level, [Bool])] = [
                (.everybody, [true, true, true, true, true]),
                (.members, [false, true, true, true, true]),
                (.groupMembers, [false, false, true, false, true]),
                (.staff, [false, false, false, true, true]),
                (.owners, [false, false, false, false, true]),
            ]
            for (level, expected) in table {
                let group = try await site.community.createGroup(
                    NewGroup(name: "group\(level.rawValue)", visibilityLevel: level),
                    by: admin
                )
                try await site.community.addMember(anna.id, to: group.id, by: admin)
                let viewers: [Viewer] = [
                    .anonymous, .member(bert), .member(anna), .member(moderator), .member(admin),
                ]
                for (viewer, isKnown) in zip(viewers, expected) {
                    let names = try await site.community.groups(for: viewer).map(\.name)
                    #expect(names.contains(group.name) == isKnown, "\(level) \(viewer)")
                    if !isKnown {
                        await #expect(throws: ForumError.notFound) {
                            try await site.community.group(named: group.name, for: viewer)
                        }
                    }
                }
            }
        }
    }

    @Test func `members are listed, and not to those who may not see them`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let community = site.community
            let group = try await community.createGroup(
                NewGroup(name: "club", membersVisibilityLevel: .groupMembers),
                by: .system
            )
            try await community.addMembers([anna.id], to: group.id, asOwners: true, by: .system)
            try await community.addMember(anna.id, to: group.id, by: .system)
            func listed(_ viewer: Viewer) async throws -> [String] {
                let group = try await community.group(named: "CLUB", for: viewer)
                return try await community.members(of: group, for: viewer).members.map(\.username)
            }
            #expect(try await listed(.anonymous) == [])
            #expect(try await listed(.member(bert)) == [])
            #expect(try await listed(.member(anna)) == ["anna"])
            let seen = try await community.group(group.id, for: .member(anna))
            #expect(seen.isOwner)
            #expect(seen.userCount == 1)
            // An owner manages the group, others do not.
            try await community.addMember(bert.id, to: group.id, by: anna)
            await #expect(throws: ForumError.forbidden) {
                try await community.removeMembers([anna.id], from: group.id, by: bert)
            }
            #expect(try await site.refreshed(bert).groupIDs.contains(group.id.value))
            let profile = try await community.profile(named: "anna", for: .anonymous)
            #expect(!profile.groups.contains { $0.name == "club" })
        }
    }

    @Test func `automatic groups are nobody's to change`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            for id in [Group.everyone, Group.admins, Group.staff, GroupID(12)] {
                let error = try await #require(throws: ForumError.self) {
                    try await site.community.addMember(anna.id, to: id, by: .system)
                }
                #expect(error.code == .forbidden)
                await #expect(throws: ForumError.self) {
                    try await site.community.deleteGroup(id, by: .system)
                }
            }
            #expect(try await site.refreshed(anna).groupIDs == [0, 10, 11])
        }
    }

    private static let badNames = ["anna", "staff", "a", "two words", "club.json"]

    @Test func `a group takes no name of a person and follows the rules of names`() async throws {
        try await TestCommunity.with { site in
            _ = try await site.member("anna")
            for name in Self.badNames {
                let error = try await #require(throws: ForumError.self) {
                    try await site.group(name)
                }
                #expect(error.field == "name")
            }
        }
    }
}
