/// `PUT /posts/{id}/locked`.
package struct LockPostRequest: Codable, Sendable, Equatable {
    package var locked: Bool

    package init(
        locked: Bool
    ) {
        self.locked = locked
    }

    private enum CodingKeys: String, CodingKey {
        case locked
    }
}

/// `PUT /posts/{id}/locked`.
package struct LockPostReply: Codable, Sendable, Equatable {
    package var locked: Bool

    package init(
        locked: Bool
    ) {
        self.locked = locked
    }

    private enum CodingKeys: String, CodingKey {
        case locked
    }
}

/// `PUT /posts/{id}/wiki`.
package struct WikiRequest: Codable, Sendable, Equatable {
    package var wiki: Bool

    package init(
        wiki: Bool
    ) {
        self.wiki = wiki
    }

    private enum CodingKeys: String, CodingKey {
        case wiki
    }
}

/// `PUT /posts/{id}/post_type`.
package struct PostTypeRequest: Codable, Sendable, Equatable {
    /// 1 regular, 2 moderator action.
    package var postType: Int

    package init(
        postType: Int
    ) {
        self.postType = postType
    }

    private enum CodingKeys: String, CodingKey {
        case postType = "post_type"
    }
}

/// `DELETE /posts/destroy_many`.
package struct DestroyPostsRequest: Codable, Sendable, Equatable {
    package var postIDs: [Int]

    package init(
        postIDs: [Int]
    ) {
        self.postIDs = postIDs
    }

    private enum CodingKeys: String, CodingKey {
        case postIDs = "post_ids"
    }
}

/// `GET /posts/{id}/reply-ids`.
package struct ReplyIDBody: Codable, Sendable, Equatable {
    package var id: Int
    /// 1 for a direct answer.
    package var level: Int

    package init(
        id: Int,
        level: Int
    ) {
        self.id = id
        self.level = level
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case level
    }
}

/// `GET /posts/{id}/cooked`.
package struct CookedReply: Codable, Sendable, Equatable {
    package var cooked: String

    package init(
        cooked: String
    ) {
        self.cooked = cooked
    }

    private enum CodingKeys: String, CodingKey {
        case cooked
    }
}

/// The query of `GET /post_action_users`.
package struct PostActionUsersQuery: Codable, Sendable, Equatable {
    /// Of the post.
    package var id: Int
    package var postActionTypeID: Int
    /// From 0.
    package var page: Int?
    package var limit: Int?

    package init(
        id: Int,
        postActionTypeID: Int,
        page: Int? = nil,
        limit: Int? = nil
    ) {
        self.id = id
        self.postActionTypeID = postActionTypeID
        self.page = page
        self.limit = limit
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case postActionTypeID = "post_action_type_id"
        case page
        case limit
    }
}

/// `GET /post_action_users`.
package struct PostActionUsersReply: Codable, Sendable, Equatable {
    package var postActionUsers: [BasicUserBody]
    @IfPresent package var totalRowsPostActionUsers: Int?

    package init(
        postActionUsers: [BasicUserBody],
        totalRowsPostActionUsers: Int? = nil
    ) {
        self.postActionUsers = postActionUsers
        self.totalRowsPostActionUsers = totalRowsPostActionUsers
    }

    private enum CodingKeys: String, CodingKey {
        case postActionUsers = "post_action_users"
        case totalRowsPostActionUsers = "total_rows_post_action_users"
    }
}

/// `POST /solution/accept` and `/unaccept`.
package struct SolutionRequest: Codable, Sendable, Equatable {
    /// Of the post.
    package var id: Int

    package init(
        id: Int
    ) {
        self.id = id
    }

    private enum CodingKeys: String, CodingKey {
        case id
    }
}

/// `POST /solution/accept`.
package struct SolutionReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    @IfPresent package var acceptedAnswer: AcceptedAnswerBody?

    package init(
        success: String = "OK",
        acceptedAnswer: AcceptedAnswerBody? = nil
    ) {
        self.success = success
        self.acceptedAnswer = acceptedAnswer
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case acceptedAnswer = "accepted_answer"
    }
}

/// `GET /posts/{id}/revisions/{number}`.
package struct RevisionBody: Codable, Sendable, Equatable {
    package var createdAt: String
    package var postID: Int
    package var previousHidden: Bool
    package var currentHidden: Bool
    package var firstRevision: Int
    package var previousRevision: Int?
    package var currentRevision: Int
    package var nextRevision: Int?
    package var lastRevision: Int
    package var currentVersion: Int
    package var versionCount: Int
    package var username: String
    package var displayUsername: String
    package var actingUserName: String?
    package var avatarTemplate: String
    package var editReason: String?
    @IfPresent package var bodyChanges: BodyChangesBody?
    @IfPresent package var titleChanges: TitleChangesBody?
    @IfPresent package var tagsChanges: TagsChangesBody?
    @IfPresent package var categoryIDChanges: IDChangesBody?
    package var wiki: Bool
    package var canEdit: Bool

    package init(
        createdAt: String,
        postID: Int,
        previousHidden: Bool,
        currentHidden: Bool,
        firstRevision: Int,
        previousRevision: Int? = nil,
        currentRevision: Int,
        nextRevision: Int? = nil,
        lastRevision: Int,
        currentVersion: Int,
        versionCount: Int,
        username: String,
        displayUsername: String,
        actingUserName: String? = nil,
        avatarTemplate: String,
        editReason: String? = nil,
        bodyChanges: BodyChangesBody? = nil,
        titleChanges: TitleChangesBody? = nil,
        tagsChanges: TagsChangesBody? = nil,
        categoryIDChanges: IDChangesBody? = nil,
        wiki: Bool,
        canEdit: Bool
    ) {
        self.createdAt = createdAt
        self.postID = postID
        self.previousHidden = previousHidden
        self.currentHidden = currentHidden
        self.firstRevision = firstRevision
        self.previousRevision = previousRevision
        self.currentRevision = currentRevision
        self.nextRevision = nextRevision
        self.lastRevision = lastRevision
        self.currentVersion = currentVersion
        self.versionCount = versionCount
        self.username = username
        self.displayUsername = displayUsername
        self.actingUserName = actingUserName
        self.avatarTemplate = avatarTemplate
        self.editReason = editReason
        self.bodyChanges = bodyChanges
        self.titleChanges = titleChanges
        self.tagsChanges = tagsChanges
        self.categoryIDChanges = categoryIDChanges
        self.wiki = wiki
        self.canEdit = canEdit
    }

    private enum CodingKeys: String, CodingKey {
        case createdAt = "created_at"
        case postID = "post_id"
        case previousHidden = "previous_hidden"
        case currentHidden = "current_hidden"
        case firstRevision = "first_revision"
        case previousRevision = "previous_revision"
        case currentRevision = "current_revision"
        case nextRevision = "next_revision"
        case lastRevision = "last_revision"
        case currentVersion = "current_version"
        case versionCount = "version_count"
        case username
        case displayUsername = "display_username"
        case actingUserName = "acting_user_name"
        case avatarTemplate = "avatar_template"
        case editReason = "edit_reason"
        case bodyChanges = "body_changes"
        case titleChanges = "title_changes"
        case tagsChanges = "tags_changes"
        case categoryIDChanges = "category_id_changes"
        case wiki
        case canEdit = "can_edit"
    }
}

/// HTML that shows what an edit changed.
package struct BodyChangesBody: Codable, Sendable, Equatable {
    package var inline: String
    package var sideBySide: String
    package var sideBySideMarkdown: String

    package init(
        inline: String,
        sideBySide: String,
        sideBySideMarkdown: String
    ) {
        self.inline = inline
        self.sideBySide = sideBySide
        self.sideBySideMarkdown = sideBySideMarkdown
    }

    private enum CodingKeys: String, CodingKey {
        case inline
        case sideBySide = "side_by_side"
        case sideBySideMarkdown = "side_by_side_markdown"
    }
}

package struct TitleChangesBody: Codable, Sendable, Equatable {
    package var inline: String
    package var sideBySide: String

    package init(
        inline: String,
        sideBySide: String
    ) {
        self.inline = inline
        self.sideBySide = sideBySide
    }

    private enum CodingKeys: String, CodingKey {
        case inline
        case sideBySide = "side_by_side"
    }
}

package struct TagsChangesBody: Codable, Sendable, Equatable {
    package var previous: [String]
    package var current: [String]

    package init(
        previous: [String],
        current: [String]
    ) {
        self.previous = previous
        self.current = current
    }

    private enum CodingKeys: String, CodingKey {
        case previous
        case current
    }
}

package struct IDChangesBody: Codable, Sendable, Equatable {
    package var previous: Int?
    package var current: Int?

    package init(
        previous: Int? = nil,
        current: Int? = nil
    ) {
        self.previous = previous
        self.current = current
    }

    private enum CodingKeys: String, CodingKey {
        case previous
        case current
    }
}
