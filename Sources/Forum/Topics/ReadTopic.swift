import Postgres

extension Community {
    /// A topic with one window of its posts and all that is shown around them, in one round trip.
    ///
    /// - Throws: `.notFound` for what does not exist or cannot be seen; staff finds deleted topics.
    package func topicPage(
        _ id: TopicID,
        _ window: TopicWindow = .start,
        includingRaw: Bool = false,
        filter: PostFilter = PostFilter(),
        for viewer: Viewer
    ) async throws -> TopicPage {
        var statements = [
            // Before the posts are read: what happens in between is told twice, not lost.
            LiveQueries.positions(["/topic/\(id)"]),
            TopicPageQueries.topic(id, for: viewer),
            TopicPageQueries.posts(
                id,
                window,
                includingRaw: includingRaw,
                filter: filter,
                for: viewer
            ),
            TopicPageQueries.stream(id, filter: filter, for: viewer),
            TopicPageQueries.participants(id, for: viewer),
            TopicQueries.tags(of: [id], for: viewer),
        ]
        if viewer.principal != nil {
            statements.append(TopicPageQueries.allowedUsers(id))
            statements.append(TopicPageQueries.allowedGroups(id))
        }
        let extras = statements.count
        statements += TopicExtrasQueries.all(id, for: viewer)
        let answers = try await database.batch(statements)
        guard let row = try answers[1].first(TopicPageRow.self) else { throw ForumError.notFound }
        let isMessage = row.topic.archetype == .message
        return TopicPage(
            topic: row.topic,
            author: row.author,
            lastPoster: row.lastPoster,
            posts: try await withPolls(
                permitted(answers[2].postViews(of: row.access), for: viewer),
                for: viewer
            ),
            stream: try answers[3].firstValue(IDList<Post>.self)?.ids ?? [],
            tags: try answers[5].decode(TaggedTopic.self).map(\.tag),
            participants: try answers[4].decode(TopicParticipant.self),
            allowedUsers: isMessage ? try answers[6].decode(UserCard.self) : [],
            allowedGroups: isMessage ? try answers[7].decode(AllowedGroup.self) : [],
            livePosition: try answers[0].first?.get(1, as: Int64.self) ?? 0,
            viewerState: row.viewerState,
            extras: try TopicExtras.read(answers[extras...]),
            access: row.access,
            permissions: row.access.permissions(for: viewer, settings.current, now: clock())
        )
    }
}
