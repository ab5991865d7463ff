import Postgres

extension Community {
    /// Marks a topic or a post for oneself.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.malformed` for a second bookmark, a reminder in the past
    ///   or a name that is too long, `.rateLimited`.
    @discardableResult
    package func bookmark(
        _ target: BookmarkTarget,
        _ fields: BookmarkFields = BookmarkFields(),
        by principal: Principal
    ) async throws -> BookmarkID {
        let now = clock()
        let answers = try await database.batch([
            BookmarkQueries.place(target, for: .member(principal)),
            BookmarkQueries.counts(of: principal.id, now: now),
        ])
        guard let topic = try answers[0].firstValue(TopicID.self) else { throw ForumError.notFound }
        let permitted = try principal.may(
            .bookmarking,
            BookmarkPlace(target: target, topicID: topic)
        )
        try checkCounts(answers[1], of: principal, now: now)
        let fields = try Self.checked(fields, now: now)
        let query = BookmarkQueries.create(permitted, fields, now: now)
        guard let id = try await database.value(query, as: BookmarkID.self) else {
            let what = if case .post = target { "post" } else { "topic" }
            throw ForumError(.malformed, "You cannot bookmark the same \(what) twice.")
        }
        return id
    }

    /// A bookmark of the principal.
    ///
    /// - Throws: `.notFound`.
    package func bookmark(
        _ id: BookmarkID,
        of principal: Principal
    ) async throws -> PostBookmark {
        let query = BookmarkQueries.bookmark(id, of: principal)
        guard let found = try await database.first(query, as: OwnBookmark.self) else {
            throw ForumError.notFound
        }
        return found.bookmark
    }

    /// Changes name, reminder and what becomes of it; what is `nil` is taken away.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.malformed`.
    package func changeBookmark(
        _ id: BookmarkID,
        _ fields: BookmarkFields,
        by principal: Principal
    ) async throws {
        let permitted = try await ownBookmark(id, by: principal)
        let now = clock()
        let isKept = fields.reminderAt == permitted.resource.reminderAt
        let fields = try Self.checked(fields, now: isKept ? .distantPast : now)
        _ = try await database.query(BookmarkQueries.change(permitted, fields, now: now))
    }

    /// Puts a bookmark on top of its owner's list, or back.
    package func toggleBookmarkPin(_ id: BookmarkID, by principal: Principal) async throws {
        let permitted = try await ownBookmark(id, by: principal)
        _ = try await database.query(BookmarkQueries.togglePin(permitted, now: clock()))
    }

    /// - Returns: Whether anything else in the topic is still marked.
    /// - Throws: `.notFound`.
    package func deleteBookmark(_ id: BookmarkID, by principal: Principal) async throws -> Bool {
        let permitted = try await ownBookmark(id, by: principal)
        let query = BookmarkQueries.delete(permitted)
        return try await database.value(query, as: Bool.self) ?? false
    }

    /// Removes every bookmark of one person within a topic.
    ///
    /// - Throws: `.notFound`.
    package func deleteBookmarks(in topic: TopicID, by principal: Principal) async throws {
        let target = BookmarkTarget.topic(topic)
        let query = BookmarkQueries.place(target, for: .member(principal))
        guard try await database.value(query, as: TopicID.self) != nil else {
            throw ForumError.notFound
        }
        let place = BookmarkPlace(target: target, topicID: topic)
        _ = try await database.query(
            BookmarkQueries.deleteAll(principal.may(.bookmarking, place))
        )
    }

    private func ownBookmark(
        _ id: BookmarkID,
        by principal: Principal
    ) async throws -> Permitted<ChangingBookmark, OwnedBookmark> {
        let query = BookmarkQueries.owned(id, by: principal)
        guard let owned = try await database.first(query, as: OwnedBookmark.self) else {
            throw ForumError.notFound
        }
        return try principal.may(.changingBookmark, owned)
    }

    private func checkCounts(_ rows: Rows, of principal: Principal, now: Timestamp) throws {
        guard let row = rows.first else { return }
        guard try row.get(0, as: Int.self) < Limits.bookmarksPerUser else {
            throw ForumError(
                .malformed,
                "Sorry, you have too many bookmarks. Please delete some of them first."
            )
        }
        let allowed = settings.current.maxBookmarksPerDay
        guard !principal.isStaff, allowed > 0, try row.get(1, as: Int.self) >= allowed,
            let oldest = try row.get(2, as: Timestamp?.self)
        else { return }
        throw PostRates.tooFast(seconds: Int((oldest + 86_400 - now).rounded(.up)))
    }

    private static func checked(
        _ fields: BookmarkFields,
        now: Timestamp
    ) throws(ForumError) -> BookmarkFields {
        var fields = fields
        let name = fields.name?.cleanedOfNUL ?? ""
        fields.name = name.isEmpty ? nil : name
        guard name.unicodeScalars.count <= Limits.bookmarkNameMax else {
            throw ForumError(
                .malformed,
                "Name is too long (maximum is \(Limits.bookmarkNameMax) characters)",
                field: "name"
            )
        }
        if let reminder = fields.reminderAt {
            guard reminder > now else {
                throw ForumError(
                    .malformed,
                    "You cannot set a bookmark reminder in the past.",
                    field: "reminder_at"
                )
            }
            guard now == .distantPast || reminder - now < Limits.planningSeconds / 2 else {
                throw ForumError(
                    .malformed,
                    "You cannot set a bookmark reminder more than 10 years in the future.",
                    field: "reminder_at"
                )
            }
        }
        return fields
    }
}
