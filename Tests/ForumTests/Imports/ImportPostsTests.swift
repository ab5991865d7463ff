import Forum
import Postgres
import TestSupport
import Testing

struct ImportPostsTests {
    private static let start = Timestamp(secondsSince1970: Int64(1_000_000_000))

    private func mail(
        _ index: Int,
        by author: Principal,
        title: String = "An old subject",
        answers ancestors: [String] = [],
        days: Int? = nil,
        category: CategoryID = CategoryID(4)
    ) -> ImportedPost {
        ImportedPost(
            messageID: "m\(index)@list.example",
            fallbackID: "\(index)@imported.invalid",
            categoryID: category,
            authorID: author.id,
            title: title,
            subjectKey: title.lowercased(),
            raw: "The text of mail number \(index).",
            createdAt: Self.start + Double(index) * 3600,
            ancestors: ancestors,
            subjectDays: days
        )
    }

    @Test func `a batch becomes threads with the dates and counters of then`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let batch = [
                mail(0, by: anna),
                mail(1, by: bert, answers: ["m0@list.example"]),
                mail(
                    2,
                    by: anna,
                    answers: ["gone@x", "m1@list.example"]
                ),
                mail(3, by: bert, days: 30),
                mail(
                    4,
                    by: bert,
                    title: "Another subject",
                    days: 30
                ),
                mail(5, by: anna, days: nil),
                mail(0, by: anna),
            ]
            let id = try await site.community.openImport(named: "old", by: .system)
            let outcomes = try await site.community.importBatch(batch, into: id)
            try await site.community.publishImport(id, by: .system)
            #expect(outcomes.map(\.isNew) == [true, true, true, true, true, true, false])
            #expect(outcomes[6].postID == outcomes[0].postID)
            #expect(Set(outcomes[0...3].map(\.topicID)).count == 1)
            #expect(Set(outcomes.map(\.topicID)).count == 3)
            #expect(outcomes[0...3].map(\.postNumber) == [1, 2, 3, 4])
            #expect(try await site.wrongCounters() == [])
            let page = try await site.community.topicPage(outcomes[0].topicID, for: .anonymous)
            #expect(page.posts.map(\.replyToNumber) == [nil, 1, 2, nil])
            #expect(page.posts[2].replyTo?.username == "bert")
            #expect(page.posts[3].createdAt == Self.start + 3 * 3600)
            #expect(page.topic.bumpedAt == Self.start + 3 * 3600)
            #expect(page.topic.createdAt == Self.start)
            #expect(page.topic.participantCount == 2)
            #expect(page.posts[0].isViaEmail)
            #expect(
                try await site.number("SELECT count(*) FROM outbox WHERE topic_id IS NOT NULL") == 0
            )
            let found = try await site.community.search("mail number", for: .anonymous)
            #expect(found.posts.count == 3)
        }
    }

    @Test func `a second import changes nothing, a later batch goes on`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let first = [
                mail(0, by: anna),
                mail(1, by: anna, answers: ["m0@list.example"]),
            ]
            let id = try await site.community.openImport(named: "old", by: .system)
            let before = try await site.community.importBatch(first, into: id)
            let again = try await site.community.importBatch(first, into: id)
            #expect(again.map(\.postID) == before.map(\.postID))
            #expect(again.allSatisfy { !$0.isNew })
            let more = [
                mail(2, by: anna, answers: ["m1@list.example"]),
                mail(3, by: anna, answers: ["m0@list.example"]),
                mail(4, by: anna, days: 30),
                mail(1, by: anna, category: CategoryID(1)),
            ]
            let later = try await site.community.importBatch(more, into: id)
            #expect(later.map(\.postNumber) == [3, 4, 5, 1])
            #expect(later[3].isNew)
            #expect(try await site.number("SELECT count(*) FROM posts") == 6)
            #expect(try await site.wrongCounters() == [])
            try await site.community.publishImport(id, by: .system)
            #expect(try await site.wrongCounters() == [])
            await #expect(throws: ForumError.self) {
                try await site.community.importBatch(more, into: id)
            }
        }
    }

    @Test func `a Message-ID that somebody used again hides no mail`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            var other = mail(7, by: bert)
            other.messageID = "m0@list.example"
            let answer = mail(8, by: bert, answers: ["m0@list.example"])
            let batch = [mail(0, by: anna), other, answer]
            let id = try await site.community.openImport(named: "old", by: .system)
            let first = try await site.community.importBatch(batch, into: id)
            #expect(first.map(\.isNew) == [true, true, true])
            #expect(first[2].topicID == first[0].topicID)
            let again = try await site.community.importBatch(batch, into: id)
            #expect(again.map(\.postID) == first.map(\.postID))
            #expect(again.allSatisfy { !$0.isNew })
        }
    }

    @Test func `imports and replies at once leave no gap`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(in: CategoryID(4), by: anna)
            let name = "discourse/post/\(topic.id)@\(site.community.host)"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        try await site.reply(to: topic, "A reply beside import \(index).", by: anna)
                    }
                    group.addTask {
                        let batch = (0..<10).map { step in
                            mail(index * 10 + step, by: anna, answers: [name])
                        }
                        let id = try await site.community.openImport(
                            named: "list \(index)",
                            by: .system
                        )
                        _ = try await site.community.importBatch(batch, into: id)
                        try await site.community.publishImport(id, by: .system)
                    }
                }
                try await group.waitForAll()
            }
            let numbers = try await site.database.pool.values(
                "SELECT post_number FROM posts ORDER BY post_number",
                as: Int.self
            )
            #expect(numbers == Array(1...111))
            let wrong = try await site.wrongCounters()
            // Mails of then do not become the last word of now.
            #expect(wrong.filter { !$0.hasPrefix("last poster") } == [])
        }
    }

    @Test func `hostile mails are bounded, and nothing of them is lost`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            var long = mail(1, by: anna, title: String(repeating: "t", count: 5000))
            long.raw = String(repeating: "word ", count: 40_000)
            var empty = mail(2, by: anna, title: " \0 ")
            empty.raw = "\0"
            var odd = mail(3, by: anna)
            odd.messageID = String(repeating: "i", count: 5000) + "\0\\\"{},\t\n"
            odd.raw = "tab\t backslash \\ quote \" brace {NULL} \\N"
            let id = try await site.community.openImport(named: "old", by: .system)
            let outcomes = try await site.community.importBatch([long, empty, odd], into: id)
            try await site.community.publishImport(id, by: .system)
            #expect(outcomes.map(\.isNew) == [true, true, true])
            let elided = try await site.community.elided(of: outcomes[0].postID, for: .system)
            #expect(elided.unicodeScalars.count == 49_999)
            let post = try await site.community.post(outcomes[2].postID, for: .anonymous)
            #expect(post.raw == odd.raw)
            #expect(try await site.wrongCounters() == [])
        }
    }
}
