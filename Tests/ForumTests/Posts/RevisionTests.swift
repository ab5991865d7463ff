import Forum
import TestSupport
import Testing

struct RevisionTests {
    @Test func `staff reverts, hides and shows what a post said before`() async throws {
        try await TestCommunity.with(
            settings: TestCommunity.unhurried.merging(["editing_grace_period": "0"]) { $1 }
        ) { site in
            let boss = try await site.admin()
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            let first = "The first text of a reply to this."
            let reply = try await site.reply(to: topic, first, by: anna)
            let community = site.community
            _ = try await community.editPost(reply.id, raw: first + " And more.", by: anna)
            _ = try await community.editPost(reply.id, raw: first + " And less.", by: anna)
            let latest = try await community.revision(of: reply.id, number: nil, for: .anonymous)
            #expect(latest.revision.number == 3 && latest.previousNumber == 2)
            #expect(latest.changes.raw?.after == first + " And less.")
            let denied = try await refusal {
                try await community.setRevisionHidden(reply.id, number: 3, true, by: anna)
            }
            #expect(denied?.code == .forbidden)
            try await community.setRevisionHidden(reply.id, number: 3, true, by: boss)
            let shown = try await community.revision(of: reply.id, number: nil, for: .anonymous)
            #expect(shown.revision.number == 2)
            let hidden = try await community.revision(of: reply.id, number: 3, for: .member(boss))
            #expect(hidden.isHidden)
            let post = try await community.revert(reply.id, toBefore: 2, by: boss)
            #expect(post.raw == first && post.version == 4)
        }
    }

    @Test func `a locked post is staff's to change`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let boss = try await site.admin()
            let anna = try await site.member("anna")
            let topic = try await site.topic(by: anna)
            let denied = try await refusal {
                try await site.community.setLocked(topic.id, true, by: anna)
            }
            #expect(denied?.code == .forbidden)
            try await site.community.setLocked(topic.id, true, by: boss)
            let edit = { (by: Principal) in
                try await site.community.editPost(
                    topic.id,
                    raw: "Another text that is long enough.",
                    by: by
                )
            }
            #expect(try await refusal { _ = try await edit(anna) }?.code == .forbidden)
            _ = try await edit(boss)
            try await site.community.setLocked(topic.id, false, by: boss)
            _ = try await edit(anna)
        }
    }

    @Test(arguments: [
        ("a b c", "a x c", "a [-b][+x] c"), ("", "new", "[+new]"), ("same", "same", "same"),
        ("one two three", "one three", "one [-two ]three"),
    ])
    func `a difference is told word by word`(before: String, after: String, expected: String) {
        let told = TextDiff.words(before, after).map { piece in
            switch piece {
            case .same(let text): text
            case .gone(let text): "[-\(text)]"
            case .new(let text): "[+\(text)]"
            }
        }.joined()
        #expect(told == expected)
    }
}
