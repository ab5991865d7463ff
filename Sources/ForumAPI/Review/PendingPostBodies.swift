/// A post of one's own that waits for staff.
package struct PendingPostBody: Codable, Sendable, Equatable {
    package var id: Int
    package var avatarTemplate: String
    package var categoryID: Int?
    package var createdAt: String
    package var createdByID: Int
    package var name: String?
    package var raw: String
    /// The same again: lists of what waits call it so.
    package var rawText: String
    package var title: String?
    package var topicID: Int?
    @IfPresent package var topicURL: String?
    package var username: String

    package init(
        id: Int,
        username: String,
        name: String?,
        avatarTemplate: String,
        createdByID: Int,
        createdAt: String,
        rawText: String,
        title: String?,
        topicID: Int?,
        categoryID: Int?
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
        self.createdByID = createdByID
        self.createdAt = createdAt
        raw = rawText
        self.rawText = rawText
        self.title = title
        self.topicID = topicID
        self.categoryID = categoryID
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case avatarTemplate = "avatar_template"
        case categoryID = "category_id"
        case createdAt = "created_at"
        case createdByID = "created_by_id"
        case name
        case raw
        case rawText = "raw_text"
        case title
        case topicID = "topic_id"
        case topicURL = "topic_url"
        case username
    }
}

/// `GET /posts/{username}/pending`.
package struct PendingPostsReply: Codable, Sendable, Equatable {
    package var pendingPosts: [PendingPostBody]

    package init(pendingPosts: [PendingPostBody]) { self.pendingPosts = pendingPosts }

    private enum CodingKeys: String, CodingKey {
        case pendingPosts = "pending_posts"
    }
}

/// What `POST /posts` answers when the post waits for staff.
package struct EnqueuedPostReply: Codable, Sendable, Equatable {
    package var success: Bool = true
    /// `enqueued`.
    package var action: String = "enqueued"
    package var pendingPost: PendingPostBody
    package var pendingCount: Int

    package init(pendingPost: PendingPostBody, pendingCount: Int) {
        self.pendingPost = pendingPost
        self.pendingCount = pendingCount
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case action
        case pendingPost = "pending_post"
        case pendingCount = "pending_count"
    }
}
