import Forum
import ForumAPI
import Postgres

enum NotificationPresenter {
    static func list(
        _ page: NotificationPage,
        _ query: NotificationListQuery,
        _ filter: NotificationFilter
    ) throws -> NotificationListReply {
        let notifications = try page.notifications.map { try body($0) }
        let seen = Int(page.seenID.value)
        guard query.recent != true else {
            return NotificationListReply(
                notifications: notifications,
                seenNotificationID: seen
            )
        }
        var parameters = [
            ("offset", String(filter.offset + filter.limit)), ("limit", String(filter.limit)),
        ]
        for (name, value) in [
            ("filter", query.filter), ("filter_by_types", query.filterByTypes),
            ("username", query.username),
        ] {
            if let value { parameters.append((name, value)) }
        }
        let next = parameters.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
        return NotificationListReply(
            notifications: notifications,
            totalRowsNotifications: page.totalCount,
            seenNotificationID: seen,
            loadMoreNotifications: "/notifications?\(next)"
        )
    }

    static func totals(
        _ totals: NotificationTotals,
        _ principal: Principal
    ) -> NotificationTotalsReply {
        NotificationTotalsReply(
            unreadNotifications: totals.unread,
            unreadPersonalMessages: totals.unreadMessages,
            unseenReviewables: totals.unseenReviewables,
            topicTracking: TopicTrackingTotalsBody(
                new: totals.newTopics,
                unread: totals.unreadTopics
            ),
            groupInboxes: totals.groupInboxes.map {
                GroupInboxBody(
                    groupID: Int($0.groupID.value),
                    groupName: $0.name,
                    count: $0.count
                )
            },
            username: principal.username
        )
    }

    static func tracking(_ tracking: TopicTracking) -> TopicTrackingReply {
        TopicTrackingReply(
            data: tracking.topics.map { topic in
                TrackedTopicBody(
                    topicID: Int(topic.topicID.value),
                    highestPostNumber: topic.highestPostNumber,
                    lastReadPostNumber: topic.isNew ? nil : topic.lastReadPostNumber,
                    createdAt: topic.createdAt.iso8601,
                    categoryID: topic.categoryID.map { Int($0.value) },
                    notificationLevel: topic.notificationLevel,
                    createdInNewPeriod: topic.createdAt > tracking.newSince,
                    treatAsNewTopicStartDate: tracking.newSince.iso8601,
                    tags: topic.tags.map { TagPresenter.reference($0) }
                )
            },
            meta: tracking.positions.mapValues { Int($0) },
            counts: counts(tracking.counts)
        )
    }

    private static func counts(_ counts: TrackingCounts) -> TrackingCountsBody {
        TrackingCountsBody(
            new: counts.all.new,
            unread: counts.all.unread,
            categories: counts.byCategory.sorted { $0.key < $1.key }.map {
                .init(id: Int($0.key.value), new: $0.value.new, unread: $0.value.unread)
            },
            tags: counts.byTag.sorted { $0.key < $1.key }.map {
                .init(id: Int($0.key.value), new: $0.value.new, unread: $0.value.unread)
            }
        )
    }

    static func body(_ notification: Forum.Notification) throws -> NotificationBody {
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
