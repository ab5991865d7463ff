import Postgres

extension Community {
    /// Searches what the viewer may see.
    ///
    /// - Parameters:
    ///   - text: What was typed; no text is an error.
    ///   - page: From 1.
    package func search(
        _ text: String,
        page: Int = 1,
        for viewer: Viewer
    ) async throws -> SearchResults {
        try await search(SearchQuery(text, now: clock()), page: page, for: viewer)
    }

    /// - Parameters:
    ///   - page: From 1.
    ///   - perPage: Posts on it.
    package func search(
        _ query: SearchQuery,
        page: Int = 1,
        perPage: Int = Limits.searchResultsPerPage,
        scope: SearchScope = .all,
        for viewer: Viewer
    ) async throws -> SearchResults {
        var query = query
        if scope == .messages { query.isMessagesOnly = true }
        let minimum = settings.current.minSearchTermLength
        let length = query.terms.reduce(0) { $0 + $1.text.unicodeScalars.count }
        guard length >= minimum || query.hasFilters else {
            return SearchResults(query, error: "Your search term is too short.")
        }
        guard (1...Limits.searchPagesMax).contains(page) else {
            return SearchResults(query, error: nil)
        }
        var queries = SearchQueries(query: query, viewer: viewer, page: page)
        queries.perPage = min(max(perPage, 1), Limits.searchResultsPerPage)
        queries.newSince = newTopicsSince(for: viewer)
        let wantsPosts = [.all, .posts, .messages].contains(scope)
        let found = try await found(query, queries, page, scope, wantsPosts, for: viewer)
        let rows = found.posts.prefix(queries.perPage)
        let words = query.words
        let most = Limits.namesFoundMax
        return SearchResults(
            query: query,
            posts: rows.map { SearchPost($0, around: words) },
            topics: try await topics(of: Array(rows), queries, for: viewer),
            users: Array(found.users.prefix(most)),
            categories: Array(found.categories.prefix(most)),
            tags: Array(found.tags.prefix(most)),
            groups: Array(found.groups.prefix(most)),
            hasMore: found.posts.count > queries.perPage && page < Limits.searchPagesMax,
            hasMoreUsers: found.users.count > most,
            hasMoreCategories: found.categories.count > most,
            error: nil
        )
    }

    private struct Found {
        var posts: [SearchRow] = []
        var users: [UserCard] = []
        var categories: [SearchCategory] = []
        var tags: [TagCard] = []
        var groups: [SearchGroup] = []
    }

    /// Everything in one round trip; what is not wanted is not asked for.
    private func found(
        _ query: SearchQuery,
        _ queries: SearchQueries,
        _ page: Int,
        _ scope: SearchScope,
        _ wantsPosts: Bool,
        for viewer: Viewer
    ) async throws -> Found {
        let isNamed = page == 1 && !query.terms.isEmpty
        let name = query.words.joined(separator: " ")
        func wants(_ one: SearchScope) -> Bool {
            isNamed && (scope == .all || scope == .names || scope == one)
        }
        let nothing: SQL = "SELECT 1 WHERE FALSE"
        let answers = try await database.batch([
            SearchQueries.planForTheWords,
            wantsPosts ? queries.posts : nothing,
            wants(.users) ? SearchQueries.users(named: UsernameRules.fold(name)) : nothing,
            wants(.categories) ? SearchQueries.categories(named: name, for: viewer) : nothing,
            wants(.tags) && settings.current.taggingEnabled
                ? SearchQueries.tags(named: name, for: viewer) : nothing,
            wants(.groups) ? SearchQueries.groups(named: name, for: viewer) : nothing,
        ])
        return Found(
            posts: try answers[1].decode(SearchRow.self),
            users: try answers[2].decode(UserCard.self),
            categories: try answers[3].decode(SearchCategoryRow.self).map(\.category),
            tags: try answers[4].decode(TagCardRow.self).map(\.tag),
            groups: try answers[5].decode(SearchGroup.self)
        )
    }

    /// The topics of the rows, in the order of the rows.
    private func topics(
        of rows: [SearchRow],
        _ queries: SearchQueries,
        for viewer: Viewer
    ) async throws -> [TopicSummary] {
        guard !rows.isEmpty else { return [] }
        var ids: [TopicID] = []
        var seen: Set<TopicID> = []
        for row in rows where seen.insert(row.topicID).inserted { ids.append(row.topicID) }
        let newSince = newTopicsSince(for: viewer)
        let answers = try await database.batch([
            queries.topics(ids, newSince: newSince), TopicQueries.tags(of: ids, for: viewer),
        ])
        var byID: [TopicID: TopicSummary] = [:]
        for summary in try answers[0].topicSummaries(for: viewer, newSince: newSince) {
            byID[summary.topic.id] = summary
        }
        for tagged in try answers[1].decode(TaggedTopic.self) {
            byID[tagged.topicID]?.tags.append(tagged.tag)
        }
        return ids.compactMap { byID[$0] }
    }
}

extension SearchResults {
    fileprivate init(_ query: SearchQuery, error: String?) {
        self.init(
            query: query,
            posts: [],
            topics: [],
            users: [],
            categories: [],
            tags: [],
            groups: [],
            hasMore: false,
            hasMoreUsers: false,
            hasMoreCategories: false,
            error: error
        )
    }
}

extension SearchPost {
    fileprivate init(_ row: SearchRow, around words: [String]) {
        self.init(
            id: row.id,
            topicID: row.topicID,
            number: row.number,
            author: row.author,
            likeCount: row.likeCount,
            createdAt: row.createdAt,
            blurb: Blurb.make(row.raw, around: words)
        )
    }
}
