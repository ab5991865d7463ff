import Postgres

/// A topic that is checked and only wants writing.
struct PreparedTopic: Sendable {
    var title: String
    var fancyTitle: String
    var slug: String
    var excerpt: String
    var categoryID: CategoryID?
    var tagIDs: [TagID]
    var recipientIDs: [UserID]
    var recipientGroupIDs: [Int64]
    var externalID: String?
    var subjectKey: String?
    var firstPost: PreparedPost
    var draftKeys: [String] = []
}

enum CreateTopicQueries {
    /// `permission, minimum_required_tags`, whether a tag group is required, of a category that can be seen.
    static func place(_ category: CategoryID, for viewer: Viewer) -> SQL {
        let permission: SQL =
            viewer.isAdmin
            ? "1"
            : """
            (SELECT min(perm.permission_type) FROM category_groups perm
                WHERE perm.category_id = c.id
                AND perm.group_id = ANY(\(viewer.groupIDs)::bigint[]))
            """
        return """
            SELECT \(permission), c.minimum_required_tags,
                EXISTS (SELECT 1 FROM category_required_tag_groups r WHERE r.category_id = c.id)
            FROM categories c
            WHERE c.id = \(category) AND \(Visibility.category(viewer))
            """
    }

    /// `kind, id, name`: who is meant by the names that a message is addressed to, as far as the
    /// principal may write to them.
    /// - Parameter inbox: A group that may be written to whatever it says of itself.
    static func recipients(
        _ names: [String],
        from principal: Principal,
        inbox: GroupID?
    ) -> SQL {
        let isSystem = principal.id == .system
        let viewer = Viewer.member(principal)
        return """
            SELECT 0, u.id, u.username_lower FROM users u
            WHERE u.username_lower = ANY(\(names)::text[]) AND u.id > 0
                AND (\(principal.isStaff)::boolean
                    OR ((u.suspended_till IS NULL OR u.suspended_till < now()) AND NOT u.staged))
                AND (u.active OR u.staged)
            UNION ALL
            SELECT 1, g.id, g.name_lower FROM \(GroupQueries.tables(viewer))
            WHERE g.name_lower = ANY(\(names)::text[]) AND g.id <> 0
                AND (g.id = \(inbox)::bigint OR (\(GroupQueries.isVisible(viewer))
                    AND (\(isSystem)::boolean OR \(MessageQueries.isMessageable(by: principal)))))
            """
    }

    /// Writes a topic, its first post and everything that counts them, in one statement.
    ///
    /// Locks as a reply does: author, topic, the rest. Returns `PostWritten`.
    static func create(
        _ permitted: Permitted<CreatingTopic, TopicPlace>,
        _ topic: PreparedTopic
    ) -> SQL {
        let author = permitted.principal
        let post = topic.firstPost
        return """
            WITH actor AS (\(CreatePostQueries.actor(author, post))),
            topic AS (\(insertTopic(author, topic))),
            made AS (
                \(CreatePostQueries.insertPost(
                    author,
                    post,
                    topic: "topic.id",
                    number: "1",
                    isWiki: isWiki
                ))
                FROM topic RETURNING id, topic_id, post_number
            ),
            indexed AS (
                INSERT INTO post_search_data (post_id, topic_id, search_data)
                SELECT made.id, made.topic_id,
                    setweight(to_tsvector('english', \(topic.title)), 'A')
                        || to_tsvector('english', \(post.searchText))
                FROM made
            ),
            tagged AS (
                INSERT INTO topic_tags (topic_id, tag_id)
                SELECT topic.id, wanted FROM topic,
                    unnest(\(topic.tagIDs.map(\.value))::bigint[]) wanted
                ON CONFLICT DO NOTHING
            ),
            allowed AS (
                INSERT INTO topic_allowed_users (topic_id, user_id)
                SELECT topic.id, wanted FROM topic,
                    unnest(\(topic.recipientIDs.map(\.value))::bigint[]) wanted
                WHERE topic.archetype = 'private_message' ON CONFLICT DO NOTHING
            ),
            allowed_groups AS (
                INSERT INTO topic_allowed_groups (topic_id, group_id)
                SELECT topic.id, wanted FROM topic,
                    unnest(\(topic.recipientGroupIDs)::bigint[]) wanted
                WHERE topic.archetype = 'private_message' ON CONFLICT DO NOTHING
            ),
            reading AS (\(CreatePostQueries.read(
                by: author.id,
                level: "3",
                reason: .createdTopic
            ))),
            statistics AS (
                UPDATE user_stats SET topic_count = topic_count + 1
                FROM topic WHERE user_id = \(author.id) AND topic.archetype = 'regular'
            ),
            category AS (
                UPDATE categories SET topic_count = topic_count + 1, post_count = post_count + 1
                FROM topic WHERE categories.id = topic.category_id
            ),
            named AS (\(CreatePostQueries.name(post, of: "topic"))),
            closing AS (\(closing(at: post.now))),
            event AS (
                INSERT INTO outbox (event, topic_id, post_id, user_id)
                SELECT \(Event.topicCreated.rawValue), made.topic_id, made.id, \(author.id)
                FROM made
            ),
            \(DraftQueries.posted(by: author.id, keys: "unnest(\(topic.draftKeys)::text[])"))\
            \(PollQueries.created(post.polls))
            \(CreatePostQueries.result(of: "topic"))
            """
    }

    /// Whether the category makes its first posts everybody's.
    private static let isWiki: SQL = """
        coalesce((SELECT dc.all_topics_wiki FROM categories dc WHERE dc.id = topic.category_id),
            FALSE)
        """

    /// The timer that closes the topic, in a category that closes its topics after some hours.
    private static func closing(at now: Timestamp) -> SQL {
        """
        INSERT INTO topic_timers (topic_id, user_id, status_type, execute_at, duration_minutes,
            based_on_last_post)
        SELECT topic.id, -1, 'close',
            \(now)::timestamptz + make_interval(secs => dc.auto_close_hours * 3600),
            greatest(1, round(dc.auto_close_hours * 60)::int), dc.auto_close_based_on_last_post
        FROM topic JOIN categories dc ON dc.id = topic.category_id
            AND dc.auto_close_hours IS NOT NULL
        """
    }

    private static func insertTopic(_ author: Principal, _ topic: PreparedTopic) -> SQL {
        let created = topic.firstPost.createdAt
        let archetype: Topic.Archetype = topic.categoryID == nil ? .message : .regular
        return """
            INSERT INTO topics (title, fancy_title, slug, archetype, category_id, user_id,
                last_post_user_id, posts_count, highest_post_number, word_count, excerpt,
                external_id, subject_key, created_at, updated_at, bumped_at, last_posted_at,
                slow_mode_seconds)
            SELECT \(topic.title), \(topic.fancyTitle), \(topic.slug), \(archetype.rawValue),
                \(topic.categoryID)::bigint, \(author.id), \(author.id), 1, 1,
                \(topic.firstPost.wordCount)::int, \(topic.excerpt), \(topic.externalID)::text,
                \(topic.subjectKey)::text, \(created)::timestamptz, \(topic.firstPost.now)::timestamptz,
                \(created)::timestamptz, \(created)::timestamptz,
                coalesce((SELECT dc.default_slow_mode_seconds FROM categories dc
                    WHERE dc.id = \(topic.categoryID)::bigint), 0)
            FROM actor RETURNING id, archetype, category_id, posts_count
            """
    }
}

struct RecipientRow: RowDecodable {
    let isGroup: Bool
    let id: Int64
    let name: String

    init(from row: inout RowReader) throws(PostgresError) {
        isGroup = try row.next(Int.self) == 1
        id = try row.next()
        name = try row.next()
    }
}

extension TopicPlace {
    init(categoryID: CategoryID, from row: Row) throws(PostgresError) {
        self.init(
            categoryID: categoryID,
            permission: try row.get(0, as: Int?.self),
            minimumRequiredTags: try row.get(1)
        )
        requiresTagGroup = try row.get(2)
    }
}
