/// The query of a topic list.
package struct TopicListQuery: Codable, Sendable, Equatable {
    /// From 0.
    package var page: Int?
    /// 1 to 100; 30 unless told.
    package var perPage: Int?
    /// `default`, `created`, `activity`, `views`, `posts`, `category`, `likes`, `op_likes`, `posters`.
    package var order: String?
    package var ascending: Bool?
    /// Of `top`: `all`, `yearly`, `quarterly`, `monthly`, `weekly`, `daily`.
    package var period: String?
    /// `open`, `closed`, `archived`, `listed`, `unlisted`, `deleted`.
    package var status: String?
    package var tags: [String]?
    /// Every tag must be there; otherwise one of them.
    package var matchAllTags: Bool?
    package var noTags: Bool?
    package var excludeTag: String?
    /// Numbers, as a list or by comma.
    package var topicIDs: [String]?
    /// Words in the topic.
    package var search: String?
    /// Number or slug.
    package var category: String?
    /// Numbers, as a list or by comma.
    package var excludeCategoryIDs: [String]?
    package var noSubcategories: Bool?
    package var minPosts: Int?
    package var maxPosts: Int?
    /// Days: topics older than so many. Also a date.
    package var before: String?
    /// The same, of the last activity.
    package var bumpedBefore: String?
    package var createdBefore: String?
    package var createdAfter: String?
    /// Of the last activity.
    package var updatedBefore: String?
    package var updatedAfter: String?
    /// `tracked`: only topics that the caller follows.
    package var filter: String?
    /// Of `new`: `topics` or `replies`.
    package var subset: String?
    /// Of `filter`: words such as `category:help status:open`.
    package var query: String?

    package init(
        page: Int? = nil,
        perPage: Int? = nil,
        order: String? = nil,
        ascending: Bool? = nil,
        period: String? = nil,
        tags: [String]? = nil
    ) {
        self.page = page
        self.perPage = perPage
        self.order = order
        self.ascending = ascending
        self.period = period
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case page
        case perPage = "per_page"
        case order
        case ascending
        case period
        case status
        case tags
        case matchAllTags = "match_all_tags"
        case noTags = "no_tags"
        case excludeTag = "exclude_tag"
        case topicIDs = "topic_ids"
        case search
        case category
        case excludeCategoryIDs = "exclude_category_ids"
        case noSubcategories = "no_subcategories"
        case minPosts = "min_posts"
        case maxPosts = "max_posts"
        case before
        case bumpedBefore = "bumped_before"
        case createdBefore = "created_before"
        case createdAfter = "created_after"
        case updatedBefore = "updated_before"
        case updatedAfter = "updated_after"
        case filter = "f"
        case subset
        case query = "q"
    }
}

/// The query of a topic.
package struct TopicQuery: Codable, Sendable, Equatable {
    /// Windows of posts, from 1.
    package var page: Int?
    /// The post around which the window lies.
    package var postNumber: Int?
    /// Up to 1,000 posts at once.
    package var print: Bool?
    package var includeRaw: Bool?
    package var filter: String?
    /// Only the posts of these people, by comma.
    package var usernameFilters: String?
    package var trackVisit: Bool?
    package var includeSuggested: Bool?
    /// Only the first post and those that answer no other than it.
    package var filterTopLevelReplies: Bool?
    /// Only the posts that answer this post number.
    package var repliesToPostNumber: Int?
    /// The chain of posts that this post answers, by its id.
    package var filterUpwardsPostID: Int?

    package init(
        page: Int? = nil,
        postNumber: Int? = nil,
        print: Bool? = nil,
        includeRaw: Bool? = nil,
        filter: String? = nil,
        usernameFilters: String? = nil,
        trackVisit: Bool? = nil,
        includeSuggested: Bool? = nil,
        filterTopLevelReplies: Bool? = nil,
        repliesToPostNumber: Int? = nil,
        filterUpwardsPostID: Int? = nil
    ) {
        self.page = page
        self.postNumber = postNumber
        self.print = print
        self.includeRaw = includeRaw
        self.filter = filter
        self.usernameFilters = usernameFilters
        self.trackVisit = trackVisit
        self.includeSuggested = includeSuggested
        self.filterTopLevelReplies = filterTopLevelReplies
        self.repliesToPostNumber = repliesToPostNumber
        self.filterUpwardsPostID = filterUpwardsPostID
    }

    private enum CodingKeys: String, CodingKey {
        case page
        case postNumber = "post_number"
        case print
        case includeRaw = "include_raw"
        case filter
        case usernameFilters = "username_filters"
        case trackVisit = "track_visit"
        case includeSuggested = "include_suggested"
        case filterTopLevelReplies = "filter_top_level_replies"
        case repliesToPostNumber = "replies_to_post_number"
        case filterUpwardsPostID = "filter_upwards_post_id"
    }
}

/// The query of `GET /t/{id}/posts`.
package struct TopicPostsQuery: Codable, Sendable, Equatable {
    package var postIDs: [Int]?
    package var postNumber: Int?
    package var asc: Bool?
    package var includeRaw: Bool?
    package var includeSuggested: Bool?

    package init(
        postIDs: [Int]? = nil,
        postNumber: Int? = nil,
        asc: Bool? = nil,
        includeRaw: Bool? = nil,
        includeSuggested: Bool? = nil
    ) {
        self.postIDs = postIDs
        self.postNumber = postNumber
        self.asc = asc
        self.includeRaw = includeRaw
        self.includeSuggested = includeSuggested
    }

    private enum CodingKeys: String, CodingKey {
        case postIDs = "post_ids"
        case postNumber = "post_number"
        case asc
        case includeRaw = "include_raw"
        case includeSuggested = "include_suggested"
    }
}

/// The query of `GET /raw/{id}`.
package struct RawTopicQuery: Codable, Sendable, Equatable {
    /// From 1; 100 posts each. Past the end the answer is empty.
    package var page: Int?

    package init(
        page: Int? = nil
    ) {
        self.page = page
    }

    private enum CodingKeys: String, CodingKey {
        case page
    }
}

/// `PUT /t/{slug}/{id}`. What is left out stays as it is.
package struct UpdateTopicRequest: Codable, Sendable, Equatable {
    package var title: String?
    package var categoryID: Int?
    package var tags: [String]?
    package var featuredLink: String?
    /// The same again one level down, as the published document of Discourse has it.
    package var topic: UpdateTopicFields?

    package init(
        title: String? = nil,
        categoryID: Int? = nil,
        tags: [String]? = nil,
        featuredLink: String? = nil,
        topic: UpdateTopicFields? = nil
    ) {
        self.title = title
        self.categoryID = categoryID
        self.tags = tags
        self.featuredLink = featuredLink
        self.topic = topic
    }

    private enum CodingKeys: String, CodingKey {
        case title
        case categoryID = "category_id"
        case tags
        case featuredLink = "featured_link"
        case topic
    }
}

package struct UpdateTopicFields: Codable, Sendable, Equatable {
    package var title: String?
    package var categoryID: Int?
    package var tags: [String]?

    package init(
        title: String? = nil,
        categoryID: Int? = nil,
        tags: [String]? = nil
    ) {
        self.title = title
        self.categoryID = categoryID
        self.tags = tags
    }

    private enum CodingKeys: String, CodingKey {
        case title
        case categoryID = "category_id"
        case tags
    }
}

/// `PUT /t/{id}/status`.
package struct UpdateTopicStatusRequest: Codable, Sendable, Equatable {
    /// `closed`, `pinned`, `pinned_globally`, `archived` or `visible`.
    package var status: String
    package var enabled: Bool
    /// When a pin ends.
    package var until: String?

    package init(
        status: String,
        enabled: Bool,
        until: String? = nil
    ) {
        self.status = status
        self.enabled = enabled
        self.until = until
    }

    private enum CodingKeys: String, CodingKey {
        case status
        case enabled
        case until
    }
}

/// `DELETE /t/{id}`.
package struct DeleteTopicRequest: Codable, Sendable, Equatable {
    package var forceDestroy: Bool?
    package var context: String?

    package init(
        forceDestroy: Bool? = nil,
        context: String? = nil
    ) {
        self.forceDestroy = forceDestroy
        self.context = context
    }

    private enum CodingKeys: String, CodingKey {
        case forceDestroy = "force_destroy"
        case context
    }
}

/// How the posts of a category or tag come to who follows it. Not Discourse's, where watching means a
/// mail for each post.
package enum DeliveryWord: String, Codable, Sendable, CaseIterable {
    /// A mail for each post, at once.
    case each
    /// One mail a day with what is new.
    case daily
    /// One mail a week with what is new.
    case weekly
    /// No mail.
    case web
}

/// The level for a topic, a category or a tag.
package struct NotificationLevelRequest: Codable, Sendable, Equatable {
    /// 0 muted, 1 regular, 2 tracking, 3 watching; categories and tags also 4, the first post.
    package var notificationLevel: Int
    /// Categories and tags only; what is left out stays as it is.
    package var delivery: DeliveryWord?

    package init(
        notificationLevel: Int,
        delivery: DeliveryWord? = nil
    ) {
        self.notificationLevel = notificationLevel
        self.delivery = delivery
    }

    private enum CodingKeys: String, CodingKey {
        case notificationLevel = "notification_level"
        case delivery
    }
}

/// `POST /topics/timings`: what was read, and for how long.
package struct TimingsRequest: Codable, Sendable, Equatable {
    package var topicID: Int
    /// Milliseconds in the topic.
    package var topicTime: Int
    /// Milliseconds for each post, by its number.
    package var timings: [String: Int]?

    package init(
        topicID: Int,
        topicTime: Int,
        timings: [String: Int]? = nil
    ) {
        self.topicID = topicID
        self.topicTime = topicTime
        self.timings = timings
    }

    private enum CodingKeys: String, CodingKey {
        case topicID = "topic_id"
        case topicTime = "topic_time"
        case timings
    }
}
