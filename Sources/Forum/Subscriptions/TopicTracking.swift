package import Postgres

/// A topic that is new to a member or has posts they have not read.
package struct TrackedTopic: Sendable, RowDecodable {
    package let topicID: TopicID
    package let highestPostNumber: Int
    /// `nil` for a new topic.
    package let lastReadPostNumber: Int?
    package let createdAt: Timestamp
    package let categoryID: CategoryID?
    package let notificationLevel: Int?
    package let isNew: Bool
    package var tags: [TagCard] = []

    package init(from row: inout RowReader) throws(PostgresError) {
        topicID = try row.next()
        highestPostNumber = try row.next()
        lastReadPostNumber = try row.next()
        createdAt = try row.next()
        categoryID = try row.next()
        notificationLevel = try row.next()
        isNew = try row.next()
    }
}

/// What waits for a member to be read, and where the live bus goes on from there.
package struct TopicTracking: Sendable {
    package let topics: [TrackedTopic]
    /// Since when topics count as new.
    package let newSince: Timestamp
    /// Channel → the last id.
    package let positions: [String: Int64]
    package let counts: TrackingCounts
}

/// How many topics are new to a member and how many have unread posts: in all, and of each category
/// and tag that has any.
package struct TrackingCounts: Sendable {
    package struct Count: Sendable, Equatable {
        package var new = 0
        package var unread = 0
    }

    package private(set) var all = Count()
    package private(set) var byCategory: [CategoryID: Count] = [:]
    package private(set) var byTag: [TagID: Count] = [:]

    /// - Parameter rows: `category_id, tag_id, new, unread`; neither of the two is all topics.
    init(_ rows: Rows) throws(PostgresError) {
        for row in rows {
            let count = Count(new: try row.get(2), unread: try row.get(3))
            if let category = try row.get(0, as: CategoryID?.self) {
                byCategory[category] = count
            } else if let tag = try row.get(1, as: TagID?.self) {
                byTag[tag] = count
            } else {
                all = count
            }
        }
    }
}

/// Which topics somebody has done with.
package struct Dismissal: Sendable {
    package var topicIDs: [TopicID]?
    package var categoryID: CategoryID?
    package var includesSubcategories = false
    package var tag: String?
    /// Only topics that they follow.
    package var isTrackedOnly = false
    package var dismissesTopics = true
    package var dismissesPosts = false
    package var untracks = false

    package init() {}
}

extension Community {
    /// What waits for a principal (Discourse's topic-tracking-state).
    package func topicTracking(of principal: Principal) async throws -> TopicTracking {
        let newSince = newTopicsSince(for: .member(principal))
        let channels =
            ["/latest", "/new", "/unread", "/delete", "/recover", "/destroy"]
            + ["/unread/\(principal.id)"]
        let answers = try await database.batch([
            // Before the topics are read: what happens in between is told twice, not lost.
            LiveQueries.positions(channels),
            TopicTrackingQueries.topics(for: principal, newSince: newSince),
            TopicTrackingQueries.counts(for: principal, newSince: newSince),
        ])
        var positions = Dictionary(
            channels.map { ($0, Int64(0)) },
            uniquingKeysWith: { first, _ in first }
        )
        for row in answers[0] { positions[try row.get(0)] = try row.get(1, as: Int64.self) }
        var topics = try answers[1].decode(TrackedTopic.self)
        if !topics.isEmpty {
            let tags = try await database.all(
                TopicQueries.tags(of: topics.map(\.topicID), for: .member(principal)),
                as: TaggedTopic.self
            )
            let byTopic = Dictionary(grouping: tags, by: \.topicID)
            for index in topics.indices {
                topics[index].tags = byTopic[topics[index].topicID]?.map(\.tag) ?? []
            }
        }
        return TopicTracking(
            topics: topics,
            newSince: newSince,
            positions: positions,
            counts: try TrackingCounts(answers[2])
        )
    }

    /// Marks topics as known without reading them.
    ///
    /// - Returns: The topics that changed.
    /// - Throws: `.notFound` for a category or tag that the principal cannot see.
    package func dismiss(
        _ dismissal: Dismissal,
        by principal: Principal
    ) async throws -> [TopicID] {
        let viewer = Viewer.member(principal)
        if let category = dismissal.categoryID {
            _ = try await self.category(category, for: viewer)
        }
        if let tag = dismissal.tag { _ = try await self.tag(named: tag, for: viewer) }
        var known: [TopicID] = []
        if dismissal.dismissesTopics {
            known = try await database.values(
                TopicTrackingQueries.dismissNew(
                    dismissal,
                    by: principal,
                    newSince: newTopicsSince(for: viewer)
                )
            )
        }
        var read: [TopicID] = []
        if dismissal.dismissesPosts || dismissal.untracks {
            read = try await database.values(
                TopicTrackingQueries.dismissUnread(dismissal, by: principal)
            )
        }
        try await tellDismissed(new: known, unread: read, to: principal)
        return Set(known + read).sorted()
    }

    /// Takes all posts of some topics for read, whatever is new or followed.
    ///
    /// - Returns: Those that the principal can see.
    func readToEnd(of ids: [TopicID], by principal: Principal) async throws -> [TopicID] {
        let read = try await database.values(
            TopicTrackingQueries.readToEnd(ids, by: principal),
            as: TopicID.self
        )
        try await tellDismissed(new: [], unread: read, to: principal)
        return read
    }

    /// Tells the other programs of the same person.
    private func tellDismissed(
        new: [TopicID],
        unread: [TopicID],
        to principal: Principal
    ) async throws {
        let messages =
            LiveMessages.dismissed(new, "dismiss_new", by: principal)
            + LiveMessages.dismissed(unread, "dismiss_new_posts", by: principal)
        if !messages.isEmpty { _ = try await database.batch(messages) }
    }
}
