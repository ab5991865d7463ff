import Forum
import Postgres
import TestSupport
import Testing

/// What becomes of notices after they were made: several become one, and what is gone is taken back.
struct ConsolidationTests {
    private func with(
        _ settings: [String: String] = [:],
        _ body: (TestCommunity, Principal, Principal) async throws -> Void
    ) async throws {
        let settings = TestCommunity.unhurried.merging(settings) { $1 }
        try await TestCommunity.with(settings: settings) { site in
            try await body(site, try await site.admin(), try await site.member("anna"))
        }
    }

    /// `kind post_number display_username` of somebody's unread notices, oldest first.
    private func unread(_ person: Principal, _ site: TestCommunity) async throws -> [String] {
        try await site.database.pool.values(
            """
            SELECT concat_ws(' ', notification_type, post_number, data ->> 'display_username')
            FROM notifications WHERE user_id = \(person.id) AND NOT read ORDER BY id
            """
        )
    }

    @Test func `unread posts of one topic are one notice, at the first of them`() async throws {
        try await with { site, boss, anna in
            let topic = try await site.topic(by: boss)
            try await site.community.setNotificationLevel(.watching, topic: topic.topicID, by: anna)
            var posts: [CreatedPost] = []
            for number in 2...5 {
                posts.append(
                    try await site.reply(
                        to: topic,
                        "A reply to the topic, number \(number).",
                        by: boss
                    )
                )
                try await site.dispatch()
                if number == 2 { #expect(try await unread(anna, site) == ["9 2 boss"]) }
            }
            #expect(try await unread(anna, site) == ["9 2 4 replies"])
            try await site.community.deletePost(posts[0].id, by: boss)
            try await site.dispatch()
            #expect(try await unread(anna, site) == ["9 3 3 replies"])
            try await site.community.deletePost(posts[3].id, by: boss)
            try await site.dispatch()
            #expect(try await unread(anna, site) == ["9 3 2 replies"])
            try await site.community.deletePost(posts[2].id, by: boss)
            try await site.dispatch()
            #expect(try await unread(anna, site) == ["9 3 boss"])
            // Each of them was queued by itself; what was read is told anew from there.
            try await site.community.recordTimings([3: 100], topic: topic.topicID, by: anna)
            #expect(try await unread(anna, site) == [])
            try await site.reply(to: topic, "A reply to the topic, number 6.", by: boss)
            try await site.dispatch()
            #expect(try await unread(anna, site) == ["9 6 boss"])
        }
    }

    @Test func `an edit takes back what was not read, and its mail`() async throws {
        try await with { site, boss, anna in
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: boss)
            try await site.community.setNotificationLevel(.watching, topic: topic.topicID, by: bert)
            let post = try await site.reply(to: topic, "@anna and @bert, listen.", by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: post.id) == ["anna 1", "bert 1"])
            _ = try await site.community.editPost(
                post.id,
                raw: "Nobody has to listen now.",
                by: boss
            )
            try await site.dispatch()
            // Who watches hears of it all the same.
            #expect(try await site.notices(of: post.id) == ["bert 9"])
            #expect(try await site.mails(about: post.id) == [])
        }
    }

    @Test func `somebody else's edit is told to the author`() async throws {
        try await with { site, boss, anna in
            let topic = try await site.topic(by: anna)
            try await site.dispatch()
            for text in ["Edited by another person now.", "Edited by another person again."] {
                _ = try await site.community.editPost(topic.id, raw: text, by: boss)
                try await site.dispatch()
            }
            #expect(try await unread(anna, site) == ["4 1 boss"])
            _ = try await site.community.editPost(
                topic.id,
                raw: "Edited by herself, at last.",
                by: anna
            )
            try await site.dispatch()
            #expect(try await unread(anna, site) == ["4 1 boss"])
        }
    }

    @Test func `many likes by one person become one notice`() async throws {
        try await with { site, boss, anna in
            let topic = try await site.topic(by: anna)
            var posts = [topic.id]
            for number in 0..<5 {
                posts.append(
                    try await site.reply(
                        to: topic,
                        "A post for others to like, \(number).",
                        by: anna
                    ).id
                )
            }
            for post in posts.prefix(3) { _ = try await site.community.like(post, by: boss) }
            try await site.dispatch()
            #expect(try await unread(anna, site) == ["5 1 boss", "5 2 boss", "5 3 boss"])
            for post in posts.dropFirst(3) {
                _ = try await site.community.like(post, by: boss)
                try await site.dispatch()
            }
            #expect(try await unread(anna, site) == ["19 boss"])
            #expect(
                try await site.number(
                    "SELECT (data ->> 'count')::int FROM notifications WHERE notification_type = 19"
                ) == 6
            )
        }
    }

    @Test func `likes are told as often as their author wants`() async throws {
        try await with { site, boss, anna in
            let topic = try await site.topic(by: anna)
            try await site.run(
                """
                UPDATE users SET options = '{"like_notification_frequency": 0}' WHERE id = \(anna.id)
                """
            )
            for name in ["bert", "carl", "dora"] {
                _ = try await site.community.like(topic.id, by: try await site.member(name))
                try await site.dispatch()
            }
            #expect(try await unread(anna, site) == ["5 1 dora"])
            #expect(
                try await site.number(
                    "SELECT (data ->> 'count')::int FROM notifications WHERE notification_type = 5"
                ) == 3
            )
            _ = boss
        }
    }

    @Test func `members who track a group hear how many messages it has`() async throws {
        try await with { site, boss, anna in
            let group = try await site.group("helpers", members: [anna])
            try await site.run("UPDATE groups SET messageable_level = 99 WHERE id = \(group.id)")
            try await site.run(
                "UPDATE group_users SET notification_level = 2 WHERE user_id = \(anna.id)"
            )
            for number in 1...2 {
                _ = try await site.message("A message, number \(number)", to: ["helpers"], by: boss)
                try await site.dispatch()
            }
            #expect(
                try await site.database.pool.values(
                    """
                    SELECT notification_type || ' ' || (data ->> 'inbox_count') FROM notifications
                    WHERE user_id = \(anna.id)
                    """
                ) == ["16 2"]
            )
        }
    }

    @Test func `a call for everybody here reaches those who wrote, when they are few`()
        async throws
    {
        try await with(["max_here_mentioned": "2"]) { site, boss, anna in
            let topic = try await site.topic(by: anna)
            let bert = try await site.member("bert")
            try await site.reply(to: topic, by: bert)
            try await site.dispatch()
            let call = try await site.reply(to: topic, "@here, what do you say?", by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: call.id) == ["anna 1", "bert 1"])
            try await site.reply(
                to: topic,
                "One more post, by somebody.",
                by: try await site.member("carl")
            )
            let loud = try await site.reply(to: topic, "@here, what about all of you?", by: boss)
            let mild = try await site.reply(to: topic, "@here, says one of the new.", by: bert)
            try await site.dispatch()
            for post in [loud, mild] {
                #expect(
                    try await site.notices(of: post.id).contains { $0.hasSuffix(" 1") } == false
                )
            }
        }
    }

    @Test func `only the newest notices are kept`() async throws {
        try await with { site, _, anna in
            try await site.run(
                """
                INSERT INTO notifications (user_id, notification_type)
                SELECT \(anna.id), 14 FROM generate_series(1, 10005)
                """
            )
            let parts = 144.0
            for _ in 0..<Int(parts) {
                try await site.community.trimNotifications()
                site.clock.advance(seconds: 86_400 / parts)
            }
            #expect(try await site.number("SELECT count(*) FROM notifications") == 10_000)
            #expect(try await site.number("SELECT min(id) FROM notifications") == 6)
        }
    }

    @Test func `lost access takes back what was not read`() async throws {
        try await with { site, boss, anna in
            let group = try await site.group("insiders", members: [anna])
            let secret = try await site.category("Secret", permissions: ["insiders": 1])
            let open = try await site.category("Open")
            let moved = try await site.topic(
                raw: "@anna, this is in the open.",
                in: open.id,
                by: boss
            )
            let kept = try await site.topic(
                raw: "@anna, this is a secret.",
                in: secret.id,
                by: boss
            )
            try await site.dispatch()
            try await site.community.removeMembers([anna.id], from: group.id, by: .system)
            try await site.dispatch()
            #expect(try await site.notices(of: kept.id) == [])
            #expect(try await site.notices(of: moved.id) == ["anna 1"])
            try await site.community.editTopic(moved.topicID, categoryID: secret.id, by: boss)
            try await site.dispatch()
            #expect(try await site.notices(of: moved.id) == [])
        }
    }
}
