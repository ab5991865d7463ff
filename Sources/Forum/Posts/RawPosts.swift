import Postgres

extension Community {
    /// A topic as Markdown, a hundred post numbers a page from 1; past the end it is empty.
    ///
    /// - Throws: `.notFound`.
    package func rawTopic(
        _ id: TopicID,
        page: Int = 1,
        for viewer: Viewer
    ) async throws -> String {
        let page = min(max(page, 1), Int(Int32.max) / Limits.rawPostsPerPage - 1)
        let first = (page - 1) * Limits.rawPostsPerPage + 1
        let answers = try await database.batch([
            TopicQueries.access(id, for: viewer),
            PostQueries.raw(
                id,
                from: first,
                through: first + Limits.rawPostsPerPage - 1,
                for: viewer
            ),
        ])
        guard !answers[0].isEmpty else { throw ForumError.notFound }
        return try answers[1].decode(RawPostRow.self).map(\.paragraph).joined()
    }

    /// The Markdown of one post as it was written.
    package func rawPost(
        _ topic: TopicID,
        number: Int,
        for viewer: Viewer
    ) async throws -> String {
        let number = Int(clamping: Int32(clamping: number))
        let query = PostQueries.raw(topic, from: number, through: number, for: viewer)
        guard let post = try await database.first(query, as: RawPostRow.self) else {
            throw ForumError.notFound
        }
        return post.raw
    }
}

extension RawPostRow {
    /// Discourse: a line of who, when and which, the text, and a rule.
    fileprivate var paragraph: String {
        """
        \(username) | \(createdAt.iso8601) | #\(number)

        \(raw)

        -------------------------


        """
    }
}
