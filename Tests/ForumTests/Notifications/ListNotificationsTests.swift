import Forum
import Postgres
import TestSupport
import Testing

struct ListNotificationsTests {
    @Test func `kinds, importance, pages and the seen mark`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let bert = try await site.member("bert")
            for (kind, isImportant, isRead) in [
                (1, false, true), (6, true, false), (5, false, false), (6, true, true),
            ] {
                try await site.database.pool.execute(
                    """
                    INSERT INTO notifications (user_id, notification_type, high_priority, read)
                    VALUES (\(anna.id), \(kind), \(isImportant), \(isRead))
                    """
                )
            }
            func kinds(_ change: (inout NotificationFilter) -> Void) async throws -> [Int] {
                var filter = NotificationFilter()
                change(&filter)
                return try await site.community.notifications(of: anna, filter)
                    .notifications.map(\.kind)
            }
            #expect(try await kinds { _ in } == [6, 5, 6, 1])
            #expect(try await kinds { $0.isByImportance = true } == [6, 5, 6, 1])
            #expect(try await kinds { $0.unreadOnly = true } == [5, 6])
            #expect(try await kinds { $0.unreadOnly = false } == [6, 1])
            #expect(try await kinds { $0.kinds = [1, 5] } == [5, 1])
            #expect(
                try await kinds {
                    $0.offset = 1
                    $0.limit = 1
                } == [5]
            )
            let page = try await site.community.notifications(of: anna, NotificationFilter())
            #expect(page.totalCount == 4 && page.unreadCount == 2)
            #expect(page.unreadHighPriorityCount == 1 && page.seenID == NotificationID(0))
            _ = try await site.community.notifications(
                of: anna,
                NotificationFilter(),
                marksSeen: true
            )
            let seen = try await site.community.notifications(of: anna, NotificationFilter())
            #expect(seen.seenID == seen.notifications[0].id && seen.unreadCount == 2)
            try await site.community.markNotificationsRead(kinds: [5], by: anna)
            #expect(try await kinds { $0.unreadOnly = true } == [6])
            try await site.community.markNotificationsRead(by: bert)
            #expect(try await kinds { $0.unreadOnly = true } == [6])
            await #expect(throws: ForumError.notFound) {
                try await site.community.markNotificationUnread(
                    seen.notifications[0].id,
                    by: bert
                )
            }
        }
    }
}
