import Forum
import ForumAPI
import Postgres

enum NotificationPresenter {
    static func list(
        _ page: NotificationPage,
        _ query: NotificationListQuery,
        offset: Int,
        limit: Int
    ) throws -> NotificationListReply {
        let notifications = try page.notifications.map { try body($0) }
        guard query.recent != true else {
            return NotificationListReply(
                notifications: notifications,
                seenNotificationID: page.notifications.first.map { Int($0.id.value) } ?? 0
            )
        }
        let filter = query.filter.map { "&filter=\(percentEncoded($0))" } ?? ""
        let next = "/notifications?offset=\(offset + limit)&limit=\(limit)\(filter)"
        return NotificationListReply(
            notifications: notifications,
            totalRowsNotifications: page.totalCount,
            seenNotificationID: page.notifications.first.map { Int($0.id.value) } ?? 0,
            loadMoreNotifications: next
        )
    }

    private static func body(_ notification: Forum.Notification) throws -> NotificationBody {
        NotificationBody(
            id: Int(notification.id.value),
            userID: Int(notification.userID.value),
            notificationType: notification.kind,
            read: notification.isRead,
            highPriority: notification.isHighPriority,
            createdAt: notification.createdAt.iso8601,
            postNumber: notification.postNumber,
            topicID: notification.topicID.map { Int($0.value) },
            fancyTitle: notification.fancyTitle,
            slug: notification.slug,
            data: try decodeReply(NotificationDataBody.self, from: Array(notification.data.utf8))
        )
    }
}
