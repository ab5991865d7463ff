import Postgres

extension Community {
    /// Sets what a topic does later, in place of its timer of that kind; without a time and a
    /// duration that one is removed.
    ///
    /// - Returns: The timer, or `nil` when it was removed.
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.malformed` for a time in the past.
    @discardableResult
    package func setTopicTimer(
        _ id: TopicID,
        _ new: PlannedTimer,
        by principal: Principal
    ) async throws -> TopicTimer? {
        let now = clock()
        let topic = try await topicAccess(id, for: .member(principal))
        let permitted = try principal.may(.settingTimer(new.kind, now: now), topic)
        guard new.executeAt != nil || new.durationMinutes != nil else {
            _ = try await write([TopicTimerQueries.remove(permitted, new.kind)])
            signals.committed(.topic(id))
            return nil
        }
        var new = new
        if new.kind == .publishToCategory {
            try await checkTarget(new.categoryID, for: principal)
        } else {
            new.categoryID = nil
        }
        let time = try await executionTime(of: new, in: id, now: now)
        let answers = try await write([
            TopicTimerQueries.removeOthers(permitted, than: new.kind),
            TopicTimerQueries.set(permitted, new, at: time, now: now),
        ])
        signals.committed(.topic(id))
        return try answers[1].first(TopicTimer.self)
    }

    private func checkTarget(_ category: CategoryID?, for principal: Principal) async throws {
        guard let category else {
            throw ForumError(
                .malformed,
                "category_id is needed to publish to a category.",
                field: "category_id"
            )
        }
        let rows = try await database.query(
            CreateTopicQueries.place(category, for: .member(principal))
        )
        guard let row = rows.first else { throw ForumError.notFound }
        _ = try principal.may(.creatingTopic, TopicPlace(categoryID: category, from: row))
    }

    private func executionTime(
        of timer: PlannedTimer,
        in topic: TopicID,
        now: Timestamp
    ) async throws -> Timestamp {
        if let minutes = timer.durationMinutes {
            guard (1...Limits.timerMinutesMax).contains(minutes) else {
                throw ForumError(
                    .malformed,
                    "Duration must be between 1 minute and 20 years.",
                    field: "duration_minutes"
                )
            }
            guard timer.isBasedOnLastPost else { return now + Double(minutes) * 60 }
            let query = TopicTimerQueries.lastPostedAt(topic)
            let last = try await database.value(query, as: Timestamp.self) ?? now
            return last + Double(minutes) * 60
        }
        guard let time = timer.executeAt, time > now, !timer.kind.needsDuration,
            !timer.isBasedOnLastPost
        else {
            let lacksDuration = timer.kind.needsDuration || timer.isBasedOnLastPost
            throw ForumError(
                .malformed,
                lacksDuration
                    ? "duration_minutes is needed for this timer."
                    : "The time of a timer must be in the future.",
                field: lacksDuration ? "duration_minutes" : "time"
            )
        }
        guard time - now < Limits.planningSeconds else {
            throw ForumError(.malformed, "The time is too far in the future.", field: "time")
        }
        return time
    }
}
