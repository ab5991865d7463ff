/// `GET /categories`.
package struct CategoryListReply: Codable, Sendable, Equatable {
    package var categoryList: CategoryListBody

    package init(
        categoryList: CategoryListBody
    ) {
        self.categoryList = categoryList
    }

    private enum CodingKeys: String, CodingKey {
        case categoryList = "category_list"
    }
}

package struct CategoryListBody: Codable, Sendable, Equatable {
    package var canCreateCategory: Bool = false
    package var canCreateTopic: Bool = false
    package var categories: [CategoryBody]

    package init(
        canCreateCategory: Bool = false,
        canCreateTopic: Bool = false,
        categories: [CategoryBody]
    ) {
        self.canCreateCategory = canCreateCategory
        self.canCreateTopic = canCreateTopic
        self.categories = categories
    }

    private enum CodingKeys: String, CodingKey {
        case canCreateCategory = "can_create_category"
        case canCreateTopic = "can_create_topic"
        case categories
    }
}

/// A category, as lists and the site show it.
package struct CategoryBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var name: String = ""
    /// Six hexadecimal digits.
    package var color: String = "0088CC"
    package var textColor: String = "FFFFFF"
    package var styleType: String = "square"
    package var emoji: String?
    package var icon: String?
    package var slug: String = ""
    package var topicCount: Int = 0
    package var postCount: Int = 0
    package var position: Int = 0
    package var description: String?
    package var descriptionText: String?
    package var descriptionExcerpt: String?
    /// Of the topic that describes the category.
    package var topicURL: String?
    package var readRestricted: Bool = false
    /// 1 create, reply and see, 2 reply and see, 3 see.
    package var permission: Int?
    package var notificationLevel: Int = 1
    /// How its posts come to the viewer, when that is not `each`.
    @IfPresent package var delivery: DeliveryWord?
    package var canEdit: Bool = false
    package var topicTemplate: String?
    package var topicTitlePlaceholder: String?
    @IfPresent package var parentCategoryID: Int?
    package var hasChildren: Bool = false
    package var subcategoryCount: Int?
    package var sortOrder: String?
    package var sortAscending: Bool?
    package var showSubcategoryList: Bool = false
    package var numFeaturedTopics: Int = 3
    package var defaultView: String?
    package var subcategoryListStyle: String = "rows_with_featured_topics"
    package var defaultTopPeriod: String = "all"
    package var defaultListFilter: String = "all"
    package var minimumRequiredTags: Int = 0
    package var navigateToFirstPostAfterRead: Bool = false
    package var topicsDay: Int = 0
    package var topicsWeek: Int = 0
    package var topicsMonth: Int = 0
    package var topicsYear: Int = 0
    package var topicsAllTime: Int = 0
    @IfPresent package var isUncategorized: Bool?
    package var subcategoryIDs: [Int] = []
    @IfPresent package var subcategoryList: [CategoryBody]?
    @IfPresent package var topics: [ListedTopicBody]?
    package var allowGlobalTags: Bool = true
    package var requiredTagGroups: [RequiredTagGroupBody] = []
    package var allowedTags: [String] = []
    package var allowedTagGroups: [String] = []
    package var formTemplateIDs: [Int] = []
    package var readOnlyBanner: String?
    package var customFields: [String: String?] = [:]
    package var uploadedLogo: UploadReferenceBody?
    package var uploadedLogoDark: UploadReferenceBody?
    package var uploadedBackground: UploadReferenceBody?
    package var uploadedBackgroundDark: UploadReferenceBody?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case color
        case textColor = "text_color"
        case styleType = "style_type"
        case emoji
        case icon
        case slug
        case topicCount = "topic_count"
        case postCount = "post_count"
        case position
        case description
        case descriptionText = "description_text"
        case descriptionExcerpt = "description_excerpt"
        case topicURL = "topic_url"
        case readRestricted = "read_restricted"
        case permission
        case notificationLevel = "notification_level"
        case delivery
        case canEdit = "can_edit"
        case topicTemplate = "topic_template"
        case topicTitlePlaceholder = "topic_title_placeholder"
        case parentCategoryID = "parent_category_id"
        case hasChildren = "has_children"
        case subcategoryCount = "subcategory_count"
        case sortOrder = "sort_order"
        case sortAscending = "sort_ascending"
        case showSubcategoryList = "show_subcategory_list"
        case numFeaturedTopics = "num_featured_topics"
        case defaultView = "default_view"
        case subcategoryListStyle = "subcategory_list_style"
        case defaultTopPeriod = "default_top_period"
        case defaultListFilter = "default_list_filter"
        case minimumRequiredTags = "minimum_required_tags"
        case navigateToFirstPostAfterRead = "navigate_to_first_post_after_read"
        case topicsDay = "topics_day"
        case topicsWeek = "topics_week"
        case topicsMonth = "topics_month"
        case topicsYear = "topics_year"
        case topicsAllTime = "topics_all_time"
        case isUncategorized = "is_uncategorized"
        case subcategoryIDs = "subcategory_ids"
        case subcategoryList = "subcategory_list"
        case topics
        case allowGlobalTags = "allow_global_tags"
        case requiredTagGroups = "required_tag_groups"
        case allowedTags = "allowed_tags"
        case allowedTagGroups = "allowed_tag_groups"
        case formTemplateIDs = "form_template_ids"
        case readOnlyBanner = "read_only_banner"
        case customFields = "custom_fields"
        case uploadedLogo = "uploaded_logo"
        case uploadedLogoDark = "uploaded_logo_dark"
        case uploadedBackground = "uploaded_background"
        case uploadedBackgroundDark = "uploaded_background_dark"
    }
}

package struct RequiredTagGroupBody: Codable, Sendable, Equatable {
    package var name: String
    package var minCount: Int

    package init(
        name: String,
        minCount: Int
    ) {
        self.name = name
        self.minCount = minCount
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case minCount = "min_count"
    }
}

/// A picture that was uploaded.
package struct UploadReferenceBody: Codable, Sendable, Equatable {
    package var id: Int
    package var url: String
    package var width: Int?
    package var height: Int?

    package init(
        id: Int,
        url: String,
        width: Int? = nil,
        height: Int? = nil
    ) {
        self.id = id
        self.url = url
        self.width = width
        self.height = height
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case url
        case width
        case height
    }
}

/// What `GET /c/{id}/show` adds for those who may change the category.
package struct CategorySettingsBody: Codable, Sendable, Equatable {
    package var availableGroups: [String] = []
    package var autoCloseHours: Double?
    package var autoCloseBasedOnLastPost: Bool = false
    package var allowUnlimitedOwnerEditsOnFirstPost: Bool = false
    package var defaultSlowModeSeconds: Int?
    package var groupPermissions: [GroupPermissionBody] = []
    /// The address at which mail opens topics here.
    package var emailIn: String?
    package var emailInAllowStrangers: Bool = false
    package var mailinglistMirror: Bool = false
    package var allTopicsWiki: Bool = false
    package var canDelete: Bool = false
    @IfPresent package var cannotDeleteReason: String?
    package var allowBadges: Bool = true
    package var topicFeaturedLinkAllowed: Bool = true
    package var searchPriority: Int = 0
    package var topicPostingReviewGroupIDs: [Int] = []
    package var replyPostingReviewGroupIDs: [Int] = []
    package var categorySetting: CategorySettingBody = CategorySettingBody()

    package init(
        availableGroups: [String] = [],
        autoCloseHours: Double? = nil,
        autoCloseBasedOnLastPost: Bool = false,
        allowUnlimitedOwnerEditsOnFirstPost: Bool = false,
        defaultSlowModeSeconds: Int? = nil,
        groupPermissions: [GroupPermissionBody] = [],
        emailIn: String? = nil,
        emailInAllowStrangers: Bool = false,
        mailinglistMirror: Bool = false,
        allTopicsWiki: Bool = false,
        canDelete: Bool = false,
        cannotDeleteReason: String? = nil,
        allowBadges: Bool = true,
        topicFeaturedLinkAllowed: Bool = true,
        searchPriority: Int = 0,
        topicPostingReviewGroupIDs: [Int] = [],
        replyPostingReviewGroupIDs: [Int] = [],
        categorySetting: CategorySettingBody = CategorySettingBody()
    ) {
        self.availableGroups = availableGroups
        self.autoCloseHours = autoCloseHours
        self.autoCloseBasedOnLastPost = autoCloseBasedOnLastPost
        self.allowUnlimitedOwnerEditsOnFirstPost = allowUnlimitedOwnerEditsOnFirstPost
        self.defaultSlowModeSeconds = defaultSlowModeSeconds
        self.groupPermissions = groupPermissions
        self.emailIn = emailIn
        self.emailInAllowStrangers = emailInAllowStrangers
        self.mailinglistMirror = mailinglistMirror
        self.allTopicsWiki = allTopicsWiki
        self.canDelete = canDelete
        self.cannotDeleteReason = cannotDeleteReason
        self.allowBadges = allowBadges
        self.topicFeaturedLinkAllowed = topicFeaturedLinkAllowed
        self.searchPriority = searchPriority
        self.topicPostingReviewGroupIDs = topicPostingReviewGroupIDs
        self.replyPostingReviewGroupIDs = replyPostingReviewGroupIDs
        self.categorySetting = categorySetting
    }

    private enum CodingKeys: String, CodingKey {
        case availableGroups = "available_groups"
        case autoCloseHours = "auto_close_hours"
        case autoCloseBasedOnLastPost = "auto_close_based_on_last_post"
        case allowUnlimitedOwnerEditsOnFirstPost = "allow_unlimited_owner_edits_on_first_post"
        case defaultSlowModeSeconds = "default_slow_mode_seconds"
        case groupPermissions = "group_permissions"
        case emailIn = "email_in"
        case emailInAllowStrangers = "email_in_allow_strangers"
        case mailinglistMirror = "mailinglist_mirror"
        case allTopicsWiki = "all_topics_wiki"
        case canDelete = "can_delete"
        case cannotDeleteReason = "cannot_delete_reason"
        case allowBadges = "allow_badges"
        case topicFeaturedLinkAllowed = "topic_featured_link_allowed"
        case searchPriority = "search_priority"
        case topicPostingReviewGroupIDs = "topic_posting_review_group_ids"
        case replyPostingReviewGroupIDs = "reply_posting_review_group_ids"
        case categorySetting = "category_setting"
    }
}

package struct CategorySettingBody: Codable, Sendable, Equatable {
    package var autoBumpCooldownDays: Int = 1
    package var numAutoBumpDaily: Int?
    package var requireReplyApproval: Bool?
    package var requireTopicApproval: Bool?

    package init(
        autoBumpCooldownDays: Int = 1,
        numAutoBumpDaily: Int? = nil,
        requireReplyApproval: Bool? = nil,
        requireTopicApproval: Bool? = nil
    ) {
        self.autoBumpCooldownDays = autoBumpCooldownDays
        self.numAutoBumpDaily = numAutoBumpDaily
        self.requireReplyApproval = requireReplyApproval
        self.requireTopicApproval = requireTopicApproval
    }

    private enum CodingKeys: String, CodingKey {
        case autoBumpCooldownDays = "auto_bump_cooldown_days"
        case numAutoBumpDaily = "num_auto_bump_daily"
        case requireReplyApproval = "require_reply_approval"
        case requireTopicApproval = "require_topic_approval"
    }
}

package struct GroupPermissionBody: Codable, Sendable, Equatable {
    /// 1 create, reply and see, 2 reply and see, 3 see.
    package var permissionType: Int
    package var groupName: String
    package var groupID: Int = 0

    package init(
        permissionType: Int,
        groupName: String,
        groupID: Int = 0
    ) {
        self.permissionType = permissionType
        self.groupName = groupName
        self.groupID = groupID
    }

    private enum CodingKeys: String, CodingKey {
        case permissionType = "permission_type"
        case groupName = "group_name"
        case groupID = "group_id"
    }
}

/// `GET /c/{id}/show`, `POST /categories`; with `success` also `PUT /categories/{id}`.
package struct CategoryReply: Codable, Sendable, Equatable {
    @IfPresent package var success: String?
    package var category: CategoryDetailBody

    package init(
        success: String? = nil,
        category: CategoryDetailBody
    ) {
        self.success = success
        self.category = category
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case category
    }
}
