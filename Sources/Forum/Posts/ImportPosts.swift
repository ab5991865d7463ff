import Foundation
import Markup
package import Postgres

/// A mail of an archive, on its way to become a post as it was then.
package struct ImportedPost: Sendable {
    /// What it belongs to.
    package enum Place: Sendable, Equatable {
        case newTopic
        case topic(TopicID, replyTo: Int?)
        /// The thread of the first of these Message-IDs that is known, in this batch or in the
        /// category; the nearest ancestor comes first. When none is known: the newest topic of the
        /// same subject not older than so many days, then a new topic.
        case thread(of: [String], subjectDays: Int?)
    }

    /// Without brackets.
    package var messageID: String
    package var categoryID: CategoryID
    package var authorID: UserID
    /// The subject, cleaned of prefixes.
    package var title: String
    /// The same in lower case; empty when the mail may not be threaded by it.
    package var subjectKey: String
    package var raw: String
    package var createdAt: Timestamp
    /// What was trimmed off.
    package var elided: String?
    package var place: Place

    package init(
        messageID: String,
        categoryID: CategoryID,
        authorID: UserID,
        title: String,
        subjectKey: String,
        raw: String,
        createdAt: Timestamp,
        elided: String? = nil,
        place: Place = .newTopic
    ) {
        self.messageID = messageID
        self.categoryID = categoryID
        self.authorID = authorID
        self.title = title
        self.subjectKey = subjectKey
        self.raw = raw
        self.createdAt = createdAt
        self.elided = elided
        self.place = place
    }
}

/// What became of one mail.
package struct ImportOutcome: Sendable, Equatable {
    package let postID: PostID
    package let topicID: TopicID
    package let postNumber: Int
    /// False when this mail was in the category before.
    package let isNew: Bool
}

extension Community {
    /// Writes a batch of an archive: in one transaction, with the dates of the mails, without
    /// notices. A mail that is there already stays as it is.
    ///
    /// - Parameter posts: At most 2,000, parents before their answers where they can be.
    /// - Returns: One outcome a post, in order.
    package func importBatch(_ posts: [ImportedPost]) async throws -> [ImportOutcome] {
        guard posts.count <= Limits.importBatchMax else {
            throw ForumError(.tooLarge, "At most \(Limits.importBatchMax) posts at once.")
        }
        guard !posts.isEmpty else { return [] }
        let cleaned = posts.map(\.cleaned)
        let known = try await database.all(
            ImportQueries.known(cleaned.flatMap(\.mentionedIDs), host: host),
            as: KnownMessage.self
        )
        let knownKeys = Set(known.map(\.key))
        let missing = cleaned.indices.filter { !knownKeys.contains(cleaned[$0].key) }
        let cooked = try await cook(missing.map { cleaned[$0].raw })
        var cookedByIndex: [Int: CookedPost] = [:]
        for (index, text) in zip(missing, cooked) { cookedByIndex[index] = text }
        let prepared = cookedByIndex
        let outcomes = try await database.transaction(timeoutSeconds: 120) { transaction in
            var plan = ImportPlan(cleaned, prepared, host: host)
            try await plan.load(from: transaction)
            try await plan.assign(in: transaction)
            try await plan.write(to: transaction)
            return plan.outcomes
        }
        if outcomes.contains(where: \.isNew) { signals.committed(.site) }
        return outcomes
    }

    /// After an archive is in: a forum that has grown many times over in a minute gets the plans of
    /// its new size at once, not at autovacuum's next round.
    package func finishImport() async throws(PostgresError) {
        try await database.execute(ImportQueries.statistics)
    }

    /// Cooks many texts on all cooking threads. Names in them stand for nobody here: an archive's
    /// at signs are not ours.
    private func cook(_ texts: [String]) async throws -> [CookedPost] {
        let options = cookOptions
        let chunk = max(1, (texts.count + Limits.cookingThreads - 1) / Limits.cookingThreads)
        let parts = stride(from: 0, to: texts.count, by: chunk).map { start in
            Array(texts[start..<min(start + chunk, texts.count)])
        }
        return try await withThrowingTaskGroup(of: (Int, [CookedPost]).self) { group in
            for (index, part) in parts.enumerated() {
                group.addTask {
                    let cooked = try await CookingThreads.shared.run {
                        part.map { text in
                            CookedPost(raw: text, options: options, context: CookContext())
                        }
                    }
                    return (index, cooked)
                }
            }
            var results: [[CookedPost]] = Array(repeating: [], count: parts.count)
            for try await (index, cooked) in group { results[index] = cooked }
            return results.flatMap(\.self)
        }
    }
}

extension ImportedPost {
    /// One mail in one category.
    struct Key: Hashable {
        let messageID: String
        let categoryID: CategoryID
    }

    var key: Key { Key(messageID: messageID, categoryID: categoryID) }

    /// The message itself and those that say where it belongs.
    var mentionedIDs: [String] {
        if case .thread(let parents, _) = place { [messageID] + parents } else { [messageID] }
    }

    /// Fit for the database: bounded, without NUL; what is beyond the bound is kept as elided.
    fileprivate var cleaned: ImportedPost {
        var post = self
        post.messageID = Self.cleanedID(messageID)
        let raw = PostText.cleaned(raw)
        let body = raw.unicodeScalars
        var rest = ""
        if raw.utf8.count > Limits.importedPostMax, body.count > Limits.importedPostMax {
            rest = String(body.dropFirst(Limits.importedPostMax))
            post.raw = String(body.prefix(Limits.importedPostMax)) + "\n\n[\u{2026}]"
        } else {
            post.raw = raw.isEmpty ? "(no text)" : raw
        }
        let elided = rest + (elided?.cleanedOfNUL ?? "")
        post.elided = elided.isEmpty ? nil : elided
        let title = PostText.cleanedTitle(title)
        post.title =
            title.isEmpty
            ? "(no subject)" : String(title.unicodeScalars.prefix(Limits.titleMax))
        post.subjectKey = String(subjectKey.cleanedOfNUL.unicodeScalars.prefix(Limits.titleMax))
        if case .thread(let parents, let days) = place {
            post.place = .thread(of: parents.prefix(50).map(Self.cleanedID), subjectDays: days)
        }
        return post
    }

    private static func cleanedID(_ id: String) -> String {
        String(id.cleanedOfNUL.unicodeScalars.prefix(998))
    }
}
