/// A bookmark of the caller within a topic.
package struct TopicBookmarkBody: Codable, Sendable, Equatable {
    package var id: Int
    package var bookmarkableID: Int
    /// `Post` or `Topic`.
    package var bookmarkableType: String
    package var name: String?
    package var reminderAt: String?
    package var autoDeletePreference: Int = 3
    @IfPresent package var postNumber: Int?
    package var pinned: Bool = false

    package init(
        id: Int,
        bookmarkableID: Int,
        bookmarkableType: String,
        name: String? = nil,
        reminderAt: String? = nil,
        autoDeletePreference: Int = 3,
        postNumber: Int? = nil,
        pinned: Bool = false
    ) {
        self.id = id
        self.bookmarkableID = bookmarkableID
        self.bookmarkableType = bookmarkableType
        self.name = name
        self.reminderAt = reminderAt
        self.autoDeletePreference = autoDeletePreference
        self.postNumber = postNumber
        self.pinned = pinned
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case bookmarkableID = "bookmarkable_id"
        case bookmarkableType = "bookmarkable_type"
        case name
        case reminderAt = "reminder_at"
        case autoDeletePreference = "auto_delete_preference"
        case postNumber = "post_number"
        case pinned
    }
}

/// The reply that answers a topic.
package struct AcceptedAnswerBody: Codable, Sendable, Equatable {
    package var postNumber: Int
    package var username: String
    package var name: String?
    package var excerpt: String = ""
    package var accepterUsername: String?
    package var accepterName: String?

    package init(
        postNumber: Int,
        username: String,
        name: String? = nil,
        excerpt: String = "",
        accepterUsername: String? = nil,
        accepterName: String? = nil
    ) {
        self.postNumber = postNumber
        self.username = username
        self.name = name
        self.excerpt = excerpt
        self.accepterUsername = accepterUsername
        self.accepterName = accepterName
    }

    private enum CodingKeys: String, CodingKey {
        case postNumber = "post_number"
        case username
        case name
        case excerpt
        case accepterUsername = "accepter_username"
        case accepterName = "accepter_name"
    }
}

/// `POST /bookmarks` and `PUT /bookmarks/{id}`.
package struct BookmarkRequest: Codable, Sendable, Equatable {
    package var bookmarkableID: Int?
    /// `Post` or `Topic`.
    package var bookmarkableType: String?
    /// The older way to name a post.
    package var postID: Int?
    package var name: String?
    package var reminderAt: String?
    /// 0 never, 1 when the reminder is sent, 2 on a reply of the owner, 3 clear the reminder.
    package var autoDeletePreference: Int?

    package init(
        bookmarkableID: Int? = nil,
        bookmarkableType: String? = nil,
        postID: Int? = nil,
        name: String? = nil,
        reminderAt: String? = nil,
        autoDeletePreference: Int? = nil
    ) {
        self.bookmarkableID = bookmarkableID
        self.bookmarkableType = bookmarkableType
        self.postID = postID
        self.name = name
        self.reminderAt = reminderAt
        self.autoDeletePreference = autoDeletePreference
    }

    private enum CodingKeys: String, CodingKey {
        case bookmarkableID = "bookmarkable_id"
        case bookmarkableType = "bookmarkable_type"
        case postID = "post_id"
        case name
        case reminderAt = "reminder_at"
        case autoDeletePreference = "auto_delete_preference"
    }
}

/// `POST /bookmarks`.
package struct BookmarkReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    package var id: Int

    package init(
        success: String = "OK",
        id: Int
    ) {
        self.success = success
        self.id = id
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case id
    }
}

/// `DELETE /bookmarks/{id}`.
package struct DeleteBookmarkReply: Codable, Sendable, Equatable {
    package var success: String = "OK"
    /// Whether anything in the topic is still marked.
    package var topicBookmarked: Bool

    package init(
        success: String = "OK",
        topicBookmarked: Bool
    ) {
        self.success = success
        self.topicBookmarked = topicBookmarked
    }

    private enum CodingKeys: String, CodingKey {
        case success
        case topicBookmarked = "topic_bookmarked"
    }
}

/// The query of `GET /u/{username}/bookmarks`.
package struct BookmarkListQuery: Codable, Sendable, Equatable {
    /// From 0.
    package var page: Int?
    package var q: String?
    package var limit: Int?

    package init(
        page: Int? = nil,
        q: String? = nil,
        limit: Int? = nil
    ) {
        self.page = page
        self.q = q
        self.limit = limit
    }

    private enum CodingKeys: String, CodingKey {
        case page
        case q
        case limit
    }
}

/// `GET /u/{username}/bookmarks`.
package struct BookmarkListReply: Codable, Sendable, Equatable {
    package var userBookmarkList: BookmarkListBody

    package init(
        userBookmarkList: BookmarkListBody
    ) {
        self.userBookmarkList = userBookmarkList
    }

    private enum CodingKeys: String, CodingKey {
        case userBookmarkList = "user_bookmark_list"
    }
}

package struct BookmarkListBody: Codable, Sendable, Equatable {
    package var moreBookmarksURL: String?
    package var bookmarks: [ListedBookmarkBody] = []

    package init(
        moreBookmarksURL: String? = nil,
        bookmarks: [ListedBookmarkBody] = []
    ) {
        self.moreBookmarksURL = moreBookmarksURL
        self.bookmarks = bookmarks
    }

    private enum CodingKeys: String, CodingKey {
        case moreBookmarksURL = "more_bookmarks_url"
        case bookmarks
    }
}

/// A bookmark, what it marks and who wrote that.
package struct ListedBookmarkBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var createdAt: String = ""
    package var updatedAt: String = ""
    package var name: String?
    package var reminderAt: String?
    package var reminderAtICSStart: String?
    package var autoDeletePreference: Int = 0
    package var pinned: Bool = false
    package var title: String = ""
    package var fancyTitle: String = ""
    package var excerpt: String = ""
    package var bookmarkableID: Int = 0
    package var bookmarkableType: String = ""
    package var bookmarkableURL: String = ""
    package var tags: [TagReferenceBody] = []
    package var topicID: Int = 0
    package var linkedPostNumber: Int = 0
    package var postID: Int = 0
    package var deleted: Bool = false
    package var hidden: Bool = false
    package var categoryID: Int?
    package var closed: Bool = false
    package var archived: Bool = false
    package var archetype: String = ""
    package var highestPostNumber: Int = 0
    package var lastReadPostNumber: Int?
    package var bumpedAt: String = ""
    package var slug: String = ""
    package var user: BasicUserBody?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case name
        case reminderAt = "reminder_at"
        case reminderAtICSStart = "reminder_at_ics_start"
        case autoDeletePreference = "auto_delete_preference"
        case pinned
        case title
        case fancyTitle = "fancy_title"
        case excerpt
        case bookmarkableID = "bookmarkable_id"
        case bookmarkableType = "bookmarkable_type"
        case bookmarkableURL = "bookmarkable_url"
        case tags
        case topicID = "topic_id"
        case linkedPostNumber = "linked_post_number"
        case postID = "post_id"
        case deleted
        case hidden
        case categoryID = "category_id"
        case closed
        case archived
        case archetype
        case highestPostNumber = "highest_post_number"
        case lastReadPostNumber = "last_read_post_number"
        case bumpedAt = "bumped_at"
        case slug
        case user
    }
}
