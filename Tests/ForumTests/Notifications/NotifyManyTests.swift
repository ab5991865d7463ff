import Forum
import Foundation
import Postgres
import TestSupport
import Testing

struct NotifyManyTests {
    /// Watchers of one category; `HEARING_WATCHERS` says how many.
    private static let watchers =
        ProcessInfo.processInfo.environment["HEARING_WATCHERS"].flatMap { Int($0) } ?? 4000

    private func people(_ site: TestCommunity, _ category: CategoryID) async throws {
        _ = try await site.database.pool.transaction(timeoutSeconds: 120) { transaction in
            try await transaction.batch([
                """
                INSERT INTO users (username, username_lower, active, trust_level)
                SELECT 'watcher' || n, 'watcher' || n, true, 1 FROM generate_series(1, \(Self.watchers)) n
                """,
                """
                INSERT INTO user_emails (user_id, email, email_lower, is_primary, verified_at)
                SELECT id, username || '@example.com', username || '@example.com', true, now()
                FROM users WHERE username LIKE 'watcher%'
                """,
                """
                INSERT INTO category_users (user_id, category_id, notification_level)
                SELECT id, \(category), 3 FROM users WHERE username LIKE 'watcher%'
                """,
            ])
        }
    }

    /// What it costs at the least: the same rows by the plainest statement.
    private func plain(_ site: TestCommunity, _ post: PostID) async throws -> Duration {
        try await ContinuousClock().measure {
            _ = try await site.database.pool.transaction(timeoutSeconds: 120) { transaction in
                try await transaction.batch([
                    """
                    INSERT INTO notifications (user_id, notification_type, topic_id, post_id,
                        post_number, data)
                    SELECT cu.user_id, 800, p.topic_id, p.id, p.post_number,
                        jsonb_build_object('topic_title', 'A title', 'original_post_id', p.id,
                            'original_post_type', 1, 'original_username', 'boss',
                            'revision_number', NULL, 'display_username', 'boss')
                    FROM category_users cu, posts p WHERE p.id = \(post)
                    """,
                    """
                    INSERT INTO outgoing_emails (email_type, user_id, post_id, to_address)
                    SELECT 'plain', e.user_id, \(post), e.email
                    FROM category_users cu JOIN user_emails e ON e.user_id = cu.user_id
                    """,
                ])
            }
        }
    }

    /// With and without statistics: the planner must not be lost in either case.
    @Test(arguments: [false, true], [false, true])
    func `thousands hear of a post in little more than the time of writing it down`(
        isRestricted: Bool,
        isAnalyzed: Bool
    ) async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let permissions = isRestricted ? ["trust_level_1": 1] : nil
            let place = try await site.category("Place", permissions: permissions)
            try await people(site, place.id)
            if isAnalyzed { try await site.run("ANALYZE") }
            let topic = try await site.topic(in: place.id, by: boss)
            let taken = try await ContinuousClock().measure { try await site.dispatch() }
            let told = try await site.number(
                "SELECT count(*) FROM notifications WHERE notification_type = 36"
            )
            #expect(told == Self.watchers)
            #expect(try await site.number("SELECT count(*) FROM outgoing_emails") == Self.watchers)
            let least = try await plain(site, topic.id)
            #expect(taken < least * 5 + .seconds(1))
            // A second post takes the notices of the first back, to say that there are two.
            try await site.reply(to: topic, by: boss)
            let again = try await ContinuousClock().measure { try await site.dispatch() }
            #expect(
                try await site.number(
                    """
                    SELECT count(*) FROM notifications WHERE data ->> 'display_username' = '2 replies'
                    """
                ) == Self.watchers
            )
            #expect(again < least * 10 + .seconds(1))
        }
    }
}
