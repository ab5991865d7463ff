import Forum
import Postgres
import TestSupport
import Testing

struct TopicPageTests {
    /// A topic of 200 posts written by three people, some of them deleted.
    private func longTopic(_ site: TestCommunity, deleting: [Int] = []) async throws -> TopicID {
        let anna = try await site.member("anna")
        let bert = try await site.member("bert")
        let topic = try await site.topic(by: anna)
        try await site.database.pool.execute(
            """
            INSERT INTO posts (topic_id, post_number, user_id, raw, cooked)
            SELECT \(topic.topicID), n, CASE WHEN n % 3 = 0 THEN \(bert.id)::bigint
                ELSE \(anna.id)::bigint END,
                'Text ' || n, '<p>Text ' || n || '</p>' FROM generate_series(2, 200) n
            """
        )
        try await site.database.pool.execute(
            """
            UPDATE topics SET posts_count = 200, highest_post_number = 200
            WHERE id = \(topic.topicID)
            """
        )
        let admin = try await site.admin()
        for number in deleting {
            let post = try await site.community.post(
                topic.topicID,
                number: number,
                for: .member(admin)
            )
            try await site.community.deletePost(post.id, by: admin)
        }
        return topic.topicID
    }

    @Test func `pages cover a topic once each, whatever was deleted`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let deleted = [2, 3, 20, 21, 40, 41, 42, 100, 200]
            let id = try await longTopic(site, deleting: deleted)
            let expected = (1...200).filter { !deleted.contains($0) }
            for viewer in [Viewer.anonymous, .member(try await site.member("reader"))] {
                var numbers: [Int] = []
                for page in 1...12 {
                    let answer = try await site.community.topicPage(id, .page(page), for: viewer)
                    #expect(answer.posts.count <= 20)
                    #expect(answer.stream.count == expected.count)
                    numbers += answer.posts.map(\.number)
                }
                #expect(numbers == expected)
            }
        }
    }

    @Test func `a window lies around its number and is always full`() async throws {
        let windows = [
            (1, 1...20), (5, 1...20), (6, 1...20), (7, 2...21), (100, 95...114), (190, 181...200),
            (200, 181...200), (5000, 181...200), (-3, 1...20),
        ]
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let id = try await longTopic(site)
            for (number, expected) in windows {
                let page = try await site.community.topicPage(
                    id,
                    .near(postNumber: number),
                    for: .anonymous
                )
                #expect(page.posts.map(\.number) == Array(expected), "around \(number)")
            }
        }
    }

    @Test func `participants, raw texts and a thousand posts for printing`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let id = try await longTopic(site)
            let page = try await site.community.topicPage(
                id,
                .print,
                includingRaw: true,
                for: .anonymous
            )
            #expect(page.posts.count == 200)
            #expect(page.posts[99].raw == "Text 100")
            #expect(page.participants.map(\.user.username) == ["anna", "bert"])
            #expect(page.participants.map(\.postCount) == [134, 66])
            let raw = try await site.community.rawTopic(id, page: 2, for: .anonymous)
            #expect(raw.hasPrefix("anna | "))
            #expect(raw.contains("#101\n\nText 101\n\n-------------------------\n\n"))
            #expect(try await site.community.rawTopic(id, page: 3, for: .anonymous).isEmpty)
        }
    }

    @Test func `views are added up when they are flushed`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let topic = try await site.topic(by: try await site.admin())
            let views = TopicViews(community: site.community)
            for _ in 0..<5 { views.record(topic.topicID) }
            views.record(TopicID(999_999))
            try await views.flush()
            try await views.flush()
            let page = try await site.community.topicPage(topic.topicID, for: .anonymous)
            #expect(page.topic.views == 5)
        }
    }

    @Test func `a status is switched by staff and trusted members alone`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let trusted = try await site.member("trusted", trustLevel: 4)
            let topic = try await site.topic(by: anna)
            await #expect(throws: ForumError.forbidden) {
                try await site.community.setTopicStatus(
                    topic.topicID,
                    status: .closed,
                    enabled: true,
                    by: anna
                )
            }
            for status in TopicStatus.allCases where status != .visible {
                for enabled in [true, false] {
                    try await site.community.setTopicStatus(
                        topic.topicID,
                        status: status,
                        enabled: enabled,
                        by: trusted
                    )
                    let seen = try await site.community.topicPage(topic.topicID, for: .anonymous)
                        .topic
                    switch status {
                    case .closed: #expect(seen.isClosed == enabled)
                    case .archived: #expect(seen.isArchived == enabled)
                    case .pinned:
                        #expect((seen.pinnedAt != nil) == enabled && !seen.isPinnedGlobally)
                    default: #expect(seen.isPinnedGlobally == enabled)
                    }
                }
            }
        }
    }
}
