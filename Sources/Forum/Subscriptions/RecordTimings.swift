import Postgres

extension Community {
    /// Notes that somebody read posts of a topic (Discourse's `topics/timings`): each post counts at
    /// most 60 s a call, the read position only rises, and notices of the posts become read.
    ///
    /// - Parameter timings: milliseconds in view by post number.
    /// - Throws: `.notFound` when the principal cannot see the topic.
    package func recordTimings(
        _ timings: [Int: Int],
        topic id: TopicID,
        by principal: Principal
    ) async throws {
        guard timings.count <= Limits.postsPerRequestMax else {
            throw ForumError(.invalid, "At most \(Limits.postsPerRequestMax) timings at once.")
        }
        let rows = try await database.query(
            SubscriptionQueries.visibleTopic(id, for: .member(principal))
        )
        guard !rows.isEmpty else { throw ForumError.notFound }
        let permitted = try principal.may(.subscribe, VisibleTopic(id: id))
        let milliseconds = timings.values.reduce(0) { $0 + min(max($1, 0), 60_000) }
        let answers = try await database.batch(
            ReadingQueries.recordTimings(
                permitted,
                postNumbers: timings.keys.filter { $0 > 0 && $0 < Int(Int32.max) }.sorted(),
                milliseconds: milliseconds,
                tracksAfter: settings.current.defaultOtherAutoTrackTopicsAfterMsecs
            )
        )
        var news: [SQL] = []
        if try answers[0].firstValue(Bool.self) == true {
            news.append(ReadingQueries.tellRead(permitted))
        }
        if answers[1].affected > 0 { news.append(NotificationLiveQueries.tell(principal)) }
        if !news.isEmpty { _ = try await database.batch(news) }
    }

    /// Forgets what somebody read of a topic, or only the last post of it.
    ///
    /// - Throws: `.notFound`.
    package func forgetReading(
        of id: TopicID,
        onlyLast: Bool,
        by principal: Principal
    ) async throws {
        let rows = try await database.query(
            SubscriptionQueries.visibleTopic(id, for: .member(principal))
        )
        guard !rows.isEmpty else { throw ForumError.notFound }
        let permitted = try principal.may(.subscribe, VisibleTopic(id: id))
        _ = try await database.query(
            ReadingQueries.forgetReading(permitted, onlyLast: onlyLast)
        )
    }
}
