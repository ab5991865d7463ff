/// What a member should know.
extension API {
    package enum Notifications {
        package static let list = Endpoint<NotificationListQuery, NotificationListReply>(
            .get,
            "/notifications"
        )
        package static let totals = Endpoint<NoBody, NotificationTotalsReply>(
            .get,
            "/notifications/totals"
        )
        package static let markRead = Endpoint<MarkNotificationsReadRequest, SuccessReply>(
            .put,
            "/notifications/mark-read"
        )

        static let signatures = [list.signature, totals.signature, markRead.signature]
    }
}
