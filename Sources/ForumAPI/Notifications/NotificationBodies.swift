/// The query of `GET /notifications`.
package struct NotificationListQuery: Codable, Sendable, Equatable {
    /// Unread and important ones first.
    package var recent: Bool?
    /// At most 60.
    package var limit: Int?
    package var offset: Int?
    /// Does not count as having seen them.
    package var silent: Bool?
    /// `read` or `unread`.
    package var filter: String?
    /// Names of types, by comma.
    package var filterByTypes: String?
    package var username: String?
    /// With `recent`: whether having asked counts as having seen them.
    package var bumpLastSeenReviewable: Bool?

    package init(
        recent: Bool? = nil,
        limit: Int? = nil,
        offset: Int? = nil,
        silent: Bool? = nil,
        filter: String? = nil,
        filterByTypes: String? = nil,
        username: String? = nil
    ) {
        self.recent = recent
        self.limit = limit
        self.offset = offset
        self.silent = silent
        self.filter = filter
        self.filterByTypes = filterByTypes
        self.username = username
    }

    private enum CodingKeys: String, CodingKey {
        case recent
        case limit
        case offset
        case silent
        case filter
        case filterByTypes = "filter_by_types"
        case username
        case bumpLastSeenReviewable = "bump_last_seen_reviewable"
    }
}

/// `GET /notifications`.
package struct NotificationListReply: Codable, Sendable, Equatable {
    package var notifications: [NotificationBody]
    @IfPresent package var totalRowsNotifications: Int?
    @IfPresent package var seenNotificationID: Int?
    @IfPresent package var loadMoreNotifications: String?

    package init(
        notifications: [NotificationBody],
        totalRowsNotifications: Int? = nil,
        seenNotificationID: Int? = nil,
        loadMoreNotifications: String? = nil
    ) {
        self.notifications = notifications
        self.totalRowsNotifications = totalRowsNotifications
        self.seenNotificationID = seenNotificationID
        self.loadMoreNotifications = loadMoreNotifications
    }

    private enum CodingKeys: String, CodingKey {
        case notifications
        case totalRowsNotifications = "total_rows_notifications"
        case seenNotificationID = "seen_notification_id"
        case loadMoreNotifications = "load_more_notifications"
    }
}

/// Something that a member should know.
package struct NotificationBody: Codable, Sendable, Equatable {
    package var id: Int
    package var userID: Int = 0
    @IfPresent package var externalID: String?
    /// A ``NotificationType``.
    package var notificationType: Int
    package var read: Bool = false
    package var highPriority: Bool = false
    package var createdAt: String = ""
    package var postNumber: Int?
    package var topicID: Int?
    @IfPresent package var fancyTitle: String?
    package var slug: String?
    @IfPresent package var actingUserAvatarTemplate: String?
    @IfPresent package var actingUserName: String?
    package var data: NotificationDataBody = NotificationDataBody()

    package init(
        id: Int,
        userID: Int = 0,
        externalID: String? = nil,
        notificationType: Int,
        read: Bool = false,
        highPriority: Bool = false,
        createdAt: String = "",
        postNumber: Int? = nil,
        topicID: Int? = nil,
        fancyTitle: String? = nil,
        slug: String? = nil,
        actingUserAvatarTemplate: String? = nil,
        actingUserName: String? = nil,
        data: NotificationDataBody = NotificationDataBody()
    ) {
        self.id = id
        self.userID = userID
        self.externalID = externalID
        self.notificationType = notificationType
        self.read = read
        self.highPriority = highPriority
        self.createdAt = createdAt
        self.postNumber = postNumber
        self.topicID = topicID
        self.fancyTitle = fancyTitle
        self.slug = slug
        self.actingUserAvatarTemplate = actingUserAvatarTemplate
        self.actingUserName = actingUserName
        self.data = data
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case userID = "user_id"
        case externalID = "external_id"
        case notificationType = "notification_type"
        case read
        case highPriority = "high_priority"
        case createdAt = "created_at"
        case postNumber = "post_number"
        case topicID = "topic_id"
        case fancyTitle = "fancy_title"
        case slug
        case actingUserAvatarTemplate = "acting_user_avatar_template"
        case actingUserName = "acting_user_name"
        case data
    }
}

package struct NotificationDataBody: Codable, Sendable, Equatable {
    @IfPresent package var topicTitle: String?
    @IfPresent package var originalPostID: Int?
    @IfPresent package var originalPostType: Int?
    @IfPresent package var originalUsername: String?
    @IfPresent package var originalName: String?
    @IfPresent package var revisionNumber: Int?
    @IfPresent package var displayUsername: String?
    @IfPresent package var displayName: String?
    @IfPresent package var username: String?
    @IfPresent package var username2: String?
    @IfPresent package var count: Int?
    @IfPresent package var groupID: Int?
    @IfPresent package var groupName: String?
    @IfPresent package var badgeID: Int?
    @IfPresent package var badgeName: String?
    @IfPresent package var badgeSlug: String?
    @IfPresent package var badgeTitle: Bool?
    @IfPresent package var message: String?
    @IfPresent package var excerpt: String?

    package init(
        topicTitle: String? = nil,
        originalPostID: Int? = nil,
        originalPostType: Int? = nil,
        originalUsername: String? = nil,
        originalName: String? = nil,
        revisionNumber: Int? = nil,
        displayUsername: String? = nil,
        displayName: String? = nil,
        username: String? = nil,
        username2: String? = nil,
        count: Int? = nil,
        groupID: Int? = nil,
        groupName: String? = nil,
        badgeID: Int? = nil,
        badgeName: String? = nil,
        badgeSlug: String? = nil,
        badgeTitle: Bool? = nil,
        message: String? = nil,
        excerpt: String? = nil
    ) {
        self.topicTitle = topicTitle
        self.originalPostID = originalPostID
        self.originalPostType = originalPostType
        self.originalUsername = originalUsername
        self.originalName = originalName
        self.revisionNumber = revisionNumber
        self.displayUsername = displayUsername
        self.displayName = displayName
        self.username = username
        self.username2 = username2
        self.count = count
        self.groupID = groupID
        self.groupName = groupName
        self.badgeID = badgeID
        self.badgeName = badgeName
        self.badgeSlug = badgeSlug
        self.badgeTitle = badgeTitle
        self.message = message
        self.excerpt = excerpt
    }

    private enum CodingKeys: String, CodingKey {
        case topicTitle = "topic_title"
        case originalPostID = "original_post_id"
        case originalPostType = "original_post_type"
        case originalUsername = "original_username"
        case originalName = "original_name"
        case revisionNumber = "revision_number"
        case displayUsername = "display_username"
        case displayName = "display_name"
        case username
        case username2
        case count
        case groupID = "group_id"
        case groupName = "group_name"
        case badgeID = "badge_id"
        case badgeName = "badge_name"
        case badgeSlug = "badge_slug"
        case badgeTitle = "badge_title"
        case message
        case excerpt
    }
}

/// `PUT /notifications/mark-read`; without anything, all are read.
package struct MarkNotificationsReadRequest: Codable, Sendable, Equatable {
    package var id: Int?
    /// Names of types, by comma.
    package var dismissTypes: String?

    package init(
        id: Int? = nil,
        dismissTypes: String? = nil
    ) {
        self.id = id
        self.dismissTypes = dismissTypes
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case dismissTypes = "dismiss_types"
    }
}

/// `GET /notifications/totals`.
package struct NotificationTotalsReply: Codable, Sendable, Equatable {
    package var unreadNotifications: Int = 0
    package var unreadPersonalMessages: Int = 0
    package var unseenReviewables: Int = 0
    package var topicTracking: TopicTrackingTotalsBody = TopicTrackingTotalsBody()
    package var groupInboxes: [GroupInboxBody] = []
    package var username: String = ""

    package init(
        unreadNotifications: Int = 0,
        unreadPersonalMessages: Int = 0,
        unseenReviewables: Int = 0,
        topicTracking: TopicTrackingTotalsBody = TopicTrackingTotalsBody(),
        groupInboxes: [GroupInboxBody] = [],
        username: String = ""
    ) {
        self.unreadNotifications = unreadNotifications
        self.unreadPersonalMessages = unreadPersonalMessages
        self.unseenReviewables = unseenReviewables
        self.topicTracking = topicTracking
        self.groupInboxes = groupInboxes
        self.username = username
    }

    private enum CodingKeys: String, CodingKey {
        case unreadNotifications = "unread_notifications"
        case unreadPersonalMessages = "unread_personal_messages"
        case unseenReviewables = "unseen_reviewables"
        case topicTracking = "topic_tracking"
        case groupInboxes = "group_inboxes"
        case username
    }
}

package struct TopicTrackingTotalsBody: Codable, Sendable, Equatable {
    package var new: Int = 0
    package var unread: Int = 0

    package init(
        new: Int = 0,
        unread: Int = 0
    ) {
        self.new = new
        self.unread = unread
    }

    private enum CodingKeys: String, CodingKey {
        case new
        case unread
    }
}

/// Messages to a group that the caller has not read.
package struct GroupInboxBody: Codable, Sendable, Equatable {
    package var groupID: Int
    package var groupName: String
    package var count: Int

    package init(groupID: Int, groupName: String, count: Int) {
        self.groupID = groupID
        self.groupName = groupName
        self.count = count
    }

    private enum CodingKeys: String, CodingKey {
        case groupID = "group_id"
        case groupName = "group_name"
        case count
    }
}
