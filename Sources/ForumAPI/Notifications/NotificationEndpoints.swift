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

        /// The same, as the phone program of Discourse calls it.
        package static let read = Endpoint<MarkNotificationsReadRequest, SuccessReply>(
            .put,
            "/notifications/read"
        )
        package static let unread = Endpoint<MarkNotificationsReadRequest, SuccessReply>(
            .put,
            "/notifications/mark-unread"
        )
        package static let create = Endpoint<CreateNotificationRequest, NotificationBody>(
            .post,
            "/notifications"
        )
        package static let update = Endpoint<UpdateNotificationRequest, NotificationBody>(
            .put,
            "/notifications/{notification_id}"
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(
            .delete,
            "/notifications/{notification_id}"
        )
        package static let tracking = Endpoint<NoBody, TopicTrackingReply>(
            .get,
            "/u/{username}/topic-tracking-state"
        )

        static let signatures = [
            create.signature, update.signature, delete.signature, read.signature, unread.signature,
            tracking.signature, list.signature, totals.signature,
            markRead.signature,
        ]
    }
}
