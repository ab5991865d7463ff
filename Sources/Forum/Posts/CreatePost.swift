import Markup
import Postgres

extension Community {
    /// Makes a reply.
    ///
    /// - Throws: `ForumError`: `.invalid` for the text, `.notFound` for a topic that cannot be seen,
    ///   `.forbidden` with its reason, `.rateLimited`.
    package func createPost(
        _ new: NewPost,
        by principal: Principal,
        source: PostSource = .web
    ) async throws -> CreatedPost {
        let settings = settings.current
        let now = clock()
        let raw = PostText.cleaned(new.raw)
        guard raw.unicodeScalars.count <= max(settings.maxPostLength, Limits.importedPostMax) else {
            try PostText.refuse([PostText.problem(body: raw, minimum: 1, settings)])
            throw ForumError(.tooLarge, "The text is too long.", field: "raw")
        }
        let rates = PostRates(settings, for: principal, source: source)
        let place = try await replyPlace(
            new,
            raw: raw,
            by: principal,
            source: source,
            rates: rates
        )
        if let existing = place.existing {
            return CreatedPost(
                post: try await post(existing, for: .member(principal)),
                isNew: false
            )
        }
        guard let topic = place.topic else { throw ForumError.notFound }
        let permitted = try principal.may(.replying, topic)
        if source != .importer {
            let minimum =
                topic.archetype == .message
                ? settings.minPersonalMessagePostLength : settings.minPostLength
            try PostText.refuse([PostText.problem(body: raw, minimum: minimum, settings)])
        }
        try rates.checkReply(place.history, now: now)
        if let wait = place.slowModeWait, wait > 0, source != .importer, !principal.isStaff {
            throw PostRates.slowMode(seconds: wait)
        }
        let cooked = try await cook(raw, forReadersOf: topic.categoryID)
        try checkMentions(cooked, by: principal)
        try await screen(new, raw: raw, in: topic, cooked.watched, by: principal, source: source)
        let prepared = PreparedPost(
            raw: raw,
            cooked: cooked.html,
            wordCount: cooked.wordCount,
            searchText: cooked.text,
            replyTo: place.parent,
            createdAt: backdated(new.createdAt, by: principal) ?? now,
            now: now,
            source: source,
            intervalSeconds: rates.postSeconds,
            levelWhenReplying: settings.defaultOtherNotificationLevelWhenReplying,
            polls: try PollRules.check(cooked.polls, now: now)
        )
        let created = try await write(permitted, prepared)
        return try await flaggedIfWatched(created, raw: raw, cooked.watched)
    }

    /// When staff says that something was written; nobody else may, and nobody in the future.
    func backdated(_ time: Timestamp?, by principal: Principal) -> Timestamp? {
        guard let time, principal.isStaff else { return nil }
        return min(time, clock())
    }

    func checkMentions(_ cooked: CookedPost, by principal: Principal) throws(ForumError) {
        let limit = settings.current.maxMentionsPerPost
        guard cooked.mentionCount > limit, !principal.isStaff else { return }
        throw ForumError(
            .invalid,
            "Sorry, you can only mention \(limit) users in a post.",
            field: "raw"
        )
    }

    private struct ReplyPlace {
        var topic: TopicAccess?
        var parent: ReplyParent?
        var history: AuthorHistory
        /// Seconds that the topic's slow mode lets the author wait.
        var slowModeWait: Int?
        /// What this mail made before.
        var existing: PostID?
    }

    /// Everything the rules ask about a reply, in one round trip.
    private func replyPlace(
        _ new: NewPost,
        raw: String,
        by principal: Principal,
        source: PostSource,
        rates: PostRates
    ) async throws -> ReplyPlace {
        let viewer = Viewer.member(principal)
        let number = new.replyToPostNumber.map { Int(clamping: Int32(clamping: $0)) }
        var statements = [
            TopicQueries.access(new.topicID, for: viewer),
            CreatePostQueries.history(
                of: principal.id,
                raw: raw,
                uniqueMinutes: rates.uniqueMinutes,
                daily: rates.daily,
                now: clock()
            ),
            ArrangeTopicQueries.slowModeWait(new.topicID, for: principal.id, now: clock()),
        ]
        if number != nil {
            statements.append(CreatePostQueries.parent(new.topicID, number: number, for: viewer))
        }
        if source.incomingEmailID != nil {
            statements.append(CreatePostQueries.post(of: source.incomingEmailID))
        }
        let answers = try await database.batch(statements)
        guard let history = try answers[1].first(AuthorHistory.self) else {
            throw ForumError.forbidden
        }
        return ReplyPlace(
            topic: try answers[0].first(TopicAccess.self),
            parent: number == nil ? nil : try answers[3].first(ReplyParent.self),
            history: history,
            slowModeWait: try answers[2].firstValue(Int.self),
            existing: source.incomingEmailID == nil
                ? nil : try answers[answers.count - 1].firstValue(PostID.self)
        )
    }

    private func write(
        _ permitted: Permitted<Replying, TopicAccess>,
        _ post: PreparedPost
    ) async throws -> CreatedPost {
        let topic = permitted.resource
        let author = permitted.principal
        let written: PostWritten?
        do {
            written = try await write(CreatePostQueries.reply(permitted, post), by: post.source)
        } catch  where error.isRepeatedMail {
            return try await existingPost(of: post.source, for: author)
        }
        guard let written, written.wasInTime else {
            throw PostRates.tooFast(seconds: post.intervalSeconds)
        }
        guard written.postID != nil else {
            // It was closed or deleted since the rule was asked.
            let current = try await topicAccess(topic.id, for: .member(author))
            _ = try author.may(.replying, current)
            throw ForumError(.conflict, "The topic has changed. Please try again.")
        }
        signals.committed(.topic(topic.id))
        return try created(written, post, topic, by: author)
    }

    func existingPost(of source: PostSource, for author: Principal) async throws -> CreatedPost {
        let query = CreatePostQueries.post(of: source.incomingEmailID)
        guard let id = try await database.value(query, as: PostID.self) else {
            throw ForumError(.conflict, "This mail is being posted already.")
        }
        return CreatedPost(post: try await post(id, for: .member(author)), isNew: false)
    }

    /// The answer, made from what was written without reading it again.
    func created(
        _ written: PostWritten,
        _ post: PreparedPost,
        _ topic: TopicAccess,
        by author: Principal
    ) throws -> CreatedPost {
        guard let id = written.postID, let topicID = written.topicID, let number = written.number
        else { throw ForumError(.bug, "A post was written without an id.") }
        let view = PostView(
            id: id,
            topicID: topicID,
            number: number,
            author: PostAuthor(
                id: author.id,
                username: author.username,
                name: written.authorName,
                title: written.authorTitle,
                trustLevel: author.trustLevel,
                isAdmin: author.isAdmin,
                isModerator: author.isModerator,
                isStaged: author.isStaged
            ),
            type: 1,
            cooked: post.cooked,
            raw: post.raw,
            hasElided: post.source.elided != nil,
            replyToNumber: post.replyTo?.number,
            replyTo: post.replyTo?.author,
            replyCount: 0,
            quoteCount: 0,
            likeCount: 0,
            reads: 0,
            wordCount: post.wordCount,
            version: 1,
            isWiki: false,
            isHidden: false,
            isUserDeleted: false,
            isLocked: false,
            isViaEmail: post.source.isEmail,
            createdAt: post.createdAt,
            updatedAt: post.createdAt,
            hasPolls: !post.polls.isEmpty,
            topic: topic.with(postsCount: written.postsCount ?? 1, highestPostNumber: number)
        )
        return CreatedPost(
            post: view.permitted(for: .member(author), settings.current, now: post.now),
            isNew: true,
            draftSequence: written.draftSequence ?? 0
        )
    }

    /// Writes a post by one statement.
    ///
    /// A mail is acknowledged when its verdict is on disk, and what was committed before with it: the
    /// post itself need not wait, and keep others waiting for the rows it holds.
    func write(_ statement: SQL, by source: PostSource) async throws(PostgresError) -> PostWritten?
    {
        let isAcknowledgedLater = source.incomingEmailID != nil
        let statements = isAcknowledgedLater ? [.relaxDurability, statement] : [statement]
        return try await write(statements).last?.first()
    }

    /// Runs statements as one transaction, and again when they met another writer the wrong way
    /// round.
    func write(_ statements: [SQL]) async throws(PostgresError) -> [Rows] {
        var attempt = 0
        while true {
            do throws(PostgresError) {
                return try await database.batch(statements)
            } catch {
                attempt += 1
                guard error.isRetryable, attempt < 4 else { throw error }
            }
        }
    }
}

extension PostgresError {
    /// Two attempts at one mail ran at once.
    var isRepeatedMail: Bool {
        sqlState == .uniqueViolation && constraint == "posts_incoming_email_id_key"
    }
}

extension TopicAccess {
    func with(postsCount: Int, highestPostNumber: Int) -> TopicAccess {
        TopicAccess(
            id: id,
            title: title,
            fancyTitle: fancyTitle,
            slug: slug,
            archetype: archetype,
            categoryID: categoryID,
            authorID: authorID,
            isClosed: isClosed,
            isArchived: isArchived,
            isVisible: isVisible,
            isDeleted: isDeleted,
            postsCount: postsCount,
            highestPostNumber: highestPostNumber,
            createdAt: createdAt,
            permission: permission,
            isAboutCategory: isAboutCategory,
            isUnpublished: isUnpublished
        )
    }
}
