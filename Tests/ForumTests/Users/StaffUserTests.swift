import Forum
import Postgres
import TestSupport
import Testing

/// What staff does to accounts, and what it may not.
@Suite struct StaffUserTests {
    @Test func `staff is not suspended, silenced, removed or made anonymous`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let moderator = try await site.moderator()
            let other = try await site.moderator("mod_bert")
            let penalty = Penalty(until: site.clock.now + 3600, reason: "Because")
            for (target, actor) in [(moderator, admin), (admin, moderator), (other, moderator)] {
                await #expect(throws: ForumError.forbidden) {
                    try await site.community.suspendUser(target.id, penalty, by: actor)
                }
                await #expect(throws: ForumError.forbidden) {
                    try await site.community.silenceUser(target.id, penalty, by: actor)
                }
                await #expect(throws: ForumError.forbidden) {
                    try await site.community.deleteUser(target.id, UserDeletion(), by: actor)
                }
                await #expect(throws: ForumError.forbidden) {
                    _ = try await site.community.anonymizeUser(target.id, by: actor)
                }
            }
        }
    }

    @Test func `one administrator always stays`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            await #expect(throws: ForumError.forbidden) {
                try await site.community.grantAdmin(admin.id, false, by: admin)
            }
            let error = try await #require(throws: ForumError.self) {
                try await site.community.grantAdmin(admin.id, false, by: .system)
            }
            #expect(error.code == .conflict)
            #expect(try await site.refreshed(admin).isAdmin)
            let moderator = try await site.moderator()
            await #expect(throws: ForumError.forbidden) {
                try await site.community.grantModeration(moderator.id, false, by: moderator)
            }
        }
    }

    @Test func `a suspension ends sessions and is told of at the door`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let admin = try await site.admin()
            let token = try await site.community.openSession(for: anna)
            let till = site.clock.now + 86_400
            let penalty = Penalty(until: till, reason: "Spamming", message: "for the log")
            try await site.community.suspendUser(anna.id, penalty, by: admin)
            #expect(try await site.community.authenticate(sessionToken: token) == nil)
            let outcome = try await site.community.logIn(
                login: "anna",
                password: TestCommunity.password
            )
            guard case .suspended(_, let reason) = outcome else {
                Issue.record("logged in: \(outcome)")
                return
            }
            #expect(reason == "Spamming")
            let again = try await #require(throws: ForumError.self) {
                try await site.community.suspendUser(anna.id, penalty, by: admin)
            }
            #expect(again.code == .conflict)
            try await site.community.unsuspendUser(anna.id, by: admin)
            #expect(try await site.community.principal(for: anna.id) != nil)
            let log = try await site.community.staffActions(StaffLogFilter(), for: admin)
            #expect(log.map(\.action) == ["unsuspend_user", "suspend_user"])
            #expect(log[1].details == "Spamming")
            #expect(log[1].actor?.username == "boss")
            #expect(log[1].target?.username == "anna")
        }
    }

    @Test func `a member with posts is deleted only with them`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.community.createTopic(
                NewTopic(
                    title: "A topic that somebody opens",
                    raw: "See <https://spam.example/page> for more, it is long enough."
                ),
                by: bert
            )
            _ = try await site.community.createPost(
                NewPost(topicID: topic.topicID, raw: "A reply that is long enough."),
                by: anna
            )
            let refused = try await #require(throws: ForumError.self) {
                try await site.community.deleteUser(bert.id, UserDeletion(), by: admin)
            }
            #expect(refused.code == .forbidden)
            #expect(refused.message.contains("has 1 posts"))
            var deletion = UserDeletion()
            deletion.deletesPosts = true
            deletion.blocksEmail = true
            deletion.blocksURLs = true
            try await site.community.deleteUser(bert.id, deletion, by: admin)
            #expect(try await site.community.user(bert.id) == nil)
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.post(topic.id, for: .member(anna))
            }
            let urls = try await site.community.screenedURLs(for: admin)
            #expect(urls.map(\.domain) == ["spam.example"])
            let blocked = try await #require(throws: ForumError.self) {
                _ = try await site.community.createUser(
                    NewUser(
                        username: "bert_again",
                        email: "b.e.rt+new@example.com",
                        password: TestCommunity.password
                    ),
                    by: nil
                )
            }
            #expect(blocked.field == "email")
            let entry = try #require(
                try await site.community.screenedEmails(for: admin).first
            )
            #expect(entry.matchCount == 1)
        }
    }

    @Test func `nothing of an anonymous account says who it was`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            let token = try await site.community.openSession(for: anna)
            let name = try await site.community.anonymizeUser(anna.id, by: admin)
            let user = try #require(try await site.community.user(anna.id))
            #expect(user.username == name)
            #expect(user.name == nil)
            #expect(try await site.community.user(named: "anna") == nil)
            #expect(try await site.community.account(email: "anna@example.com") == nil)
            #expect(try await site.community.authenticate(sessionToken: token) == nil)
        }
    }

    @Test func `a merge moves what somebody wrote and liked`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let old = try await site.member("old_anna")
            let new = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.community.createTopic(
                NewTopic(title: "A topic by the old account", raw: "Long enough for a first post."),
                by: old
            )
            let reply = try await site.community.createPost(
                NewPost(topicID: topic.topicID, raw: "A reply that both accounts like."),
                by: bert
            )
            _ = try await site.community.like(reply.id, by: old)
            _ = try await site.community.like(reply.id, by: new)
            _ = try await site.community.mergeUser(old.id, into: "anna", by: admin)
            #expect(try await site.community.user(old.id) == nil)
            let post = try await site.community.post(topic.id, for: .member(new))
            #expect(post.author.username == "anna")
            #expect(
                try await site.community.account(email: "old_anna@example.com")?.principal.id
                    == new.id
            )
            #expect(
                try await site.community.likers(of: reply.id, for: .anonymous).map(\.username) == [
                    "anna"
                ]
            )
        }
    }

    @Test func `addresses are for administrators, and looking is written down`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let moderator = try await site.moderator()
            _ = try await site.member("anna")
            let filter = StaffUserFilter(showsEmails: true, text: "anna@example.com")
            #expect(try await site.community.staffUsers(filter, for: moderator).isEmpty)
            let all = StaffUserFilter(showsEmails: true)
            #expect(
                try await site.community.staffUsers(all, for: moderator).allSatisfy(
                    \.emails.isEmpty
                )
            )
            let exact = StaffUserFilter(showsEmails: true, email: "Anna@example.com")
            #expect(try await site.community.staffUsers(exact, for: moderator).isEmpty)
            let found = try await site.community.staffUsers(exact, for: admin)
            #expect(found.map(\.emails) == [["anna@example.com"]])
            let log = try await site.community.staffActions(
                StaffLogFilter(action: "check_email"),
                for: admin
            )
            #expect(log.count == 1)
            let member = try await site.member("bert")
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.staffUsers(all, for: member)
            }
        }
    }

    @Test func `the log is only added to`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            try await site.community.record(StaffAction(.custom, details: "done"), by: admin)
            await #expect(throws: PostgresError.self) {
                try await site.database.pool.execute("UPDATE staff_action_logs SET details = ''")
            }
            await #expect(throws: PostgresError.self) {
                try await site.database.pool.execute("DELETE FROM staff_action_logs")
            }
        }
    }

    @Test func `moderators read no line of what they may not see`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let moderator = try await site.moderator()
            let anna = try await site.member("anna")
            _ = try await site.group("club", members: [anna])
            let secret = try await site.category("Secret", permissions: ["club": 1])
            let author = try await site.refreshed(anna)
            for category in [secret.id, nil] {
                let topic = try await site.community.createTopic(
                    NewTopic(
                        title: category == nil ? "An open topic for all" : "A hidden topic title",
                        raw: "The first post is long enough.",
                        categoryID: category
                    ),
                    by: author,
                    source: .importer
                )
                try await site.community.deleteTopic(topic.topicID, by: admin)
            }
            let forAdmin = try await site.community.staffActions(StaffLogFilter(), for: admin)
            #expect(
                forAdmin.compactMap(\.subject)
                    == ["An open topic for all", "A hidden topic title", "Secret", "club"]
            )
            let forModerator = try await site.community.staffActions(
                StaffLogFilter(),
                for: moderator
            )
            #expect(forModerator.compactMap(\.subject) == ["An open topic for all"])
        }
    }

    @Test func `lists say who is suspended, silenced, new and of the staff`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let till = site.clock.now + 3600
            try await site.community.suspendUser(anna.id, until: till, by: admin)
            try await site.community.silenceUser(bert.id, until: till, by: admin)
            let expected: [(StaffUserFilter.Flag, [String])] = [
                (.suspended, ["anna"]), (.silenced, ["bert"]), (.staff, ["boss"]),
                (.new, ["bert", "anna", "boss"]), (.pending, []), (.staged, []),
            ]
            for (flag, names) in expected {
                let found = try await site.community.staffUsers(
                    StaffUserFilter(flag: flag),
                    for: admin
                )
                #expect(found.map(\.username) == names, "\(flag)")
            }
        }
    }
}
