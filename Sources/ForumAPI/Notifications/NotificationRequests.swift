/// `POST /notifications`, for the programs of administrators.
package struct CreateNotificationRequest: Codable, Sendable, Equatable {
    /// A ``NotificationType``.
    package var notificationType: Int
    package var userID: Int
    /// A JSON object as text.
    package var data: String?
    package var topicID: Int?
    package var postNumber: Int?

    package init(notificationType: Int, userID: Int, data: String? = nil) {
        self.notificationType = notificationType
        self.userID = userID
        self.data = data
    }

    private enum CodingKeys: String, CodingKey {
        case notificationType = "notification_type"
        case userID = "user_id"
        case data
        case topicID = "topic_id"
        case postNumber = "post_number"
    }
}

/// `PUT /notifications/{id}`.
package struct UpdateNotificationRequest: Codable, Sendable, Equatable {
    package var read: Bool

    package init(read: Bool) {
        self.read = read
    }
}
