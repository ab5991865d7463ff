import Postgres
import TestSupport
import Testing

@testable import Forum

@Suite struct EventTests {
    private static func announce(
        _ site: TestCommunity,
        by author: Principal,
        _ tag: String,
        in category: CategoryID? = nil
    ) async throws -> CreatedPost {
        try await site.community.createTopic(
            NewTopic(
                title: "We meet on \(tag.hashValue)",
                raw: "[event \(tag)]\n[/event]\n\nCome, all of you, it will be nice.",
                categoryID: category
            ),
            by: author
        )
    }

    @Test func `a first post announces an event, and an edit changes it`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let post = try await Self.announce(
                site,
                by: anna,
                #"start="2099-05-01 10:00" end="2099-05-01 12:00" timezone="Europe/Paris" name="A “fair” <1> & more" status="public""#
            )
            let event = try #require(
                try await community.events(CalendarQuery(), for: .anonymous).first
            )
            #expect(event.postID == post.id)
            #expect(event.startsAt.iso8601 == "2099-05-01T08:00:00.000Z")
            #expect(event.endsAt?.iso8601 == "2099-05-01T10:00:00.000Z")
            #expect(event.timezone == "Europe/Paris")
            _ = try await community.editPost(
                post.id,
                raw: "[event start=2099-06-01]\n[/event]\n\nLater, but it will be nice.",
                by: anna
            )
            let moved = try #require(
                try await community.events(CalendarQuery(), for: .anonymous).first
            )
            #expect(moved.isAllDay)
            #expect(moved.title == moved.topicTitle)
            _ = try await community.editPost(
                post.id,
                raw: "It will not take place at all, I am afraid.",
                by: anna
            )
            #expect(try await community.events(CalendarQuery(), for: .anonymous).isEmpty)
        }
    }

    @Test(arguments: [
        #"start="tomorrow""#, #"start="2099-13-45 99:99""#, #"start="2099-05-01" end="x""#,
        #"start="2099-05-01 10:00" timezone="Nowhere/Land""#, #"name="no start""#,
    ])
    func `a tag that is no event changes nothing and breaks nothing`(tag: String) async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let post = try await Self.announce(site, by: anna, tag)
            #expect(post.cooked.contains("Come, all of you"))
            let count = try await site.community.events(CalendarQuery(), for: .anonymous).count
            #expect(count == (tag.hasSuffix(#"end="x""#) ? 1 : 0))
        }
    }

    @Test func `events are listed to those who may see their topic, within their times`()
        async throws
    {
        try await TestCommunity.with(settings: ["rate_limit_create_topic": "0"]) { site in
            let community = site.community
            let boss = try await site.admin()
            let open = try await site.category("Open")
            let past = try await Self.announce(site, by: boss, #"start="2001-05-01 10:00""#)
            let next = try await Self.announce(
                site,
                by: boss,
                #"start="2099-05-01 10:00""#,
                in: open.id
            )
            let secret = try await Self.announce(
                site,
                by: boss,
                #"start="2099-05-02 10:00""#,
                in: CategoryID(3)
            )
            func listed(
                _ viewer: Viewer,
                _ change: (inout CalendarQuery) -> Void = { _ in }
            ) async throws -> [PostID] {
                var query = CalendarQuery()
                change(&query)
                return try await community.events(query, for: viewer).map(\.postID)
            }
            #expect(try await listed(.anonymous) == [next.id])
            #expect(try await listed(.member(boss)) == [next.id, secret.id])
            #expect(
                try await listed(.anonymous) { $0.includesExpired = true } == [past.id, next.id]
            )
            #expect(try await listed(.anonymous) { $0.postID = secret.id }.isEmpty)
            #expect(try await listed(.anonymous) { $0.categoryID = open.id } == [next.id])
            #expect(
                try await listed(.member(boss)) { $0.after = next.post.createdAt + 1 }
                    == [next.id, secret.id]
            )
            #expect(try await listed(.anonymous) { $0.before = next.post.createdAt } == [past.id])
            #expect(
                try await listed(.member(boss)) { $0.isDescending = true } == [secret.id, next.id]
            )
        }
    }
}
