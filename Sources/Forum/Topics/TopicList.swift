package import Postgres

/// Which topics, in which order, which page.
package struct TopicListQuery: Sendable, Equatable {
    package enum Filter: Sendable, Equatable {
        case latest
        /// By likes, posts and views, among those active in the period.
        case top(TopPeriod)
        /// What much goes on in now: by likes and writers of the last days, the newer the better.
        case hot
        /// Every listed topic, muted ones too; what a filter starts from.
        case all
        /// Never read by the viewer, and not old.
        case new
        /// Followed by the viewer, with posts they have not read.
        case unread
        /// New to the viewer, or with posts they have not read though they were there.
        case unseen
        /// In which the viewer wrote.
        case posted
        /// That the viewer keeps a bookmark in.
        case bookmarked
        case createdBy(UserID)
        case messages(MessageBox, of: UserID)
        /// Opened by members of a group.
        case byGroup(GroupID)
        /// Exactly these, as far as they can be seen.
        case ids([TopicID])
    }

    package enum TopPeriod: String, Sendable, CaseIterable {
        case all
        case yearly
        case quarterly
        case monthly
        case weekly
        case daily
    }

    package enum MessageBox: Sendable, Equatable {
        case inbox
        case sent
        case unread
        case new
        case archive
        /// What one of their groups was sent.
        case group(GroupID)
        case groupUnread(GroupID)
        case groupNew(GroupID)
        case groupArchive(GroupID)

        var groupID: GroupID? {
            switch self {
            case .inbox, .sent, .unread, .new, .archive: nil
            case .group(let id), .groupUnread(let id), .groupNew(let id), .groupArchive(let id): id
            }
        }
    }

    /// Discourse's words for `order`.
    package enum Order: String, Sendable, CaseIterable {
        case activity
        case `default`
        case created
        case views
        case posts
        case likes
        case title
        case category
        /// By likes of the first post.
        case firstPostLikes = "op_likes"
        case posters
        case latestPost = "latest-post"
        case hot
        /// By when the viewer was there last.
        case read
    }

    package struct Sorting: Sendable, Equatable {
        package var order: Order
        package var isAscending: Bool

        package init(_ order: Order, isAscending: Bool = false) {
            self.order = order
            self.isAscending = isAscending
        }
    }

    /// A row of the page before: the page goes on after it.
    package struct Cursor: Sendable, Equatable {
        package let bumpedAt: Timestamp
        package let id: TopicID

        package init(bumpedAt: Timestamp, id: TopicID) {
            self.bumpedAt = bumpedAt
            self.id = id
        }
    }

    package var filter: Filter
    package var categoryID: CategoryID?
    package var includesSubcategories: Bool
    /// Every one of them must be on the topic; with `matchesAnyTag`, one of them.
    package var tags: [String]
    package var matchesAnyTag = false
    package var conditions: [TopicCondition] = []
    /// Orders before `order`; the first one counts most.
    package var orders: [Sorting] = []
    /// From 0.
    package var page: Int
    package var perPage: Int
    package var order: Order
    package var isAscending: Bool
    /// Only with the order by activity; `page` does not count then.
    package var before: Cursor?

    package init(
        _ filter: Filter = .latest,
        categoryID: CategoryID? = nil,
        includesSubcategories: Bool = true,
        tags: [String] = [],
        page: Int = 0,
        perPage: Int = Limits.topicsPerPage,
        order: Order = .default,
        isAscending: Bool = false,
        before: Cursor? = nil
    ) {
        self.filter = filter
        self.categoryID = categoryID
        self.includesSubcategories = includesSubcategories
        self.tags = tags
        self.page = page
        self.perPage = perPage
        self.order = order
        self.isAscending = isAscending
        self.before = before
    }
}

/// One row of a list.
package struct TopicSummary: Sendable, Equatable {
    package let topic: Topic
    package let lastPosterUsername: String
    /// `nil` for strangers, and for members who never were in the topic.
    package let viewerState: TopicViewerState?
    /// Whether the viewer has an account.
    let hasViewer: Bool
    let newSince: Timestamp
    package var tags: [TagCard] = []
    /// The likes of the first post.
    package var firstPostLikes = 0
    /// The viewer likes a post of it.
    package var isLiked = false
    /// The viewer keeps a bookmark in it.
    package var isBookmarked = false

    package var lastReadPostNumber: Int? {
        viewerState.flatMap { $0.lastReadPostNumber > 0 ? $0.lastReadPostNumber : nil }
    }

    /// Posts after the last that was read, when the viewer follows the topic.
    package var unreadPosts: Int {
        guard let viewerState, viewerState.notificationLevel >= 2,
            viewerState.lastReadPostNumber > 0
        else { return 0 }
        return max(0, topic.highestPostNumber - viewerState.lastReadPostNumber)
    }

    package var newPosts: Int { 0 }

    /// Whether it is new to the viewer.
    package var isUnseen: Bool {
        hasViewer && lastReadPostNumber == nil && viewerState?.notificationLevel != 0
            && topic.createdAt > newSince
    }

    /// Whether the viewer has read what is pinned.
    package var isUnpinned: Bool {
        guard let pinnedAt = topic.pinnedAt, let viewerState else { return false }
        return viewerState.lastReadPostNumber > 0
            && (viewerState.lastVisitedAt.map { $0 > pinnedAt } ?? false)
    }

    package var notificationLevel: Int? { viewerState?.notificationLevel }

    /// The original poster, those who wrote lately, the most recent one last; five at most.
    package var posters: [TopicPoster] {
        var others = topic.featuredUserIDs.prefix(4).filter { id in
            id != topic.authorID && id != topic.lastPosterID
        }
        if others.count > 3 { others.removeLast(others.count - 3) }
        let isSingle = topic.authorID == topic.lastPosterID
        var result = [
            TopicPoster(
                userID: topic.authorID,
                description: isSingle
                    ? "Original Poster, Most Recent Poster" : "Original Poster",
                isLatest: isSingle
            )
        ]
        result += others.map { id in
            TopicPoster(userID: id, description: "Frequent Poster", isLatest: false)
        }
        if !isSingle {
            result.append(
                TopicPoster(
                    userID: topic.lastPosterID,
                    description: "Most Recent Poster",
                    isLatest: true
                )
            )
        }
        return result
    }
}

/// Discourse's `posters` of a list row.
package struct TopicPoster: Sendable, Equatable {
    package let userID: UserID
    package let description: String
    package let isLatest: Bool
}

package struct TopicListPage: Sendable {
    package let topics: [TopicSummary]
    /// Everybody whom the rows name.
    package let users: [UserCard]
    package let hasMore: Bool
    package let page: Int
    package let perPage: Int

    /// Where the next page goes on, for lists by activity.
    package var nextCursor: TopicListQuery.Cursor? {
        guard hasMore, let last = topics.last?.topic else { return nil }
        return TopicListQuery.Cursor(bumpedAt: last.bumpedAt, id: last.id)
    }
}
