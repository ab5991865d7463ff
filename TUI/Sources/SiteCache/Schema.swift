import GRDB

/// The tables of the file.
enum Schema {
    static let tables = ["site", "listed", "topics", "posts", "words"]

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE site (
                        name TEXT PRIMARY KEY,
                        value BLOB NOT NULL
                    ) WITHOUT ROWID;

                    -- The order of a list; what stands in its rows is kept once, with the topic.
                    CREATE TABLE listed (
                        list TEXT NOT NULL,
                        place INTEGER NOT NULL,
                        topic INTEGER NOT NULL,
                        PRIMARY KEY (list, place)
                    ) WITHOUT ROWID;

                    CREATE TABLE topics (
                        id INTEGER PRIMARY KEY,
                        title TEXT NOT NULL,
                        category INTEGER,
                        -- As a list showed it, and as it was when it was opened; either may be missing.
                        row BLOB,
                        detail BLOB,
                        -- Seconds since 1970 of the last post that is known.
                        bumped_at INTEGER NOT NULL DEFAULT 0,
                        -- Seconds since 1970 of the last time it was read; 0 for what was only fetched.
                        read_at INTEGER NOT NULL DEFAULT 0,
                        -- Whether it was fetched to be kept, and not only read in passing.
                        is_fetched INTEGER NOT NULL DEFAULT 0
                    );

                    CREATE INDEX topics_bumped_at ON topics (bumped_at);

                    CREATE TABLE posts (
                        id INTEGER PRIMARY KEY,
                        topic INTEGER NOT NULL,
                        number INTEGER NOT NULL,
                        body BLOB NOT NULL
                    );
                    CREATE INDEX posts_topic_number ON posts (topic, number);

                    -- Its rows have the ids of the posts.
                    CREATE VIRTUAL TABLE words USING fts5(
                        title, username, text,
                        tokenize = 'unicode61 remove_diacritics 2'
                    );
                    """
            )
        }
        return migrator
    }
}
