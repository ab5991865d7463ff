/// One topic in a list. Times are seconds since 1970, UTC.
package struct TopicRow: Sendable, Hashable, Codable {
    package var id: Int
    package var title: String
    package var categoryID: Int?
    package var tags: [String] = []
    package var postsCount: Int
    /// The number of the last post.
    package var highestNumber: Int
    /// The number of the last post that was read; nil when the topic was never opened.
    package var lastRead: Int?
    /// Posts that came after the last one read.
    package var unreadCount = 0
    /// Never seen by this member.
    package var isNew = false
    package var isPinned = false
    package var isClosed = false
    package var lastPoster: String
    package var bumpedAt: Int64
    /// The lines around a hit of the search.
    package var blurb: String?
    /// The post that a search found.
    package var hitNumber: Int?
    /// The bookmark that this row stands for.
    package var bookmark: Bookmark?
    /// The address of the site, in a list of several.
    package var site: String?

    package init(
        id: Int,
        title: String,
        postsCount: Int,
        highestNumber: Int,
        lastPoster: String,
        bumpedAt: Int64
    ) {
        self.id = id
        self.title = title
        self.postsCount = postsCount
        self.highestNumber = highestNumber
        self.lastPoster = lastPoster
        self.bumpedAt = bumpedAt
    }

    package var hasUnread: Bool { isNew || unreadCount > 0 }

    /// The number of the post at which the topic is opened: the one that was found, or the first that
    /// was not read. nil for the first of all.
    package var placeToOpen: Int? {
        if let hitNumber { return hitNumber }
        guard let read = lastRead, read > 0 else { return nil }
        return min(read + 1, highestNumber)
    }

    /// The reader has read up to the post with this number, or had before.
    package mutating func setRead(upTo number: Int) {
        let read = max(number, lastRead ?? 0)
        lastRead = read
        isNew = false
        unreadCount = max(0, highestNumber - read)
    }
}

/// Which topics a list shows.
package enum TopicListKind: Sendable, Hashable {
    case latest
    case new
    case unread
    case top
    case hot
    /// The messages of the member.
    case messages
    case category(id: Int, slug: String, name: String)
    case tag(String)
    case bookmarks
    case search(String)
    /// Whatever the member has not read, on this site or on all that are known.
    case allUnread
    case everywhere

    package var title: String {
        switch self {
        case .latest: "Latest"
        case .new: "New"
        case .unread: "Unread"
        case .top: "Top"
        case .hot: "Hot"
        case .messages: "Messages"
        case .category(_, _, let name): name
        case .tag(let name): "#\(name)"
        case .bookmarks: "Bookmarks"
        case .search(let words): "Search: \(words)"
        case .allUnread: "New and unread"
        case .everywhere: "All sites"
        }
    }
}

extension TopicListKind {
    /// What stands where there are no topics, and what to do then.
    var emptyText: [String] {
        switch self {
        case .everywhere: ["Nothing is unread on any site."]
        case .bookmarks: ["Nothing is bookmarked.", "b in a topic bookmarks a post"]
        case .unread, .allUnread: ["You have read everything.", "g l shows the latest topics"]
        case .new: ["You have seen all topics.", "g l shows the latest ones"]
        case .messages: ["You have no messages.", "c writes one"]
        case .search: ["Nothing was found.", "/ searches for other words"]
        case .latest, .top, .hot, .category, .tag:
            ["There are no topics here.", "c writes the first one"]
        }
    }
}

/// One page of a list.
package struct TopicPage: Sendable, Hashable {
    package var rows: [TopicRow]
    package var hasMore: Bool

    package init(rows: [TopicRow], hasMore: Bool) {
        self.rows = rows
        self.hasMore = hasMore
    }
}
