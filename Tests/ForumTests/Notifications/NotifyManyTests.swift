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

    /// With and without statistics: where the planner is lost, the dispatcher's limit of a statement ends it, and
    /// nobody hears. What it costs beside the plainest statements is measured by `make bench`.
    @Test(arguments: [false, true], [false, true])
    func `thousands hear of a post, and of the next one in the same notice`(
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
            try await site.dispatch()
            let told = try await site.number(
                "SELECT count(*) FROM notifications WHERE notification_type = 36"
            )
            #expect(told == Self.watchers)
            #expect(try await site.number("SELECT count(*) FROM outgoing_emails") == Self.watchers)
            // A second post takes the notices of the first back, to say that there are two.
            try await site.reply(to: topic, by: boss)
            try await site.dispatch()
            #expect(
                try await site.number(
                    """
                    SELECT count(*) FROM notifications WHERE data ->> 'display_username' = '2 replies'
                    """
                ) == Self.watchers
            )
        }
    }
}
