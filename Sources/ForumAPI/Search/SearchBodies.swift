/// The query of `GET /search`.
package struct SearchQuery: Codable, Sendable, Equatable {
    package var query: String?
    /// From 1, 50 posts each.
    package var page: Int?
    /// Where to search: `user`, `category`, `tag`, `topic` or `private_messages`.
    package var context: String?
    /// Of which one.
    package var contextID: String?
    package var skipContext: Bool?

    package init(
        query: String? = nil,
        page: Int? = nil
    ) {
        self.query = query
        self.page = page
    }

    private enum CodingKeys: String, CodingKey {
        case query = "q"
        case page
        case context
        case contextID = "context_id"
        case skipContext = "skip_context"
    }
}

/// The query of `GET /search/query`.
package struct TypedSearchQuery: Codable, Sendable, Equatable {
    package var term: String
    /// `topic`, `category`, `user`, `tag`, `group`, `private_messages` or `exclude_topics`.
    package var typeFilter: String?
    package var includeBlurbs: Bool?
    /// A term of digits is the number of a topic.
    package var searchForID: Bool?
    package var searchContext: SearchContextRequest?
    package var restrictToArchetype: String?

    package init(term: String) {
        self.term = term
    }

    private enum CodingKeys: String, CodingKey {
        case term
        case typeFilter = "type_filter"
        case includeBlurbs = "include_blurbs"
        case searchForID = "search_for_id"
        case searchContext = "search_context"
        case restrictToArchetype = "restrict_to_archetype"
    }
}

/// Where to search.
package struct SearchContextRequest: Codable, Sendable, Equatable {
    /// `user`, `category`, `tag`, `topic` or `private_messages`.
    package var type: String
    /// The number or name of it.
    package var id: String?

    package init(type: String, id: String? = nil) {
        self.type = type
        self.id = id
    }
}

/// `GET /search`.
package struct SearchReply: Codable, Sendable, Equatable {
    package var posts: [SearchPostBody] = []
    package var topics: [ListedTopicBody] = []
    package var users: [BasicUserBody] = []
    package var categories: [CategoryBody] = []
    package var tags: [TagReferenceBody] = []
    package var groups: [GroupReferenceBody] = []
    package var groupedSearchResult: GroupedSearchResultBody

    package init(
        posts: [SearchPostBody] = [],
        topics: [ListedTopicBody] = [],
        users: [BasicUserBody] = [],
        categories: [CategoryBody] = [],
        tags: [TagReferenceBody] = [],
        groups: [GroupReferenceBody] = [],
        groupedSearchResult: GroupedSearchResultBody
    ) {
        self.posts = posts
        self.topics = topics
        self.users = users
        self.categories = categories
        self.tags = tags
        self.groups = groups
        self.groupedSearchResult = groupedSearchResult
    }

    private enum CodingKeys: String, CodingKey {
        case posts
        case topics
        case users
        case categories
        case tags
        case groups
        case groupedSearchResult = "grouped_search_result"
    }
}

/// A post that was found.
package struct SearchPostBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String?
    package var username: String
    package var avatarTemplate: String = ""
    package var createdAt: String = ""
    package var likeCount: Int = 0
    /// About 200 characters around the words.
    package var blurb: String
    package var postNumber: Int
    /// The title with the words marked.
    @IfPresent package var topicTitleHeadline: String?
    package var topicID: Int

    package init(
        id: Int,
        name: String? = nil,
        username: String,
        avatarTemplate: String = "",
        createdAt: String = "",
        likeCount: Int = 0,
        blurb: String,
        postNumber: Int,
        topicTitleHeadline: String? = nil,
        topicID: Int
    ) {
        self.id = id
        self.name = name
        self.username = username
        self.avatarTemplate = avatarTemplate
        self.createdAt = createdAt
        self.likeCount = likeCount
        self.blurb = blurb
        self.postNumber = postNumber
        self.topicTitleHeadline = topicTitleHeadline
        self.topicID = topicID
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case username
        case avatarTemplate = "avatar_template"
        case createdAt = "created_at"
        case likeCount = "like_count"
        case blurb
        case postNumber = "post_number"
        case topicTitleHeadline = "topic_title_headline"
        case topicID = "topic_id"
    }
}

package struct GroupedSearchResultBody: Codable, Sendable, Equatable {
    package var morePosts: Bool?
    package var moreUsers: Bool?
    package var moreCategories: Bool?
    package var term: String
    package var searchLogID: Int = 0
    package var moreFullPageResults: Bool?
    package var canCreateTopic: Bool = false
    package var error: String?
    package var postIDs: [Int] = []
    package var userIDs: [Int] = []
    package var categoryIDs: [Int] = []
    package var tagIDs: [Int] = []
    package var groupIDs: [Int] = []

    package init(
        morePosts: Bool? = nil,
        moreUsers: Bool? = nil,
        moreCategories: Bool? = nil,
        term: String,
        searchLogID: Int = 0,
        moreFullPageResults: Bool? = nil,
        canCreateTopic: Bool = false,
        error: String? = nil,
        postIDs: [Int] = [],
        userIDs: [Int] = [],
        categoryIDs: [Int] = [],
        tagIDs: [Int] = [],
        groupIDs: [Int] = []
    ) {
        self.morePosts = morePosts
        self.moreUsers = moreUsers
        self.moreCategories = moreCategories
        self.term = term
        self.searchLogID = searchLogID
        self.moreFullPageResults = moreFullPageResults
        self.canCreateTopic = canCreateTopic
        self.error = error
        self.postIDs = postIDs
        self.userIDs = userIDs
        self.categoryIDs = categoryIDs
        self.tagIDs = tagIDs
        self.groupIDs = groupIDs
    }

    private enum CodingKeys: String, CodingKey {
        case morePosts = "more_posts"
        case moreUsers = "more_users"
        case moreCategories = "more_categories"
        case term
        case searchLogID = "search_log_id"
        case moreFullPageResults = "more_full_page_results"
        case canCreateTopic = "can_create_topic"
        case error
        case postIDs = "post_ids"
        case userIDs = "user_ids"
        case categoryIDs = "category_ids"
        case tagIDs = "tag_ids"
        case groupIDs = "group_ids"
    }
}
