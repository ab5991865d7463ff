import Postgres

/// One page of notices, with what a client needs to show their number.
package struct NotificationPage: Sendable {
    package let notifications: [Notification]
    /// Of those that the filter lets through.
    package let totalCount: Int
    package let unread: UnreadCounts
    /// Up to which one the viewer has seen that there are some.
    package let seenID: NotificationID

    package var unreadCount: Int { unread.all }
    package var unreadHighPriorityCount: Int { unread.highPriority }
}

/// How many unread notices somebody has.
package struct UnreadCounts: Sendable, Equatable {
    package private(set) var all = 0
    package private(set) var highPriority = 0
    /// By the number of the kind.
    package private(set) var byKind: [Int: Int] = [:]
    /// Of messages that came after their reader last looked.
    package private(set) var newMessages = 0

    /// - Parameter rows: `kind, count, of high priority, unseen`.
    init(_ rows: Rows) throws(PostgresError) {
        for row in rows {
            let kind: Int = try row.get(0)
            let count: Int = try row.get(1)
            all += count
            byKind[kind] = count
            highPriority += try row.get(2)
            if kind == NotificationKind.privateMessage.rawValue { newMessages += try row.get(3) }
        }
    }
}

extension Community {
    /// The notices of a principal, newest first.
    ///
    /// - Parameter unreadOnly: `true` unread ones, `false` read ones, `nil` all.
    package func notifications(
        of principal: Principal,
        unreadOnly: Bool? = nil,
        offset: Int = 0,
        limit: Int = Limits.notificationsPerPage
    ) async throws -> NotificationPage {
        var filter = NotificationFilter()
        filter.unreadOnly = unreadOnly
        filter.offset = offset
        filter.limit = limit
        return try await notifications(of: principal, filter)
    }

    /// - Parameter marksSeen: From now on the viewer has seen that there are these; they stay unread.
    package func notifications(
        of principal: Principal,
        _ filter: NotificationFilter,
        marksSeen: Bool = false
    ) async throws -> NotificationPage {
        var filter = filter
        filter.offset = min(max(filter.offset, 0), 10_000)
        filter.limit = min(max(filter.limit, 1), Limits.notificationsPerPage)
        var statements = [
            NotificationListQueries.list(for: principal, filter),
            NotificationListQueries.total(for: principal, filter),
            NotificationListQueries.unread(of: principal),
            NotificationListQueries.seenID(of: principal),
        ]
        if marksSeen { statements.append(NotificationListQueries.markSeen(by: principal)) }
        let answers = try await database.batch(statements)
        return NotificationPage(
            notifications: try answers[0].decode(Notification.self),
            totalCount: try answers[1].firstValue() ?? 0,
            unread: try UnreadCounts(answers[2]),
            seenID: try answers[3].firstValue() ?? NotificationID(0)
        )
    }

    /// Everything that waits for a principal, counted.
    package func notificationTotals(of principal: Principal) async throws -> NotificationTotals {
        let answers = try await database.batch([
            NotificationListQueries.unread(of: principal),
            NotificationListQueries.unreadMessages(for: principal),
            TopicTrackingQueries.counts(
                for: principal,
                newSince: newTopicsSince(for: .member(principal))
            ),
            NotificationListQueries.groupInboxes(for: principal),
            ReviewQueries.waiting(for: principal),
        ])
        let counts = try UnreadCounts(answers[0])
        let tracked = try TrackingCounts(answers[2]).all
        return NotificationTotals(
            unread: counts.all,
            unreadHighPriority: counts.highPriority,
            unreadMessages: try answers[1].firstValue() ?? 0,
            newTopics: tracked.new,
            unreadTopics: tracked.unread,
            groupInboxes: try answers[3].map { row in
                NotificationTotals.GroupInbox(
                    groupID: try row.get(0),
                    name: try row.get(1),
                    count: try row.get(2)
                )
            },
            unseenReviewables: try answers[4][0].get(1)
        )
    }

    /// Marks one notice read, or all of some kinds, or all when both are `nil`. Marking somebody
    /// else's changes nothing.
    package func markNotificationsRead(
        _ id: NotificationID? = nil,
        kinds: [Int]? = nil,
        by principal: Principal
    ) async throws {
        let changed = try await database.query(
            NotificationListQueries.markRead(id, kinds: kinds, by: principal)
        )
        guard changed.affected > 0 else { return }
        _ = try await database.query(NotificationLiveQueries.tell(principal))
    }

    /// Takes back the mark that a notice was read.
    ///
    /// - Throws: `.notFound` for somebody else's.
    package func markNotificationUnread(
        _ id: NotificationID,
        by principal: Principal
    ) async throws {
        let changed = try await database.query(
            NotificationListQueries.markUnread(id, by: principal)
        )
        guard changed.affected > 0 else { throw ForumError.notFound }
        _ = try await database.query(NotificationLiveQueries.tell(principal))
    }

    /// Removes what is beyond `Limits.notificationsKept` of each person: of a part of the people at a
    /// time, all of them within a day.
    package func trimNotifications() async throws {
        let parts = 86_400 / Limits.upkeepSeconds
        let turn = Int(clock().secondsSince1970) / Limits.upkeepSeconds % parts
        _ = try await database.query(WithdrawalQueries.trim(turn, of: parts))
    }
}
