import Forum
import TestSupport
import Testing

struct DraftTests {
    @Test func `a draft is kept until it is posted, and an older copy cannot come back`()
        async throws
    {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let topic = try await site.topic(by: anna)
            let community = site.community
            let key = "topic_\(topic.topicID)"
            #expect(try await community.saveDraft(key, data: "one", sequence: 0, by: ben) == 0)
            #expect(try await community.saveDraft(key, data: "two", sequence: 0, by: ben) == 0)
            #expect(try await community.draft(key, of: ben).draft?.data == "two")
            #expect(try await community.draft(key, of: anna).draft == nil)
            let listed = try await community.drafts(of: ben)
            #expect(listed.map(\.title) == ["A topic to write replies in"])
            let page = try await community.topicPage(topic.topicID, for: .member(ben))
            #expect(page.extras.draft == "two" && page.extras.draftSequence == 0)

            let reply = try await site.reply(to: topic, by: ben)
            #expect(reply.draftSequence == 1)
            #expect(try await community.draft(key, of: ben).draft == nil)
            let stale = try await refusal {
                _ = try await community.saveDraft(key, data: "three", sequence: 0, by: ben)
            }
            #expect(stale?.code == .conflict)
            #expect(try await community.saveDraft(key, data: "x", sequence: 1, by: ben) == 1)
            try await community.deleteDraft(key, sequence: 0, by: ben)
            #expect(try await community.draft(key, of: ben).draft != nil)
            try await community.deleteDraft(key, sequence: 1, by: ben)
            #expect(try await community.draft(key, of: ben).draft == nil)
        }
    }

    @Test func `another editor takes a draft over, and bounds hold`() async throws {
        try await TestCommunity.with { site in
            let ben = try await site.member("ben")
            let save = { (owner: String, sequence: Int) in
                try await site.community.saveDraft(
                    "new_topic",
                    data: owner,
                    sequence: sequence,
                    owner: owner,
                    by: ben
                )
            }
            #expect(try await save("one", 0) == 0)
            #expect(try await save("two", 0) == 1)
            let behind = try await refusal { _ = try await save("one", 0) }
            #expect(behind?.code == .conflict)
            for (key, data) in [("", "x"), (String(repeating: "k", count: 101), "x")] {
                let error = try await refusal {
                    _ = try await site.community.saveDraft(key, data: data, sequence: 0, by: ben)
                }
                #expect(error?.code == .malformed)
            }
            let long = try await refusal {
                _ = try await site.community.saveDraft(
                    "k",
                    data: String(repeating: "x", count: 400_001),
                    sequence: 0,
                    by: ben
                )
            }
            #expect(long?.code == .malformed)
        }
    }
}
