/// `POST /post_actions`: a like or a flag.
package struct CreatePostActionRequest: Codable, Sendable, Equatable {
    /// Of the post.
    package var id: Int
    /// A ``PostActionType``.
    package var postActionTypeID: Int
    package var message: String?
    package var flagTopic: Bool?
    /// Staff: the post is hidden at once.
    package var takeAction: Bool?

    package init(
        id: Int,
        postActionTypeID: Int,
        message: String? = nil,
        flagTopic: Bool? = nil
    ) {
        self.id = id
        self.postActionTypeID = postActionTypeID
        self.message = message
        self.flagTopic = flagTopic
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case postActionTypeID = "post_action_type_id"
        case message
        case flagTopic = "flag_topic"
        case takeAction = "take_action"
    }
}

/// `DELETE /post_actions/{id}`.
package struct DeletePostActionRequest: Codable, Sendable, Equatable {
    /// A ``PostActionType``.
    package var postActionTypeID: Int

    package init(
        postActionTypeID: Int
    ) {
        self.postActionTypeID = postActionTypeID
    }

    private enum CodingKeys: String, CodingKey {
        case postActionTypeID = "post_action_type_id"
    }
}
