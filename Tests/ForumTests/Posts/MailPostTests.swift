import Forum
import Postgres
import TestSupport
import Testing

struct MailPostTests {
    @Test func `one mail makes one post, however often and however parallel it is tried`()
        async throws
    {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: try await site.admin())
            let source = PostSource.email(
                IncomingEmailID(77),
                messageID: "a.b@mail.example",
                elided: "> what was quoted"
            )
            let made = try await withThrowingTaskGroup(of: CreatedPost?.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        do {
                            return try await site.community.createPost(
                                NewPost(
                                    topicID: topic.topicID,
                                    raw: "An answer that came by mail."
                                ),
                                by: anna,
                                source: source
                            )
                        } catch let error as ForumError {
                            // The race may be lost to the rate or the conflict; never twice written.
                            #expect([.rateLimited, .conflict, .invalid].contains(error.code))
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(made.compactMap(\.self).filter(\.isNew).count == 1)
            let again = try await site.community.createPost(
                NewPost(topicID: topic.topicID, raw: "An answer that came by mail."),
                by: anna,
                source: source
            )
            #expect(!again.isNew)
            #expect(again.number == 2)
            #expect(again.post.isViaEmail)
            #expect(again.post.hasElided)
            #expect(
                try await site.community.elided(of: again.id, for: anna)
                    == "> what was quoted"
            )
            #expect(try await site.number("SELECT count(*) FROM posts") == 2)
            let named = try await site.database.pool.value(
                "SELECT post_id FROM post_message_ids WHERE message_id = 'a.b@mail.example'",
                as: PostID.self
            )
            #expect(named == again.id)
            #expect(try await site.wrongCounters() == [])
        }
    }

    @Test func `one mail opens one topic`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let source = PostSource.email(
                IncomingEmailID(5),
                messageID: "topic@mail.example",
                elided: nil
            )
            let new = NewTopic(
                title: "A topic that came by mail",
                raw: "The text of a topic that came by mail.",
                subjectKey: "a topic that came by mail"
            )
            let first = try await site.community.createTopic(new, by: anna, source: source)
            let second = try await site.community.createTopic(new, by: anna, source: source)
            #expect(first.isNew && !second.isNew)
            #expect(first.id == second.id)
            #expect(try await site.number("SELECT count(*) FROM topics") == 1)
        }
    }
}
