import Forum
import ForumAPI
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

/// The forms beside JSON: who gets which, and that none of them carries what people wrote as markup.
@Suite struct RepresentationTests {
    private static let evil = #"A "title" & <script>alert(1)</script> ]]>"#

    @Test(arguments: [
        ("*/*", "application/json"), ("text/html", "text/html"), ("text/markdown", "text/markdown"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/markdown, text/html", "text/html"),
        ("text/html;q=0.5, text/markdown", "text/markdown"),
        ("application/json, text/html", "application/json"),
        ("application/json, text/plain, */*", "application/json"),
        ("text/html;q=0.1, application/json;q=0.9", "application/json"),
        (String(repeating: "text/html,", count: 400), "application/json"),
        ("text/html;q=x,,;;", "text/html"),
    ])
    func `the Accept header decides among the forms of one address`(
        accept: String,
        type: String
    ) async throws {
        try await WebSite.with { web in
            let answer = try await web.send(.get, "/latest", headers: [.accept: accept])
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType]?.hasPrefix(type) == true)
            #expect(answer.headers[.vary]?.contains("Accept") == true)
            let json = try await web.send(.get, "/latest.json", headers: [.accept: accept])
            #expect(json.headers[.contentType] == "application/json; charset=utf-8")
        }
    }

    @Test func `feeds are well-formed, whatever people write`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author", trustLevel: 4)
            let made = try await web.topic(by: author, title: Self.evil, tags: ["swift"])
            try await web.reply(
                to: made.topic,
                by: author,
                "Raw \u{8} bell & <b>bold</b> ]]> [x](/latest) end."
            )
            for path in [
                "/latest.rss", "/top.rss", "/hot.rss", "/t/\(made.topic).rss",
                "/t/x/\(made.topic).rss",
                "/posts.rss", "/tag/swift.rss", "/c/1.rss", "/c/uncategorized/1.rss",
                "/u/author/activity.rss", "/u/author/activity/topics.rss", "/sitemap.xml",
                "/sitemap_1.xml", "/sitemap_recent.xml", "/news.xml", "/opensearch.xml",
            ] {
                let answer = try await web.send(.get, path)
                #expect(answer.status == 200, "\(path)")
                #expect(WellFormed.check(answer.bytes), "\(path): \(answer.text)")
                #expect(!answer.text.contains("<script"), "\(path)")
                guard path.hasSuffix(".rss") else { continue }
                #expect(answer.headers[.contentType] == "application/rss+xml; charset=utf-8")
                #expect(
                    answer.text.contains("<guid isPermaLink=\"false\">forum.example-"),
                    "\(path)"
                )
                let date = try #require(
                    answer.text.firstMatch(of: #/<pubDate>([^<]+)</#)?.output.1
                )
                #expect(
                    date.wholeMatch(of: #/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} \+0000/#)
                        != nil
                )
            }
        }
    }

    @Test func `a feed that has not changed is not sent again`() async throws {
        try await WebSite.with { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author)
            for caller in [WebSite.Caller.guest, .member("author")] {
                let path = "/t/\(made.topic).rss"
                let first = try await web.send(.get, path, as: caller)
                let etag = try #require(first.headers[.eTag])
                let again = try await web.send(
                    .get,
                    path,
                    as: caller,
                    headers: [.ifNoneMatch: etag]
                )
                #expect(again.status == 304 && again.bytes.isEmpty)
            }
            let path = "/t/\(made.topic).rss"
            let etag = try #require(try await web.send(.get, path).headers[.eTag])
            try await web.reply(to: made.topic, by: author, "Something new in the topic.")
            let next = try await web.send(.get, path, headers: [.ifNoneMatch: etag])
            #expect(next.status == 200 && next.text.contains("Something new"))
        }
    }

    @Test func `a key in the address opens feeds and nothing else`() async throws {
        try await WebSite.with { web in
            _ = try await web.site.member("anna")
            _ = try await web.community.createTopic(
                NewTopic(title: "For Anna", raw: "A word between us.", recipients: ["anna"]),
                by: web.boss
            )
            let key = "api_key=\(web.key)&api_username=anna"
            let feed = try await web.send(.get, "/private-posts.rss?\(key)")
            #expect(feed.status == 200 && feed.text.contains("A word between us"))
            #expect(!feed.text.contains(web.key))
            #expect(try await web.send(.get, "/private-posts.rss").status == 403)
            let wrong = try await web.send(.get, "/private-posts.rss?api_key=x&api_username=anna")
            #expect(wrong.status == 403)
            #expect(try await web.send(.get, "/notifications.json?\(key)").status == 403)
            #expect(try await web.send(.get, "/session/current.json?\(key)").status == 404)
        }
    }

    @Test func `pages say who wrote what, without a script`() async throws {
        try await WebSite.with(settings: ["unique_posts_mins": "0"]) { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author, title: Self.evil)
            for _ in 0..<20 {
                try await web.reply(to: made.topic, by: author, "One of many replies.")
            }
            let accept: HTTPFields = [.accept: "text/html"]
            for path in [
                "/", "/latest", "/t/x/\(made.topic)", "/c/1", "/categories", "/tags", "/top",
            ] {
                let page = try await web.send(.get, path, headers: accept)
                #expect(page.status == 200, "\(path)")
                #expect(page.headers[.contentSecurityPolicy] == PageHead("").policy)
                #expect(!page.text.contains("<script") && !page.text.contains(" on"), "\(path)")
                #expect(page.text.contains("<meta name=\"generator\" content=\"Discourse "))
                #expect(page.headers[.webLink]?.contains("text/markdown") == true, "\(path)")
            }
            let topic = try await web.send(.get, "/t/x/\(made.topic)", headers: accept)
            #expect(topic.text.contains("rel=\"canonical\""))
            #expect(topic.text.contains("/\(made.topic)\">#1</a>"))
            #expect(topic.text.contains("?page=2\">Next page"))
            let last = try await web.send(.get, "/t/x/\(made.topic)?page=2", headers: accept)
            #expect(last.text.contains("#22</a>") && last.text.contains("Previous page"))
            let missing = try await web.send(.get, "/t/x/999999", headers: accept)
            #expect(missing.status == 404)
            #expect(missing.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    @Test func `Markdown is what was written, with links to Markdown`() async throws {
        try await WebSite.with(settings: ["unique_posts_mins": "0"]) { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(by: author, title: "A *starred* title [of] links")
            for _ in 0..<20 {
                try await web.reply(to: made.topic, by: author, "Text with **weight**.")
            }
            let first = try await web.send(.get, "/t/\(made.topic).md")
            #expect(first.headers[.contentType] == "text/markdown; charset=utf-8")
            #expect(first.text.hasPrefix("# A \\*starred\\* title \\[of\\] links\n"))
            #expect(first.text.contains("\n## author · "))
            #expect(first.text.contains("Text with **weight**."))
            let next = try #require(
                first.text.firstMatch(of: #/\[Next page\]\(([^)]+)\)/#)?.output.1
            )
            let second = try await web.send(.get, String(next))
            #expect(second.text.contains("#22](") && second.text.contains("[Previous page]("))
            #expect(try await web.send(.get, "/posts/\(made.reply).md").text.contains("A reply to"))
            #expect(try await web.send(.get, "/latest.md").text.contains("/\(made.topic).md)"))
            #expect(try await web.send(.get, "/t/999999.md").status == 404)
        }
    }

    @Test func `a site that asks for a login shows a browser its name alone`() async throws {
        try await WebSite.with(settings: ["login_required": "true", "title": "Our place"]) { web in
            _ = try await web.topic(by: web.boss)
            let page = try await web.send(.get, "/", headers: [.accept: "text/html"])
            #expect(page.status == 200 && page.text.contains("Our place"))
            #expect(!page.text.contains("A topic with"))
            for path in ["/latest.rss", "/sitemap.xml", "/latest.md", "/changes.json"] {
                #expect(try await web.send(.get, path).status == 403, "\(path)")
            }
            #expect(try await web.send(.get, "/robots.txt").text.contains("Disallow: /\n"))
        }
    }

    @Test func `a long topic comes whole, with its posts in order`() async throws {
        try await WebSite.with(settings: ["unique_posts_mins": "0"]) { web in
            let author = try await web.site.member("author")
            let made = try await web.topic(
                by: author,
                title: #"Of "post_stream":{"posts":[ and more"#
            )
            for _ in 0..<120 {
                try await web.reply(to: made.topic, by: author, "One of many replies.")
            }
            let answer = try await web.send(.get, "/t/\(made.topic).json?print=true")
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let posts = try #require(try answer.json["post_stream"]?["posts"]?.arrayValue)
            #expect(posts.compactMap { $0["post_number"]?.intValue } == Array(1...122))
            let ids = try #require(try answer.json["post_stream"]?["stream"]?.arrayValue)
                .compactMap(\.intValue)
            let asked = ids.reversed().map { "post_ids[]=\($0)" }.joined(separator: "&")
            let some = try await web.send(.get, "/t/\(made.topic)/posts.json?\(asked)")
            let found = try #require(try some.json["post_stream"]?["posts"]?.arrayValue)
            #expect(found.compactMap { $0["id"]?.intValue } == ids)
            let many = (0..<201).map { "post_ids[]=\($0)" }.joined(separator: "&")
            #expect(try await web.send(.get, "/t/\(made.topic)/posts.json?\(many)").status == 400)
            let member = try await web.send(
                .get,
                "/t/\(made.topic)/posts.json?\(many)",
                as: .member("author")
            )
            #expect(member.status == 200)
            #expect(try await web.send(.get, "/t/999999.json?print=true").status == 404)
        }
    }
}

/// Whether bytes are well-formed XML: each element closed in its order, each reference known.
private enum WellFormed {
    static func check(_ bytes: [UInt8]) -> Bool {
        var text = String(decoding: bytes, as: UTF8.self)[...]
        guard text.hasPrefix("<?xml"), let declared = text.range(of: "?>") else { return false }
        text = text[declared.upperBound...]
        var open: [Substring] = []
        var roots = 0
        while let start = text.firstIndex(of: "<") {
            guard isText(text[..<start]), let end = text[start...].firstIndex(of: ">") else {
                return false
            }
            let tag = text[text.index(after: start)..<end]
            text = text[text.index(after: end)...]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return false }
            } else {
                if open.isEmpty { roots += 1 }
                let name = tag.prefix { $0 != " " && $0 != "/" }
                guard !name.isEmpty, isText(tag) else { return false }
                if !tag.hasSuffix("/") { open.append(name) }
            }
        }
        return open.isEmpty && roots == 1 && isText(text)
    }

    private static func isText(_ text: Substring) -> Bool {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 || [0x09, 0x0A, 0x0D].contains($0.value)
        }
        let references = text.replacing(#/&(amp|lt|gt|quot|#39);/#, with: "")
        return isPlain && !references.contains("&")
    }
}
