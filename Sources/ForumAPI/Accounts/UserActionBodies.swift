/// `GET /user_actions`.
package struct UserActionsRequest: Codable, Sendable, Equatable {
    package var username: String
    package var offset: Int?
    package var limit: Int?
    /// Numbers by commas: 1 likes, 2 liked, 4 topics, 5 replies, 6 responses, 7 mentions, 9 quotes, 11 edits, 12 and 13 messages.
    package var filter: String?

    package init(
        username: String,
        offset: Int? = nil,
        limit: Int? = nil,
        filter: String? = nil
    ) {
        self.username = username
        self.offset = offset
        self.limit = limit
        self.filter = filter
    }

    private enum CodingKeys: String, CodingKey {
        case username
        case offset
        case limit
        case filter
    }
}

/// `GET /user_actions`.
package struct UserActionsReply: Codable, Sendable, Equatable {
    package var userActions: [UserActionBody]

    package init(
        userActions: [UserActionBody]
    ) {
        self.userActions = userActions
    }

    private enum CodingKeys: String, CodingKey {
        case userActions = "user_actions"
    }
}

/// What somebody did or what was done to them. `username` wrote the post, `acting_username` did it, and it is
/// an action of `target_username`.
package struct UserActionBody: Codable, Sendable, Equatable {
    package var excerpt: String
    @IfPresent package var truncated: Bool?
    package var actionType: Int
    package var createdAt: String
    package var avatarTemplate: String
    package var actingAvatarTemplate: String
    package var slug: String
    package var topicID: Int
    package var targetUserID: Int
    package var targetName: String?
    package var targetUsername: String
    package var postNumber: Int
    package var postID: Int?
    package var username: String
    package var name: String?
    package var userID: Int
    package var actingUsername: String
    package var actingName: String?
    package var actingUserID: Int
    package var title: String
    package var deleted: Bool
    package var hidden: Bool?
    package var postType: Int?
    package var actionCode: String?
    package var categoryID: Int?
    package var closed: Bool
    package var archived: Bool

    package init(
        excerpt: String,
        truncated: Bool? = nil,
        actionType: Int,
        createdAt: String,
        avatarTemplate: String,
        actingAvatarTemplate: String,
        slug: String,
        topicID: Int,
        targetUserID: Int,
        targetName: String? = nil,
        targetUsername: String,
        postNumber: Int,
        postID: Int? = nil,
        username: String,
        name: String? = nil,
        userID: Int,
        actingUsername: String,
        actingName: String? = nil,
        actingUserID: Int,
        title: String,
        deleted: Bool = false,
        hidden: Bool? = nil,
        postType: Int? = nil,
        actionCode: String? = nil,
        categoryID: Int? = nil,
        closed: Bool = false,
        archived: Bool = false
    ) {
        self.excerpt = excerpt
        self.truncated = truncated
        self.actionType = actionType
        self.createdAt = createdAt
        self.avatarTemplate = avatarTemplate
        self.actingAvatarTemplate = actingAvatarTemplate
        self.slug = slug
        self.topicID = topicID
        self.targetUserID = targetUserID
        self.targetName = targetName
        self.targetUsername = targetUsername
        self.postNumber = postNumber
        self.postID = postID
        self.username = username
        self.name = name
        self.userID = userID
        self.actingUsername = actingUsername
        self.actingName = actingName
        self.actingUserID = actingUserID
        self.title = title
        self.deleted = deleted
        self.hidden = hidden
        self.postType = postType
        self.actionCode = actionCode
        self.categoryID = categoryID
        self.closed = closed
        self.archived = archived
    }

    private enum CodingKeys: String, CodingKey {
        case excerpt
        case truncated
        case actionType = "action_type"
        case createdAt = "created_at"
        case avatarTemplate = "avatar_template"
        case actingAvatarTemplate = "acting_avatar_template"
        case slug
        case topicID = "topic_id"
        case targetUserID = "target_user_id"
        case targetName = "target_name"
        case targetUsername = "target_username"
        case postNumber = "post_number"
        case postID = "post_id"
        case username
        case name
        case userID = "user_id"
        case actingUsername = "acting_username"
        case actingName = "acting_name"
        case actingUserID = "acting_user_id"
        case title
        case deleted
        case hidden
        case postType = "post_type"
        case actionCode = "action_code"
        case categoryID = "category_id"
        case closed
        case archived
    }
}
