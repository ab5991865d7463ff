import Postgres

extension Community {
    /// One page of topics that the viewer may see.
    ///
    /// - Throws: `ForumError`: `.unauthenticated` for lists that need an account, `.notFound` for
    ///   somebody else's messages.
    package func topicList(
        _ query: TopicListQuery,
        for viewer: Viewer
    ) async throws -> TopicListPage {
        var query = query
        query.perPage = min(max(query.perPage, 1), Limits.topicsPerPageMax)
        query.page = max(query.page, 0)
        try checkAudience(of: query.filter, viewer)
        guard query.before != nil || query.page < Limits.listRowsMax / query.perPage else {
            return TopicListPage(
                topics: [],
                users: [],
                hasMore: false,
                page: query.page,
                perPage: query.perPage
            )
        }
        let newSince = newTopicsSince(for: viewer)
        let statements = TopicListQueries(query: query, viewer: viewer, newSince: newSince)
        let answers = try await database.batch(
            statements.hasPinned ? [statements.pinned, statements.topics] : [statements.topics]
        )
        let rows = try answers.flatMap { rows in
            try rows.topicSummaries(for: viewer, newSince: newSince)
        }
        return try await page(of: rows, query, for: viewer)
    }

    /// The latest topics of each of the categories, some of each: for lists of categories.
    package func featuredTopics(
        of categories: [CategoryID],
        for viewer: Viewer
    ) async throws -> TopicListPage {
        let newSince = newTopicsSince(for: viewer)
        let rows = try await database.query(
            TopicListQueries(query: TopicListQuery(), viewer: viewer, newSince: newSince)
                .featured(in: categories)
        )
        let query = TopicListQuery(perPage: max(rows.count, 1))
        return try await page(
            of: rows.topicSummaries(for: viewer, newSince: newSince),
            query,
            for: viewer
        )
    }

    /// Topics younger than this can be new to somebody.
    func newTopicsSince(for viewer: Viewer) -> Timestamp {
        let newness = viewer.principal?.newness ?? Newness()
        let minutes = settings.current.defaultOtherNewTopicDurationMinutes
        return newness.start(otherwise: minutes, now: clock())
    }

    private func checkAudience(
        of filter: TopicListQuery.Filter,
        _ viewer: Viewer
    ) throws(ForumError) {
        switch filter {
        case .new, .unread, .unseen, .posted, .bookmarked: _ = try viewer.requirePrincipal()
        case .messages(let box, let user):
            let principal = try viewer.requirePrincipal()
            guard principal.id == user || principal.isAdmin else { throw .notFound }
            if let group = box.groupID, !principal.isAdmin {
                guard principal.groupIDs.contains(group.value) else { throw .notFound }
            }
        default: return
        }
    }

    private func page(
        of rows: [TopicSummary],
        _ query: TopicListQuery,
        for viewer: Viewer
    ) async throws
        -> TopicListPage
    {
        var topics = Array(rows.prefix(query.perPage))
        var userIDs: Set<UserID> = []
        for summary in topics {
            for poster in summary.posters { userIDs.insert(poster.userID) }
        }
        var users: [UserCard] = []
        if !topics.isEmpty {
            let ids = topics.map(\.topic.id)
            let answers = try await database.batch(
                [
                    TopicQueries.userCards(Array(userIDs)),
                    TopicQueries.tags(of: ids, for: viewer),
                    TopicRowQueries.firstPostLikes(of: ids),
                ] + TopicRowQueries.marks(of: ids, by: viewer)
            )
            users = try answers[0].decode(UserCard.self)
            let tags = Dictionary(
                grouping: try answers[1].decode(TaggedTopic.self),
                by: \.topicID
            )
            for index in topics.indices {
                topics[index].tags = tags[topics[index].topic.id]?.map(\.tag) ?? []
            }
            try TopicRowQueries.mark(&topics, answers)
        }
        return TopicListPage(
            topics: topics,
            users: users,
            hasMore: rows.count > query.perPage,
            page: query.page,
            perPage: query.perPage
        )
    }
}
