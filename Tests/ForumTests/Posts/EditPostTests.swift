import Forum
import Postgres
import TestSupport
import Testing

struct EditPostTests {
    @Test func `an edit soon after makes no version, a later one does`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            site.clock.set(Timestamp.now())
            let anna = try await site.member("anna")
            let topic = try await site.topic(raw: "The very first text of a post.", by: anna)
            site.clock.advance(seconds: 100)
            let second = try await site.community.editPost(
                topic.id,
                raw: "The second text of a post.",
                by: anna
            )
            #expect(second.version == 1)
            #expect(second.cooked == "<p>The second text of a post.</p>")
            site.clock.advance(seconds: 300)
            let third = try await site.community.editPost(
                topic.id,
                raw: "The third text of a post.",
                by: anna
            )
            #expect(third.version == 2)
            site.clock.advance(seconds: 100)
            let fourth = try await site.community.editPost(
                topic.id,
                raw: "The fourth text of a post.",
                by: anna
            )
            #expect(fourth.version == 2)
            let revisions = try await site.community.revisions(of: topic.id, for: .anonymous)
            #expect(revisions.map(\.number) == [2])
            #expect(
                revisions[0].modifications
                    == #"{"raw": ["The second text of a post.", "The fourth text of a post."]}"#
            )
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `an answer, a like, a reason or another editor makes a version at once`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let admin = try await site.admin()
            let community = site.community
            let topic = try await site.topic(by: anna)
            let answered = try await site.reply(to: topic, by: anna)
            try await site.reply(to: topic, number: answered.number, by: bert)
            let liked = try await site.reply(to: topic, by: anna)
            _ = try await community.like(liked.id, by: bert)
            let plain = try await site.reply(to: topic, by: anna)
            let raw = "This text replaces the one before."
            #expect(try await community.editPost(answered.id, raw: raw, by: anna).version == 2)
            #expect(try await community.editPost(liked.id, raw: raw, by: anna).version == 2)
            let reasoned = try await community.editPost(
                plain.id,
                raw: raw,
                editReason: "spelling",
                by: anna
            )
            #expect(reasoned.version == 2)
            #expect(reasoned.editReason == "spelling")
            #expect(try await community.editPost(topic.id, raw: raw, by: admin).version == 2)
        }
    }

    @Test func `who may edit what`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let trusted = try await site.member("trusted", trustLevel: 4)
            let moderator = try await site.moderator()
            let community = site.community
            let topic = try await site.topic(by: anna)
            let post = try await site.reply(to: topic, by: anna)
            func code(_ editor: Principal) async throws -> ForumError.Code? {
                try await refusal {
                    let raw =
                        "A text by \(editor.username), once more \(Int.random(in: 0..<999_999))"
                    _ = try await community.editPost(post.id, raw: raw, by: editor)
                }?.code
            }
            #expect(try await code(anna) == nil)
            #expect(try await code(bert) == .forbidden)
            #expect(try await code(trusted) == nil)
            #expect(try await code(moderator) == nil)
            try await community.setWiki(post.id, true, by: moderator)
            #expect(try await code(bert) == nil)
            try await community.setWiki(post.id, false, by: moderator)
            site.clock.advance(seconds: 1441 * 60)
            #expect(try await code(anna) == .forbidden)
            #expect(try await code(moderator) == nil)
        }
    }

    @Test func `an edit of a text that was changed meanwhile is a conflict`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let admin = try await site.admin()
            let topic = try await site.topic(raw: "The text that both start from.", by: anna)
            _ = try await site.community.editPost(
                topic.id,
                raw: "The text that the admin made of it.",
                by: admin
            )
            let error = try await refusal {
                _ = try await site.community.editPost(
                    topic.id,
                    raw: "The text that the author made of it.",
                    originalRaw: "The text that both start from.",
                    by: anna
                )
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test func `of parallel edits each makes its own version or is a conflict`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let topic = try await site.topic(by: try await site.member("anna"))
            let done = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        do {
                            _ = try await site.community.editPost(
                                topic.id,
                                raw: "The text that edit \(index) has made.",
                                by: admin
                            )
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done >= 1)
            let post = try await site.community.post(topic.id, for: .anonymous)
            #expect(post.version == done + 1)
            let revisions = try await site.community.revisions(of: topic.id, for: .anonymous)
            #expect(revisions.map(\.number) == Array(2...(done + 1)))
        }
    }

    @Test func `title, category and tags change with the counters, the slug and the search`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let to = try await site.category("Elsewhere")
            let topic = try await site.topic("An umbrella in the rain", tags: ["wet"], by: admin)
            try await site.community.editTopic(
                topic.topicID,
                title: "A parasol in the sunshine",
                categoryID: to.id,
                tags: ["dry", "hot"],
                by: admin
            )
            let page = try await site.community.topicPage(topic.topicID, for: .anonymous)
            #expect(page.topic.title == "A parasol in the sunshine")
            #expect(page.topic.slug == "a-parasol-in-the-sunshine")
            #expect(page.topic.categoryID == to.id)
            #expect(page.tags.map(\.name) == ["dry", "hot"])
            #expect(page.posts[0].version == 2)
            #expect(try await site.community.search("parasol", for: .anonymous).posts.count == 1)
            #expect(try await site.community.search("umbrella", for: .anonymous).posts.isEmpty)
            #expect(try await site.community.search("tests", for: .anonymous).posts.count == 1)
            #expect(try await site.wrongCounters() == [])
        }
    }
}
