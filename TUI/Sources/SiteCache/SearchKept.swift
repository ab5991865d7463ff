import Foundation
import GRDB
package import TerminalUI

extension SiteCache {
    /// The topics that are kept and hold all the words, the best first; each once, with the place of its
    /// best post.
    package func search(_ text: String) async throws(CacheError) -> TopicPage {
        guard
            let pattern = FTS5Pattern(
                matchingAllPrefixesIn: String(text.prefix(Limits.searchCharacters))
            )
        else { return TopicPage(rows: [], hasMore: false) }
        return try await read { database in
            let hits = try Row.fetchAll(
                database,
                sql: """
                    SELECT \(SiteCache.topicColumns), posts.number, posts.body, words.username,
                        snippet(words, 2, '', '', '…', 24) AS blurb
                    FROM words
                    JOIN posts ON posts.id = words.rowid
                    JOIN topics ON topics.id = posts.topic
                    WHERE words MATCH ? ORDER BY bm25(words, 4.0, 2.0, 1.0), posts.id
                    LIMIT ?
                    """,
                arguments: [pattern, Limits.found * 4]
            )
            var seen: Set<Int> = []
            let rows = hits.filter { seen.insert($0["id"]).inserted }.map(SiteCache.row(of:))
            return TopicPage(rows: Array(rows.prefix(Limits.found)), hasMore: false)
        }
    }

    private static func row(of hit: Row) -> TopicRow {
        var row = topicRow(hit)
        row.blurb = hit["blurb"]
        row.hitNumber = hit["number"]
        row.lastPoster = hit["username"]
        row.bumpedAt = Stored.decode(Post.self, from: hit["body"])?.createdAt ?? row.bumpedAt
        return row
    }
}
