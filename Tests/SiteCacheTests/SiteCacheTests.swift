import Foundation
import SiteCache
import TerminalUI
import Testing

/// Real files in a folder of the test's own.
@Suite struct SiteCacheTests {
    private static func file() -> URL {
        FileManager.default.temporaryDirectory
            .appending(path: "parley-cache-\(UUID().uuidString)")
            .appending(path: "site.sqlite")
    }

    private static func row(_ id: Int, _ title: String, category: Int? = nil) -> TopicRow {
        var row = TopicRow(
            id: id,
            title: title,
            postsCount: 2,
            highestNumber: 2,
            lastPoster: "ana",
            bumpedAt: Int64(1000 + id)
        )
        row.categoryID = category
        return row
    }

    private static func post(_ id: Int, _ number: Int, _ cooked: String) -> Post {
        Post(id: id, number: number, username: "ana", createdAt: Int64(id), cooked: cooked)
    }

    private static func topic(_ id: Int, _ title: String, posts: [Post]) -> TopicDetail {
        TopicDetail(id: id, title: title, stream: posts.map(\.id), posts: posts)
    }

    @Test func `what is kept is there when the file is opened again`() async throws {
        let file = Self.file()
        let first = try SiteCache(file: file)
        var info = SiteInfo(title: "A forum", url: "https://forum.test")
        info.categories = [Category(id: 1, name: "General", slug: "general")]
        try await first.keep(info)
        let page = TopicPage(rows: [Self.row(2, "Second"), Self.row(1, "First")], hasMore: true)
        try await first.keep(page, number: 0, of: .top)
        let topic = Self.topic(1, "First", posts: [Self.post(10, 1, "<p>Hello</p>")])
        try await first.keep(topic, readAt: 5)
        try first.close()

        let second = try SiteCache(file: file)
        #expect(try await second.info() == info)
        #expect(try await second.topics(.top)?.rows.map(\.id) == [2, 1])
        #expect(try await second.topic(1, near: nil)?.posts.map(\.cooked) == ["<p>Hello</p>"])
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `the first page of a list begins it anew and the next goes on`() async throws {
        let cache = try SiteCache(file: Self.file())
        for (number, ids) in [(0, [1, 2]), (1, [3]), (0, [3, 2]), (1, [4])] {
            let rows = ids.map { Self.row($0, "Topic \($0)") }
            try await cache.keep(TopicPage(rows: rows, hasMore: false), number: number, of: .hot)
        }
        #expect(try await cache.topics(.hot)?.rows.map(\.id) == [3, 2, 4])
        #expect(try await cache.topics(.unread) == nil)
    }

    @Test func `lists by time also show what only a sync brought`() async throws {
        let cache = try SiteCache(file: Self.file())
        let message = Self.topic(3, "A message", posts: [Self.post(30, 1, "<p>psst</p>")])
        try await cache.keep(message, readAt: nil)
        let listed = TopicPage(rows: [Self.row(1, "Listed", category: 7)], hasMore: false)
        try await cache.keep(listed, number: 0, of: .latest)
        var fetched = Self.topic(2, "Fetched", posts: [Self.post(20, 1, "<p>x</p>")])
        fetched.categoryID = 8
        try await cache.keep(fetched, readAt: nil)
        #expect(try await cache.topics(.latest)?.rows.map(\.title) == ["Listed", "Fetched"])
        let eight = TopicListKind.category(id: 8, slug: "b", name: "B")
        #expect(try await cache.topics(eight)?.rows.map(\.title) == ["Fetched"])
        #expect(try await cache.topics(.top) == nil)
    }

    @Test func `a topic is given when the post that is wanted is kept`() async throws {
        let cache = try SiteCache(file: Self.file())
        let posts = [Self.post(11, 1, "<p>a</p>"), Self.post(13, 3, "<p>c</p>")]
        try await cache.keep(Self.topic(1, "T", posts: posts), readAt: 1)
        #expect(try await cache.topic(1, near: 3)?.stream == [11, 13])
        #expect(try await cache.topic(1, near: 2) == nil)
        #expect(try await cache.topic(2, near: nil) == nil)
        #expect(try await cache.posts([13, 12, 11]).map(\.id) == [13, 11])
    }

    @Test(arguments: [
        ("boat", [1]), ("Boat sail", [1]), ("cafe", [2]), ("CAFÉ", [2]), ("missing", []),
        ("\" OR 1=1 --", []), ("", []), ("ana", [1, 2]), ("sai", [1]),
    ])
    func `words are found whatever their case and accents`(words: String, found: [Int]) async throws
    {
        let cache = try SiteCache(file: Self.file())
        let sail = Self.topic(1, "Boats", posts: [Self.post(1, 1, "<p>The boat has a sail.</p>")])
        try await cache.keep(sail, readAt: 1)
        let coffee = Self.topic(2, "Drinks", posts: [Self.post(2, 1, "<p>Café, hot</p>")])
        try await cache.keep(coffee, readAt: 1)
        let rows = try await cache.search(words).rows
        #expect(rows.map(\.id).sorted() == found)
        #expect(rows.allSatisfy { $0.hitNumber == 1 && $0.blurb != nil })
    }

    @Test func `changes are kept with the place where the feed goes on`() async throws {
        let cache = try SiteCache(file: Self.file())
        var read = Self.topic(1, "Old title", posts: [Self.post(10, 1, "<p>kept words</p>")])
        read.lastRead = 1
        try await cache.keep(read, readAt: 1)
        var progress = SyncProgress()
        progress.cursor = "c1"
        var written = Post(id: 12, number: 2, username: "ben", createdAt: 9, cooked: "")
        written.markdown = "some *fresh* words"
        try await cache.keep(
            [
                .topic(Self.topic(1, "New title", posts: [])), .post(topic: 1, written),
                .topic(Self.topic(2, "Going", posts: [])),
                .post(topic: 2, Self.post(20, 1, "<p>secret</p>")), .topicGone(2), .postGone(99),
            ],
            upTo: progress,
            of: "site"
        )
        let topic = try await cache.topic(1, near: nil)
        #expect(topic?.title == "New title")
        #expect(topic?.lastRead == 1)
        #expect(topic?.stream == [10, 12])
        #expect(try await cache.search("fresh").rows.map(\.hitNumber) == [2])
        #expect(try await cache.search("secret").rows.isEmpty)
        #expect(try await cache.search("new title kept").rows.map(\.id) == [1])
        #expect(try await cache.progress(of: "site").cursor == "c1")
        #expect(try await cache.progress(of: "category 1") == SyncProgress())
        #expect(try await cache.counts() == (1, 2))
    }

    @Test func `what was read in passing makes room and what was fetched stays`() async throws {
        let cache = try SiteCache(file: Self.file())
        let text = String(repeating: "words of a post ", count: 2000)
        for id in 1...20 {
            let posts = [Self.post(id, 1, "<p>\(text)</p>")]
            let topic = Self.topic(id, "T\(id)", posts: posts)
            try await cache.keep(topic, readAt: id == 20 ? nil : Int64(id))
        }
        try await cache.trim(to: 200_000)
        #expect(try await cache.counts() == (1, 1))
        #expect(try await cache.topic(20, near: nil) != nil)
    }

    @Test func `logging out forgets everything`() async throws {
        let cache = try SiteCache(file: Self.file())
        let topic = Self.topic(1, "T", posts: [Self.post(1, 1, "<p>private</p>")])
        try await cache.keep(topic, readAt: 1)
        try await cache.clear()
        #expect(try await cache.counts() == (0, 0))
        #expect(try await cache.search("private").rows.isEmpty)
    }

    @Test func `a file that is no database is said to be none`() throws {
        let file = Self.file()
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data("not a database, only some text that is long enough".utf8).write(to: file)
        #expect(throws: CacheError.self) { try SiteCache(file: file) }
    }
}
