import Foundation
import Markup
import Postgres
import Synchronization

/// A text that is cooked, with what search keeps of it.
struct CookedPost: Sendable {
    let html: String
    /// What can be read of it, without marks.
    let text: String
    let wordCount: Int
    /// How many different names stand after an at sign.
    let mentionCount: Int
    /// Unchecked.
    let polls: [PollSource]
    /// What the text is checked against before it is written.
    var watched = WatchedText.none
}

/// The threads on which Markdown becomes HTML: away from the cooperative pool, which a long text
/// would hold up.
final class CookingThreads: Sendable {
    static let shared = CookingThreads(count: Limits.cookingThreads, queue: Limits.cookingQueue)

    private let threads: [DispatchQueue]
    private let limit: Int
    private let state = Mutex((next: 0, waiting: 0))

    init(count: Int, queue: Int) {
        limit = queue
        threads = (0..<count).map { DispatchQueue(label: "parley.cooking.\($0)") }
    }

    /// - Throws: `.unavailable` when too much waits already.
    func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async throws(ForumError) -> T {
        let turn = state.withLock { state -> Int? in
            guard state.waiting < limit else { return nil }
            state.waiting += 1
            state.next = (state.next + 1) % threads.count
            return state.next
        }
        guard let turn else {
            throw ForumError(
                .unavailable,
                "The server is busy. Please try again in a moment.",
                retryAfterSeconds: 2
            )
        }
        let result = await withCheckedContinuation { continuation in
            threads[turn].async { continuation.resume(returning: work()) }
        }
        state.withLock { $0.waiting -= 1 }
        return result
    }
}

extension CookedPost {
    init(
        raw: String,
        options: CookOptions,
        context: CookContext,
        watched: WatchedText = .none
    ) {
        let cooked = Markdown.cook(raw, options: options, context: context)
        let html = watched.rewritten(cooked.html)
        self.init(
            html: html,
            text: Self.indexed(HTMLText.plain(html: html)),
            wordCount: cooked.wordCount,
            mentionCount: cooked.mentionCount,
            polls: cooked.polls,
            watched: watched
        )
    }

    /// The part of a text that search knows.
    static func indexed(_ text: String) -> String {
        guard text.utf8.count > Limits.indexedTextMax else { return text.cleanedOfNUL }
        return String(text.unicodeScalars.prefix(Limits.indexedTextMax)).cleanedOfNUL
    }
}

extension Community {
    var cookOptions: CookOptions { CookOptions(baseURL: baseURL) }

    /// Cooks a text for the readers of `category` (`nil`: of a private message).
    ///
    /// - Throws: `.unavailable` under overload.
    func cook(_ raw: String, forReadersOf category: CategoryID?) async throws -> CookedPost {
        let (context, watched) = try await cookContext(of: raw, forReadersOf: category)
        let options = cookOptions
        return try await CookingThreads.shared.run {
            CookedPost(raw: raw, options: options, context: context, watched: watched)
        }
    }

    /// HTML of a text that nobody has posted yet, as the readers of public categories would see it.
    package func preview(_ raw: String) async throws -> String {
        guard raw.unicodeScalars.count <= settings.current.maxPostLength else {
            throw ForumError(.tooLarge, "The text is too long.", field: "raw")
        }
        return try await cook(PostText.cleaned(raw), forReadersOf: nil).html
    }

    /// What the text refers to and the words that are watched for, in one round trip.
    private func cookContext(
        of raw: String,
        forReadersOf category: CategoryID?
    ) async throws -> (CookContext, WatchedText) {
        var context = CookContext()
        let references = Markdown.references(in: raw)
        let names = Array(
            Set(references.usernames + references.quotes.map { $0.username.lowercased() })
        ).filter { !$0.isEmpty }
        let topicIDs = Set(references.quotes.compactMap(\.topicID)).map { Int64($0) }
        let hashtags = references.hashtags
        let uploads = Dictionary(
            references.uploads.compactMap { short in
                UploadName(short: short).map { ($0.hex, short) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        guard
            !names.isEmpty || !topicIDs.isEmpty || !hashtags.isEmpty || !uploads.isEmpty
        else { return (context, try await watchedText()) }
        let answers = try await database.batch([
            ReferenceQueries.users(names),
            ReferenceQueries.groups(names),
            ReferenceQueries.categories(hashtags, readersOf: category),
            ReferenceQueries.tags(hashtags),
            ReferenceQueries.topics(topicIDs, readersOf: category),
            UploadQueries.addresses(uploads.keys.sorted()),
            WatchedWordQueries.all(),
        ])
        context.add(try answers[5].decode(Upload.self), named: Set(references.uploads))
        for user in try answers[0].decode(NamedReference.self) {
            context.users[user.key] = user.name
        }
        for group in try answers[1].decode(NamedReference.self) {
            context.groups[group.key] = group.name
        }
        for found in try answers[2].decode(CategoryReference.self)
        where context.categories[found.key] == nil {
            context.categories[found.key] = CookContext.Hashtag(
                id: found.id,
                name: found.name,
                slug: found.slug,
                url: "/c/\(found.path)/\(found.id)"
            )
        }
        for tag in try answers[3].decode(TagReference.self) {
            context.tags[tag.key] = CookContext.Hashtag(
                id: tag.id,
                name: tag.name,
                slug: tag.slug,
                url: "/tag/\(tag.slug)"
            )
        }
        for topic in try answers[4].decode(TopicReference.self) {
            context.topics[topic.id] = CookContext.Topic(
                title: topic.title,
                url: "/t/\(topic.slug)/\(topic.id)"
            )
        }
        return (context, WatchedText(words: try answers[6].decode()))
    }
}

extension CookContext {
    /// Files, by the short addresses that a text has for them.
    mutating func add(_ files: [Upload], named shorts: Set<String>) {
        let byName = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
        for short in shorts {
            guard let file = UploadName(short: short).flatMap({ byName[$0] }) else { continue }
            uploads[short] = file.url
            uploadSizes[short] = file.shownSize
        }
    }
}
