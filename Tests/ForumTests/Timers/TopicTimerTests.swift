import Forum
import Postgres
import TestSupport
import Testing

struct TopicTimerTests {
    @Test func `each kind of timer does its work when its time has come`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let target = try await site.category("Target")
            let upkeep = Upkeep(community: site.community)
            let hour = site.community.clock() + 3600
            var topics: [TopicTimer.Kind: TopicID] = [:]
            for kind in TopicTimer.Kind.allCases where kind != .deleteReplies {
                let topic = try await site.topic("A topic with a timer \(kind.rawValue)", by: boss)
                topics[kind] = topic.topicID
                if kind == .open {
                    try await site.community.setTopicStatus(
                        topic.topicID,
                        status: .closed,
                        enabled: true,
                        by: boss
                    )
                }
                let timer = try await site.community.setTopicTimer(
                    topic.topicID,
                    PlannedTimer(
                        kind: kind,
                        executeAt: hour,
                        categoryID: kind == .publishToCategory ? target.id : nil
                    ),
                    by: boss
                )
                #expect(timer?.executeAt == hour)
            }
            try await upkeep.runDue()
            #expect(try await site.number("SELECT count(*) FROM topic_timers") == 7)
            site.clock.advance(seconds: 3700)
            try await upkeep.runDue()
            #expect(try await site.number("SELECT count(*) FROM topic_timers") == 0)
            func topic(_ kind: TopicTimer.Kind) async throws -> Topic {
                let id = try #require(topics[kind])
                return try await site.community.topicPage(id, for: .member(boss)).topic
            }
            #expect(try await topic(.close).isClosed)
            #expect(try await topic(.silentClose).isClosed)
            #expect(try await !topic(.open).isClosed)
            #expect(try await topic(.publishToCategory).categoryID == target.id)
            #expect(try await topic(.delete).deletedAt != nil)
            #expect(try await topic(.bump).bumpedAt > topic(.reminder).bumpedAt)
            let reminders: SQL = "SELECT count(*) FROM notifications WHERE notification_type = 18"
            #expect(try await site.number(reminders) == 1)
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `who may set one, and what is no timer`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: ben)
            let now = site.community.clock()
            let close = PlannedTimer(kind: .close, executeAt: now + 60)
            let denied = try await refusal {
                try await site.community.setTopicTimer(topic.topicID, close, by: ben)
            }
            #expect(denied?.code == .forbidden)
            for bad in [
                PlannedTimer(kind: .close, executeAt: now - 60),
                PlannedTimer(kind: .close, executeAt: now + 1e11),
                PlannedTimer(kind: .close, durationMinutes: 0),
                PlannedTimer(kind: .deleteReplies, executeAt: now + 60),
                PlannedTimer(kind: .publishToCategory, executeAt: now + 60),
            ] {
                let error = try await refusal {
                    try await site.community.setTopicTimer(topic.topicID, bad, by: boss)
                }
                #expect(error?.code == .malformed, "\(bad)")
            }
            try await site.community.setTopicTimer(topic.topicID, close, by: boss)
            try await site.community.setTopicTimer(
                topic.topicID,
                PlannedTimer(kind: .close),
                by: boss
            )
            #expect(try await site.number("SELECT count(*) FROM topic_timers") == 0)
        }
    }

    @Test func `a timer that waits for silence is put off by a reply, and old replies go`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let topic = try await site.topic(by: boss)
            let upkeep = Upkeep(community: site.community)
            try await site.community.setTopicTimer(
                topic.topicID,
                PlannedTimer(kind: .close, durationMinutes: 60, isBasedOnLastPost: true),
                by: boss
            )
            try await site.community.setTopicTimer(
                topic.topicID,
                PlannedTimer(kind: .deleteReplies, durationMinutes: 90),
                by: boss
            )
            site.clock.advance(seconds: 3000)
            let reply = try await site.reply(to: topic, by: boss)
            site.clock.advance(seconds: 1000)
            try await upkeep.runDue()
            var page = try await site.community.topicPage(topic.topicID, for: .member(boss))
            #expect(!page.topic.isClosed && page.posts.count == 2)
            site.clock.advance(seconds: 5000)
            try await upkeep.runDue()
            page = try await site.community.topicPage(topic.topicID, for: .member(boss))
            #expect(page.topic.isClosed)
            #expect(!page.stream.contains(reply.id))
            #expect(page.extras.timer?.kind == .deleteReplies)
        }
    }

    @Test func `slow mode, pins and times of topics`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: ben)
            try await site.community.setSlowMode(topic.topicID, seconds: 600, by: boss)
            let slow = try await refusal { try await site.reply(to: topic, by: ben) }
            #expect(slow?.code == .invalid)
            try await site.reply(to: topic, by: boss)
            site.clock.advance(seconds: 700)
            try await site.reply(to: topic, by: ben)
            let until = site.community.clock() + 100
            try await site.community.setTopicStatus(
                topic.topicID,
                status: .pinned,
                enabled: true,
                until: until,
                by: boss
            )
            try await site.community.clearPin(topic.topicID, by: ben)
            let page = try await site.community.topicPage(topic.topicID, for: .member(ben))
            #expect(page.extras.isUnpinned && page.extras.slowModeSeconds == 600)
            site.clock.advance(seconds: 200)
            try await Upkeep(community: site.community).runDue()
            let pinned: SQL = "SELECT count(*) FROM topics WHERE pinned_at IS NOT NULL"
            #expect(try await site.number(pinned) == 0)

            let time = Timestamp(secondsSince1970: Int64(1_594_291_380))
            let future = try await refusal {
                try await site.community.changeTopicTimestamp(
                    topic.topicID,
                    to: site.community.clock() + 60,
                    by: boss
                )
            }
            #expect(future?.code == .invalid)
            try await site.community.changeTopicTimestamp(topic.topicID, to: time, by: boss)
            let moved = try await site.community.topicPage(topic.topicID, for: .member(boss))
            #expect(moved.topic.createdAt == time && moved.posts[0].createdAt == time)
            #expect(moved.posts[2].createdAt - time > 600 && moved.posts[2].createdAt - time < 900)
            #expect(moved.topic.bumpedAt == moved.posts[2].createdAt)
        }
    }
}
