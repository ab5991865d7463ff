import Forum
import Postgres
import TestSupport
import Testing

struct DispatcherTests {
    @Test func `two dispatchers at once work off every event once`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            var topics: [CreatedPost] = []
            for index in 0..<5 {
                topics.append(try await site.topic("Topic number \(index) of several", by: anna))
            }
            for topic in topics {
                for index in 0..<9 {
                    try await site.reply(to: topic, "Reply \(index), heard of by @bert.", by: anna)
                }
            }
            #expect(
                try await site.number("SELECT count(*) FROM outbox WHERE event LIKE '%_created'")
                    >= 50
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { try await site.dispatch() } }
                try await group.waitForAll()
            }
            #expect(try await site.number("SELECT count(*) FROM outbox") == 0)
            #expect(
                try await site.number(
                    "SELECT count(*) FROM notifications WHERE user_id = \(bert.id)"
                ) == 45
            )
            #expect(try await site.number("SELECT count(*) FROM outgoing_emails") == 45)
            // Of one topic, in the order in which they were written; without gaps in the ids.
            for topic in topics {
                let rows: [String] = try await site.database.pool.values(
                    """
                    SELECT message_id || ':' || (data ->> 'post_number') FROM bus_messages
                    WHERE channel = '/topic/' || \(topic.topicID)::text ORDER BY message_id
                    """
                )
                #expect(rows == (1...10).map { "\($0):\($0)" })
            }
            let latest: [Int] = try await site.database.pool.values(
                "SELECT message_id FROM bus_messages WHERE channel = '/latest' ORDER BY message_id"
            )
            #expect(latest == Array(1...50))
        }
    }

    @Test func `an event that comes twice tells nobody twice`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            _ = try await site.member("bert")
            let topic = try await site.topic(raw: "@bert, this is for you alone.", by: anna)
            try await site.dispatch()
            try await site.run(
                """
                INSERT INTO outbox (event, topic_id, post_id, user_id)
                VALUES ('topic_created', \(topic.topicID), \(topic.id), \(anna.id))
                """
            )
            try await site.dispatch()
            #expect(try await site.notices(of: topic.id) == ["bert 1"])
            #expect(try await site.mails(about: topic.id) == ["bert"])
        }
    }

    @Test func `what the database refuses is put off and holds nobody up`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            _ = try await site.member("bert")
            let bad = try await site.topic(
                "A topic that cannot be told",
                raw: "@bert, this one fails for a while.",
                by: anna
            )
            let good = try await site.topic(
                "A topic that can be told well",
                raw: "@bert, this one does not fail.",
                by: anna
            )
            #expect(bad.id == PostID(1))
            try await site.run(
                "ALTER TABLE notifications ADD CONSTRAINT fault CHECK (post_id <> 1)"
            )
            try await site.dispatch()
            #expect(try await site.notices(of: good.id) == ["bert 1"])
            #expect(try await site.notices(of: bad.id) == [])
            let waiting: [String] = try await site.database.pool.values(
                """
                SELECT attempts || ' ' || (last_error LIKE '%fault%') || ' '
                    || (next_attempt_at BETWEEN now() - interval '5 s' AND now() + interval '2 s')
                FROM outbox
                """
            )
            #expect(waiting == ["1 true true"])
            // Those who read along were told nevertheless, once.
            let told = try await site.number(
                "SELECT count(*) FROM bus_messages WHERE channel = '/topic/1'"
            )
            #expect(told == 1)
            // A later event of the same topic does not wait for it.
            let reply = try await site.reply(to: bad, "@bert, and this one is fine.", by: anna)
            try await site.dispatch()
            #expect(try await site.notices(of: reply.id) == ["bert 1"])
            // The last attempt, then it stays.
            try await site.run("UPDATE outbox SET attempts = 11, next_attempt_at = now()")
            try await site.dispatch()
            #expect(
                try await site.number(
                    """
                    SELECT count(*) FROM outbox WHERE attempts = 12 AND next_attempt_at = 'infinity'
                    """
                ) == 1
            )
            // Put right by hand, it goes through.
            try await site.run("ALTER TABLE notifications DROP CONSTRAINT fault")
            try await site.run("UPDATE outbox SET next_attempt_at = now()")
            try await site.dispatch()
            #expect(try await site.notices(of: bad.id) == ["bert 1"])
            #expect(try await site.number("SELECT count(*) FROM outbox") == 0)
        }
    }

    @Test func `a running dispatcher works off what is written and stops when cancelled`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            _ = try await site.member("bert")
            let running = Task { await Dispatcher(community: site.community).run() }
            let topic = try await site.topic(raw: "@bert, somebody works on this.", by: anna)
            for _ in 0..<500 where try await site.notices(of: topic.id).isEmpty {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(try await site.notices(of: topic.id) == ["bert 1"])
            running.cancel()
            await running.value
        }
    }

    @Test(arguments: [(1, 1.0), (2, 2.0), (5, 16.0), (9, 60.0), (11, 60.0), (12, nil), (40, nil)])
    func `the pause doubles up to its bound`(attempt: Int, expected: Double?) {
        let backoff = Backoff(firstSeconds: 1, maxSeconds: 60, attempts: 12)
        #expect(backoff.delaySeconds(after: attempt) == expected)
    }
}
