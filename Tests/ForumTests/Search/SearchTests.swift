import Forum
import Postgres
import TestSupport
import Testing

struct SearchTests {
    /// What people and machines type that is no query.
    private static let oddities = [
        "\"", "\"\"\"\"\"\"", "' OR 1=1 --", "a & | ! ( ) :* <-> b", "\\", "foo:*bar", "-\"",
        "\"unclosed phrase", "#", "@", "#:", "order:", "tags:", "in:", "before:yesterday", "-",
        "- - -", "\"a\"\"b\"c\"", "<2> <->", "&&&&", "\u{0}zebra\u{0}", "\u{201C}curly\u{201D}",
        "%_%", "zebra:A", "status:none", "topic:99999999999999999999", "min_posts:-1", "😀 emoji",
        "after:9999-99-99", "before:2026-02-31", "user:", "category:,,,", "tags:+++", "#a:b:c",
        "or or or", "zebra or", "badge:basic", "filetypes:pdf,(", "group:staff", "in:bookmarks",
        "group_messages:staff", "with:images", "in:unseen", "in:watching", "in:tagged",
        "in:personal-direct", "in:all-pms", "created:@anna", "after:monday", "before:june",
        "order:latest_topic", "categories:a,b", "status:single_user", "or", "\u{FEFF}",
        "zebra -zebra",
    ]

    @Test func `no input makes a search fail`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            for text in Self.oddities {
                for input in [text, "zebra \(text)", String(repeating: text + " ", count: 600)] {
                    for viewer in [Viewer.anonymous, .member(.system)] {
                        _ = try await site.community.search(input, for: viewer)
                    }
                }
            }
        }
    }

    /// What each query finds: `s` the soup, `l` the loaf, `a` the answer.
    private static func expectations(
        _ s: PostID,
        _ l: PostID,
        _ a: PostID,
        soup: TopicID
    ) -> [(String, Set<PostID>)] {
        [
            ("carrots", [a]), ("carrot", [a]), ("carrots in:first", [s]), ("onions", [s, l]),
            ("run", [l]),
            ("\"slow fire\"", [s]), ("\"fire slow\"", []), ("slow -oven", [s]),
            ("lentils", [a]), ("winter", [s]), ("in:title onions", []), ("in:title loaf", [l]),
            ("onions #kitchen", [s, l]), ("onions #=kitchen", [s]), ("onions #bread", [l]),
            ("onions #kitchen:bread", [l]), ("onions #warm", [s, l]), ("onions #flour", [l]),
            ("onions tags:warm+flour", [l]), ("onions tags:warm,flour", [s, l]),
            ("onions -tags:flour", [s]), ("onions category:kitchen", [s, l]),
            ("onions @anna", [s]), ("onions user:BOSS", [l]), ("onions @nobody", []),
            ("onions status:closed", [l]), ("onions status:open", [s]),
            ("onions status:noreplies", [l]), ("onions min_posts:2", [s]),
            ("onions after:1", [s, l]), ("onions before:1", []),
            ("onions before:2020-01-01", []),
            ("lentils in:first", []), ("@anna", [s]), ("make order:oldest", [s, l]),
            ("soup topic:\(soup)", [s]), ("slow or lentils", [s, l]),
        ]
    }

    @Test func `words, phrases and filters find what they say`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            let anna = try await site.member("anna", trustLevel: 3)
            let parent = try await site.category("Kitchen")
            let child = try await site.category("Bread", parent: parent.id)
            let soup = try await site.topic(
                "Soup for a winter evening",
                raw: "Carrots, onions and a slow fire make the best soup.",
                in: parent.id,
                tags: ["warm"],
                by: anna
            )
            let loaf = try await site.topic(
                "Baking the first loaf",
                raw: "A slow oven and onions make a good loaf; running late is no excuse.",
                in: child.id,
                tags: ["warm", "flour"],
                by: admin
            )
            let answer = try await site.reply(
                to: soup,
                "I prefer lentils to carrots, really.",
                by: admin
            )
            _ = try await site.community.like(answer.id, by: anna)
            // Without the note that closing leaves in the topic, which counts as a post.
            try await site.database.pool.execute(
                "UPDATE topics SET closed = TRUE WHERE id = \(loaf.topicID)"
            )
            let (s, l, a) = (soup.id, loaf.id, answer.id)
            let table = Self.expectations(s, l, a, soup: soup.topicID)
            for (query, expected) in table {
                let found = try await site.community.search(query, for: .anonymous)
                #expect(found.error == nil)
                let best = Set(found.posts.map(\.id))
                // One post a topic: the best, whichever it is.
                let isSame =
                    best == expected
                    || (query == "slow or lentils" && best.count == 2)
                #expect(isSame, "\(query) found \(best)")
            }
            let liked = try await site.community.search("lentils in:likes", for: .member(anna))
            #expect(liked.posts.map(\.id) == [a])
            #expect(
                try await site.community.search("lentils in:likes", for: .anonymous).posts.isEmpty
            )
            let latest = try await site.community.search("onions order:latest", for: .anonymous)
            #expect(latest.posts.map(\.id) == [l, s])
            let short = try await site.community.search("ab", for: .anonymous)
            #expect(short.error == "Your search term is too short.")
        }
    }

    @Test func `the blurb is cut around the match`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let filler = String(repeating: "lorem ipsum dolor ", count: 40)
            let admin = try await site.admin()
            try await site.topic(raw: "\(filler) a walrus appears \(filler)", by: admin)
            let found = try await site.community.search("walruses", for: .anonymous)
            let blurb = try #require(found.posts.first?.blurb)
            #expect(blurb.contains("walrus appears"))
            #expect(blurb.hasPrefix("...") && blurb.hasSuffix("..."))
            #expect((150...210).contains(blurb.count))
        }
    }

    @Test func `pages of results neither repeat nor lose topics`() async throws {
        try await TestCommunity.with(settings: TestCommunity.unhurried) { site in
            let admin = try await site.admin()
            for index in 0..<120 {
                try await site.topic(
                    "Topic number \(index) of many",
                    raw: "Common words make many matches, \(index).",
                    by: admin
                )
            }
            var seen: [PostID] = []
            for page in 1...4 {
                let found = try await site.community.search("common", page: page, for: .anonymous)
                #expect(found.hasMore == (page < 3))
                seen += found.posts.map(\.id)
            }
            #expect(seen.count == 120)
            #expect(Set(seen).count == 120)
        }
    }
}
