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

    package func search(
        _ query: SearchQuery,
        page: Int = 1,
        for viewer: Viewer
    ) async throws -> SearchResults {
        let minimum = settings.current.minSearchTermLength
        let length = query.terms.reduce(0) { $0 + $1.text.unicodeScalars.count }
        guard length >= minimum || query.hasFilters else {
            return SearchResults(query, error: "Your search term is too short.")
        }
        guard (1...Limits.searchPagesMax).contains(page) else {
            return SearchResults(query, error: nil)
        }
        let queries = SearchQueries(query: query, viewer: viewer, page: page)
        let isNamed = page == 1 && !query.terms.isEmpty
        let name = query.words.joined(separator: " ")
        var statements = [SearchQueries.planForTheWords, queries.posts]
        if isNamed {
            statements += [
                SearchQueries.users(named: UsernameRules.fold(name)),
                SearchQueries.categories(named: name, for: viewer),
                SearchQueries.tags(named: name, for: viewer),
            ]
        }
        let answers = try await database.batch(statements)
        let found = try answers[1].decode(SearchRow.self)
        let rows = found.prefix(Limits.searchResultsPerPage)
        let words = query.words
        return SearchResults(
            query: query,
            posts: rows.map { SearchPost($0, around: words) },
            topics: try await topics(of: Array(rows), queries, for: viewer),
            users: isNamed ? try answers[2].decode(UserCard.self) : [],
            categories: isNamed
                ? try answers[3].decode(SearchCategoryRow.self).map(\.category) : [],
            tags: isNamed ? try answers[4].decode(TagCardRow.self).map(\.tag) : [],
            hasMore: found.count > Limits.searchResultsPerPage && page < Limits.searchPagesMax,
            error: nil
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
        let newSince = newTopicsSince
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
            hasMore: false,
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
