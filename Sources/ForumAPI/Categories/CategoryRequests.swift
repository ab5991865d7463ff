/// `POST /categories`, `PUT /categories/{id}`. What a change leaves out stays as it is.
package struct CategoryRequest: Codable, Sendable, Equatable {
    /// Must be there when a category is created.
    package var name: String?
    package var color: String?
    package var textColor: String?
    package var slug: String?
    package var description: String?
    package var position: Int?
    package var parentCategoryID: Int?
    /// Group name to 1 (create), 2 (reply) or 3 (see).
    package var permissions: [String: Int]?
    package var allowBadges: Bool?
    package var topicTemplate: String?
    package var emailIn: String?
    package var emailInAllowStrangers: Bool?
    package var mailinglistMirror: Bool?
    package var defaultView: String?
    package var defaultTopPeriod: String?
    package var defaultListFilter: String?
    package var sortOrder: String?
    package var sortAscending: Bool?
    package var showSubcategoryList: Bool?
    package var numFeaturedTopics: Int?
    package var minimumRequiredTags: Int?
    package var autoCloseHours: Double?
    package var defaultSlowModeSeconds: Int?
    package var allTopicsWiki: Bool?
    package var allowGlobalTags: Bool?
    package var allowedTags: [String]?
    package var allowedTagGroups: [String]?
    package var requiredTagGroups: [RequiredTagGroupBody]?
    /// Null or an empty text takes a field away.
    package var customFields: [String: String?]?
    package var autoCloseBasedOnLastPost: Bool?
    package var allowUnlimitedOwnerEditsOnFirstPost: Bool?
    package var topicFeaturedLinkAllowed: Bool?
    package var categorySettingAttributes: CategorySettingRequest?
    package var styleType: String?
    package var emoji: String?
    package var icon: String?
    package var searchPriority: Int?
    package var readOnlyBanner: String?
    package var topicFeaturedLinksAllowed: Bool?
    package var navigateToFirstPostAfterRead: Bool?
    package var subcategoryListStyle: String?
    package var topicTitlePlaceholder: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name
        case color
        case textColor = "text_color"
        case slug
        case description
        case position
        case parentCategoryID = "parent_category_id"
        case permissions
        case allowBadges = "allow_badges"
        case topicTemplate = "topic_template"
        case emailIn = "email_in"
        case emailInAllowStrangers = "email_in_allow_strangers"
        case mailinglistMirror = "mailinglist_mirror"
        case defaultView = "default_view"
        case defaultTopPeriod = "default_top_period"
        case defaultListFilter = "default_list_filter"
        case sortOrder = "sort_order"
        case sortAscending = "sort_ascending"
        case showSubcategoryList = "show_subcategory_list"
        case numFeaturedTopics = "num_featured_topics"
        case minimumRequiredTags = "minimum_required_tags"
        case autoCloseHours = "auto_close_hours"
        case defaultSlowModeSeconds = "default_slow_mode_seconds"
        case allTopicsWiki = "all_topics_wiki"
        case allowGlobalTags = "allow_global_tags"
        case allowedTags = "allowed_tags"
        case allowedTagGroups = "allowed_tag_groups"
        case requiredTagGroups = "required_tag_groups"
        case autoCloseBasedOnLastPost = "auto_close_based_on_last_post"
        case allowUnlimitedOwnerEditsOnFirstPost = "allow_unlimited_owner_edits_on_first_post"
        case topicFeaturedLinkAllowed = "topic_featured_link_allowed"
        case categorySettingAttributes = "category_setting_attributes"
        case customFields = "custom_fields"
        case styleType = "style_type"
        case emoji
        case icon
        case searchPriority = "search_priority"
        case readOnlyBanner = "read_only_banner"
        case topicFeaturedLinksAllowed = "topic_featured_links_allowed"
        case navigateToFirstPostAfterRead = "navigate_to_first_post_after_read"
        case subcategoryListStyle = "subcategory_list_style"
        case topicTitlePlaceholder = "topic_title_placeholder"
    }
}

package struct CategorySettingRequest: Codable, Sendable, Equatable {
    package var autoBumpCooldownDays: Int?
    package var numAutoBumpDaily: Int?
    package var requireReplyApproval: Bool?
    package var requireTopicApproval: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case autoBumpCooldownDays = "auto_bump_cooldown_days"
        case numAutoBumpDaily = "num_auto_bump_daily"
        case requireReplyApproval = "require_reply_approval"
        case requireTopicApproval = "require_topic_approval"
    }
}

/// The query of `GET /categories`.
package struct CategoryListQuery: Codable, Sendable, Equatable {
    package var includeSubcategories: Bool?
    package var parentCategoryID: Int?
    /// From 1; all categories stand on the first page.
    package var page: Int?
    /// With the latest topics of each category.
    package var includeTopics: Bool?

    package init(
        includeSubcategories: Bool? = nil,
        parentCategoryID: Int? = nil,
        page: Int? = nil,
        includeTopics: Bool? = nil
    ) {
        self.includeSubcategories = includeSubcategories
        self.parentCategoryID = parentCategoryID
        self.page = page
        self.includeTopics = includeTopics
    }

    private enum CodingKeys: String, CodingKey {
        case includeSubcategories = "include_subcategories"
        case parentCategoryID = "parent_category_id"
        case page
        case includeTopics = "include_topics"
    }
}

/// The query of `GET /categories/find`.
package struct CategoryFindQuery: Codable, Sendable, Equatable {
    package var ids: [Int]?
    /// `slug/id`, `parent/slug/id` or `parent/slug`.
    package var slugPathWithID: String?
    package var slugPath: String?
    package var includePermissions: Bool?

    package init(
        ids: [Int]? = nil,
        slugPathWithID: String? = nil,
        slugPath: String? = nil,
        includePermissions: Bool? = nil
    ) {
        self.ids = ids
        self.slugPathWithID = slugPathWithID
        self.slugPath = slugPath
        self.includePermissions = includePermissions
    }

    private enum CodingKeys: String, CodingKey {
        case ids
        case slugPathWithID = "slug_path_with_id"
        case slugPath = "slug_path"
        case includePermissions = "include_permissions"
    }
}

/// `POST /categories/search`.
package struct CategorySearchQuery: Codable, Sendable, Equatable {
    package var term: String?
    package var parentCategoryID: Int?
    package var includeUncategorized: Bool?
    package var selectCategoryIDs: [Int]?
    package var rejectCategoryIDs: [Int]?
    package var includeSubcategories: Bool?
    package var includeAncestors: Bool?
    package var prioritizedCategoryID: Int?
    package var limit: Int?
    /// From 1.
    package var page: Int?

    package init(term: String? = nil) {
        self.term = term
    }

    private enum CodingKeys: String, CodingKey {
        case term
        case parentCategoryID = "parent_category_id"
        case includeUncategorized = "include_uncategorized"
        case selectCategoryIDs = "select_category_ids"
        case rejectCategoryIDs = "reject_category_ids"
        case includeSubcategories = "include_subcategories"
        case includeAncestors = "include_ancestors"
        case prioritizedCategoryID = "prioritized_category_id"
        case limit
        case page
    }
}

/// `POST /categories/reorder`: number of a category → its position, as an object or as its JSON.
package struct ReorderCategoriesRequest: Codable, Sendable, Equatable {
    package var mapping: WireValue

    package init(mapping: WireValue) {
        self.mapping = mapping
    }
}

/// `PUT /category/{id}/slug`.
package struct CategorySlugRequest: Codable, Sendable, Equatable {
    package var slug: String

    package init(slug: String) {
        self.slug = slug
    }
}
