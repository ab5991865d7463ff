import Postgres

enum WatchedWordQueries {
    private static let columns: SQL =
        "id, word, action, replacement, case_sensitive, html"

    static func all() -> SQL {
        "SELECT \(columns) FROM watched_words ORDER BY action, word_lower LIMIT 5000"
    }

    static func word(_ id: Int64) -> SQL {
        "SELECT \(columns) FROM watched_words WHERE id = \(id)"
    }

    static func count() -> SQL { "SELECT count(*) FROM watched_words" }

    /// Adds a word, or changes what it does.
    static func insert(
        _ word: String,
        _ action: WatchedWord.Action,
        replacement: String?,
        isCaseSensitive: Bool,
        isHTML: Bool,
        _ permitted: Permitted<WatchingWords, WholeSite>
    ) -> SQL {
        """
        INSERT INTO watched_words (word, word_lower, action, replacement, case_sensitive, html)
        VALUES (\(word), \(word.lowercased()), \(action.rawValue), \(replacement),
            \(isCaseSensitive), \(isHTML))
        ON CONFLICT (word_lower, action) DO UPDATE SET word = EXCLUDED.word,
            replacement = EXCLUDED.replacement, case_sensitive = EXCLUDED.case_sensitive,
            html = EXCLUDED.html
        RETURNING \(columns)
        """
    }

    static func delete(_ id: Int64, _ permitted: Permitted<WatchingWords, WholeSite>) -> SQL {
        "DELETE FROM watched_words WHERE id = \(id) RETURNING word, action"
    }

    static func deleteAll(
        _ action: WatchedWord.Action,
        _ permitted: Permitted<WatchingWords, WholeSite>
    ) -> SQL {
        "DELETE FROM watched_words WHERE action = \(action.rawValue)"
    }
}
