import Markup
import Postgres

/// What a batch of imported mails becomes: first looked up, then given ids and numbers, then
/// written with few statements, whatever the batch holds.
struct ImportPlan: Sendable {
    private let posts: [ImportedPost]
    private let cooked: [Int: CookedPost]
    /// The forum's own, in the Message-IDs of its posts.
    private let host: String
    private let destination: ImportID
    private(set) var outcomes: [ImportOutcome] = []

    private var known = ImportIdentities([])
    private var subjects: [Subject: (place: Place, at: Timestamp)] = [:]
    /// Those that this batch adds to, with the last number that was given.
    private var numbers: [TopicID: Int] = [:]
    private var made: [MadePost] = []
    private var madeTopics: [MadeTopic] = []

    private struct Subject: Hashable {
        let category: CategoryID
        let key: String
    }

    /// A post that is there, or will be.
    private struct Place {
        let topic: TopicID
        let number: Int?
        /// Whether the topic waits with this import; nothing is added to any other.
        let isOurs: Bool
    }

    /// A post that gets written.
    struct MadePost: Sendable {
        let index: Int
        let messageID: String
        let id: PostID
        let topicID: TopicID
        let number: Int
        let replyTo: Int?
    }

    /// A topic that gets opened by its first post.
    struct MadeTopic: Sendable {
        let id: TopicID
        let index: Int
        /// The post of a topic from before that it goes on from.
        let continues: (topic: TopicID, number: Int?)?
    }

    init(
        _ posts: [ImportedPost],
        _ cooked: [Int: CookedPost],
        into destination: ImportID,
        host: String
    ) {
        self.posts = posts
        self.cooked = cooked
        self.destination = destination
        self.host = host
    }

    /// Everything that is there already. Imports run one at a time: the lock is held to the end.
    mutating func load(from transaction: Transaction) async throws {
        let subjectKeys = Array(Set(posts.map(\.subjectKey))).filter { !$0.isEmpty }
        let categories = Array(Set(posts.map(\.categoryID)))
        let answers = try await transaction.batch([
            ImportQueries.lock,
            ImportQueries.known(posts.flatMap(\.mentionedIDs), host: host),
            ImportQueries.subjects(subjectKeys, in: categories),
            ImportListQueries.lock(destination),
        ])
        guard try !answers[3].values(ImportID.self).isEmpty else {
            throw ForumError(.conflict, "The import was published or discarded meanwhile.")
        }
        known = ImportIdentities(try answers[1].decode(KnownMessage.self))
        for row in try answers[2].decode(KnownSubject.self) {
            subjects[Subject(category: row.categoryID, key: row.key)] = (
                Place(topic: row.topicID, number: nil, isOurs: row.importID == destination),
                row.activeAt
            )
        }
    }

    /// Gives every new mail its topic and number.
    mutating func assign(in transaction: Transaction) async throws {
        let new = posts.indices.filter { cooked[$0] != nil }
        let answers = try await transaction.batch([
            ImportQueries.postIDs(new.count), ImportQueries.numbers(of: existingTopics()),
        ])
        var postIDs = try answers[0].values(PostID.self)[...]
        for row in answers[1] { numbers[try row.get(0)] = try row.get(1, as: Int.self) }
        for (index, post) in posts.enumerated() {
            if let existing = known.known(post) {
                outcomes.append(existing.outcome)
                continue
            }
            guard let id = postIDs.popFirst() else {
                throw ForumError(.conflict, "The mail was being imported twice. Please try again.")
            }
            add(post, at: index, id, place(of: post))
        }
        try await numberTopics(in: transaction)
    }

    /// Puts real ids in the place of those that new topics had until their count was known.
    private mutating func numberTopics(in transaction: Transaction) async throws {
        guard !madeTopics.isEmpty else { return }
        let ids = try await transaction.values(
            ImportQueries.topicIDs(madeTopics.count),
            as: TopicID.self
        )
        let real = Dictionary(uniqueKeysWithValues: zip(madeTopics.map(\.id), ids))
        madeTopics = madeTopics.map { topic in
            MadeTopic(
                id: real[topic.id] ?? topic.id,
                index: topic.index,
                continues: topic.continues
            )
        }
        made = made.map { post in
            MadePost(
                index: post.index,
                messageID: post.messageID,
                id: post.id,
                topicID: real[post.topicID] ?? post.topicID,
                number: post.number,
                replyTo: post.replyTo
            )
        }
        outcomes = outcomes.map { outcome in
            ImportOutcome(
                postID: outcome.postID,
                topicID: real[outcome.topicID] ?? outcome.topicID,
                postNumber: outcome.postNumber,
                isNew: outcome.isNew
            )
        }
    }

    private mutating func add(
        _ post: ImportedPost,
        at index: Int,
        _ id: PostID,
        _ place: Place?
    ) {
        let topicID: TopicID
        var replyTo: Int?
        if let place, place.isOurs, numbers[place.topic] != nil {
            topicID = place.topic
            replyTo = place.number
        } else {
            topicID = TopicID(-1 - Int64(madeTopics.count))
            let continued = place.flatMap { $0.isOurs ? nil : $0 }
            madeTopics.append(
                MadeTopic(
                    id: topicID,
                    index: index,
                    continues: continued.map { (topic: $0.topic, number: $0.number) }
                )
            )
            numbers[topicID] = 0
        }
        let number = (numbers[topicID] ?? 0) + 1
        numbers[topicID] = number
        let message = KnownMessage(
            messageID: known.identity(of: post),
            categoryID: post.categoryID,
            postID: id,
            topicID: topicID,
            number: number,
            importID: destination,
            authorID: post.authorID,
            createdAt: post.createdAt
        )
        made.append(
            MadePost(
                index: index,
                messageID: message.messageID,
                id: id,
                topicID: topicID,
                number: number,
                replyTo: replyTo
            )
        )
        known.add(message)
        outcomes.append(
            ImportOutcome(postID: id, topicID: topicID, postNumber: number, isNew: true)
        )
        if !post.subjectKey.isEmpty {
            subjects[Subject(category: post.categoryID, key: post.subjectKey)] = (
                Place(topic: topicID, number: nil, isOurs: true), post.createdAt
            )
        }
    }

    /// The post that a mail answers, or the topic that it belongs to.
    private func place(of post: ImportedPost) -> Place? {
        for parent in post.ancestors {
            guard let message = known.named(parent, in: post.categoryID) else { continue }
            return Place(
                topic: message.topicID,
                number: message.number,
                isOurs: message.importID == destination
            )
        }
        let subject = Subject(category: post.categoryID, key: post.subjectKey)
        guard let days = post.subjectDays, let found = subjects[subject],
            abs(post.createdAt - found.at) <= Double(days) * 86_400
        else { return nil }
        return found.place
    }

    /// Every topic that was there before and may get a post.
    private func existingTopics() -> [TopicID] {
        let topics =
            known.topics(of: destination)
            + subjects.values.map(\.place).filter(\.isOurs).map(\.topic)
        return Set(topics).sorted()
    }

    // MARK: Writing

    /// Topics first, then posts, then what hangs on them and what counts them. Authors and categories
    /// are counted when the import is published.
    func write(to transaction: Transaction) async throws {
        guard !made.isEmpty else { return }
        if !madeTopics.isEmpty {
            _ = try await transaction.copyIn(
                table: "topics",
                columns: ImportQueries.topicColumns,
                rows: madeTopics.map { topic in row(of: topic) }
            )
        }
        let authors = try await parentAuthors(in: transaction)
        _ = try await transaction.copyIn(
            table: "posts",
            columns: ImportQueries.postColumns,
            rows: made.map { post in row(of: post, authors) }
        )
        let texts = made.map { post -> String in
            cooked[post.index]?.text ?? ""
        }
        let titles = made.map { post in post.number == 1 ? posts[post.index].title : "" }
        let topics = Array(Set(made.map(\.topicID))).sorted()
        _ = try await transaction.batch([
            ImportQueries.index(made, titles: titles, texts: texts),
            ImportQueries.name(
                made,
                messageIDs: made.map(\.messageID),
                categories: made.map { posts[$0.index].categoryID }
            ),
            ImportQueries.countReplies(to: made),
            ImportQueries.countTopics(topics, newPostsFrom: made),
        ])
    }

    /// The authors of the posts that are answered, by topic and number.
    private func parentAuthors(
        in transaction: Transaction
    ) async throws -> [TopicID: [Int: UserID]] {
        var authors: [TopicID: [Int: UserID]] = [:]
        for post in made {
            authors[post.topicID, default: [:]][post.number] = posts[post.index].authorID
        }
        let answered = made.filter { post in
            post.replyTo.map { authors[post.topicID]?[$0] == nil } ?? false
        }
        guard !answered.isEmpty else { return authors }
        let rows = try await transaction.query(ImportQueries.authors(of: answered))
        for row in rows {
            authors[try row.get(0), default: [:]][try row.get(1)] = try row.get(2, as: UserID.self)
        }
        return authors
    }

    private func row(of topic: MadeTopic) -> [SQLValue] {
        let post = posts[topic.index]
        let excerpt = cooked[topic.index].map { Excerpt.make(html: $0.html, length: 220) }
        return [
            topic.id.sqlValue, post.title.sqlValue, Escape.html(post.title).sqlValue,
            Slug.make(post.title).sqlValue, post.categoryID.sqlValue, post.authorID.sqlValue,
            post.authorID.sqlValue, (excerpt ?? "").sqlValue,
            SQLValue(post.subjectKey.isEmpty ? nil : post.subjectKey),
            post.createdAt.sqlValue, post.createdAt.sqlValue, post.createdAt.sqlValue,
            post.createdAt.sqlValue, false.sqlValue, destination.sqlValue,
            topic.continues?.topic.sqlValue ?? .null, topic.continues?.number?.sqlValue ?? .null,
        ]
    }

    private func row(
        of made: MadePost,
        _ authors: [TopicID: [Int: UserID]]
    ) -> [SQLValue] {
        let post = posts[made.index]
        let text = cooked[made.index]
        let parentAuthor = made.replyTo.flatMap { authors[made.topicID]?[$0] }
        return [
            made.id.sqlValue, made.topicID.sqlValue, made.number.sqlValue, post.authorID.sqlValue,
            post.raw.sqlValue, (text?.html ?? "").sqlValue, SQLValue(post.elided),
            parentAuthor == nil ? SQLValue.null : (made.replyTo?.sqlValue ?? .null),
            parentAuthor?.sqlValue ?? .null, (text?.wordCount ?? 0).sqlValue, true.sqlValue,
            post.authorID.sqlValue, post.createdAt.sqlValue, post.createdAt.sqlValue,
        ]
    }
}
