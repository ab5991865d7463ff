import Forum
import ForumAPI

struct NotificationRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Notifications.list, .member) { call in
            let query = call.body
            let unreadOnly: Bool? =
                switch query.filter {
                case "unread": true
                case "read": false
                default: nil
                }
            let offset = max(query.offset ?? 0, 0)
            let limit = min(max(query.limit ?? Forum.Limits.notificationsPerPage, 1), 60)
            let page = try await community.notifications(
                of: call.principal,
                unreadOnly: unreadOnly,
                offset: offset,
                limit: limit
            )
            return try NotificationPresenter.list(page, query, offset: offset, limit: limit)
        }
        routes.serve(API.Notifications.totals, .member) { call in
            let principal = try call.principal
            let page = try await community.notifications(of: principal, limit: 1)
            return NotificationTotalsReply(
                unreadNotifications: page.unreadCount,
                unreadPersonalMessages: page.unreadHighPriorityCount,
                username: principal.username
            )
        }
        routes.serve(API.Notifications.markRead, .member) { call in
            try await community.markNotificationsRead(
                call.body.id.map { NotificationID(Int64($0)) },
                by: call.principal
            )
            return SuccessReply()
        }
    }
}
