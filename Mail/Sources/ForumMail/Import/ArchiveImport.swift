package import Forum
import MailMessage

/// Brings mailing lists in: threads stay threads, authors become staged users, dates are kept. What it
/// makes waits until somebody publishes it.
///
/// Each batch is one transaction and every mail is known by its Message-ID, so an import can be
/// interrupted anywhere and run again.
package struct ArchiveImport: Sendable {
    /// Where the mails go.
    package enum Destination: Sendable {
        case category(CategoryID)
        /// Each List-Id its own category, made when it is missing.
        case categoryOfListID(fallback: CategoryID?)
    }

    private let community: Community
    private let destination: Destination
    private let name: String
    private let isDryRun: Bool

    /// - Parameters:
    ///   - name: What the import is called until it is published.
    ///   - isDryRun: Only reads, and says what would be done.
    package init(
        community: Community,
        destination: Destination,
        name: String,
        isDryRun: Bool = false
    ) {
        self.community = community
        self.destination = destination
        self.name = name
        self.isDryRun = isDryRun
    }

    /// - Parameter onProgress: Called after each batch.
    /// - Throws: `MboxError` when a file cannot be read, and what the database throws.
    package func run(
        files: [String],
        onProgress: @Sendable (ImportProgress) -> Void
    ) async throws -> ImportSummary {
        var work = Work(categories: try await community.categoriesByListID())
        for archive in try files.flatMap(ArchiveFile.all(at:)) {
            let reader = try archive.open()
            var progress = ImportProgress(file: archive.name)
            progress.bytesTotal = reader.totalBytes
            while true {
                let items = Self.batch(from: reader)
                guard !items.isEmpty else { break }
                try Task.checkCancellation()
                try await take(items, of: archive.name, &work)
                progress.bytesRead = reader.position
                progress.mails = work.summary.mails
                onProgress(progress)
            }
            if let damage = reader.damage {
                work.summary.damagedFiles.append("\(archive.name): \(damage)")
            }
        }
        if let id = work.summary.importID { try await community.finishImport(id) }
        return work.summary
    }

    /// What is carried from batch to batch.
    private struct Work {
        var summary = ImportSummary()
        var authors: [String: UserID] = [:]
        var categories: [String: CategoryID]
    }

    private static func batch(from reader: any MailSource) -> [MboxReader.Item] {
        var items: [MboxReader.Item] = []
        var bytes = 0
        while items.count < MailLimits.importBatch, bytes < MailLimits.importMessageBytes,
            let item = reader.next()
        {
            items.append(item)
            bytes += item.raw.count
        }
        return items
    }

    private func take(
        _ items: [MboxReader.Item],
        of file: String,
        _ work: inout Work
    ) async throws {
        let results = await Self.parse(items)
        let letters = ThreadOrder.sorted(Array(zip(items, results))) { pair in
            switch pair.1 {
            case .success(let letter): (letter.messageID, letter.ancestors)
            case .failure: nil
            }
        }
        var wanted: [(letter: ArchivedMail, category: CategoryID?)] = []
        for (item, result) in letters {
            work.summary.mails += 1
            do throws(ArchivedMail.Refusal) {
                let letter = try result.get()
                wanted.append((letter, try category(letter, work)))
                work.summary.note(letter)
            } catch {
                work.summary.refusals.append(
                    ImportSummary.Refusal(file: file, number: item.number, reason: error.reason)
                )
            }
        }
        let unknown = try await withoutKnown(wanted)
        work.summary.known += wanted.count - unknown.count
        guard !isDryRun else {
            work.summary.posts += unknown.count
            return
        }
        try await write(unknown, &work)
    }

    /// Those mails that are not posts yet, as far as that can be told before their authors are known.
    private func withoutKnown(
        _ mails: [(letter: ArchivedMail, category: CategoryID?)]
    ) async throws -> [(letter: ArchivedMail, category: CategoryID?)] {
        let known = try await community.alreadyImported(
            mails.map { mail in mail.category.map { mail.letter.identity(in: $0) } }
        )
        return mails.indices.filter { !known.contains($0) }.map { mails[$0] }
    }

    private func write(
        _ mails: [(letter: ArchivedMail, category: CategoryID?)],
        _ work: inout Work
    ) async throws {
        guard !mails.isEmpty else { return }
        let id: ImportID
        if let known = work.summary.importID {
            id = known
        } else {
            id = try await community.openImport(named: name, by: .system)
            work.summary.importID = id
        }
        var posts: [ImportedPost] = []
        for (letter, known) in mails {
            let category: CategoryID
            if let known {
                category = known
            } else {
                category = try await makeCategory(letter.listID ?? "", for: id, &work)
            }
            let author = try await author(letter, &work)
            var post = letter.post(by: author, in: category)
            post.raw = try await letter.files(of: community).put(
                into: letter.raw,
                elided: letter.elided,
                of: author,
                by: .system
            )
            posts.append(post)
        }
        for outcome in try await community.importBatch(posts, into: id) {
            if outcome.isNew { work.summary.posts += 1 } else { work.summary.known += 1 }
            work.summary.topics.insert(outcome.topicID)
        }
    }

    /// Reads the mails of a batch on all processors: that is most of the work.
    private static func parse(
        _ items: [MboxReader.Item]
    ) async -> [Result<ArchivedMail, ArchivedMail.Refusal>] {
        await withTaskGroup(
            of: (Int, [Result<ArchivedMail, ArchivedMail.Refusal>]).self
        ) { group in
            let size = max(1, items.count / 8 + 1)
            for start in stride(from: 0, to: items.count, by: size) {
                let part = items[start..<min(start + size, items.count)]
                group.addTask {
                    (
                        start,
                        part.map { item in
                            Result { () throws(ArchivedMail.Refusal) in try ArchivedMail(item) }
                        }
                    )
                }
            }
            var parts: [Int: [Result<ArchivedMail, ArchivedMail.Refusal>]] = [:]
            for await (start, letters) in group { parts[start] = letters }
            return parts.keys.sorted().flatMap { parts[$0] ?? [] }
        }
    }

    private func author(_ letter: ArchivedMail, _ work: inout Work) async throws -> UserID {
        let address = letter.author.normalized
        if let known = work.authors[address] { return known }
        let principal = try await community.stagedUser(
            address: letter.author.address,
            name: letter.author.name,
            evenIfBarred: true
        )
        work.authors[address] = principal.id
        return principal.id
    }

    /// Where a mail goes; `nil`: into a category that is to be made.
    private func category(
        _ letter: ArchivedMail,
        _ work: Work
    ) throws(ArchivedMail.Refusal) -> CategoryID? {
        switch destination {
        case .category(let id): return id
        case .categoryOfListID(let fallback):
            if let listID = letter.listID {
                if let known = work.categories[listID] { return known }
                if Self.isUsable(listID) { return nil }
            }
            // A List-Id that is none: no reason to stop, nor to lose the mail.
            guard let fallback else {
                throw ArchivedMail.Refusal(
                    reason: letter.listID == nil
                        ? "it has no List-Id (give --category too)"
                        : "its List-Id is unusable (give --category too)"
                )
            }
            return fallback
        }
    }

    private static func isUsable(_ listID: String) -> Bool {
        (1...255).contains(listID.unicodeScalars.count) && !listID.hasPrefix(".")
            && listID.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    private func makeCategory(
        _ listID: String,
        for id: ImportID,
        _ work: inout Work
    ) async throws -> CategoryID {
        // An earlier mail of the batch may have made it.
        if let made = work.categories[listID] { return made }
        let label = String(listID.prefix { $0 != "." })
        let isTaken = try await community.categories(for: .member(.system))
            .contains { $0.name.lowercased() == label.lowercased() }
        var fields = CategoryFields(name: String((isTaken ? listID : label).prefix(50)))
        fields.listID = listID
        let made = try await community.createCategory(fields, for: id, by: .system)
        work.categories[listID] = made
        return made
    }
}

extension Community {
    /// The categories of mailing lists. An archive of this forum names a category by its slugs.
    fileprivate func categoriesByListID() async throws -> [String: CategoryID] {
        let identity = MailIdentity(host: host)
        let all = try await categories(for: .member(.system))
        let exported = all.map { category in
            (
                identity.listID(
                    own: nil,
                    slug: category.slug,
                    parentSlug: category.parentSlug
                ), category.id
            )
        }
        let own = all.compactMap { category in category.listID.map { ($0, category.id) } }
        return Dictionary(own + exported) { first, _ in first }
    }
}
