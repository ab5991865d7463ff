import Logging
import Postgres

extension Community {
    /// Hands the timers that are due to the queue of jobs, each as a job of its own.
    package func queueTopicTimers() async throws {
        let now = clock()
        _ = try await database.batch([
            TopicTimerQueries.putOffBusy(now: now),
            JobQueries.add(.topicTimer, forEach: TopicTimerQueries.due(now: now), now: now),
        ])
    }

    /// Carries out one timer as whoever set it: what they may not do any more is dropped. Nothing
    /// happens when it was carried out, or set anew, meanwhile.
    func runTopicTimer(_ id: TopicTimerID) async throws {
        let query = TopicTimerQueries.timer(id, dueBy: clock())
        guard let timer = try await database.first(query, as: TopicTimer.self) else { return }
        do {
            guard let principal = try await principal(for: timer.userID) else {
                throw ForumError.forbidden
            }
            try await carryOut(timer, by: principal)
        } catch let error as ForumError {
            logger.notice(
                "a timer is dropped",
                metadata: [
                    "topic": "\(timer.topicID)", "kind": "\(timer.kind.rawValue)",
                    "reason": "\(error.message)",
                ]
            )
            _ = try await database.query(TopicTimerQueries.finish(timer))
        }
        signals.committed(.topic(timer.topicID))
    }

    /// What would be noticed if it were done twice is done in the transaction that removes the timer;
    /// the rest finds on a second try that it is done.
    private func carryOut(_ timer: TopicTimer, by principal: Principal) async throws {
        let topic = timer.topicID
        switch timer.kind {
        case .close, .silentClose, .open:
            try await setTopicStatus(
                topic,
                status: .closed,
                enabled: timer.kind != .open,
                how: timer.kind == .silentClose ? .silent : .byTimer,
                by: principal
            )
        case .publishToCategory: try await publish(timer, by: principal)
        case .delete: try await deleteTopic(topic, by: principal)
        case .bump:
            try await bumpTopic(topic, by: principal, with: [TopicTimerQueries.finish(timer)])
            return
        case .reminder:
            // Only of what they can still see.
            _ = try await topicAccess(topic, for: .member(principal))
            _ = try await database.batch([
                TopicTimerQueries.remind(timer, now: clock()),
                NotificationLiveQueries.tell(principal),
            ])
            return
        case .deleteReplies:
            try await deleteExpiredReplies(timer, by: principal)
            return
        }
        _ = try await database.query(TopicTimerQueries.finish(timer))
    }

    private func publish(_ timer: TopicTimer, by principal: Principal) async throws {
        guard let category = timer.categoryID else { return }
        let topic = timer.topicID
        try await editTopic(topic, categoryID: category, by: principal)
        try await setTopicStatus(
            topic,
            status: .visible,
            enabled: true,
            how: .byTimer,
            by: principal
        )
        try await changeTopicTimestamp(topic, to: clock(), by: principal)
    }

    private func deleteExpiredReplies(
        _ timer: TopicTimer,
        by principal: Principal
    ) async throws {
        guard let minutes = timer.durationMinutes else {
            _ = try await database.query(TopicTimerQueries.finish(timer))
            return
        }
        // The topic may be gone, and then the timer is too.
        _ = try await topicAccess(timer.topicID, for: .member(principal))
        let posts = try await database.values(
            TopicTimerQueries.expiredReplies(
                in: timer.topicID,
                olderThan: clock() - Double(minutes) * 60,
                limit: Limits.expiredRepliesAtOnce
            ),
            as: PostID.self
        )
        for post in posts { try await deletePost(post, by: principal) }
        _ = try await database.query(
            TopicTimerQueries.again(timer.id, minutes: minutes, now: clock())
        )
    }
}
