/// The query of the change feed.
package struct ChangesQuery: Codable, Sendable, Equatable {
    /// The `cursor` of the answer before. Absent: a walk over everything that the caller can see, then what
    /// changed since the walk began. `now`: what changes from now on.
    package var since: String?
    /// 1 to 1000; 100 unless told.
    package var limit: Int?
    /// Whether posts come with the Markdown they were written in.
    package var includeRaw: Bool?

    package init(since: String? = nil, limit: Int? = nil, includeRaw: Bool? = nil) {
        self.since = since
        self.limit = limit
        self.includeRaw = includeRaw
    }

    private enum CodingKeys: String, CodingKey {
        case since
        case limit
        case includeRaw = "include_raw"
    }
}

package struct ChangesReply: Codable, Sendable, Equatable {
    package var changes: [ChangeBody]
    /// What to send as `since` the next time. It means nothing else: no two are alike.
    package var cursor: String
    /// Whether there is more to fetch at once. A page may be short, or empty, and this true.
    package var more: Bool
    /// Whether the walk over everything is still going on.
    package var walking: Bool
    /// The caller is in other groups than when the cursor was made. What they may see has become more or less
    /// without an entry here: whoever keeps a copy begins again without `since`.
    package var accessChanged: Bool

    package init(
        changes: [ChangeBody],
        cursor: String,
        more: Bool,
        walking: Bool,
        accessChanged: Bool
    ) {
        self.changes = changes
        self.cursor = cursor
        self.more = more
        self.walking = walking
        self.accessChanged = accessChanged
    }

    private enum CodingKeys: String, CodingKey {
        case changes
        case cursor
        case more
        case walking
        case accessChanged = "access_changed"
    }
}

package enum ChangeType: String, Codable, Sendable, CaseIterable {
    case category
    case tag
    case user
    case topic
    case post
}

package enum ChangeAction: String, Codable, Sendable, CaseIterable {
    /// Met on the walk over everything.
    case present
    case created
    case edited
    /// What is in it moved along: fetch a topic's posts, a category's topics.
    case moved
    /// Can be seen again, with all that is in it.
    case recovered
    /// Cannot be seen any more, with all that was in it. Nothing but type and id is told.
    case gone
}

/// One thing that changed, as it stands now.
package struct ChangeBody: Codable, Sendable, Equatable {
    package var type: ChangeType
    package var action: ChangeAction
    package var id: Int
    @IfPresent package var at: String?
    /// Where the whole of it is.
    @IfPresent package var url: String?
    /// A topic's title, a category's, tag's or person's name.
    @IfPresent package var name: String?
    @IfPresent package var slug: String?
    /// `regular` or `private_message`, of topics and posts.
    @IfPresent package var archetype: String?
    @IfPresent package var topicID: Int?
    @IfPresent package var postNumber: Int?
    /// The category of a topic or post, the parent of a category.
    @IfPresent package var categoryID: Int?
    /// Of the author of a topic or post.
    @IfPresent package var userID: Int?
    /// A person's own, or that of an author.
    @IfPresent package var username: String?
    @IfPresent package var version: Int?
    @IfPresent package var createdAt: String?
    @IfPresent package var updatedAt: String?
    @IfPresent package var tags: [TagReferenceBody]?
    @IfPresent package var raw: String?

    package init(type: ChangeType, action: ChangeAction, id: Int) {
        self.type = type
        self.action = action
        self.id = id
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case action
        case id
        case at
        case url
        case name
        case slug
        case archetype
        case topicID = "topic_id"
        case postNumber = "post_number"
        case categoryID = "category_id"
        case userID = "user_id"
        case username
        case version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case tags
        case raw
    }
}
