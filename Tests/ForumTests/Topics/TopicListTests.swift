import Forum
import Postgres
import TestSupport
import Testing

struct TopicListTests {
    /// Topics with one post each, oldest first, written without the use case.
    private func seed(_ count: Int, _ site: TestCommunity) async throws {
        try await site.database.pool.execute(
            """
            WITH made AS (
                INSERT INTO topics (title, fancy_title, slug, category_id, user_id,
                    last_post_user_id, posts_count, highest_post_number, created_at, bumped_at,
                    views, like_count)
                SELECT 'Topic ' || n, 'Topic ' || n, 'topic-' || n, 4, -1, -1, 1, 1,
                    now() - make_interval(mins => \(count)::int - n),
                    now() - make_interval(mins => \(count)::int - n), n * 7 % 100, n % 5
                FROM generate_series(1, \(count)::int) n RETURNING id
            )
            INSERT INTO posts (topic_id, post_number, user_id, raw, cooked)
            SELECT id, 1, -1, 'Text', '<p>Text</p>' FROM made
            """
        )
    }

    private func titles(
        _ site: TestCommunity,
        _ query: TopicListQuery,
        for viewer: Viewer
    ) async throws -> [String] {
        try await site.community.topicList(query, for: viewer).topics.map(\.topic.title)
    }

    @Test func `pages show every topic once, pinned ones first`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            try await seed(75, site)
            let admin = try await site.admin()
            for id in [5, 9] {
                try await site.community.setTopicStatus(
                    TopicID(Int64(id)),
                    status: .pinnedGlobally,
                    enabled: true,
                    by: admin
                )
            }
            let expected =
                ["Topic 9", "Topic 5"]
                + (1...75).reversed().filter { $0 != 5 && $0 != 9 }.map { "Topic \($0)" }
            for viewer in [Viewer.anonymous, .member(try await site.member("reader"))] {
                for perPage in [1, 7, 30, 60, 100] {
                    var seen: [String] = []
                    for page in 0...75 {
                        let answer = try await site.community.topicList(
                            TopicListQuery(page: page, perPage: perPage),
                            for: viewer
                        )
                        seen += answer.topics.map(\.topic.title)
                        #expect(answer.hasMore == (seen.count < 75))
                        if !answer.hasMore { break }
                    }
                    #expect(seen == expected)
                }
            }
        }
    }

    @Test func `a cursor goes on where the page before ended, also when topics move`() async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            try await seed(75, site)
            var seen: [String] = []
            var query = TopicListQuery(order: .activity)
            repeat {
                let page = try await site.community.topicList(query, for: .anonymous)
                seen += page.topics.map(\.topic.title)
                query.before = page.nextCursor
                // What was seen already moves up; the pages to come must not show it again.
                try await site.database.pool.execute(
                    "UPDATE topics SET bumped_at = now() + interval '1 hour' WHERE id = 70"
                )
            } while query.before != nil
            #expect(seen == (1...75).reversed().map { "Topic \($0)" })
        }
    }

    @Test func `a pin that was read or has run out is no pin`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            try await seed(3, site)
            let admin = try await site.admin()
            let reader = try await site.member("reader")
            try await site.community.setTopicStatus(
                TopicID(1),
                status: .pinnedGlobally,
                enabled: true,
                by: admin
            )
            #expect(try await titles(site, .init(), for: .member(reader)).first == "Topic 1")
            try await site.database.pool.execute(
                """
                INSERT INTO topic_users (topic_id, user_id, last_read_post_number, last_visited_at)
                VALUES (1, \(reader.id), 1, now() + interval '1 minute')
                """
            )
            #expect(try await titles(site, .init(), for: .member(reader)).first == "Topic 3")
            #expect(try await titles(site, .init(), for: .anonymous).first == "Topic 1")
            try await site.community.setTopicStatus(
                TopicID(1),
                status: .pinnedGlobally,
                enabled: true,
                until: Timestamp.now() - 5,
                by: admin
            )
            #expect(try await titles(site, .init(), for: .anonymous).first == "Topic 3")
        }
    }

    @Test func `orders, periods, tags and subcategories`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let parent = try await site.category("Animals")
            let child = try await site.category("Birds", parent: parent.id)
            try await site.topic("Cats and their habits", in: parent.id, tags: ["pets"], by: admin)
            try await site.topic(
                "Birds and their songs",
                in: child.id,
                tags: ["pets", "song"],
                by: admin
            )
            let old = try await site.topic(
                "Animals of other times",
                in: parent.id,
                by: admin,
                createdAt: Timestamp.now() - 40 * 86_400
            )
            _ = old
            func titles(_ query: TopicListQuery) async throws -> [String] {
                try await self.titles(site, query, for: .anonymous)
            }
            let (birds, cats, past) = (
                "Birds and their songs", "Cats and their habits", "Animals of other times"
            )
            #expect(try await titles(.init(categoryID: parent.id)) == [birds, cats, past])
            #expect(
                try await titles(.init(categoryID: parent.id, includesSubcategories: false))
                    == [cats, past]
            )
            #expect(try await titles(.init(tags: ["pets"])) == [birds, cats])
            #expect(try await titles(.init(tags: ["pets", "song"])) == [birds])
            #expect(try await titles(.init(.top(.monthly))).count == 2)
            #expect(try await titles(.init(.top(.yearly))).count == 3)
            #expect(
                try await titles(.init(order: .title, isAscending: true)) == [past, birds, cats]
            )
            #expect(try await titles(.init(order: .created, isAscending: true)).first == past)
        }
    }

    @Test func `new, unread and muted follow what a member has read`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let muted = try await site.category("Noise")
            let fresh = try await site.topic("Something new to read", by: anna)
            let followed = try await site.topic("Something that bert follows", by: anna)
            try await site.topic("Something in the noise", in: muted.id, by: anna)
            try await site.reply(to: followed, by: bert)
            try await site.database.pool.execute(
                """
                INSERT INTO category_users (category_id, user_id, notification_level)
                VALUES (\(muted.id), \(bert.id), 0)
                """
            )
            let viewer = Viewer.member(bert)
            #expect(try await titles(site, .init(.new), for: viewer) == ["Something new to read"])
            #expect(try await titles(site, .init(.unread), for: viewer) == [])
            #expect(
                try await titles(site, .init(), for: viewer)
                    == ["Something that bert follows", "Something new to read"]
            )
            #expect(try await titles(site, .init(categoryID: muted.id), for: viewer).count == 1)
            try await site.reply(to: followed, by: anna)
            let unread = try await site.community.topicList(.init(.unread), for: viewer)
            #expect(unread.topics.map(\.topic.title) == ["Something that bert follows"])
            #expect(unread.topics[0].unreadPosts == 1)
            #expect(unread.topics[0].posters.map(\.userID) == [anna.id, bert.id])
            let latest = try await site.community.topicList(.init(), for: viewer)
            let row = try #require(latest.topics.first { $0.topic.id == fresh.topicID })
            #expect(row.isUnseen && row.lastReadPostNumber == nil)
            site.clock.advance(seconds: 2881 * 60)
            #expect(try await titles(site, .init(.new), for: viewer) == [])
            await #expect(throws: ForumError.notLoggedIn) {
                try await site.community.topicList(.init(.new), for: .anonymous)
            }
        }
    }

    @Test func `rows name the five who matter, and all of them are in the answer`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            var people: [Principal] = []
            for name in ["anna", "bert", "carl", "dora", "emil", "fred"] {
                people.append(try await site.member(name))
            }
            let topic = try await site.topic(by: people[0])
            for person in people.dropFirst() { try await site.reply(to: topic, by: person) }
            let page = try await site.community.topicList(.init(), for: .anonymous)
            let names = Dictionary(uniqueKeysWithValues: page.users.map { ($0.id, $0.username) })
            #expect(
                page.topics[0].posters.map { names[$0.userID] } == [
                    "anna", "emil", "dora", "carl", "fred",
                ]
            )
            #expect(page.topics[0].posters.last?.description == "Most Recent Poster")
            #expect(page.topics[0].topic.participantCount == 6)
        }
    }
}
