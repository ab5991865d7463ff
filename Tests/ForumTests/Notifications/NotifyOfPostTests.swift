import Forum
import Postgres
import TestSupport
import Testing

struct NotifyOfPostTests {
    private func with(_ body: (TestCommunity, Principal) async throws -> Void) async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            try await body(site, try await site.admin())
        }
    }

    @Test func `each person hears for the first reason that fits`() async throws {
        try await with { site, boss in
            let community = site.community
            let place = try await site.category("Place")
            var people: [String: Principal] = [:]
            for name in ["ment", "repl", "quot", "topi", "cate", "tagg", "firs", "noone"] {
                people[name] = try await site.member(name)
            }
            func person(_ name: String) throws -> Principal { try #require(people[name]) }
            try await community.setNotificationLevel(
                .watching,
                category: place.id,
                by: person("cate")
            )
            for name in ["ment", "repl", "quot"] {
                try await community.setNotificationLevel(
                    .watching,
                    category: place.id,
                    by: person(name)
                )
            }
            let topic = try await site.topic(in: place.id, tags: ["swift"], by: boss)
            try await community.setNotificationLevel(.watching, tag: "swift", by: person("tagg"))
            try await community.setNotificationLevel(
                .watching,
                topic: topic.topicID,
                by: person("topi")
            )
            let parent = try await site.reply(to: topic, by: try person("repl"))
            let reply = try await site.reply(
                to: topic,
                """
                [quote="Quot, post:1, topic:\(topic.topicID)"]
                As was said.
                [/quote]
                @MENT and @repl and @nobody_at_all, what do you think of this?
                """,
                number: parent.number,
                by: boss
            )
            try await site.dispatch()
            let addressed = try await site.notices(of: reply.id)
            #expect(
                addressed
                    == ["cate 36", "ment 1", "quot 3", "repl 1", "tagg 36", "topi 9"]
            )
            let plain = try await site.reply(
                to: topic,
                "An answer without a word to anybody.",
                number: parent.number,
                by: boss
            )
            try await site.dispatch()
            // Whoever replied tracks the topic; tracking brings no notices but of replies to oneself.
            let answered = try await site.notices(of: plain.id)
            #expect(
                answered
                    == ["cate 36", "ment 36", "quot 36", "repl 2", "tagg 36", "topi 9"]
            )
        }
    }

    @Test func `only who is addressed by the author is mentioned`() async throws {
        try await with { site, boss in
            for name in ["coded", "fenced", "cited", "meant", "tail"] {
                _ = try await site.member(name)
            }
            let topic = try await site.topic(by: boss)
            let reply = try await site.reply(
                to: topic,
                """
                [quote="nobody, post:1, topic:\(topic.topicID)"]
                @cited was told so.
                [/quote]

                `@coded` and x@tail.example, @Meant and @meant again.

                ```
                @fenced
                ```
                """,
                by: boss
            )
            try await site.dispatch()
            let told = try await site.notices(of: reply.id)
            #expect(told == ["meant 1"])
        }
    }

    @Test func `a new topic reaches watchers of its category and tags`() async throws {
        try await with { site, boss in
            let place = try await site.category("Place")
            let all = try await site.member("all")
            let first = try await site.member("first")
            let both = try await site.member("both")
            let mute = try await site.member("mute")
            let community = site.community
            try await site.topic("The topic that makes the tag", tags: ["swift"], by: boss)
            try await site.dispatch()
            try await community.setNotificationLevel(.watching, category: place.id, by: all)
            try await community.setNotificationLevel(
                .watchingFirstPost,
                category: place.id,
                by: first
            )
            try await community.setNotificationLevel(
                .watchingFirstPost,
                category: place.id,
                by: both
            )
            try await community.setNotificationLevel(.watching, tag: "swift", by: both)
            try await community.setNotificationLevel(.watching, category: place.id, by: mute)
            try await community.setNotificationLevel(.muted, tag: "swift", by: mute)
            let topic = try await site.topic(in: place.id, tags: ["swift"], by: boss)
            let reply = try await site.reply(
                to: topic,
                "@mute is addressed in spite of it.",
                by: boss
            )
            try await site.dispatch()
            #expect(try await site.notices(of: topic.id) == ["all 36", "both 36", "first 17"])
            #expect(try await site.notices(of: reply.id) == ["all 36", "both 36", "mute 1"])
        }
    }

    @Test func `those who cannot or will not hear are left out`() async throws {
        try await with { site, boss in
            let insider = try await site.member("insider")
            let stranger = try await site.member("stranger")
            let muter = try await site.member("muter")
            _ = try await site.group("insiders", members: [insider, muter])
            let secret = try await site.category("Secret", permissions: ["insiders": 1])
            for name in ["asleep", "gone", "unapproved"] {
                let person = try await site.member(name)
                let group = try await site.number("SELECT id FROM groups WHERE name = 'insiders'")
                try await site.community.addMember(
                    person.id,
                    to: GroupID(Int64(group)),
                    by: .system
                )
            }
            try await site.run("UPDATE users SET active = false WHERE username = 'asleep'")
            try await site.run("UPDATE users SET approved = false WHERE username = 'unapproved'")
            try await site.run(
                "UPDATE users SET suspended_till = now() + interval '1 day' WHERE username = 'gone'"
            )
            let staged = try await site.staged("staged_one@example.net")
            let topic = try await site.topic(in: secret.id, by: boss)
            try await site.community.setNotificationLevel(
                .muted,
                topic: topic.topicID,
                by: try await site.refreshed(muter)
            )
            // Watching from the time when it could be seen.
            try await site.run(
                """
                INSERT INTO topic_users (topic_id, user_id, notification_level)
                VALUES (\(topic.topicID), \(stranger.id), 3)
                """
            )
            let reply = try await site.reply(
                to: topic,
                """
                @insider @stranger @muter @asleep @gone @unapproved @boss @\(staged.username) @system,
                all of you: listen.
                """,
                by: boss
            )
            try await site.dispatch()
            #expect(try await site.notices(of: reply.id) == ["insider 1"])
        }
    }

    @Test func `messages are heard of by those they are for`() async throws {
        try await with { site, boss in
            for name in ["dora", "emil", "stranger"] { _ = try await site.member(name) }
            let message = try await site.message(to: ["dora", "emil"], by: boss)
            let emil = try #require(try await site.community.principal(named: "emil"))
            try await site.community.setNotificationLevel(.muted, topic: message.topicID, by: emil)
            let reply = try await site.reply(
                to: message,
                "@stranger should not hear this.",
                by: boss
            )
            try await site.dispatch()
            #expect(try await site.notices(of: message.id) == ["dora 6"])
            #expect(try await site.notices(of: reply.id) == ["dora 6"])
            let dora = try #require(try await site.community.principal(named: "dora"))
            let page = try await site.community.notifications(of: dora)
            // Both are one notice, at the first of them.
            #expect(page.unreadHighPriorityCount == 1)
        }
    }

    @Test func `an unlisted topic is heard of by its author and staff`() async throws {
        try await with { site, boss in
            let author = try await site.member("author")
            let reader = try await site.member("reader")
            _ = try await site.moderator("mod_one")
            let topic = try await site.topic(by: author)
            try await site.community.setNotificationLevel(
                .watching,
                topic: topic.topicID,
                by: reader
            )
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .visible,
                enabled: false,
                by: boss
            )
            let reply = try await site.reply(to: topic, "Unlisted, @mod_one and @reader.", by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: reply.id) == ["author 2", "mod_one 1"])
        }
    }

    @Test func `a like tells the author once`() async throws {
        try await with { site, _ in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            for name in ["bert", "carl"] {
                let fan = try await site.member(name)
                _ = try await site.community.like(topic.id, by: fan)
            }
            try await site.dispatch()
            #expect(try await site.notices(of: topic.id) == ["anna 5"])
            let page = try await site.community.notifications(of: anna)
            #expect(page.notifications.first?.data.contains("bert") == true)
        }
    }

    @Test func `what was deleted before anybody was told is told to nobody`() async throws {
        try await with { site, boss in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            try await site.dispatch()
            let reply = try await site.reply(to: topic, "@anna, this will be gone soon.", by: boss)
            try await site.community.deletePost(reply.id, by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: reply.id) == [])
            let told: [String] = try await site.database.pool.values(
                """
                SELECT data ->> 'type' FROM bus_messages
                WHERE channel LIKE '/topic/%' ORDER BY global_id
                """
            )
            #expect(told == ["created", "deleted"])
        }
    }

    @Test func `deleting takes back what was not read`() async throws {
        try await with { site, boss in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            let reply = try await site.reply(to: topic, "@anna and @bert, look at this.", by: boss)
            try await site.dispatch()
            try await site.community.markNotificationsRead(by: anna)
            #expect(try await site.notices(of: reply.id) == ["anna 1", "bert 1"])
            try await site.community.deletePost(reply.id, by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: reply.id) == ["anna 1"])
            let second = try await site.reply(to: topic, "@bert again, in a topic to go.", by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: second.id) == ["anna 2", "bert 1"])
            try await site.community.deleteTopic(topic.topicID, by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: second.id) == [])
            #expect(try await site.community.notifications(of: bert).totalCount == 0)
        }
    }

    @Test func `notices of what is no longer seen are not listed`() async throws {
        try await with { site, boss in
            let anna = try await site.member("anna")
            let group = try await site.group("insiders", members: [anna])
            let secret = try await site.category("Secret", permissions: ["insiders": 1])
            try await site.topic(raw: "@anna, this is between us two.", in: secret.id, by: boss)
            try await site.dispatch()
            let before = try await site.community.notifications(of: try await site.refreshed(anna))
            #expect(before.notifications.count == 1)
            try await site.community.removeMembers([anna.id], from: group.id, by: .system)
            let after = try await site.community.notifications(of: try await site.refreshed(anna))
            #expect(after.notifications.isEmpty)
            #expect((after.totalCount, after.unreadCount) == (0, 0))
        }
    }

    @Test func `marking somebody else's notice read changes nothing`() async throws {
        try await with { site, boss in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            try await site.topic(raw: "@anna, this is a notice for you.", by: boss)
            try await site.dispatch()
            let notice = try #require(
                try await site.community.notifications(of: anna).notifications.first
            )
            try await site.community.markNotificationsRead(notice.id, by: bert)
            #expect(try await site.community.notifications(of: anna).unreadCount == 1)
            try await site.community.markNotificationsRead(notice.id, by: anna)
            #expect(try await site.community.notifications(of: anna).unreadCount == 0)
        }
    }
}
