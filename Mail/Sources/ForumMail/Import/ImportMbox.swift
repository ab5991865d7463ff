import Cryptography
package import Forum
import MailMessage
import Postgres

/// Where the import stands, for whoever shows it.
package struct ImportProgress: Sendable {
    package var file: String
    /// Of the file as it is on the disk.
    package var bytesRead = 0
    package var bytesTotal = 0
    /// Mails of all files so far.
    package var mails = 0

    package init(file: String) {
        self.file = file
    }
}

/// What an import did.
package struct ImportSummary: Sendable {
    /// One mail that is not a post now, and why.
    package struct Refusal: Sendable {
        package let file: String
        /// Its place in the file, from 1.
        package let number: Int
        package let reason: String
    }

    package var mails = 0
    package var posts = 0
    /// Were in the forum before.
    package var known = 0
    package var topics: Set<TopicID> = []
    package var refusals: [Refusal] = []
    /// Taken in although something about them is damaged.
    package var damaged = 0
    /// Files that ended before their time.
    package var damagedFiles: [String] = []
}

/// Brings mailing lists in: threads stay threads, authors become staged users, dates are kept.
///
/// Each batch is one transaction and every mail is known by its Message-ID, so an import can be
/// interrupted anywhere and run again.
package struct ImportMbox: Sendable {
    /// Where the mails go.
    package enum Destination: Sendable {
        case category(CategoryID)
        /// Each List-Id its own category, made when it is missing.
        case categoryOfListID(fallback: CategoryID?)
    }

    private let community: Community
    private let destination: Destination

    package init(community: Community, destination: Destination) {
        self.community = community
        self.destination = destination
    }

    /// - Parameter onProgress: Called after each batch.
    /// - Throws: `MboxError` when a file cannot be read, and what the database throws.
    package func run(
        files: [String],
        onProgress: @Sendable (ImportProgress) -> Void
    ) async throws -> ImportSummary {
        var work = Work()
        for file in files {
            let reader: any MailSource =
                MaildirReader.isMaildir(file)
                ? try MaildirReader(path: file) : try MboxReader(path: file)
            var progress = ImportProgress(file: file)
            progress.bytesTotal = reader.totalBytes
            while true {
                let items = Self.batch(from: reader)
                guard !items.isEmpty else { break }
                try Task.checkCancellation()
                try await take(items, of: file, &work)
                progress.bytesRead = reader.position
                progress.mails = work.summary.mails
                onProgress(progress)
            }
            if let damage = reader.damage {
                work.summary.damagedFiles.append("\(file): \(damage)")
            }
        }
        if work.summary.posts > 0 { try await community.finishImport() }
        return work.summary
    }

    /// What is carried from batch to batch.
    private struct Work {
        var summary = ImportSummary()
        var authors: [String: UserID] = [:]
        var categories: [String: CategoryID] = [:]
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
        var posts: [ImportedPost] = []
        for (item, result) in letters {
            work.summary.mails += 1
            do {
                let letter = try result.get()
                if letter.isDamaged { work.summary.damaged += 1 }
                posts.append(
                    letter.post(
                        by: try await author(letter, &work),
                        in: try await category(letter, &work)
                    )
                )
            } catch let refusal as ArchivedMail.Refusal {
                work.summary.refusals.append(
                    ImportSummary.Refusal(file: file, number: item.number, reason: refusal.reason)
                )
            }
        }
        for outcome in try await community.importBatch(posts) {
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

    private func category(_ letter: ArchivedMail, _ work: inout Work) async throws -> CategoryID {
        switch destination {
        case .category(let id): return id
        case .categoryOfListID(let fallback):
            guard let listID = letter.listID else {
                guard let fallback else {
                    throw ArchivedMail.Refusal(reason: "it has no List-Id (give --category too)")
                }
                return fallback
            }
            if let known = work.categories[listID] { return known }
            do {
                let id = try await community.category(ofListID: listID)
                work.categories[listID] = id
                return id
            } catch let error as ForumError where error.code == .invalid {
                // A List-Id that is none: no reason to stop, nor to lose the mail.
                guard let fallback else {
                    throw ArchivedMail.Refusal(reason: "its List-Id is unusable: \(error.message)")
                }
                return fallback
            }
        }
    }
}

extension Community {
    /// The category of a mailing list; made, and open to all, when there is none.
    fileprivate func category(ofListID listID: String) async throws -> CategoryID {
        let system = Viewer.member(.system)
        let all = try await categories(for: system)
        if let known = all.first(where: { $0.listID == listID }) { return known.id }
        // An archive of this forum names a category by its slugs.
        let identity = MailIdentity(host: host)
        let exported = all.first { category in
            identity.listID(own: nil, slug: category.slug, parentSlug: category.parentSlug)
                == listID
        }
        if let exported { return exported.id }
        let label = String(listID.prefix { $0 != "." })
        let isTaken = all.contains { $0.name.lowercased() == label.lowercased() }
        var fields = CategoryFields(name: String((isTaken ? listID : label).prefix(50)))
        fields.listID = listID
        return try await createCategory(fields, by: .system).id
    }
}
