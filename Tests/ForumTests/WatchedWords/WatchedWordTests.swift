import Forum
import TestSupport
import Testing

@Suite struct WatchedWordTests {
    private static let settings = [
        "rate_limit_create_topic": "0", "rate_limit_create_post": "0", "unique_posts_mins": "0",
    ]

    @Test func `each action does what it says`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            let words: [(String, WatchedWord.Action, String?)] = [
                ("forbidden", .block, nil), ("damn*", .censor, nil), ("colour", .replace, "color"),
                ("manual", .link, "https://example.org/manual"), ("casino", .requireApproval, nil),
                ("viagra", .flag, nil), ("badword", .silence, nil),
            ]
            for (word, action, replacement) in words {
                _ = try await site.community.watchWord(
                    word,
                    action,
                    replacement: replacement,
                    by: admin
                )
            }
            func write(_ raw: String) async throws -> CreatedPost {
                try await site.community.createTopic(
                    NewTopic(title: "A topic with a long title", raw: raw),
                    by: anna
                )
            }
            let blocked = try await #require(throws: ForumError.self) {
                _ = try await write("This is FORBIDDEN, whatever you think of it.")
            }
            #expect(blocked.message.contains("FORBIDDEN"))
            let fine = try await write("The unforbidden may pass: no whole word is found.")
            #expect(fine.isNew)
            let cooked = try await write(
                "A damned colour, see the manual and `damned code` in it."
            ).cooked
            #expect(cooked.contains("A ■■■■■■ color"))
            #expect(cooked.contains(#"<a href="https://example.org/manual""#))
            #expect(cooked.contains("<code>damned code</code>"))
            await #expect(throws: HeldPost.self) {
                _ = try await write("Come to the casino, it is nice there.")
            }
            _ = try await write("Buy viagra here, it is cheap and good.")
            #expect(try await site.community.reviewCount(for: admin) == 2)
            await #expect(throws: HeldPost.self) {
                _ = try await write("This has a badword in it, so it waits.")
            }
            #expect(try await site.refreshed(anna).isSilenced)
            await #expect(throws: ForumError.notFound) {
                _ = try await site.community.watchedWords(for: bert)
            }
        }
    }

    @Test func `a watched word is words, not a pattern`() async throws {
        try await TestCommunity.with(settings: Self.settings) { site in
            let admin = try await site.admin()
            for word in ["(a+)+$", "a.c", "[", "<b>", "\\"] {
                _ = try await site.community.watchWord(word, .censor, by: admin)
            }
            for word in ["", "  ", "***", "a*b*c*d", String(repeating: "a", count: 101)] {
                let error = try await #require(throws: ForumError.self) {
                    _ = try await site.community.watchWord(word, .block, by: admin)
                }
                #expect(error.code == .invalid)
            }
            let post = try await site.community.createTopic(
                NewTopic(
                    title: "A topic with a long title",
                    raw: "abc stays, a.c goes, \(String(repeating: "a", count: 3000))!"
                ),
                by: admin
            )
            #expect(post.cooked.contains("abc stays, ■■■ goes"))
        }
    }
}
