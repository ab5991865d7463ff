import Postgres
import TestSupport
import Testing

@testable import Forum

/// The hot reads on 20,000 posts go through indexes, whatever page is asked for.
struct QueryPlanTests {
    private func seed(_ site: TestCommunity) async throws {
        try await site.database.pool.transaction(timeoutSeconds: 60) { transaction in
            _ = try await transaction.query(Self.posts)
        }
        for table: SQL in ["topics", "posts", "post_search_data"] {
            try await site.database.pool.execute("ANALYZE \(table)")
        }
    }

    private static let posts: SQL = """
        WITH made AS (
            INSERT INTO topics (title, fancy_title, slug, category_id, user_id,
                last_post_user_id, posts_count, highest_post_number, created_at, bumped_at)
            SELECT 'Topic ' || n, 'Topic ' || n, 'topic-' || n, 4, -1, -1, 2, 2,
                now() - make_interval(mins => n), now() - make_interval(mins => n)
            FROM generate_series(1, 10000) n RETURNING id
        ), written AS (
            INSERT INTO posts (topic_id, post_number, user_id, raw, cooked)
            SELECT made.id, n, -1, 'Text ' || n, repeat('<p>Text</p>', 20)
            FROM made, generate_series(1, 2) n RETURNING id, topic_id
        )
        INSERT INTO post_search_data (post_id, topic_id, search_data)
        SELECT id, topic_id, to_tsvector('english', 'text ' || CASE WHEN id % 100 = 0
            THEN 'seldom' ELSE 'often' END) FROM written
        """

    private static func filtered(_ text: String) -> TopicListQuery {
        TopicFilter(text, now: .now()).query
    }

    private func plan(_ sql: SQL, _ site: TestCommunity) async throws -> String {
        try await site.database.pool.values("EXPLAIN \(sql)", as: String.self)
            .joined(separator: "\n")
    }

    @Test func `lists, topics and searches scan no table of posts or topics`() async throws {
        try await TestCommunity.with { site in
            try await seed(site)
            let member = Viewer.member(try await site.member("reader"))
            let id = TopicID(77)
            let since = Timestamp.now()
            for viewer in [Viewer.anonymous, member, .member(.system)] {
                let lists = [
                    TopicListQuery(), TopicListQuery(page: 3), TopicListQuery(order: .activity),
                    TopicListQuery(categoryID: CategoryID(1)), TopicListQuery(order: .created),
                    Self.filtered("category:general status:open"), Self.filtered("in:unseen"),
                    Self.filtered("-tag:odd likes-max:9"), Self.filtered("-category:staff"),
                ].map { TopicListQueries(query: $0, viewer: viewer, newSince: since).topics }
                let pages = [
                    TopicWindow.start, .near(postNumber: 2), .page(1), .page(400), .print,
                ].map { TopicPageQueries.posts(id, $0, includingRaw: true, for: viewer) }
                let others = [
                    TopicPageQueries.topic(id, for: viewer),
                    TopicPageQueries.stream(id, for: viewer),
                    TopicPageQueries.participants(id, for: viewer),
                    PostQueries.post(PostID(5), for: viewer),
                    PostQueries.latest(before: 10_000, for: viewer),
                    PostQueries.latest(for: viewer),
                    SearchQueries(
                        query: SearchQuery("seldom", now: since),
                        viewer: viewer,
                        page: 1
                    ).posts,
                ]
                for query in lists + pages + others {
                    let plan = try await plan(query, site)
                    for table in ["posts", "topics", "post_search_data"] {
                        #expect(!plan.contains("Seq Scan on \(table)"), "\(query.text)\n\(plan)")
                    }
                }
            }
        }
    }
}
