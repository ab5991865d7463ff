package import Postgres

/// Staff's ways to put a topic into order; they exist as types only.
package enum ArrangingTopic {}
package enum ClearingPin {}

extension Rule where Action == ArrangingTopic, Resource == TopicAccess {
    /// Discourse: staff; of the time and the owner of topics, administrators and moderators alike.
    static var arrangingTopic: Self {
        Rule { topic, principal in
            if topic.isDeleted { return .deny(.notFound) }
            if topic.isUnpublished { return .deny(.unpublished) }
            return principal.isStaff ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == ClearingPin, Resource == TopicAccess {
    static var clearingPin: Self {
        Rule { topic, _ in topic.isDeleted ? .deny(.notFound) : .allow }
    }
}

extension Community {
    /// Moves a topic in time, its replies with it; none of them into the future.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.invalid` for a time in the future.
    package func changeTopicTimestamp(
        _ id: TopicID,
        to time: Timestamp,
        by principal: Principal
    ) async throws {
        let now = clock()
        let permitted = try await arrange(id, by: principal)
        guard time <= now else {
            throw ForumError(
                .invalid,
                "Timestamp cannot be in the future.",
                field: "timestamp"
            )
        }
        _ = try await write(
            ArrangeTopicQueries.changeTimestamp(permitted, to: time, now: now)
        )
        signals.committed(.topic(id), .site)
    }

    /// Puts a topic back to where its newest post belongs in the lists.
    package func resetTopicBump(_ id: TopicID, by principal: Principal) async throws {
        let permitted = try await arrange(id, by: principal)
        _ = try await write(ArrangeTopicQueries.resetBump(permitted))
        signals.committed(.topic(id), .site)
    }

    /// Puts a topic on top of the lists, as a new post would.
    ///
    /// - Parameter others: What is written in the same transaction.
    func bumpTopic(
        _ id: TopicID,
        by principal: Principal,
        with others: [SQL] = []
    ) async throws {
        let topic = try await topicAccess(id, for: .member(principal))
        let permitted = try principal.may(.changingTopicStatus, topic)
        _ = try await write(ArrangeTopicQueries.bump(permitted, now: clock()) + others)
        signals.committed(.topic(id), .site)
    }

    /// Lets everybody but staff write only so often in a topic; 0 seconds ends it.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.malformed`.
    package func setSlowMode(
        _ id: TopicID,
        seconds: Int,
        until: Timestamp? = nil,
        by principal: Principal
    ) async throws {
        let topic = try await topicAccess(id, for: .member(principal))
        let permitted = try principal.may(.changingTopicStatus, topic)
        guard (0...Limits.slowModeSecondsMax).contains(seconds) else {
            throw ForumError(
                .malformed,
                "seconds must be between 0 and \(Limits.slowModeSecondsMax).",
                field: "seconds"
            )
        }
        if let until, until <= clock() {
            throw ForumError(
                .malformed,
                "enabled_until must be in the future.",
                field: "enabled_until"
            )
        }
        _ = try await write(
            ArrangeTopicQueries.setSlowMode(permitted, seconds: seconds, until: until, now: clock())
        )
        signals.committed(.topic(id))
    }

    /// Takes a pinned topic off the top of one's own lists, or puts it back there.
    package func clearPin(
        _ id: TopicID,
        _ isCleared: Bool = true,
        by principal: Principal
    ) async throws {
        let topic = try await topicAccess(id, for: .member(principal))
        let permitted = try principal.may(.clearingPin, topic)
        _ = try await database.query(
            ArrangeTopicQueries.clearPin(permitted, isCleared, now: clock())
        )
    }

    /// Ends the pins whose time is over.
    package func endPins() async throws {
        let ended = try await database.values(
            ArrangeTopicQueries.endPins(now: clock()),
            as: TopicID.self
        )
        for topic in ended { signals.committed(.topic(topic), .site) }
    }

    /// Moves a topic to a category, lists it, and makes it new: how staff publishes what was written
    /// for fewer eyes.
    ///
    /// - Throws: `ForumError`: `.notFound`, `.forbidden`, `.conflict` for a private message.
    package func publishTopic(
        _ id: TopicID,
        to category: CategoryID,
        by principal: Principal
    ) async throws {
        let permitted = try await arrange(id, by: principal)
        guard permitted.resource.archetype == .regular else {
            throw ForumError(.invalid, "A private message cannot be published.")
        }
        try await editTopic(id, categoryID: category, by: principal)
        try await setTopicStatus(id, status: .visible, enabled: true, by: principal)
        try await changeTopicTimestamp(id, to: clock(), by: principal)
    }

    func arrange(
        _ id: TopicID,
        by principal: Principal
    ) async throws -> Permitted<ArrangingTopic, TopicAccess> {
        let topic = try await topicAccess(id, for: .member(principal))
        return try principal.may(.arrangingTopic, topic)
    }
}

extension Limits {
    static let slowModeSecondsMax = 366 * 86_400
}
