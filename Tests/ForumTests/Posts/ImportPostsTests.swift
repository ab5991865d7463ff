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
        place: ImportedPost.Place = .newTopic,
        category: CategoryID = CategoryID(4)
    ) -> ImportedPost {
        ImportedPost(
            messageID: "m\(index)@list.example",
            categoryID: category,
            authorID: author.id,
            title: title,
            subjectKey: title.lowercased(),
            raw: "The text of mail number \(index).",
            createdAt: Self.start + Double(index) * 3600,
            place: place
        )
    }

    @Test func `a batch becomes threads with the dates and counters of then`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let batch = [
                mail(0, by: anna),
                mail(1, by: bert, place: .thread(of: ["m0@list.example"], subjectDays: nil)),
                mail(
                    2,
                    by: anna,
                    place: .thread(of: ["gone@x", "m1@list.example"], subjectDays: nil)
                ),
                mail(3, by: bert, place: .thread(of: [], subjectDays: 30)),
                mail(
                    4,
                    by: bert,
                    title: "Another subject",
                    place: .thread(of: [], subjectDays: 30)
                ),
                mail(5, by: anna, place: .thread(of: [], subjectDays: nil)),
                mail(0, by: anna),
            ]
            let outcomes = try await site.community.importBatch(batch)
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
                mail(1, by: anna, place: .thread(of: ["m0@list.example"], subjectDays: nil)),
            ]
            let before = try await site.community.importBatch(first)
            let again = try await site.community.importBatch(first)
            #expect(again.map(\.postID) == before.map(\.postID))
            #expect(again.allSatisfy { !$0.isNew })
            let later = try await site.community.importBatch([
                mail(2, by: anna, place: .thread(of: ["m1@list.example"], subjectDays: nil)),
                mail(3, by: anna, place: .topic(before[0].topicID, replyTo: 1)),
                mail(4, by: anna, place: .thread(of: [], subjectDays: 30)),
                mail(1, by: anna, category: CategoryID(1)),
            ])
            #expect(later.map(\.postNumber) == [3, 4, 5, 1])
            #expect(later[3].isNew)
            #expect(try await site.number("SELECT count(*) FROM posts") == 6)
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `imports and replies at once leave no gap`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(in: CategoryID(4), by: anna)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        try await site.reply(to: topic, "A reply beside import \(index).", by: anna)
                    }
                    group.addTask {
                        let batch = (0..<10).map { step in
                            mail(
                                index * 10 + step,
                                by: anna,
                                place: .topic(topic.topicID, replyTo: nil)
                            )
                        }
                        _ = try await site.community.importBatch(batch)
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
            let outcomes = try await site.community.importBatch([long, empty, odd])
            #expect(outcomes.map(\.isNew) == [true, true, true])
            let elided = try await site.community.elided(of: outcomes[0].postID, for: .anonymous)
            #expect(elided?.unicodeScalars.count == 49_999)
            let post = try await site.community.post(outcomes[2].postID, for: .anonymous)
            #expect(post.raw == odd.raw)
            #expect(try await site.wrongCounters() == [])
        }
    }
}
