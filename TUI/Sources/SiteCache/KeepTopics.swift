import Foundation
import GRDB
package import TerminalUI

extension SiteCache {
    // MARK: Lists

    /// Keeps one page of a list. The first page begins the list anew; results of a search are not kept.
    package func keep(
        _ page: TopicPage,
        number: Int,
        of kind: TopicListKind
    ) async throws(CacheError) {
        guard let name = kind.keptName else { return }
        try await write { database in
            if number == 0 {
                try database.execute(sql: "DELETE FROM listed WHERE list = ?", arguments: [name])
            }
            var place =
                try Int.fetchOne(
                    database,
                    sql: "SELECT max(place) FROM listed WHERE list = ?",
                    arguments: [name]
                ) ?? -1
            for row in page.rows where place < Limits.listed {
                place += 1
                try SiteCache.keep(row, database)
                try database.execute(
                    sql: "INSERT INTO listed (list, place, topic) VALUES (?, ?, ?)",
                    arguments: [name, place, row.id]
                )
            }
        }
    }

    /// A list as it was last seen, and behind it, where it goes by time, the other topics of categories that
    /// are kept. nil when there is nothing.
    package func topics(_ kind: TopicListKind) async throws(CacheError) -> TopicPage? {
        guard let name = kind.keptName else { return nil }
        return try await read { database in
            var rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT \(SiteCache.topicColumns) FROM listed JOIN topics ON topics.id = listed.topic
                    WHERE listed.list = ? ORDER BY listed.place
                    """,
                arguments: [name]
            )
            if kind.goesByTime {
                let listed = Set(rows.map { $0["id"] as Int })
                rows += try Row.fetchAll(
                    database,
                    sql: """
                        SELECT \(SiteCache.topicColumns) FROM topics WHERE category = ifnull(?, category)
                        ORDER BY bumped_at DESC, id DESC LIMIT ?
                        """,
                    arguments: [kind.categoryID, Limits.listed]
                ).filter { !listed.contains($0["id"]) }
            }
            let kept = rows.prefix(Limits.listed).map(SiteCache.topicRow)
            return kept.isEmpty ? nil : TopicPage(rows: kept, hasMore: false)
        }
    }

    /// What ``topicRow(_:)`` reads.
    static let topicColumns = """
        topics.*, (SELECT count(*) FROM posts WHERE topic = topics.id) AS kept_posts,
        (SELECT ifnull(max(number), 1) FROM posts WHERE topic = topics.id) AS kept_number
        """

    /// A row of a list, from a row of the table.
    static func topicRow(_ kept: Row) -> TopicRow {
        if let row = Stored.decode(TopicRow.self, from: kept["row"]) { return row }
        let detail = Stored.decode(TopicDetail.self, from: kept["detail"])
        var row = TopicRow(
            id: kept["id"],
            title: kept["title"],
            postsCount: max(detail?.postsCount ?? 1, kept["kept_posts"]),
            highestNumber: max(detail?.highestNumber ?? 1, kept["kept_number"]),
            lastPoster: "",
            bumpedAt: kept["bumped_at"]
        )
        row.categoryID = kept["category"]
        row.tags = detail?.tags ?? []
        row.lastRead = detail?.lastRead
        return row
    }

    /// Keeps topics outside any list.
    package func keep(_ rows: [TopicRow]) async throws(CacheError) {
        try await write { database in
            for row in rows { try SiteCache.keep(row, database) }
        }
    }

    private static func keep(_ row: TopicRow, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO topics (id, title, category, row, bumped_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE
                SET title = excluded.title, category = excluded.category, row = excluded.row,
                    bumped_at = excluded.bumped_at
                """,
            arguments: [
                row.id, row.title, row.categoryID, try JSONEncoder().encode(row), row.bumpedAt,
            ]
        )
    }

    // MARK: Topics and posts

    /// Keeps a topic with the posts that came with it. `readAt` is when somebody opened it, in seconds
    /// since 1970; nil when it was only fetched to be kept.
    package func keep(_ topic: TopicDetail, readAt: Int64?) async throws(CacheError) {
        try await write { database in
            guard let readAt else { return try SiteCache.keep(fetched: topic, database) }
            try SiteCache.keep(topic, readAt: readAt, isFetched: false, database)
        }
    }

    static func keep(fetched topic: TopicDetail, _ database: Database) throws {
        try keep(topic, readAt: 0, isFetched: true, database)
    }

    /// Takes in what a feed of changes says of a topic; what it does not say stays as it was.
    static func keep(changed topic: TopicDetail, _ database: Database) throws {
        let data = try Data.fetchOne(
            database,
            sql: "SELECT detail FROM topics WHERE id = ?",
            arguments: [topic.id]
        )
        var merged = Stored.decode(TopicDetail.self, from: data) ?? topic
        merged.title = topic.title
        merged.categoryID = topic.categoryID
        merged.tags = topic.tags
        try keep(fetched: merged, database)
        try database.execute(
            sql: """
                UPDATE words SET title = ?
                WHERE title <> ? AND rowid IN (SELECT id FROM posts WHERE topic = ?)
                """,
            arguments: [topic.title, topic.title, topic.id]
        )
    }

    private static func keep(
        _ topic: TopicDetail,
        readAt: Int64,
        isFetched: Bool,
        _ database: Database
    ) throws {
        var bare = topic
        bare.posts = []
        try database.execute(
            sql: """
                INSERT INTO topics (id, title, category, detail, read_at, is_fetched)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE
                SET title = excluded.title, category = excluded.category,
                    detail = excluded.detail, read_at = max(read_at, excluded.read_at),
                    is_fetched = max(is_fetched, excluded.is_fetched)
                """,
            arguments: [
                topic.id, topic.title, topic.categoryID, try JSONEncoder().encode(bare),
                readAt, isFetched,
            ]
        )
        try keep(topic.posts, of: topic.id, title: topic.title, database)
    }

    package func keep(_ posts: [Post], of topic: Int) async throws(CacheError) {
        try await write { database in
            let title = try SiteCache.title(of: topic, database)
            try SiteCache.keep(posts, of: topic, title: title, database)
        }
    }

    static func title(of topic: Int, _ database: Database) throws -> String {
        try String.fetchOne(
            database,
            sql: "SELECT title FROM topics WHERE id = ?",
            arguments: [topic]
        ) ?? ""
    }

    static func keep(_ posts: [Post], of topic: Int, title: String, _ database: Database) throws {
        for post in posts {
            try database.execute(
                sql: """
                    INSERT INTO posts (id, topic, number, body) VALUES (?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE
                    SET topic = excluded.topic, number = excluded.number, body = excluded.body
                    """,
                arguments: [post.id, topic, post.number, try JSONEncoder().encode(post)]
            )
            try database.execute(
                sql: "UPDATE topics SET bumped_at = max(bumped_at, ?) WHERE id = ?",
                arguments: [post.createdAt, topic]
            )
            try database.execute(sql: "DELETE FROM words WHERE rowid = ?", arguments: [post.id])
            let text = post.isDeleted ? "" : post.render(width: 1000).text
            try database.execute(
                sql: "INSERT INTO words (rowid, title, username, text) VALUES (?, ?, ?, ?)",
                arguments: [post.id, title, post.username, text]
            )
        }
    }

    /// A topic as far as it is kept: its stream has the posts that are here. With `near`, the post of
    /// that number has to be among them.
    package func topic(_ id: Int, near: Int?) async throws(CacheError) -> TopicDetail? {
        try await read { database in
            let data = try Data.fetchOne(
                database,
                sql: "SELECT detail FROM topics WHERE id = ?",
                arguments: [id]
            )
            guard var topic = Stored.decode(TopicDetail.self, from: data) else { return nil }
            let bodies = try Data.fetchAll(
                database,
                sql: "SELECT body FROM posts WHERE topic = ? ORDER BY number, id",
                arguments: [id]
            )
            topic.posts = bodies.compactMap { Stored.decode(Post.self, from: $0) }
            topic.stream = topic.posts.map(\.id)
            guard let last = topic.posts.last else { return nil }
            topic.postsCount = max(topic.postsCount, topic.posts.count)
            topic.highestNumber = max(topic.highestNumber, last.number)
            guard let near, near > 1 else { return topic }
            return topic.posts.contains { $0.number == near } ? topic : nil
        }
    }

    /// Those of the posts that are kept, in the order of `ids`.
    package func posts(_ ids: [Int]) async throws(CacheError) -> [Post] {
        try await read { database in
            try ids.compactMap { id in
                let data = try Data.fetchOne(
                    database,
                    sql: "SELECT body FROM posts WHERE id = ?",
                    arguments: [id]
                )
                return Stored.decode(Post.self, from: data)
            }
        }
    }

    // MARK: Forgetting

    /// Forgets a topic with its posts.
    static func forget(topic id: Int, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM words WHERE rowid IN (SELECT id FROM posts WHERE topic = ?)",
            arguments: [id]
        )
        for statement in [
            "DELETE FROM posts WHERE topic = ?", "DELETE FROM listed WHERE topic = ?",
            "DELETE FROM topics WHERE id = ?",
        ] {
            try database.execute(sql: statement, arguments: [id])
        }
    }

    /// Makes room when the file has grown beyond `bytes`: topics that were read in passing go, those
    /// read longest ago first. What was fetched to be kept stays.
    package func trim(to bytes: Int = Limits.fileBytes) async throws(CacheError) {
        while try await size() > bytes {
            let isTrimmed = try await write { database in
                let old = try Int.fetchAll(
                    database,
                    sql: """
                        SELECT id FROM topics WHERE is_fetched = 0 ORDER BY read_at LIMIT ?
                        """,
                    arguments: [Limits.evictedTopics]
                )
                for id in old { try SiteCache.forget(topic: id, database) }
                return !old.isEmpty
            }
            guard isTrimmed else { return }
        }
    }

    /// Bytes of the file that hold something.
    private func size() async throws(CacheError) -> Int {
        try await read { database in
            func number(_ pragma: String) throws -> Int {
                try Int.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0
            }
            return try (number("page_count") - number("freelist_count")) * number("page_size")
        }
    }
}

extension TopicListKind {
    /// Whether the last topic written in stands first.
    fileprivate var goesByTime: Bool {
        switch self {
        case .latest, .category: true
        default: false
        }
    }

    fileprivate var categoryID: Int? {
        if case .category(let id, _, _) = self { id } else { nil }
    }

    /// The name under which a list is kept; nil for what is not.
    fileprivate var keptName: String? {
        switch self {
        case .latest, .new, .unread, .top, .hot, .messages: title.lowercased()
        case .category(let id, _, _): "category \(id)"
        case .tag(let name): "tag \(name)"
        case .allUnread: "all unread"
        // Rows that stand for a post, and those of other sites, are no rows of this site's topics.
        case .search, .bookmarks, .everywhere: nil
        }
    }
}
