import Forum
import Postgres
import TestSupport
import Testing

/// Messages between people: who may write to whom, who reads, where they lie.
struct MessageTests {
    private static let text = "A message that is long enough."

    private func message(
        _ site: TestCommunity,
        from author: Principal,
        to recipients: String...
    ) async throws -> TopicID {
        try await site.community.createTopic(
            NewTopic(title: "A message", raw: Self.text, recipients: recipients),
            by: author,
            source: .importer
        ).topicID
    }

    @Test func `a group takes messages from whom its level says`() async throws {
        try await TestCommunity.with { site in
            let member = try await site.member("mia")
            let other = try await site.member("otto")
            let moderator = try await site.moderator()
            let admin = try await site.admin()
            // A member, another, a moderator, an administrator.
            let table: [(Group.AliasLevel, [Bool])] = [
                (.nobody, [false, false, false, false]), (.admins, [false, false, false, true]),
                (.staff, [false, false, true, true]),
                (.membersAndStaff, [true, false, true, true]),
                (.ownersAndStaff, [false, false, true, true]),
                (.everybody, [true, true, true, true]),
            ]
            for (level, expected) in table {
                let group = try await site.community.createGroup(
                    NewGroup(name: "level\(level.rawValue)", messageableLevel: level),
                    by: admin
                )
                try await site.community.addMember(member.id, to: group.id, by: admin)
                for (person, isTaken) in zip([member, other, moderator, admin], expected) {
                    do throws(any Error) {
                        _ = try await message(site, from: person, to: group.name)
                        #expect(isTaken, "\(level) from \(person.username)")
                    } catch let error as ForumError {
                        #expect(!isTaken && error.field == "target_recipients", "\(level)")
                    }
                }
            }
        }
    }

    @Test func `a reader invites others, an outsider finds nothing`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let carl = try await site.member("carl")
            let dora = try await site.member("dora")
            let moderator = try await site.moderator()
            let id = try await message(site, from: anna, to: "bert")
            for outsider in [carl, moderator] {
                await #expect(throws: ForumError.notFound) {
                    _ = try await community.invite("dora", to: id, by: outsider)
                }
            }
            _ = try await community.invite("dora", to: id, by: bert)
            _ = try await community.topicAccess(id, for: .member(dora))
            let again = try await #require(throws: ForumError.self) {
                _ = try await community.invite("dora", to: id, by: bert)
            }
            #expect(again.code == .invalid)
            // By address only staff: others would learn whose it is.
            await #expect(throws: ForumError.forbidden) {
                _ = try await community.invite("carl@example.com", to: id, by: bert)
            }
            let notices = try await community.notifications(of: dora).notifications
            #expect(notices.map(\.kind) == [7])
            // Dora leaves; Bert may not put her out.
            await #expect(throws: ForumError.forbidden) {
                try await community.removeReader(named: "dora", from: id, by: bert)
            }
            try await community.removeReader(named: "dora", from: id, by: dora)
            await #expect(throws: ForumError.notFound) {
                _ = try await community.topicAccess(id, for: .member(dora))
            }
            #expect(try await community.notifications(of: dora).notifications.isEmpty)
        }
    }

    @Test func `who came and went stands in the message and is nothing to read`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            _ = try await site.member("dora")
            let club = try await site.group("club", members: [bert])
            let admin = try await site.admin()
            let id = try await message(site, from: anna, to: "bert")
            try await community.recordTimings([1: 1000], topic: id, by: bert)
            _ = try await community.invite("dora", to: id, by: anna)
            _ = try await community.inviteGroup(named: "club", to: id, telling: true, by: admin)
            try await community.removeReader(named: "dora", from: id, by: admin)
            try await community.removeReaders(ofGroupNamed: club.name, from: id, by: admin)
            let page = try await community.topicPage(id, for: .member(bert))
            #expect(page.posts.map(\.number) == [1, 2, 3, 4, 5])
            #expect(
                page.posts.dropFirst().map { "\($0.actionCode ?? "") \($0.actionSubject ?? "")" }
                    == [
                        "invited_user dora", "invited_group club", "removed_user dora",
                        "removed_group club",
                    ]
            )
            #expect(page.topic.postsCount == 1 && page.topic.highestPostNumber == 1)
            func unread() async throws -> Int {
                try await community.notificationTotals(of: bert).unreadMessages
            }
            #expect(try await unread() == 0)
            #expect(try await site.wrongCounters() == [])
            site.clock.advance(seconds: 10)
            let reply = try await community.createPost(
                NewPost(topicID: id, raw: "And one thing more."),
                by: anna
            )
            #expect(reply.post.number == 6)
            #expect(try await unread() == 1)
            #expect(try await site.wrongCounters() == [])
            try await community.setTopicStatus(id, status: .closed, enabled: true, by: admin)
            #expect(try await site.wrongCounters() == [])
            _ = try await community.convertToTopic(id, category: nil, by: admin)
            #expect(try await site.wrongCounters() == [])
            let topic = try await community.topicPage(id, for: .anonymous).topic
            #expect(topic.postsCount == 7 && topic.highestPostNumber == 7)
            _ = try await community.convertToMessage(id, by: admin)
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `people are pointed to what they can read, once`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna", trustLevel: 2)
            let bert = try await site.member("bert")
            let admin = try await site.admin()
            let hidden = try await site.category("Hidden", permissions: ["staff": 1])
            let open = try await community.createTopic(
                NewTopic(title: "A topic for everybody", raw: Self.text),
                by: admin
            )
            let secret = try await community.createTopic(
                NewTopic(title: "A topic for some", raw: Self.text, categoryID: hidden.id),
                by: admin,
                source: .importer
            )
            for _ in 0..<2 {
                try await community.pointPeople(named: ["bert"], to: open.topicID, by: anna)
            }
            #expect(try await community.notifications(of: bert).notifications.map(\.kind) == [13])
            await #expect(throws: ForumError.notFound) {
                try await community.pointPeople(named: ["bert"], to: secret.topicID, by: anna)
            }
            for names in [["bert", "boss"], [], ["nobody"]] {
                await #expect(throws: ForumError.self) {
                    try await community.pointPeople(named: names, to: open.topicID, by: anna)
                }
            }
            await #expect(throws: ForumError.self) {
                try await community.pointPeople(
                    named: ["boss", "bert"],
                    to: secret.topicID,
                    by: admin
                )
            }
            #expect(try await community.notifications(of: bert).totalCount == 1)
        }
    }

    @Test func `what is put away comes back with the next post`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let id = try await message(site, from: anna, to: "bert")
            func box(_ box: TopicListQuery.MessageBox) async throws -> [TopicID] {
                let query = TopicListQuery(.messages(box, of: bert.id))
                return try await community.topicList(query, for: .member(bert)).topics
                    .map(\.topic.id)
            }
            #expect(try await box(.inbox) == [id])
            site.clock.advance(seconds: 10)
            _ = try await community.setArchived(true, message: id, by: bert)
            #expect(try await box(.inbox) == [])
            #expect(try await box(.archive) == [id])
            site.clock.advance(seconds: 10)
            _ = try await community.createPost(
                NewPost(topicID: id, raw: "And one thing more."),
                by: anna,
                source: .importer
            )
            #expect(try await box(.inbox) == [id])
            await #expect(throws: ForumError.notFound) {
                let query = TopicListQuery(.messages(.inbox, of: bert.id))
                _ = try await community.topicList(query, for: .member(anna))
            }
        }
    }

    @Test func `the box of a group is its members'`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let mia = try await site.member("mia")
            let otto = try await site.member("otto")
            let group = try await community.createGroup(
                NewGroup(name: "desk", messageableLevel: .everybody),
                by: .system
            )
            try await community.addMember(mia.id, to: group.id, by: .system)
            let id = try await message(site, from: otto, to: "desk")
            let asked = TopicListQuery(.messages(.group(group.id), of: mia.id))
            let found = try await community.topicList(asked, for: .member(site.refreshed(mia)))
            #expect(found.topics.map(\.topic.id) == [id])
            let others = TopicListQuery(.messages(.group(group.id), of: otto.id))
            await #expect(throws: ForumError.notFound) {
                _ = try await community.topicList(others, for: .member(otto))
            }
        }
    }

    @Test func `staff writes to strangers, who are told by mail`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            let refused = try await #require(throws: ForumError.self) {
                _ = try await message(site, from: anna, to: "stranger@example.org")
            }
            #expect(refused.field == "target_recipients")
            let id = try await message(site, from: admin, to: "stranger@example.org")
            try await Dispatcher(community: site.community).dispatchAll()
            let address: String? = try await site.database.pool.value(
                """
                SELECT o.to_address FROM outgoing_emails o JOIN posts p ON p.id = o.post_id
                WHERE p.topic_id = \(id)
                """
            )
            #expect(address == "stranger@example.org")
        }
    }

    @Test func `a topic becomes a message and a topic again, and is counted once`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let moderator = try await site.moderator()
            let place = try await site.category("Open")
            let made = try await community.createTopic(
                NewTopic(
                    title: "A topic with a long title",
                    raw: Self.text,
                    categoryID: place.id
                ),
                by: anna,
                source: .importer
            )
            func count() async throws -> Int {
                try await community.category(path: ["\(place.id)"], for: .anonymous).topicCount
            }
            await #expect(throws: ForumError.forbidden) {
                _ = try await community.convertToMessage(made.topicID, by: anna)
            }
            _ = try await community.convertToMessage(made.topicID, by: moderator)
            #expect(try await count() == 0)
            await #expect(throws: ForumError.notFound) {
                _ = try await community.topicAccess(made.topicID, for: .member(bert))
            }
            _ = try await community.convertToTopic(
                made.topicID,
                category: place.id,
                by: moderator
            )
            #expect(try await count() == 1)
            _ = try await community.topicAccess(made.topicID, for: .anonymous)
        }
    }

    @Test func `a mentioned group hears of it where its level lets the author`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let mia = try await site.member("mia")
            let otto = try await site.member("otto")
            for (level, expected) in [(Group.AliasLevel.everybody, [15]), (.nobody, [])] {
                let group = try await community.createGroup(
                    NewGroup(name: "team\(level.rawValue)", mentionableLevel: level),
                    by: .system
                )
                try await community.addMember(mia.id, to: group.id, by: .system)
                let made = try await community.createTopic(
                    NewTopic(
                        title: "A topic for \(group.name) to read",
                        raw: "What does @\(group.name) think of this?"
                    ),
                    by: otto,
                    source: .importer
                )
                try await Dispatcher(community: community).dispatchAll()
                let kinds = try await community.notifications(of: mia).notifications
                    .filter { $0.topicID == made.topicID }.map(\.kind)
                #expect(kinds == expected, "\(level)")
                let mentions = try await community.posts(
                    of: community.group(group.id, for: .anonymous),
                    mentioning: true,
                    for: .anonymous
                )
                #expect(mentions.map(\.topicID) == [made.topicID])
            }
        }
    }
}
