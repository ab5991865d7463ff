import Forum
import Postgres
import TestSupport
import Testing

struct CreatePostTests {
    @Test func `a reply is numbered, cooked, counted and answered in full`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            #expect(topic.number == 1)
            #expect(topic.topicSlug == "a-topic-to-write-replies-in")
            let reply = try await site.reply(
                to: topic,
                "Hello @Anna, this is **strong** and @nobody_here.",
                number: 1,
                by: bert
            )
            #expect(reply.number == 2)
            #expect(reply.isNew)
            #expect(reply.cooked.contains("<strong>strong</strong>"))
            #expect(reply.cooked.contains("href=\"/u/anna\""))
            #expect(!reply.cooked.contains("/u/nobody_here"))
            #expect(reply.post.replyTo?.username == "anna")
            #expect(reply.post.author.name == "bert Example")
            let read = try await site.community.post(reply.id, for: .member(bert))
            #expect(read == reply.post)
            #expect(try await site.wrongCounters() == [])
            let parent = try await site.community.post(topic.id, for: .anonymous)
            #expect(parent.replyCount == 1)
        }
    }

    @Test func `writers follow what they write, and have read it`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            try await site.reply(to: topic, by: bert)
            let ofAuthor = try await site.community.topicPage(topic.topicID, for: .member(anna))
            #expect(ofAuthor.viewerState?.notificationLevel == 3)
            #expect(ofAuthor.viewerState?.lastReadPostNumber == 1)
            let ofReplier = try await site.community.topicPage(topic.topicID, for: .member(bert))
            #expect(ofReplier.viewerState?.notificationLevel == 2)
            #expect(ofReplier.viewerState?.lastReadPostNumber == 2)
            #expect(ofReplier.viewerState?.hasPosted == true)
        }
    }

    @Test func `a level that the author chose is not changed by replying`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let topic = try await site.topic(by: anna)
            for (level, reason) in [(0, 2), (3, 2), (1, 2)] {
                try await site.database.pool.execute(
                    """
                    INSERT INTO topic_users
                        (topic_id, user_id, notification_level, notifications_reason_id)
                    VALUES (\(topic.topicID), \(bert.id), \(level), \(reason))
                    ON CONFLICT (user_id, topic_id)
                        DO UPDATE SET notification_level = \(level)
                    """
                )
                try await site.reply(to: topic, by: bert)
                let page = try await site.community.topicPage(topic.topicID, for: .member(bert))
                #expect(page.viewerState?.notificationLevel == level)
            }
        }
    }

    @Test func `a text of the wrong length is refused with its reason`() async throws {
        let texts: [(String, ForumError.Reason)] = [
            ("", .bodyTooShort), ("   \n ", .bodyTooShort), ("too short", .bodyTooShort),
            (String(repeating: "long ", count: 6401), .bodyTooLong),
        ]
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let topic = try await site.topic(by: admin)
            for (raw, reason) in texts {
                let error = try await refusal { try await site.reply(to: topic, raw, by: admin) }
                #expect(error?.code == .invalid)
                #expect(error?.reason == reason)
                #expect(error?.field == "raw")
            }
        }
    }

    @Test func `lengths count scalars, and 32,000 of four bytes are welcome`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let raw = String(repeating: "\u{1F600}", count: 32_000)
            let topic = try await site.topic(raw: raw, by: admin)
            #expect(try await site.community.post(topic.id, for: .anonymous).raw == raw)
        }
    }

    @Test func `NUL and line ends of other systems are cleaned away`() async throws {
        try await TestCommunity.with { site in
            let admin = try await site.admin()
            let topic = try await site.topic(
                raw: "\r\n  \r\nfirst\0 line\r\nsecond line of the text  \r\n",
                by: admin
            )
            #expect(topic.post.raw == "first line\nsecond line of the text")
        }
    }

    enum Case: String, CaseIterable {
        case open, closed, archived, deleted, hidden, restricted, readOnly, replyOnly
    }

    enum Writer: String, CaseIterable {
        case stranger, member, silenced, trusted, moderator, admin
    }

    /// Who may reply where: `ok`, or the code and reason of the refusal.
    static let table: [Case: [Writer: String]] = [
        .open: [
            .stranger: "ok", .member: "ok", .silenced: "forbidden silenced", .trusted: "ok",
            .moderator: "ok", .admin: "ok",
        ],
        .closed: [
            .stranger: "forbidden topicClosed", .member: "forbidden topicClosed",
            .silenced: "forbidden silenced", .trusted: "ok", .moderator: "ok", .admin: "ok",
        ],
        .archived: [
            .stranger: "forbidden topicArchived", .member: "forbidden topicArchived",
            .silenced: "forbidden silenced", .trusted: "ok", .moderator: "ok", .admin: "ok",
        ],
        .deleted: [
            .stranger: "notFound", .member: "notFound", .silenced: "notFound",
            .trusted: "notFound", .moderator: "notFound topicDeleted",
            .admin: "notFound topicDeleted",
        ],
        .hidden: [
            .stranger: "notFound", .member: "notFound", .silenced: "notFound",
            .trusted: "notFound", .moderator: "ok", .admin: "ok",
        ],
        .restricted: [
            .stranger: "notFound", .member: "ok", .silenced: "forbidden silenced",
            .trusted: "notFound", .moderator: "notFound", .admin: "ok",
        ],
        .readOnly: [
            .stranger: "forbidden", .member: "forbidden", .silenced: "forbidden silenced",
            .trusted: "forbidden", .moderator: "forbidden", .admin: "ok",
        ],
        .replyOnly: [
            .stranger: "ok", .member: "ok", .silenced: "forbidden silenced", .trusted: "ok",
            .moderator: "ok", .admin: "ok",
        ],
    ]

    @Test func `who may reply where`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let member = try await site.member("member")
            let silenced = try await site.member("silenced")
            _ = try await site.group("crew", members: [member, silenced])
            try await site.database.pool.execute(
                """
                UPDATE users SET silenced_till = now() + interval '1 day' WHERE id = \(silenced.id)
                """
            )
            let writers: [Writer: Principal] = [
                .stranger: try await site.member("stranger"),
                .member: try await site.refreshed(member),
                .silenced: try await site.refreshed(silenced),
                .trusted: try await site.member("trusted", trustLevel: 4),
                .moderator: try await site.moderator(), .admin: admin,
            ]
            for (place, verdicts) in Self.table {
                let topic = try await Self.topic(place, site, by: admin)
                for (writer, expected) in verdicts {
                    let principal = try #require(writers[writer])
                    let error = try await refusal { try await site.reply(to: topic, by: principal) }
                    let verdict = error.map { error in
                        [error.code.rawValue, error.reason?.rawValue].compactMap(\.self)
                            .joined(separator: " ")
                    }
                    #expect(verdict ?? "ok" == expected, "\(writer) in \(place)")
                }
            }
            #expect(try await site.wrongCounters() == [])
        }
    }

    private static func topic(
        _ place: Case,
        _ site: TestCommunity,
        by admin: Principal
    ) async throws -> CreatedPost {
        let community = site.community
        switch place {
        case .open: return try await site.topic(by: admin)
        case .closed, .archived:
            let topic = try await site.topic(by: admin)
            try await community.setTopicStatus(
                topic.topicID,
                status: place == .closed ? .closed : .archived,
                enabled: true,
                by: admin
            )
            return topic
        case .hidden:
            let topic = try await site.topic(by: admin)
            try await community.setTopicStatus(
                topic.topicID,
                status: .visible,
                enabled: false,
                by: admin
            )
            return topic
        case .deleted:
            let topic = try await site.topic(by: admin)
            try await community.deleteTopic(topic.topicID, by: admin)
            return topic
        case .restricted, .readOnly, .replyOnly:
            let permissions: [String: Int] =
                switch place {
                case .restricted: ["crew": 1]
                case .readOnly: ["everyone": 3]
                default: ["everyone": 2]
                }
            let category = try await site.category(place.rawValue, permissions: permissions)
            return try await site.topic(in: category.id, by: admin)
        }
    }

    @Test func `writing too fast is refused with the time to wait, staff excepted`() async throws {
        try await TestCommunity.with { site in
            site.clock.set(Timestamp.now())
            let anna = try await site.member("anna")
            let admin = try await site.admin()
            let topic = try await site.topic(by: admin)
            try await site.reply(to: topic, "The first of two quick replies.", by: anna)
            site.clock.advance(seconds: 2)
            let error = try await refusal {
                try await site.reply(to: topic, "The second of two quick replies.", by: anna)
            }
            #expect(error?.code == .rateLimited)
            #expect(error?.retryAfterSeconds == 3)
            site.clock.advance(seconds: 3)
            try await site.reply(to: topic, "The second of two quick replies.", by: anna)
            for index in 0..<5 {
                try await site.reply(to: topic, "Staff reply \(index) of many.", by: admin)
            }
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `parallel requests cannot slip through the rate together`() async throws {
        try await TestCommunity.with(settings: ["unique_posts_mins": "0"]) { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: try await site.admin())
            let made = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        do {
                            try await site.reply(
                                to: topic,
                                "Reply number \(index) at once.",
                                by: anna
                            )
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
            #expect(try await site.number("SELECT count(*) FROM posts") == 2)
        }
    }

    @Test func `the same text again is refused for five minutes`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: try await site.admin())
            try await site.reply(to: topic, "One and the same reply.", by: anna)
            site.clock.advance(seconds: 60)
            let error = try await refusal {
                try await site.reply(to: topic, "One and the same reply.\n", by: anna)
            }
            #expect(error?.reason == .duplicate)
            site.clock.advance(seconds: 300)
            try await site.reply(to: topic, "One and the same reply.", by: anna)
        }
    }

    @Test func `only staff may say when a post was written`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let admin = try await site.admin()
            let then = try #require(Timestamp(iso8601: "2020-02-03T04:05:06.000Z"))
            let old = try await site.topic(by: admin, createdAt: then)
            #expect(old.post.createdAt == then)
            let new = try await site.topic(by: anna, createdAt: then)
            #expect(new.post.createdAt > then + 86_400)
        }
    }

    @Test func `thirty-two writers on one topic leave no gap and no wrong counter`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            var writers: [Principal] = []
            for index in 0..<8 { writers.append(try await site.member("writer\(index)")) }
            let topic = try await site.topic(by: writers[0])
            let people = writers
            try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<32 {
                    group.addTask {
                        for round in 0..<5 {
                            try await site.reply(
                                to: topic,
                                "Reply \(round) of writer \(index) in a crowd.",
                                number: 1,
                                by: people[index % people.count]
                            )
                        }
                        return index
                    }
                }
                for try await _ in group {}
            }
            let numbers = try await site.database.pool.values(
                "SELECT post_number FROM posts ORDER BY post_number",
                as: Int.self
            )
            #expect(numbers == Array(1...161))
            #expect(try await site.wrongCounters() == [])
            #expect(
                try await site.number("SELECT count(*) FROM outbox WHERE event = 'post_created'")
                    == 160
            )
        }
    }

    @Test func `quoting what readers cannot see reveals no title`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let secret = try await site.category("Vault", permissions: ["staff": 1])
            let hidden = try await site.topic(
                "The launch code of the vault",
                in: secret.id,
                by: admin
            )
            let open = try await site.topic("A matter for everybody", by: admin)
            let other = try await site.topic("An entirely public matter", by: admin)
            let quote = """
                [quote="boss, post:1, topic:\(hidden.topicID)"]
                something
                [/quote]

                See #vault and

                [quote="boss, post:1, topic:\(other.topicID)"]
                else
                [/quote]
                """
            let leaky = try await site.reply(to: open, quote, by: admin)
            #expect(!leaky.cooked.lowercased().contains("launch"))
            #expect(!leaky.cooked.contains("/c/vault"))
            #expect(leaky.cooked.contains("An entirely public matter"))
            let inside = try await site.reply(to: hidden, quote, by: admin)
            #expect(inside.cooked.contains("An entirely public matter"))
            #expect(inside.cooked.contains("/c/vault"))
        }
    }
}
