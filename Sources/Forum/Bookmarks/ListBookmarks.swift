import Postgres

extension Community {
    /// A page of somebody's bookmarks, for themself and administrators.
    ///
    /// - Throws: `.notFound` for everybody else.
    package func bookmarks(
        of username: String,
        search: String? = nil,
        page: Int = 0,
        limit: Int = Limits.bookmarksPerPage,
        for viewer: Viewer
    ) async throws -> BookmarkPage {
        let asking = try viewer.requirePrincipal()
        guard let user = try await user(named: username),
            user.id == asking.id || asking.isAdmin,
            let owner = user.id == asking.id ? asking : try await principal(for: user.id)
        else { throw ForumError.notFound }
        let limit = min(max(limit, 1), Limits.topicsPerPageMax)
        let page = min(max(page, 0), 1000)
        let text = search?.cleanedOfNUL.escapedForLike
        var rows = try await database.all(
            BookmarkQueries.list(
                for: owner,
                search: text.flatMap { $0.isEmpty ? nil : String($0.prefix(200)) },
                offset: page * limit,
                limit: limit + 1
            ),
            as: ListedBookmark.self
        )
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        let tags = try await database.all(
            TopicQueries.tags(of: rows.map(\.topic.id), for: .member(owner)),
            as: TaggedTopic.self
        )
        for index in rows.indices {
            rows[index].tags = tags.filter { $0.topicID == rows[index].topic.id }.map(\.tag)
        }
        return BookmarkPage(owner: owner, bookmarks: rows, hasMore: hasMore)
    }
}
