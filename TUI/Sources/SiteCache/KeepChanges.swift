import GRDB
package import TerminalUI

/// One entry of a site's feed of changes, in the words of the cache.
package enum KeptChange: Sendable {
    /// A topic is there or has changed; its posts come on their own.
    case topic(TopicDetail)
    case post(topic: Int, Post)
    /// Cannot be seen any more, with all that was in it.
    case topicGone(Int)
    case postGone(Int)
    case categoryGone(Int)
}

/// How far a site was fetched.
package struct SyncProgress: Sendable, Codable, Hashable {
    /// Where the feed of changes goes on; nil where there is no such feed.
    package var cursor: String?
    /// Whether everything was fetched at least once.
    package var isComplete = false
    /// When it was fetched last, in seconds since 1970.
    package var finishedAt: Int64 = 0

    package init() {}
}

extension SiteCache {
    /// How far `scope`, such as a category or the whole site, was fetched.
    package func progress(of scope: String) async throws(CacheError) -> SyncProgress {
        try await value("sync \(scope)") ?? SyncProgress()
    }

    package func keep(
        _ progress: SyncProgress,
        of scope: String
    ) async throws(CacheError) {
        try await keep(progress, as: "sync \(scope)")
    }

    /// Keeps a page of changes together with the place where the feed goes on, so that a program that
    /// is killed neither skips nor repeats one.
    package func keep(
        _ changes: [KeptChange],
        upTo progress: SyncProgress,
        of scope: String
    ) async throws(CacheError) {
        try await write { database in
            for change in changes { try SiteCache.keep(change, database) }
            try SiteCache.keep(progress, as: "sync \(scope)", database)
        }
    }

    private static func keep(_ change: KeptChange, _ database: Database) throws {
        switch change {
        case .topic(let topic):
            try keep(changed: topic, database)
        case .post(let topic, let post):
            let title = try title(of: topic, database)
            try keep([post], of: topic, title: title, database)
        case .topicGone(let id):
            try forget(topic: id, database)
        case .categoryGone(let id):
            let topics = try Int.fetchAll(
                database,
                sql: "SELECT id FROM topics WHERE category = ?",
                arguments: [id]
            )
            for topic in topics { try forget(topic: topic, database) }
        case .postGone(let id):
            try database.execute(sql: "DELETE FROM words WHERE rowid = ?", arguments: [id])
            try database.execute(sql: "DELETE FROM posts WHERE id = ?", arguments: [id])
        }
    }

    /// How much is kept.
    package func counts() async throws(CacheError) -> (topics: Int, posts: Int) {
        try await read { database in
            let topics = try Int.fetchOne(database, sql: "SELECT count(*) FROM topics") ?? 0
            let posts = try Int.fetchOne(database, sql: "SELECT count(*) FROM posts") ?? 0
            return (topics, posts)
        }
    }

    /// Whether all posts of a topic are kept and nothing was written since.
    package func isCurrent(_ row: TopicRow) async throws(CacheError) -> Bool {
        try await read { database in
            let posts = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM posts WHERE topic = ?",
                arguments: [row.id]
            )
            let bumpedAt = try Int64.fetchOne(
                database,
                sql: "SELECT bumped_at FROM topics WHERE id = ? AND is_fetched = 1",
                arguments: [row.id]
            )
            return (posts ?? 0) >= row.postsCount && bumpedAt == row.bumpedAt
        }
    }

    /// Which of the posts of a topic are kept.
    package func keptPosts(of topic: Int) async throws(CacheError) -> Set<Int> {
        try await read { database in
            try Set(
                Int.fetchAll(
                    database,
                    sql: "SELECT id FROM posts WHERE topic = ?",
                    arguments: [topic]
                )
            )
        }
    }
}
