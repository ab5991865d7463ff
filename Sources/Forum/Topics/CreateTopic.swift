import Markup
import Postgres

extension Community {
    /// Opens a topic with its first post.
    ///
    /// - Throws: `ForumError`: `.invalid` for title, text or tags, `.notFound` for a category that
    ///   cannot be seen, `.forbidden`, `.rateLimited`, `.conflict` for a used external id.
    package func createTopic(
        _ new: NewTopic,
        by principal: Principal,
        source: PostSource = .web
    ) async throws -> CreatedPost {
        let rates = PostRates(settings.current, for: principal, source: source)
        let raw = PostText.cleaned(new.raw)
        try refuseEndless(raw)
        let new = try await namingRecipients(of: new, by: principal)
        let ground = try await ground(
            new,
            raw: raw,
            by: principal,
            source: source,
            rates: rates
        )
        if let existing = ground.existing {
            return CreatedPost(
                post: try await post(existing, for: .member(principal)),
                isNew: false
            )
        }
        guard let place = ground.place else { throw ForumError.notFound }
        let permitted = try principal.may(.creatingTopic, place)
        let title = PostText.cleanedTitle(new.title)
        try check(title: title, raw: raw, in: place, tags: new.tags, by: principal, source: source)
        try rates.checkTopic(ground.history, in: place, now: clock())
        let cooked = try await cook(raw, forReadersOf: place.categoryID)
        try checkMentions(cooked, by: principal)
        try await screen(
            new,
            title: title,
            raw: raw,
            in: place.categoryID,
            cooked.watched,
            by: principal,
            source: source
        )
        let recipients = try recipients(of: new, among: ground.recipients, by: principal)
        let now = clock()
        let polls = try PollRules.check(cooked.polls, now: now)
        let prepared = PreparedTopic(
            title: title,
            fancyTitle: Escape.html(title),
            slug: Slug.make(title),
            excerpt: Excerpt.make(html: cooked.html, length: 220),
            categoryID: place.categoryID,
            tagIDs: [],
            recipientIDs: recipients.users,
            recipientGroupIDs: recipients.groups,
            externalID: try Self.externalID(new.externalID),
            subjectKey: new.subjectKey?.cleanedOfNUL,
            firstPost: PreparedPost(
                raw: raw,
                cooked: cooked.html,
                wordCount: cooked.wordCount,
                searchText: cooked.text,
                createdAt: backdated(new.createdAt, by: principal) ?? now,
                now: now,
                source: source,
                intervalSeconds: rates.postSeconds,
                levelWhenReplying: settings.current.defaultOtherNotificationLevelWhenReplying,
                polls: polls
            ),
            draftKeys: try Self.draftKeys(new)
        )
        let tags = new.tags + cooked.watched.tags(for: place.categoryID == nil ? "" : raw)
        let created = try await write(permitted, prepared, tags: tags)
        return try await flaggedIfWatched(created, raw: title + "\n" + raw, cooked.watched)
    }

    /// Before anything is asked of the database.
    private func refuseEndless(_ raw: String) throws(ForumError) {
        let most = max(settings.current.maxPostLength, Limits.importedPostMax)
        guard raw.unicodeScalars.count > most else { return }
        try PostText.refuse([PostText.problem(body: raw, minimum: 1, settings.current)])
        throw ForumError(.tooLarge, "The text is too long.", field: "raw")
    }

    /// The drafts that are done with when the topic is there.
    private static func draftKeys(_ new: NewTopic) throws(ForumError) -> [String] {
        let usual = new.recipients.isEmpty ? "new_topic" : "new_private_message"
        guard let key = new.draftKey, key != usual else { return [usual] }
        return [usual, try DraftRules.checked(key: key)]
    }

    private struct Ground {
        var place: TopicPlace?
        var history: AuthorHistory
        var recipients: [RecipientRow] = []
        /// What this mail made before.
        var existing: PostID?
    }

    /// Everything the rules ask about a new topic, in one round trip.
    private func ground(
        _ new: NewTopic,
        raw: String,
        by principal: Principal,
        source: PostSource,
        rates: PostRates
    ) async throws -> Ground {
        let isMessage = !new.recipients.isEmpty
        let category = new.categoryID ?? .uncategorized
        let answers = try await database.batch([
            CreatePostQueries.history(
                of: principal.id,
                raw: raw,
                uniqueMinutes: rates.uniqueMinutes,
                daily: rates.daily,
                now: clock()
            ),
            isMessage
                ? CreateTopicQueries.recipients(
                    new.recipients.prefix(Limits.messageRecipientsMax)
                        .map { UsernameRules.fold($0.cleanedOfNUL) },
                    from: principal,
                    inbox: new.inbox
                )
                : CreateTopicQueries.place(category, for: .member(principal)),
            CreatePostQueries.post(of: source.incomingEmailID),
        ])
        guard let history = try answers[0].first(AuthorHistory.self) else {
            throw ForumError.forbidden
        }
        var ground = Ground(history: history, existing: try answers[2].firstValue(PostID.self))
        if isMessage {
            ground.recipients = try answers[1].decode(RecipientRow.self)
            ground.place = TopicPlace(categoryID: nil, permission: nil, minimumRequiredTags: 0)
            ground.place?.isInbox = source.isEmail && new.inbox != nil
        } else if let row = answers[1].first {
            ground.place = try TopicPlace(categoryID: category, from: row)
        }
        return ground
    }

    private func check(
        title: String,
        raw: String,
        in place: TopicPlace,
        tags: [String],
        by principal: Principal,
        source: PostSource
    ) throws {
        guard source != .importer else { return }
        let settings = settings.current
        let isMessage = place.categoryID == nil
        try PostText.refuse([
            PostText.problem(
                title: title,
                minimum: isMessage
                    ? settings.minPersonalMessageTitleLength : settings.minTopicTitleLength,
                settings
            ),
            PostText.problem(
                body: raw,
                minimum: isMessage
                    ? settings.minPersonalMessagePostLength : settings.minFirstPostLength,
                settings
            ),
        ])
        if place.categoryID == .uncategorized, !settings.allowUncategorizedTopics,
            !principal.isStaff
        {
            throw ForumError(.invalid, "Category can't be blank", field: "category")
        }
        if tags.count < place.minimumRequiredTags, !principal.isStaff {
            throw ForumError(
                .invalid,
                "You must select at least \(place.minimumRequiredTags) tags.",
                field: "tags"
            )
        }
    }

    /// - Throws: `.invalid` when somebody named cannot be written to.
    private func recipients(
        of new: NewTopic,
        among found: [RecipientRow],
        by principal: Principal
    ) throws(ForumError) -> (users: [UserID], groups: [Int64]) {
        guard !new.recipients.isEmpty else { return ([], []) }
        guard new.recipients.count <= Limits.messageRecipientsMax else {
            throw ForumError(
                .invalid,
                "A message has at most \(Limits.messageRecipientsMax) recipients.",
                field: "target_recipients"
            )
        }
        let names = Set(found.map(\.name))
        for name in new.recipients where !names.contains(UsernameRules.fold(name.cleanedOfNUL)) {
            throw ForumError(
                .invalid,
                "Sorry, \(name.prefix(Limits.nameMax)) cannot be sent messages.",
                field: "target_recipients"
            )
        }
        let users = found.filter { !$0.isGroup }.map { UserID($0.id) } + [principal.id]
        return (users, found.filter(\.isGroup).map(\.id))
    }

    private static func externalID(_ text: String?) throws(ForumError) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let isClean = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isClean, text.utf8.count <= 50 else {
            throw ForumError(.invalid, "External is invalid", field: "external_id")
        }
        return text
    }

    private func write(
        _ permitted: Permitted<CreatingTopic, TopicPlace>,
        _ topic: PreparedTopic,
        tags: [String]
    ) async throws -> CreatedPost {
        let author = permitted.principal
        do {
            // Without tags there is nothing but one statement, which is its own transaction.
            guard !tags.isEmpty || permitted.resource.requiresTagGroup else {
                let written = try await write(
                    CreateTopicQueries.create(permitted, topic),
                    by: topic.firstPost.source
                )
                return try finish(written, topic, permitted)
            }
            let written = try await database.transaction { transaction -> PostWritten? in
                var topic = topic
                topic.tagIDs = try await resolveTags(
                    tags,
                    by: author,
                    category: topic.categoryID,
                    isChecked: topic.firstPost.source != .importer,
                    in: transaction
                ).map(\.id)
                return try await transaction.first(CreateTopicQueries.create(permitted, topic))
            }
            return try finish(written, topic, permitted)
        } catch let error as PostgresError where error.isRepeatedMail {
            return try await existingPost(of: topic.firstPost.source, for: author)
        } catch let error as PostgresError where error.constraint == "topics_external_id_key" {
            throw ForumError(.conflict, "External has already been taken", field: "external_id")
        }
    }

    private func finish(
        _ written: PostWritten?,
        _ topic: PreparedTopic,
        _ permitted: Permitted<CreatingTopic, TopicPlace>
    ) throws -> CreatedPost {
        guard let written, written.wasInTime, let id = written.topicID else {
            throw PostRates.tooFast(seconds: topic.firstPost.intervalSeconds)
        }
        signals.committed(.topic(id), .site)
        let access = TopicAccess(
            id: id,
            title: topic.title,
            fancyTitle: topic.fancyTitle,
            slug: topic.slug,
            archetype: topic.categoryID == nil ? .message : .regular,
            categoryID: topic.categoryID,
            authorID: permitted.principal.id,
            isClosed: false,
            isArchived: false,
            isVisible: true,
            isDeleted: false,
            postsCount: 1,
            highestPostNumber: 1,
            createdAt: topic.firstPost.createdAt,
            permission: permitted.resource.permission,
            isAboutCategory: false
        )
        return try created(written, topic.firstPost, access, by: permitted.principal)
    }
}
