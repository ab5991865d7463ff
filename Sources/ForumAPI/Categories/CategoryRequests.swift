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
    package var customFields: [String: String]?
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

/// The query of `GET /categories`.
package struct CategoryListQuery: Codable, Sendable, Equatable {
    package var includeSubcategories: Bool?
    package var parentCategoryID: Int?
    package var page: Int?

    package init(
        includeSubcategories: Bool? = nil,
        parentCategoryID: Int? = nil,
        page: Int? = nil
    ) {
        self.includeSubcategories = includeSubcategories
        self.parentCategoryID = parentCategoryID
        self.page = page
    }

    private enum CodingKeys: String, CodingKey {
        case includeSubcategories = "include_subcategories"
        case parentCategoryID = "parent_category_id"
        case page
    }
}
