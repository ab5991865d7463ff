package import Postgres

/// Columns and fragments that all reads of topics share. The aliases are `t` topics, `u` users.
enum TopicQueries {
    /// What `Topic.init(from:)` reads.
    static let columns: SQL = """
        t.id, t.title, t.fancy_title, t.slug, t.archetype, t.category_id, t.user_id,
        t.last_post_user_id, t.posts_count, t.highest_post_number, t.reply_count, t.like_count,
        t.participant_count, t.word_count, t.views, t.closed, t.archived, t.visible, t.pinned_at,
        t.pinned_until, t.pinned_globally, t.excerpt, t.external_id, t.deleted_at, t.created_at,
        t.bumped_at, t.last_posted_at, t.featured_user_ids
        """

    /// What `UserCard.init(from:)` reads.
    static let userCardColumns: SQL =
        "u.id, u.username, u.name, u.title, u.trust_level, u.admin, u.moderator"

    /// What `TopicAccess.init(from:)` reads.
    static func accessColumns(_ viewer: Viewer) -> SQL {
        """
        t.id, t.title, t.fancy_title, t.slug, t.archetype, t.category_id, t.user_id, t.closed,
        t.archived, t.visible, t.deleted_at IS NOT NULL, t.posts_count, t.highest_post_number,
        t.created_at, \(permission(viewer)),
        coalesce((SELECT about.topic_id = t.id FROM categories about WHERE about.id = t.category_id),
            false), t.import_id IS NOT NULL
        """
    }

    /// The viewer's permission in the category of `t`; NULL for a message.
    static func permission(_ viewer: Viewer) -> SQL {
        if viewer.isAdmin { return "CASE WHEN t.category_id IS NOT NULL THEN 1 END" }
        return """
            (SELECT min(perm.permission_type) FROM category_groups perm
                WHERE perm.category_id = t.category_id
                AND perm.group_id = ANY(\(viewer.groupIDs)::bigint[]))
            """
    }

    /// What `TopicViewerState.init?(from:)` reads of `tu`, the viewer's row of `topic_users`.
    static let viewerStateColumns: SQL = """
        tu.notification_level, tu.notifications_reason_id, tu.last_read_post_number, tu.posted,
        tu.last_visited_at
        """

    static func viewerState(_ viewer: Viewer) -> SQL {
        guard let principal = viewer.principal else {
            return "LEFT JOIN topic_users tu ON FALSE"
        }
        return """
            LEFT JOIN topic_users tu ON tu.topic_id = t.id AND tu.user_id = \(principal.id)
            """
    }

    /// As `viewerState(_:)`, but looked up row by row: OFFSET keeps the planner from joining all of
    /// the viewer's rows with all topics and sorting the result, where a walk along an index would
    /// stop after one page.
    static func viewerStateRowByRow(_ viewer: Viewer) -> SQL {
        guard let principal = viewer.principal else {
            return "LEFT JOIN topic_users tu ON FALSE"
        }
        return """
            LEFT JOIN LATERAL (SELECT * FROM topic_users mine
                WHERE mine.topic_id = t.id AND mine.user_id = \(principal.id) OFFSET 0) tu ON TRUE
            """
    }

    static func access(_ id: TopicID, for viewer: Viewer) -> SQL {
        """
        SELECT \(accessColumns(viewer)) FROM topics t
        WHERE t.id = \(id) AND \(Visibility.topicOrDeletedForStaff(viewer))
        """
    }

    /// The newest visible topic of that slug.
    static func find(slug: String, for viewer: Viewer) -> SQL {
        """
        SELECT t.id FROM topics t WHERE t.slug = \(slug) AND \(Visibility.topic(viewer))
        ORDER BY t.id DESC LIMIT 1
        """
    }

    static func find(externalID: String, for viewer: Viewer) -> SQL {
        """
        SELECT t.id FROM topics t
        WHERE t.external_id = \(externalID) AND \(Visibility.topic(viewer))
        """
    }

    /// The tags of the topics that the viewer may know of.
    static func tags(of topics: [TopicID], for viewer: Viewer) -> SQL {
        """
        SELECT tt.topic_id, g.id, g.name, g.slug FROM topic_tags tt JOIN tags g ON g.id = tt.tag_id
        WHERE tt.topic_id = ANY(\(topics.map(\.value))::bigint[]) AND \(Visibility.tag(viewer))
        ORDER BY tt.topic_id, g.name
        """
    }

    /// In the order of their numbers: the order of the rows would tell who was active elsewhere.
    static func userCards(_ ids: [UserID]) -> SQL {
        """
        SELECT \(userCardColumns) FROM users u WHERE u.id = ANY(\(ids.map(\.value))::bigint[])
        ORDER BY u.id
        """
    }

    /// A count that stands in the statement's text, so that the planner knows how few rows are
    /// wanted; a bound value would make it plan for a tenth of the table.
    static func literal(_ number: Int) -> SQL {
        var result: SQL = ""
        for digit in String(max(0, number)).utf8 {
            let value = Int(digit) - 48
            result += digits[value]
        }
        return result
    }

    private static let digits: [SQL] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
}

extension Topic: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        title = try row.next()
        fancyTitle = try row.next()
        slug = try row.next()
        archetype = try row.next()
        categoryID = try row.next()
        authorID = try row.next()
        lastPosterID = try row.next()
        postsCount = try row.next()
        highestPostNumber = try row.next()
        replyCount = try row.next()
        likeCount = try row.next()
        participantCount = try row.next()
        wordCount = try row.next()
        views = try row.next()
        isClosed = try row.next()
        isArchived = try row.next()
        isVisible = try row.next()
        pinnedAt = try row.next()
        pinnedUntil = try row.next()
        isPinnedGlobally = try row.next()
        excerpt = try row.next()
        externalID = try row.next()
        deletedAt = try row.next()
        createdAt = try row.next()
        bumpedAt = try row.next()
        lastPostedAt = try row.next()
        featuredUserIDs = try row.next(IDList<User>.self).ids
    }
}

extension Topic.Archetype: SQLDecodable {
    package static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> Self {
        try String.decode(column) == Self.message.rawValue ? .message : .regular
    }
}

/// A `bigint[]` without NULLs, read without a detour over strings: a long topic has ten thousands.
struct IDList<Subject>: SQLDecodable {
    var ids: [ID<Subject>] = []

    static func decode(
        _ column: UnsafeBufferPointer<UInt8>?
    ) throws(PostgresError) -> Self {
        var list = Self()
        guard let column else { return list }
        var value: Int64 = 0
        var isNegative = false
        var hasDigits = false
        for byte in column {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = value &* 10 &+ Int64(byte &- 48)
                hasDigits = true
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: ","), UInt8(ascii: "}"):
                if hasDigits { list.ids.append(ID(isNegative ? -value : value)) }
                value = 0
                isNegative = false
                hasDigits = false
            case UInt8(ascii: "{"): break
            default: throw PostgresError(.decoding, "no array of ids")
            }
        }
        return list
    }
}

extension UserCard: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        username = try row.next()
        name = try row.next()
        title = try row.next()
        trustLevel = try row.next()
        isAdmin = try row.next()
        isModerator = try row.next()
    }
}

extension TopicAccess: RowDecodable {
    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        title = try row.next()
        fancyTitle = try row.next()
        slug = try row.next()
        archetype = try row.next()
        categoryID = try row.next()
        authorID = try row.next()
        isClosed = try row.next()
        isArchived = try row.next()
        isVisible = try row.next()
        isDeleted = try row.next()
        postsCount = try row.next()
        highestPostNumber = try row.next()
        createdAt = try row.next()
        permission = try row.next()
        isAboutCategory = try row.next()
        isUnpublished = try row.next()
    }
}

extension TopicViewerState {
    /// `nil` when the viewer has no row.
    static func read(from row: inout RowReader) throws(PostgresError) -> TopicViewerState? {
        let level: Int? = try row.next()
        let reason: Int? = try row.next()
        let lastRead: Int? = try row.next()
        let hasPosted: Bool? = try row.next()
        let lastVisitedAt: Timestamp? = try row.next()
        guard let level else { return nil }
        return TopicViewerState(
            notificationLevel: level,
            notificationsReasonID: reason,
            lastReadPostNumber: lastRead ?? 0,
            hasPosted: hasPosted ?? false,
            lastVisitedAt: lastVisitedAt
        )
    }
}

/// A tag with the topic that carries it.
struct TaggedTopic: RowDecodable {
    let topicID: TopicID
    let tag: TagCard

    init(from row: inout RowReader) throws(PostgresError) {
        topicID = try row.next()
        tag = TagCard(id: try row.next(), name: try row.next(), slug: try row.next())
    }
}
