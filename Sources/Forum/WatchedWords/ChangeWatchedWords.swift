import Postgres

package enum WatchingWords {}

extension Rule where Action == WatchingWords, Resource == WholeSite {
    /// Staff.
    package static var watchWords: Self {
        Self { _, principal in principal.isStaff ? .allow : .deny(.notFound) }
    }
}

extension Community {
    package func watchedWords(for principal: Principal) async throws -> [WatchedWord] {
        _ = try principal.may(.watchWords, WholeSite())
        return try await database.all(WatchedWordQueries.all())
    }

    /// What a text is checked against when it is written.
    func watchedText() async throws(PostgresError) -> WatchedText {
        WatchedText(words: try await database.all(WatchedWordQueries.all()))
    }

    /// Watches for a word, or changes what it does.
    ///
    /// - Throws: `.invalid` for a word or replacement that is empty or too long, `.notFound` for
    ///   anybody but staff.
    package func watchWord(
        _ word: String,
        _ action: WatchedWord.Action,
        replacement: String? = nil,
        isCaseSensitive: Bool = false,
        isHTML: Bool = false,
        by principal: Principal
    ) async throws -> WatchedWord {
        let permitted = try principal.may(.watchWords, WholeSite())
        let word = word.cleanedOfNUL.trimmingWhitespace
        guard !word.isEmpty, word.contains(where: { $0 != "*" }),
            word.unicodeScalars.count <= Limits.watchedWordMax
        else {
            throw ForumError(
                .invalid,
                "Word must have 1 to \(Limits.watchedWordMax) characters.",
                field: "word"
            )
        }
        guard word.filter({ $0 == "*" }).count <= Limits.watchedWordStars else {
            throw ForumError(
                .invalid,
                "Word can have \(Limits.watchedWordStars) stars at most.",
                field: "word"
            )
        }
        let replacement = replacement?.cleanedOfNUL.trimmingWhitespace
        if action.takesReplacement {
            guard let replacement, !replacement.isEmpty,
                replacement.unicodeScalars.count <= 255,
                action != .link || replacement.hasPrefix("https://")
                    || replacement.hasPrefix("http://") || replacement.hasPrefix("/")
            else {
                throw ForumError(
                    .invalid,
                    "This action needs a replacement of at most 255 characters.",
                    field: "replacement"
                )
            }
        }
        let count = try await database.value(WatchedWordQueries.count(), as: Int.self) ?? 0
        guard count < Limits.watchedWordsMax else {
            throw ForumError(.invalid, "There can be \(Limits.watchedWordsMax) watched words.")
        }
        let answers = try await database.batch([
            WatchedWordQueries.insert(
                word,
                action,
                replacement: action.takesReplacement ? replacement : nil,
                isCaseSensitive: isCaseSensitive,
                isHTML: isHTML,
                permitted
            ),
            StaffLogQueries.record(
                StaffAction(.watchedWordCreated, subject: action.name, details: word),
                by: principal,
                at: clock()
            ),
        ])
        guard let made = try answers[0].first(WatchedWord.self) else { throw ForumError.notFound }
        return made
    }

    /// - Throws: `.notFound` for a word that is not there.
    package func forgetWatchedWord(_ id: Int64, by principal: Principal) async throws {
        let permitted = try principal.may(.watchWords, WholeSite())
        let rows = try await database.query(WatchedWordQueries.delete(id, permitted))
        guard let row = rows.first else { throw ForumError.notFound }
        let action = WatchedWord.Action(rawValue: try row.get(1, as: Int.self))
        try await record(
            StaffAction(
                .watchedWordDestroyed,
                subject: action?.name,
                details: try row.get(0, as: String.self)
            ),
            by: principal
        )
    }

    /// Forgets every word of one action.
    package func forgetWatchedWords(
        _ action: WatchedWord.Action,
        by principal: Principal
    ) async throws {
        let permitted = try principal.may(.watchWords, WholeSite())
        _ = try await database.batch([
            WatchedWordQueries.deleteAll(action, permitted),
            StaffLogQueries.record(
                StaffAction(.watchedWordDestroyed, subject: action.name, details: "all"),
                by: principal,
                at: clock()
            ),
        ])
    }
}
