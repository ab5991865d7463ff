import Forum
import Postgres
import TestSupport
import Testing

struct UpkeepTests {
    @Test func `upkeep removes what is over and nothing else`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(raw: "@anna is talking to herself.", by: anna)
            try await site.run(
                """
                INSERT INTO bus_channels (channel, last_id) VALUES ('/many', 250), ('/old', 2)
                """
            )
            try await site.run(
                """
                INSERT INTO bus_messages (channel, message_id, data, created_at)
                SELECT '/many', n, '{}'::jsonb, now() FROM generate_series(1, 250) n
                UNION ALL SELECT '/old', 1, '{}', now() - interval '2 days'
                UNION ALL SELECT '/old', 2, '{}', now()
                """
            )
            try await site.run(
                """
                INSERT INTO outgoing_emails (email_type, user_id, post_id, to_address, state,
                    finished_at)
                SELECT 'test' || n, \(anna.id), \(topic.id), 'a@example.com',
                    CASE WHEN n = 3 THEN 'queued' ELSE 'sent' END,
                    now() - make_interval(days => n * 60)
                FROM generate_series(1, 3) n
                """
            )
            try await site.run(
                """
                INSERT INTO sessions (token_hash, user_id, created_at, last_used_at)
                SELECT decode(repeat(n, 64), 'hex'), \(anna.id), now() - age, now() - age
                FROM (VALUES ('a', interval '400 days'), ('b', interval '1 day')) s (n, age)
                """
            )
            try await Upkeep(community: site.community).runOnce()
            #expect(
                try await site.number(
                    "SELECT min(message_id) * 1000 + count(*) FROM bus_messages WHERE channel = '/many'"
                ) == 151_100
            )
            #expect(
                try await site.number(
                    "SELECT sum(message_id) FROM bus_messages WHERE channel = '/old'"
                )
                    == 2
            )
            let mails: [String] = try await site.database.pool.values(
                "SELECT email_type FROM outgoing_emails ORDER BY 1"
            )
            #expect(mails == ["test1", "test3"])
            #expect(try await site.number("SELECT count(*) FROM sessions") == 1)
        }
    }
}
