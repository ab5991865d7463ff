import Markup
import Postgres

/// Where posts are to go.
package enum MoveTarget: Sendable {
    case topic(TopicID)
    case newTopic(title: String, CategoryID?, tags: [String])
}

/// A topic that is checked and waits for its posts.
struct MovedTopic: Sendable {
    var title: String
    var fancyTitle: String
    var slug: String
    var excerpt: String
    var categoryID: CategoryID?
}

package enum ChangingOwner {}

extension Rule where Action == ChangingOwner, Resource == TopicAccess {
    /// Discourse: administrators (`moderators_change_post_ownership` is off).
    static var changingOwner: Self {
        Rule { topic, principal in
            if topic.isDeleted { return .deny(.notFound) }
            if topic.isUnpublished { return .deny(.unpublished) }
            return principal.isAdmin ? .allow : .deny(.forbidden)
        }
    }
}

extension Community {
    /// Moves posts to the end of another topic, or makes one of them.
    ///
    /// - Returns: The topic that they are in now.
    /// - Throws: `ForumError`: `.malformed`, `.notFound`, `.forbidden`, `.invalid`.
    package func movePosts(
        _ ids: [PostID],
        of source: TopicID,
        to target: MoveTarget,
        by principal: Principal
    ) async throws -> TopicAccess {
        let ids = Array(Set(ids)).sorted()
        guard !ids.isEmpty, ids.count <= Limits.postsChangedAtOnce else {
            throw ForumError(
                .malformed,
                "post_ids must name 1 to \(Limits.postsChangedAtOnce) posts.",
                field: "post_ids"
            )
        }
        let viewer = Viewer.member(principal)
        let permitted = try await arrange(source, by: principal)
        let posts = try await posts(ids, in: source, includingRaw: true, for: viewer)
        guard posts.count == ids.count, let first = posts.first else { throw ForumError.notFound }
        let move = PostMove(
            permitted: permitted,
            posts: posts,
            firstPost: first,
            authors: Array(Set(posts.map(\.author.id))).sorted(),
            now: clock()
        )
        let destination =
            switch target {
            case .topic(let id): try await move.into(existing(id, for: move), in: self)
            case .newTopic(let title, let category, let tags):
                try await move.intoNew(
                    newTopic(title, category ?? permitted.resource.categoryID, for: move),
                    tags: tags,
                    in: self
                )
            }
        signals.committed(.topic(source), .topic(destination), .site)
        return try await topicAccess(destination, for: viewer)
    }

    /// Moves all posts of a topic to the end of another one.
    ///
    /// - Throws: `ForumError`: `.malformed` when there are too many, `.notFound`, `.forbidden`.
    package func mergeTopic(
        _ source: TopicID,
        into target: TopicID,
        by principal: Principal
    ) async throws -> TopicAccess {
        _ = try await arrange(source, by: principal)
        let limit = Limits.postsChangedAtOnce
        let ids = try await database.values(
            MovePostsQueries.livePosts(source, limit: limit + 1),
            as: PostID.self
        )
        guard ids.count <= limit else {
            throw ForumError(
                .invalid,
                "A topic of more than \(limit) posts cannot be merged at once; move its posts."
            )
        }
        return try await movePosts(ids, of: source, to: .topic(target), by: principal)
    }

    private func existing(_ id: TopicID, for move: PostMove) async throws -> TopicAccess {
        let source = move.permitted.resource
        let topic = try await topicAccess(id, for: .member(move.permitted.principal))
        guard !topic.isDeleted else { throw ForumError.notFound }
        guard !topic.isUnpublished else { throw ForumError.unpublished }
        guard topic.id != source.id, topic.archetype == source.archetype else {
            throw ForumError(
                .invalid,
                topic.id == source.id
                    ? "Posts cannot be moved to the topic that they are in."
                    : "Posts cannot be moved between topics and private messages.",
                field: "destination_topic_id"
            )
        }
        return topic
    }

    private func newTopic(
        _ title: String,
        _ category: CategoryID?,
        for move: PostMove
    ) async throws -> MovedTopic {
        let principal = move.permitted.principal
        let isMessage = move.permitted.resource.archetype == .message
        let title = PostText.cleanedTitle(title)
        let settings = settings.current
        try PostText.refuse([
            PostText.problem(
                title: title,
                minimum: isMessage
                    ? settings.minPersonalMessageTitleLength : settings.minTopicTitleLength,
                settings
            )
        ])
        if !isMessage, let category {
            let rows = try await database.query(
                CreateTopicQueries.place(category, for: .member(principal))
            )
            guard let row = rows.first else { throw ForumError.notFound }
            _ = try principal.may(.creatingTopic, TopicPlace(categoryID: category, from: row))
        }
        return MovedTopic(
            title: title,
            fancyTitle: Escape.html(title),
            slug: Slug.make(title),
            excerpt: Excerpt.make(html: move.firstPost.cooked, length: 220),
            categoryID: isMessage ? nil : category
        )
    }
}

/// A move that is allowed and only wants writing.
struct PostMove: Sendable {
    let permitted: Permitted<ArrangingTopic, TopicAccess>
    let posts: [PostView]
    /// The one that opens the new topic, if there is to be one.
    let firstPost: PostView
    let authors: [UserID]
    let now: Timestamp

    func into(_ target: TopicAccess, in community: Community) async throws -> TopicID {
        let note = try await note(
            "merged into an existing topic",
            target.title,
            "/t/\(target.slug)/\(target.id)",
            community
        )
        try await community.database.transaction { transaction in
            try await write(to: target.id, title: target.title, isNew: false, note, transaction)
        }
        return target.id
    }

    func intoNew(
        _ topic: MovedTopic,
        tags: [String],
        in community: Community
    ) async throws -> TopicID {
        try await community.database.transaction { transaction in
            let query = MovePostsQueries.newTopic(
                permitted,
                topic,
                firstPost: firstPost.id,
                now: now
            )
            guard let target = try await transaction.value(query, as: TopicID.self) else {
                throw ForumError.notFound
            }
            if topic.categoryID == nil {
                _ = try await transaction.batch(
                    MovePostsQueries.copyReaders(of: permitted.resource.id, to: target)
                )
            }
            if !tags.isEmpty {
                let tags = try await community.resolveTags(
                    tags,
                    by: permitted.principal,
                    in: transaction
                )
                _ = try await transaction.batch(
                    EditTopicQueries.replaceTags(of: target, by: tags.map(\.id))
                )
            }
            let note = try await note(
                "split to a new topic",
                topic.title,
                "/t/\(topic.slug)/\(target)",
                community
            )
            try await write(to: target, title: topic.title, isNew: true, note, transaction)
            return target
        }
    }

    private func write(
        to target: TopicID,
        title: String,
        isNew: Bool,
        _ note: (raw: String, cooked: CookedPost),
        _ transaction: Transaction
    ) async throws {
        let source = permitted.resource.id
        let rows = try await transaction.query(MovePostsQueries.lock([source, target]))
        var counts: [TopicID: Int] = [:]
        for row in rows { counts[try row.get(0)] = try row.get(1, as: Int.self) }
        guard counts.count == 2 else { throw ForumError.notFound }
        var statements = MovePostsQueries.move(permitted, posts.map(\.id), to: target)
        if isNew { statements += MovePostsQueries.finishNewTopic(target, title: title) }
        statements += MovePostsQueries.follow(
            target,
            by: permitted.principal,
            title: title,
            now: now
        )
        statements.append(
            MovePostsQueries.leaveNote(permitted, raw: note.raw, note.cooked, now: now)
        )
        statements.append(MovePostsQueries.closeIfEmptied(permitted))
        for topic in [source, target] {
            statements += RecountQueries.topic(topic)
            statements.append(
                RecountQueries.category(
                    of: topic,
                    before: counts[topic] ?? 0,
                    newTopics: isNew && topic == target ? 1 : 0
                )
            )
            statements.append(
                MovePostsQueries.told(.postsMoved, topic, by: permitted.principal)
            )
        }
        statements.append(RecountQueries.people(authors + [permitted.principal.id]))
        _ = try await transaction.batch(statements)
    }

    private func note(
        _ what: String,
        _ title: String,
        _ path: String,
        _ community: Community
    ) async throws -> (raw: String, cooked: CookedPost) {
        let count = posts.count == 1 ? "A post was" : "\(posts.count) posts were"
        let name = title.replacing("[", with: "\\[").replacing("]", with: "\\]")
        let raw = "\(count) \(what): [\(name)](\(path))"
        return (raw, try await community.cook(raw, forReadersOf: permitted.resource.categoryID))
    }
}

extension Community {
    /// Gives posts of a topic to somebody else.
    ///
    /// - Throws: `ForumError`: `.malformed`, `.notFound`, `.forbidden`.
    package func changeOwner(
        of ids: [PostID],
        in topic: TopicID,
        to username: String,
        by principal: Principal
    ) async throws {
        let access = try await topicAccess(topic, for: .member(principal))
        let permitted = try principal.may(.changingOwner, access)
        guard !ids.isEmpty, ids.count <= Limits.postsChangedAtOnce else {
            throw ForumError(
                .malformed,
                "post_ids must name 1 to \(Limits.postsChangedAtOnce) posts.",
                field: "post_ids"
            )
        }
        guard let owner = try await user(named: username), owner.id.value > 0 else {
            throw ForumError.notFound
        }
        let posts = try await posts(ids, in: topic, for: .member(principal))
        guard posts.count == Set(ids).count else { throw ForumError.notFound }
        var statements = [EditTopicQueries.lock(topic)]
        statements += MovePostsQueries.changeOwner(
            permitted,
            of: ids,
            to: owner.id,
            now: clock()
        )
        statements += RecountQueries.topic(topic)
        statements.append(
            RecountQueries.people(Array(Set(posts.map(\.author.id) + [owner.id])).sorted())
        )
        statements.append(MovePostsQueries.told(.postsMoved, topic, by: principal))
        _ = try await write(statements)
        signals.committed(.topic(topic), .site)
    }
}
