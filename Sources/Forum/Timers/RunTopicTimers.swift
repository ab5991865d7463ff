import Logging
import Postgres

extension Community {
    /// Carries out the timers that are due, each as whoever set it: what they may not do any more is
    /// dropped.
    package func runTopicTimers() async throws {
        _ = try await database.query(TopicTimerQueries.putOffBusy(now: clock()))
        for _ in 0..<Limits.timersAtOnce {
            let query = TopicTimerQueries.claim(now: clock())
            guard let timer = try await database.first(query, as: TopicTimer.self) else { return }
            do {
                guard let principal = try await principal(for: timer.userID) else {
                    throw ForumError.forbidden
                }
                let isOver = try await carryOut(timer, by: principal)
                guard isOver else { continue }
            } catch let error as ForumError {
                logger.notice(
                    "a timer is dropped",
                    metadata: [
                        "topic": "\(timer.topicID)", "kind": "\(timer.kind.rawValue)",
                        "reason": "\(error.message)",
                    ]
                )
            }
            _ = try await database.query(TopicTimerQueries.finish(timer.id))
            signals.committed(.topic(timer.topicID))
        }
    }

    /// - Returns: Whether the timer has done all that it was set for.
    private func carryOut(_ timer: TopicTimer, by principal: Principal) async throws -> Bool {
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
        case .publishToCategory:
            guard let category = timer.categoryID else { return true }
            try await editTopic(topic, categoryID: category, by: principal)
            try await setTopicStatus(
                topic,
                status: .visible,
                enabled: true,
                how: .byTimer,
                by: principal
            )
            try await changeTopicTimestamp(topic, to: clock(), by: principal)
        case .delete:
            try await deleteTopic(topic, by: principal)
        case .bump:
            try await bumpTopic(topic, by: principal)
        case .reminder:
            // Only of what they can still see.
            _ = try await topicAccess(topic, for: .member(principal))
            _ = try await database.query(TopicTimerQueries.remind(timer, now: clock()))
        case .deleteReplies:
            return try await deleteExpiredReplies(timer, by: principal)
        }
        return true
    }

    private func deleteExpiredReplies(
        _ timer: TopicTimer,
        by principal: Principal
    ) async throws -> Bool {
        guard let minutes = timer.durationMinutes else { return true }
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
        return false
    }
}
