import Foundation
import Markup
package import Postgres

/// A mail of an archive, on its way to become a post as it was then.
package struct ImportedPost: Sendable {
    /// Without brackets.
    package var messageID: String
    /// What names it when another mail has that Message-ID: made of its own bytes.
    package var fallbackID: String
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
    /// The Message-IDs of those it answers, nearest first: it belongs to the thread of the first that
    /// is known, in this batch or in the category.
    package var ancestors: [String]
    /// When none is known: to the newest topic of the same subject not older than so many days.
    package var subjectDays: Int?

    package init(
        messageID: String,
        fallbackID: String,
        categoryID: CategoryID,
        authorID: UserID,
        title: String,
        subjectKey: String,
        raw: String,
        createdAt: Timestamp,
        elided: String? = nil,
        ancestors: [String] = [],
        subjectDays: Int? = nil
    ) {
        self.messageID = messageID
        self.fallbackID = fallbackID
        self.categoryID = categoryID
        self.authorID = authorID
        self.title = title
        self.subjectKey = subjectKey
        self.raw = raw
        self.createdAt = createdAt
        self.elided = elided
        self.ancestors = ancestors
        self.subjectDays = subjectDays
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
    /// Which of some mails are posts for sure; the others may be or not.
    package func alreadyImported(_ mails: [ImportedPost.Identity?]) async throws -> Set<Int> {
        let asked = mails.compactMap(\.self)
        guard !asked.isEmpty else { return [] }
        let found = try await database.all(
            ImportQueries.known(asked.flatMap { [$0.messageID, $0.fallbackID] }, host: host),
            as: KnownMessage.self
        )
        let identities = ImportIdentities(found)
        return Set(mails.indices.filter { mails[$0].map(identities.has) ?? false })
    }

    /// Writes a batch of an archive: in one transaction, with the dates of the mails, without
    /// notices, for staff alone to see. A mail that is there already stays as it is.
    ///
    /// - Parameter posts: At most 2,000, parents before their answers where they can be.
    /// - Returns: One outcome a post, in order.
    /// - Throws: `.conflict` when the import is published or discarded meanwhile.
    package func importBatch(
        _ posts: [ImportedPost],
        into destination: ImportID
    ) async throws -> [ImportOutcome] {
        guard posts.count <= Limits.importBatchMax else {
            throw ForumError(.tooLarge, "At most \(Limits.importBatchMax) posts at once.")
        }
        guard !posts.isEmpty else { return [] }
        let cleaned = posts.map(\.cleaned)
        let known = try await database.all(
            ImportQueries.known(cleaned.flatMap(\.mentionedIDs), host: host),
            as: KnownMessage.self
        )
        let identities = ImportIdentities(known)
        let missing = cleaned.indices.filter { identities.known(cleaned[$0]) == nil }
        let cooked = try await cook(missing.map { cleaned[$0].raw })
        var cookedByIndex: [Int: CookedPost] = [:]
        for (index, text) in zip(missing, cooked) { cookedByIndex[index] = text }
        let prepared = cookedByIndex
        let outcomes = try await database.transaction(timeoutSeconds: 120) { transaction in
            var plan = ImportPlan(cleaned, prepared, into: destination, host: host)
            try await plan.load(from: transaction)
            try await plan.assign(in: transaction)
            try await plan.write(to: transaction)
            return plan.outcomes
        }
        return outcomes
    }

    /// Cooks many texts on all cooking threads. Names in them stand for nobody here: an archive's
    /// at signs are not ours. Its files are.
    private func cook(_ texts: [String]) async throws -> [CookedPost] {
        let options = cookOptions
        let context = try await filesContext(of: texts)
        let chunk = max(1, (texts.count + Limits.cookingThreads - 1) / Limits.cookingThreads)
        let parts = stride(from: 0, to: texts.count, by: chunk).map { start in
            Array(texts[start..<min(start + chunk, texts.count)])
        }
        return try await withThrowingTaskGroup(of: (Int, [CookedPost]).self) { group in
            for (index, part) in parts.enumerated() {
                group.addTask {
                    let cooked = try await CookingThreads.shared.run {
                        part.map { text in
                            CookedPost(raw: text, options: options, context: context)
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

    private func filesContext(of texts: [String]) async throws -> CookContext {
        let shorts = Set(
            texts.filter { $0.contains("upload://") }.flatMap {
                Markdown.references(in: $0).uploads
            }
        )
        var context = CookContext()
        guard !shorts.isEmpty else { return context }
        let names = Set(shorts.compactMap { UploadName(short: $0)?.hex }).sorted()
        let uploads = try await database.all(UploadQueries.addresses(names), as: Upload.self)
        context.add(uploads, named: shorts)
        return context
    }
}

extension ImportedPost {
    /// What can be told of a mail before its author is known.
    package struct Identity: Sendable {
        let messageID: String
        let fallbackID: String
        let categoryID: CategoryID
        let createdAt: Timestamp

        package init(
            messageID: String,
            fallbackID: String,
            categoryID: CategoryID,
            createdAt: Timestamp
        ) {
            self.messageID = ImportedPost.cleanedID(messageID)
            self.fallbackID = fallbackID
            self.categoryID = categoryID
            self.createdAt = createdAt
        }
    }

    /// One mail in one category.
    struct Key: Hashable {
        let messageID: String
        let categoryID: CategoryID
    }

    var key: Key { Key(messageID: messageID, categoryID: categoryID) }

    /// The message itself and those that say where it belongs.
    var mentionedIDs: [String] { [messageID, fallbackID] + ancestors }

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
        post.ancestors = ancestors.prefix(50).map(Self.cleanedID)
        return post
    }

    fileprivate static func cleanedID(_ id: String) -> String {
        String(id.cleanedOfNUL.unicodeScalars.prefix(998))
    }
}
