import Forum
import Postgres
import TestSupport
import Testing

struct TopicFilterTests {
    @Test func `words, quotes and signs are read, the rest is passed over`() {
        let now = Timestamp(secondsSince1970: Int64(1_800_000_000))
        func conditions(_ text: String) -> [TopicCondition] {
            TopicFilter(text, now: now).conditions
        }
        #expect(
            conditions("category:a,b =category:c -category:d")
                == [
                    .places(
                        [
                            .init(slug: "a"), .init(slug: "b"),
                            .init(slug: "c", includesSubcategories: false),
                        ],
                        isExcluded: false
                    ),
                    .places([.init(slug: "d")], isExcluded: true),
                ]
        )
        #expect(conditions("tag:a+b") == [.tags(["a", "b"], all: true, isExcluded: false)])
        #expect(conditions("-tags:a,b") == [.tags(["a", "b"], all: false, isExcluded: true)])
        #expect(
            conditions("tag-group:\"two words\"")
                == [.tagGroup("two words", isExcluded: false)]
        )
        #expect(
            conditions("likes-min:3 views-max:x posts-min:-1") == [
                .number(.likes, isMinimum: true, 3)
            ]
        )
        #expect(conditions("in:pinned,new") == [.relations([.pinned, .new])])
        #expect(conditions("in:nowhere") == [.nothing])
        #expect(conditions("status:open status:odd") == [.status(.open)])
        #expect(conditions("locale:de") == [.nothing])
        #expect(conditions("foo:bar : :x -:y") == [.words("x -y")])
        #expect(conditions("https://example.org/a").count == 1)
        let ordered = TopicFilter("order:likes-asc,views", now: now)
        #expect(ordered.orders == [.init(.likes, isAscending: true), .init(.views)])
        #expect(TopicFilter("order:title", now: now).query.order == .title)
        #expect(conditions(String(repeating: "likes-min:1 ", count: 500)).count == 30)
        #expect(
            conditions("created-before:2")
                == [.time(.created, isAfter: false, now - 2 * 86_400)]
        )
    }

    @Test func `a filter finds what it says and nothing that is hidden`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna", trustLevel: 3)
            _ = try await site.group("club", members: [admin])
            let parent = try await site.category("Help")
            let child = try await site.category("Mail", parent: parent.id)
            let closed = try await site.category("Closed", permissions: ["club": 1])
            // Nothing older than the account is new to it.
            let bert = Viewer.member(try await site.member("bert"))
            let a = try await site.topic(
                "Topic of the letter A",
                in: parent.id,
                tags: ["x"],
                by: admin
            )
            let b = try await site.topic(
                "Topic of the letter B",
                in: child.id,
                tags: ["x", "y"],
                by: anna
            )
            let c = try await site.topic(
                "Topic of the letter C",
                in: closed.id,
                tags: ["x"],
                by: admin
            )
            try await site.reply(to: a, "An answer with zebras in it.", by: anna)
            let (ia, ib, ic) = (a.topicID, b.topicID, c.topicID)
            func found(_ text: String, _ viewer: Viewer) async throws -> Set<TopicID> {
                let query = TopicFilter(text, now: .now()).query
                return Set(
                    try await site.community.topicList(query, for: viewer).topics.map(\.topic.id)
                )
            }
            let member = Viewer.member(anna)
            let table: [(String, Set<TopicID>)] = [
                ("category:help", [ia, ib]), ("=category:help", [ia]),
                ("category:help:mail", [ib]), ("-category:mail", [ia]), ("category:closed", []),
                ("tag:x", [ia, ib]), ("tag:x+y", [ib]), ("-tag:y", [ia]), ("tag:x,nope", [ia, ib]),
                ("users:anna", [ia, ib]), ("users:anna+boss", [ia]), ("created-by:anna", [ib]),
                ("zebras", [ia]), ("posts-min:2", [ia]), ("posters-min:2", [ia]),
                ("status:closed", []), ("status:deleted", []), ("in:bookmarked", []),
                ("in:muted", []), ("group:club", [ia]), ("tag:none", []), ("in:pinned", []),
            ]
            for (text, expected) in table {
                #expect(try await found(text, member) == expected, "\(text)")
            }
            let boss = Viewer.member(try await site.refreshed(admin))
            #expect(try await found("category:closed", boss) == [ic])
            #expect(try await found("group:club", boss) == [ia, ic])
            #expect(try await found("in:new-topics", bert) == [ia, ib])
            #expect(try await found("in:new-topics -category:mail", bert) == [ia])
            #expect(try await found("in:new-topics", member) == [])
            #expect(try await found("in:new-topics", .anonymous) == [])
            try await site.community.deleteTopic(ib, by: admin)
            #expect(try await found("status:deleted", boss) == [ib])
            #expect(try await found("status:deleted", member) == [])
            try await site.community.setTopicStatus(ia, status: .visible, enabled: false, by: admin)
            #expect(try await found("status:unlisted", boss) == [ia])
            #expect(try await found("status:unlisted", member) == [])
            #expect(try await found("status:unlisted", .anonymous) == [])
        }
    }

    @Test func `every order and condition is a statement that runs`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            try await site.topic(by: admin)
            try await site.community.measureHotTopics()
            for viewer in [Viewer.anonymous, .member(admin)] {
                for order in TopicListQuery.Order.allCases {
                    for isAscending in [false, true] {
                        var query = TopicListQuery(order: order, isAscending: isAscending)
                        #expect(
                            try await site.community.topicList(query, for: viewer).topics.count == 1
                        )
                        query.orders = [.init(order, isAscending: isAscending), .init(.views)]
                        #expect(
                            try await site.community.topicList(query, for: viewer).topics.count == 1
                        )
                    }
                }
                for relation in TopicCondition.Relation.allCases {
                    var query = TopicListQuery(.all)
                    query.conditions = [.relations([relation])]
                    _ = try await site.community.topicList(query, for: viewer)
                }
            }
        }
    }
}
