/// `GET /t/{id}`: a topic with a window of its posts.
package struct TopicBody: Codable, Sendable, Equatable {
    package var postStream: PostStreamBody = PostStreamBody(posts: [])
    /// Pairs of a place in the stream and days ago.
    package var timelineLookup: [[Int]] = []
    @IfPresent package var suggestedTopics: [ListedTopicBody]?
    package var tags: [TagReferenceBody] = []
    package var tagsDescriptions: [String: String] = [:]
    package var id: Int = 0
    package var title: String = ""
    package var fancyTitle: String = ""
    package var postsCount: Int = 0
    package var createdAt: String = ""
    package var views: Int = 0
    package var replyCount: Int = 0
    package var likeCount: Int = 0
    package var lastPostedAt: String?
    package var visible: Bool = true
    package var closed: Bool = false
    package var archived: Bool = false
    package var hasSummary: Bool = false
    package var archetype: String = "regular"
    package var slug: String = ""
    package var categoryID: Int?
    package var wordCount: Int?
    package var deletedAt: String?
    package var userID: Int = 0
    package var featuredLink: String?
    package var pinnedGlobally: Bool = false
    package var pinnedAt: String?
    package var pinnedUntil: String?
    package var imageURL: String?
    package var slowModeSeconds: Int = 0
    package var draft: String?
    package var draftKey: String = ""
    package var draftSequence: Int?
    package var unpinned: Bool?
    package var pinned: Bool = false
    /// The post at which the window begins.
    package var currentPostNumber: Int = 1
    package var highestPostNumber: Int?
    @IfPresent package var lastReadPostNumber: Int?
    @IfPresent package var lastReadPostID: Int?
    package var deletedBy: BasicUserBody?
    @IfPresent package var hasDeleted: Bool?
    package var actionsSummary: [ActionSummaryBody] = []
    /// How many posts a window has.
    package var chunkSize: Int = 20
    package var bookmarked: Bool = false
    package var bookmarks: [TopicBookmarkBody] = []
    @IfPresent package var acceptedAnswer: AcceptedAnswerBody?
    package var topicTimer: TopicTimerBody?
    /// Where to begin on the channel `/topic/{id}`.
    package var messageBusLastID: Int = 0
    package var participantCount: Int = 0
    package var showReadIndicator: Bool = false
    package var thumbnails: [WireValue]?
    package var slowModeEnabledUntil: String?
    @IfPresent package var externalID: String?
    @IfPresent package var subtype: String?
    package var details: TopicDetailsBody = TopicDetailsBody()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case postStream = "post_stream"
        case timelineLookup = "timeline_lookup"
        case suggestedTopics = "suggested_topics"
        case tags
        case tagsDescriptions = "tags_descriptions"
        case id
        case title
        case fancyTitle = "fancy_title"
        case postsCount = "posts_count"
        case createdAt = "created_at"
        case views
        case replyCount = "reply_count"
        case likeCount = "like_count"
        case lastPostedAt = "last_posted_at"
        case visible
        case closed
        case archived
        case hasSummary = "has_summary"
        case archetype
        case slug
        case categoryID = "category_id"
        case wordCount = "word_count"
        case deletedAt = "deleted_at"
        case userID = "user_id"
        case featuredLink = "featured_link"
        case pinnedGlobally = "pinned_globally"
        case pinnedAt = "pinned_at"
        case pinnedUntil = "pinned_until"
        case imageURL = "image_url"
        case slowModeSeconds = "slow_mode_seconds"
        case draft
        case draftKey = "draft_key"
        case draftSequence = "draft_sequence"
        case unpinned
        case pinned
        case currentPostNumber = "current_post_number"
        case highestPostNumber = "highest_post_number"
        case lastReadPostNumber = "last_read_post_number"
        case lastReadPostID = "last_read_post_id"
        case deletedBy = "deleted_by"
        case hasDeleted = "has_deleted"
        case actionsSummary = "actions_summary"
        case chunkSize = "chunk_size"
        case bookmarked
        case bookmarks
        case acceptedAnswer = "accepted_answer"
        case topicTimer = "topic_timer"
        case messageBusLastID = "message_bus_last_id"
        case participantCount = "participant_count"
        case showReadIndicator = "show_read_indicator"
        case thumbnails
        case slowModeEnabledUntil = "slow_mode_enabled_until"
        case externalID = "external_id"
        case subtype
        case details
    }
}

package struct PostStreamBody: Codable, Sendable, Equatable {
    package var posts: [PostBody]
    /// The ids of all posts that the caller may see, in order; only with the topic itself.
    @IfPresent package var stream: [Int]?

    package init(
        posts: [PostBody],
        stream: [Int]? = nil
    ) {
        self.posts = posts
        self.stream = stream
    }

    private enum CodingKeys: String, CodingKey {
        case posts
        case stream
    }
}

/// `GET /t/{id}/posts`.
package struct TopicPostsReply: Codable, Sendable, Equatable {
    package var postStream: PostStreamBody
    package var id: Int

    package init(
        postStream: PostStreamBody,
        id: Int
    ) {
        self.postStream = postStream
        self.id = id
    }

    private enum CodingKeys: String, CodingKey {
        case postStream = "post_stream"
        case id
    }
}

package struct TopicTimerBody: Codable, Sendable, Equatable {
    package var id: Int
    package var executeAt: String?
    package var durationMinutes: Int?
    package var basedOnLastPost: Bool?
    package var statusType: String = ""
    package var categoryID: Int?

    package init(
        id: Int,
        executeAt: String? = nil,
        durationMinutes: Int? = nil,
        basedOnLastPost: Bool? = nil,
        statusType: String = "",
        categoryID: Int? = nil
    ) {
        self.id = id
        self.executeAt = executeAt
        self.durationMinutes = durationMinutes
        self.basedOnLastPost = basedOnLastPost
        self.statusType = statusType
        self.categoryID = categoryID
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case executeAt = "execute_at"
        case durationMinutes = "duration_minutes"
        case basedOnLastPost = "based_on_last_post"
        case statusType = "status_type"
        case categoryID = "category_id"
    }
}

/// What the caller may do with a topic, and who takes part in it.
package struct TopicDetailsBody: Codable, Sendable, Equatable {
    package var canEdit: Bool = false
    /// 0 muted, 1 regular, 2 tracking, 3 watching.
    package var notificationLevel: Int = 1
    @IfPresent package var notificationsReasonID: Int?
    package var canMovePosts: Bool = false
    package var canDelete: Bool = false
    @IfPresent package var canRecover: Bool?
    package var canRemoveAllowedUsers: Bool = false
    package var canCreatePost: Bool = false
    package var canReplyAsNewTopic: Bool = false
    package var canInviteTo: Bool = false
    package var canInviteViaEmail: Bool = false
    package var canFlagTopic: Bool = false
    package var canConvertTopic: Bool = false
    package var canReviewTopic: Bool = false
    package var canCloseTopic: Bool = false
    package var canArchiveTopic: Bool = false
    package var canSplitMergeTopic: Bool = false
    package var canEditStaffNotes: Bool = false
    package var canToggleTopicVisibility: Bool = false
    package var canPinUnpinTopic: Bool = false
    package var canBannerTopic: Bool = false
    package var canModerateCategory: Bool = false
    /// The caller's own id where they may leave the message.
    @IfPresent package var canRemoveSelfID: Int?
    package var participants: [ParticipantBody] = []
    @IfPresent package var allowedUsers: [BasicUserBody]?
    @IfPresent package var allowedGroups: [GroupReferenceBody]?
    package var createdBy: BasicUserBody?
    package var lastPoster: BasicUserBody?

    package init(
        canEdit: Bool = false,
        notificationLevel: Int = 1,
        notificationsReasonID: Int? = nil,
        canMovePosts: Bool = false,
        canDelete: Bool = false,
        canRecover: Bool? = nil,
        canRemoveAllowedUsers: Bool = false,
        canCreatePost: Bool = false,
        canReplyAsNewTopic: Bool = false,
        canInviteTo: Bool = false,
        canInviteViaEmail: Bool = false,
        canFlagTopic: Bool = false,
        canConvertTopic: Bool = false,
        canReviewTopic: Bool = false,
        canCloseTopic: Bool = false,
        canArchiveTopic: Bool = false,
        canSplitMergeTopic: Bool = false,
        canEditStaffNotes: Bool = false,
        canToggleTopicVisibility: Bool = false,
        canPinUnpinTopic: Bool = false,
        canBannerTopic: Bool = false,
        canModerateCategory: Bool = false,
        canRemoveSelfID: Int? = nil,
        participants: [ParticipantBody] = [],
        allowedUsers: [BasicUserBody]? = nil,
        allowedGroups: [GroupReferenceBody]? = nil,
        createdBy: BasicUserBody? = nil,
        lastPoster: BasicUserBody? = nil
    ) {
        self.canEdit = canEdit
        self.notificationLevel = notificationLevel
        self.notificationsReasonID = notificationsReasonID
        self.canMovePosts = canMovePosts
        self.canDelete = canDelete
        self.canRecover = canRecover
        self.canRemoveAllowedUsers = canRemoveAllowedUsers
        self.canCreatePost = canCreatePost
        self.canReplyAsNewTopic = canReplyAsNewTopic
        self.canInviteTo = canInviteTo
        self.canInviteViaEmail = canInviteViaEmail
        self.canFlagTopic = canFlagTopic
        self.canConvertTopic = canConvertTopic
        self.canReviewTopic = canReviewTopic
        self.canCloseTopic = canCloseTopic
        self.canArchiveTopic = canArchiveTopic
        self.canSplitMergeTopic = canSplitMergeTopic
        self.canEditStaffNotes = canEditStaffNotes
        self.canToggleTopicVisibility = canToggleTopicVisibility
        self.canPinUnpinTopic = canPinUnpinTopic
        self.canBannerTopic = canBannerTopic
        self.canModerateCategory = canModerateCategory
        self.canRemoveSelfID = canRemoveSelfID
        self.participants = participants
        self.allowedUsers = allowedUsers
        self.allowedGroups = allowedGroups
        self.createdBy = createdBy
        self.lastPoster = lastPoster
    }

    private enum CodingKeys: String, CodingKey {
        case canEdit = "can_edit"
        case notificationLevel = "notification_level"
        case notificationsReasonID = "notifications_reason_id"
        case canMovePosts = "can_move_posts"
        case canDelete = "can_delete"
        case canRecover = "can_recover"
        case canRemoveAllowedUsers = "can_remove_allowed_users"
        case canCreatePost = "can_create_post"
        case canReplyAsNewTopic = "can_reply_as_new_topic"
        case canInviteTo = "can_invite_to"
        case canInviteViaEmail = "can_invite_via_email"
        case canFlagTopic = "can_flag_topic"
        case canConvertTopic = "can_convert_topic"
        case canReviewTopic = "can_review_topic"
        case canCloseTopic = "can_close_topic"
        case canArchiveTopic = "can_archive_topic"
        case canSplitMergeTopic = "can_split_merge_topic"
        case canEditStaffNotes = "can_edit_staff_notes"
        case canToggleTopicVisibility = "can_toggle_topic_visibility"
        case canPinUnpinTopic = "can_pin_unpin_topic"
        case canBannerTopic = "can_banner_topic"
        case canModerateCategory = "can_moderate_category"
        case canRemoveSelfID = "can_remove_self_id"
        case participants
        case allowedUsers = "allowed_users"
        case allowedGroups = "allowed_groups"
        case createdBy = "created_by"
        case lastPoster = "last_poster"
    }
}

package struct ParticipantBody: Codable, Sendable, Equatable {
    package var id: Int
    package var username: String
    package var name: String?
    package var avatarTemplate: String
    package var postCount: Int = 0
    package var primaryGroupName: String?
    package var flairName: String?
    package var flairURL: String?
    package var flairColor: String?
    package var flairBgColor: String?
    package var flairGroupID: Int?
    package var admin: Bool = false
    package var moderator: Bool = false
    package var trustLevel: Int = 0

    package init(
        id: Int,
        username: String,
        name: String? = nil,
        avatarTemplate: String,
        postCount: Int = 0,
        primaryGroupName: String? = nil,
        flairName: String? = nil,
        flairURL: String? = nil,
        flairColor: String? = nil,
        flairBgColor: String? = nil,
        flairGroupID: Int? = nil,
        admin: Bool = false,
        moderator: Bool = false,
        trustLevel: Int = 0
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.avatarTemplate = avatarTemplate
        self.postCount = postCount
        self.primaryGroupName = primaryGroupName
        self.flairName = flairName
        self.flairURL = flairURL
        self.flairColor = flairColor
        self.flairBgColor = flairBgColor
        self.flairGroupID = flairGroupID
        self.admin = admin
        self.moderator = moderator
        self.trustLevel = trustLevel
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case username
        case name
        case avatarTemplate = "avatar_template"
        case postCount = "post_count"
        case primaryGroupName = "primary_group_name"
        case flairName = "flair_name"
        case flairURL = "flair_url"
        case flairColor = "flair_color"
        case flairBgColor = "flair_bg_color"
        case flairGroupID = "flair_group_id"
        case admin
        case moderator
        case trustLevel = "trust_level"
    }
}

/// What changing a topic answers.
package struct UpdateTopicReply: Codable, Sendable, Equatable {
    package var basicTopic: BasicTopicBody

    package init(
        basicTopic: BasicTopicBody
    ) {
        self.basicTopic = basicTopic
    }

    private enum CodingKeys: String, CodingKey {
        case basicTopic = "basic_topic"
    }
}

package struct BasicTopicBody: Codable, Sendable, Equatable {
    package var id: Int
    package var title: String
    package var fancyTitle: String = ""
    package var slug: String = ""
    package var postsCount: Int = 0
    @IfPresent package var categoryID: Int?
    @IfPresent package var tags: [TagReferenceBody]?

    package init(
        id: Int,
        title: String,
        fancyTitle: String = "",
        slug: String = "",
        postsCount: Int = 0,
        categoryID: Int? = nil,
        tags: [TagReferenceBody]? = nil
    ) {
        self.id = id
        self.title = title
        self.fancyTitle = fancyTitle
        self.slug = slug
        self.postsCount = postsCount
        self.categoryID = categoryID
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case title
        case fancyTitle = "fancy_title"
        case slug
        case postsCount = "posts_count"
        case categoryID = "category_id"
        case tags
    }
}

package struct UpdateTopicStatusReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var topicStatusUpdate: TopicTimerBody?

    package init(
        success: String = "OK",
        topicStatusUpdate: TopicTimerBody? = nil
    ) {
        self.success = success
        self.topicStatusUpdate = topicStatusUpdate
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case topicStatusUpdate = "topic_status_update"
    }
}
