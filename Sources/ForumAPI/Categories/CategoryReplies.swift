/// `GET /categories/find`.
package struct CategoriesReply: Codable, Sendable, Equatable {
    package var categories: [CategoryBody]

    package init(categories: [CategoryBody]) {
        self.categories = categories
    }
}

/// `POST /categories/search`.
package struct CategorySearchReply: Codable, Sendable, Equatable {
    package var categoriesCount: Int
    package var categories: [CategoryBody]
    @IfPresent package var ancestors: [CategoryBody]?

    package init(
        categoriesCount: Int,
        categories: [CategoryBody],
        ancestors: [CategoryBody]? = nil
    ) {
        self.categoriesCount = categoriesCount
        self.categories = categories
        self.ancestors = ancestors
    }

    private enum CodingKeys: String, CodingKey {
        case categoriesCount = "categories_count"
        case categories
        case ancestors
    }
}

/// `GET /c/{id}/visible_groups`: names of groups that can read the category.
package struct VisibleGroupsReply: Codable, Sendable, Equatable {
    package var groups: [String]

    package init(groups: [String]) {
        self.groups = groups
    }
}

/// `GET /categories_and_latest` and the like.
package struct CategoriesAndTopicsReply: Codable, Sendable, Equatable {
    package var users: [BasicUserBody]
    package var primaryGroups: [WireValue] = []
    package var categoryList: CategoryListBody
    package var topicList: TopicListBody

    package init(
        users: [BasicUserBody],
        categoryList: CategoryListBody,
        topicList: TopicListBody
    ) {
        self.users = users
        self.categoryList = categoryList
        self.topicList = topicList
    }

    private enum CodingKeys: String, CodingKey {
        case users
        case primaryGroups = "primary_groups"
        case categoryList = "category_list"
        case topicList = "topic_list"
    }
}
