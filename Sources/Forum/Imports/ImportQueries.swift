import Postgres

enum ImportQueries {
    /// One import at a time; the number is only ours ("import" on a telephone's keys).
    static let lock: SQL = "SELECT pg_advisory_xact_lock(467678)"

    static let statistics: SQL = "SELECT analyze_imported()"

    /// Mails that are posts: by the Message-IDs they came with, and by those that this forum gives to
    /// its posts, such as its own archives have.
    static func known(_ messageIDs: [String], host: String) -> SQL {
        let own = Set(messageIDs).compactMap { EmailMessageID.post($0, host: host) }
        return """
            SELECT m.message_id, m.category_id, \(knownColumns)
            FROM post_message_ids m JOIN posts p ON p.id = m.post_id
                JOIN topics t ON t.id = p.topic_id
            WHERE m.message_id = ANY(\(Array(Set(messageIDs)))::text[])
            UNION ALL
            SELECT 'discourse/post/' || p.id || '@' || \(host), t.category_id, \(knownColumns)
            FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE p.id = ANY(\(own.map(\.value))::bigint[]) AND t.category_id IS NOT NULL
            """
    }

    /// What `KnownMessage` reads behind the two that name it.
    private static let knownColumns: SQL =
        "p.id, p.topic_id, p.post_number, t.import_id, p.user_id, p.created_at"

    static func subjects(_ keys: [String], in categories: [CategoryID]) -> SQL {
        """
        SELECT DISTINCT ON (t.category_id, t.subject_key)
            t.category_id, t.subject_key, t.id, t.import_id,
            coalesce(t.last_posted_at, t.created_at)
        FROM topics t WHERE t.category_id = ANY(\(categories.map(\.value))::bigint[])
            AND t.subject_key = ANY(\(keys)::text[]) AND t.deleted_at IS NULL
        ORDER BY t.category_id, t.subject_key, t.created_at DESC
        """
    }

    static func postIDs(_ count: Int) -> SQL {
        """
        SELECT nextval(pg_get_serial_sequence('posts', 'id'))
        FROM generate_series(1, \(count)::int)
        """
    }

    static func topicIDs(_ count: Int) -> SQL {
        """
        SELECT nextval(pg_get_serial_sequence('topics', 'id'))
        FROM generate_series(1, \(count)::int)
        """
    }

    /// `id, highest_post_number` of topics, locked in order: no reply gets a number meanwhile.
    static func numbers(of topics: [TopicID]) -> SQL {
        """
        SELECT id, highest_post_number FROM topics
        WHERE id = ANY(\(topics.map(\.value))::bigint[]) ORDER BY id FOR UPDATE
        """
    }

    static func authors(of posts: [ImportPlan.MadePost]) -> SQL {
        """
        SELECT p.topic_id, p.post_number, p.user_id FROM posts p
        JOIN unnest(\(posts.map(\.topicID.value))::bigint[], \(posts.map { $0.replyTo ?? 0 })::int[])
            AS parent (topic_id, number)
            ON parent.topic_id = p.topic_id AND parent.number = p.post_number
        """
    }

    static let topicColumns: [StaticString] = [
        "id", "title", "fancy_title", "slug", "category_id", "user_id", "last_post_user_id",
        "excerpt", "subject_key", "created_at", "updated_at", "bumped_at", "last_posted_at",
        "visible", "import_id", "continues_topic_id", "continues_post_number",
    ]

    static let postColumns: [StaticString] = [
        "id", "topic_id", "post_number", "user_id", "raw", "cooked", "elided",
        "reply_to_post_number", "reply_to_user_id", "word_count", "via_email", "last_editor_id",
        "created_at", "updated_at",
    ]

    static func index(_ posts: [ImportPlan.MadePost], titles: [String], texts: [String]) -> SQL {
        """
        INSERT INTO post_search_data (post_id, topic_id, search_data)
        SELECT id, topic_id, CASE WHEN title = '' THEN to_tsvector('english', words)
            ELSE setweight(to_tsvector('english', title), 'A') || to_tsvector('english', words) END
        FROM unnest(\(posts.map(\.id.value))::bigint[], \(posts.map(\.topicID.value))::bigint[],
            \(titles)::text[], \(texts)::text[]) AS new (id, topic_id, title, words)
        """
    }

    static func name(
        _ posts: [ImportPlan.MadePost],
        messageIDs: [String],
        categories: [CategoryID]
    ) -> SQL {
        """
        INSERT INTO post_message_ids (message_id, category_id, post_id)
        SELECT * FROM unnest(\(messageIDs)::text[], \(categories.map(\.value))::bigint[],
            \(posts.map(\.id.value))::bigint[])
        """
    }

    static func countReplies(to posts: [ImportPlan.MadePost]) -> SQL {
        let replies = posts.filter { $0.replyTo != nil }
        return """
            UPDATE posts p SET reply_count = p.reply_count + answered.replies
            FROM (SELECT topic_id, number, count(*) AS replies FROM unnest(
                \(replies.map(\.topicID.value))::bigint[],
                \(replies.map { $0.replyTo ?? 0 })::int[]) AS a (topic_id, number)
                GROUP BY topic_id, number) answered
            WHERE p.topic_id = answered.topic_id AND p.post_number = answered.number
            """
    }

    /// Counts what the new posts add; who took part, and who lately, is told by the posts.
    static func countTopics(
        _ topics: [TopicID],
        newPostsFrom posts: [ImportPlan.MadePost]
    ) -> SQL {
        """
        UPDATE topics t SET posts_count = t.posts_count + added.posts,
            highest_post_number = greatest(t.highest_post_number, added.highest),
            reply_count = t.reply_count + added.replies, word_count = t.word_count + added.words,
            last_posted_at = greatest(t.last_posted_at, added.latest),
            bumped_at = greatest(t.bumped_at, added.latest),
            last_post_user_id = CASE WHEN added.latest >= coalesce(t.last_posted_at, added.latest)
                THEN added.last_user_id ELSE t.last_post_user_id END,
            participant_count = whole.people, featured_user_ids = recent.ids
        FROM (SELECT p.topic_id, count(*) AS posts, max(p.post_number) AS highest,
                count(p.reply_to_post_number) AS replies, sum(p.word_count) AS words,
                max(p.created_at) AS latest,
                (array_agg(p.user_id ORDER BY p.created_at DESC, p.id DESC))[1] AS last_user_id
            FROM posts p WHERE p.id = ANY(\(posts.map(\.id.value))::bigint[])
            GROUP BY p.topic_id) added,
            LATERAL (SELECT count(DISTINCT p.user_id) AS people FROM posts p
                WHERE p.topic_id = added.topic_id) whole,
            LATERAL (SELECT coalesce((array_agg(people.user_id ORDER BY people.newest DESC))[1:4],
                    '{}') AS ids
                FROM (SELECT late.user_id, max(late.post_number) AS newest
                    FROM (SELECT p.user_id, p.post_number FROM posts p
                        WHERE p.topic_id = added.topic_id AND p.deleted_at IS NULL
                        ORDER BY p.post_number DESC LIMIT 100) late
                    WHERE late.user_id <> (SELECT opened.user_id FROM topics opened
                        WHERE opened.id = added.topic_id)
                    GROUP BY late.user_id) people) recent
        WHERE t.id = added.topic_id AND t.id = ANY(\(topics.map(\.value))::bigint[])
        """
    }
}

/// A post that a Message-ID names.
struct KnownMessage: Sendable, RowDecodable {
    let messageID: String
    let categoryID: CategoryID
    let postID: PostID
    let topicID: TopicID
    let number: Int
    /// The import that its topic waits with.
    let importID: ImportID?
    let authorID: UserID
    let createdAt: Timestamp

    var key: ImportedPost.Key {
        ImportedPost.Key(messageID: messageID, categoryID: categoryID)
    }

    var outcome: ImportOutcome {
        ImportOutcome(postID: postID, topicID: topicID, postNumber: number, isNew: false)
    }

    /// Whether it is this mail, and not another one that bears its Message-ID. Archives leave
    /// addresses out, and so authors differ; a date differs when there was none.
    func isSame(as post: ImportedPost) -> Bool {
        authorID == post.authorID || isDated(post.createdAt)
    }

    /// Mails tell their time in seconds.
    func isDated(_ date: Timestamp) -> Bool {
        createdAt.microseconds / 1_000_000 == date.microseconds / 1_000_000
    }
}

extension KnownMessage {
    init(from row: inout RowReader) throws(PostgresError) {
        messageID = try row.next()
        categoryID = try row.next()
        postID = try row.next()
        topicID = try row.next()
        number = try row.next()
        importID = try row.next()
        authorID = try row.next()
        createdAt = try row.next()
    }
}

struct KnownSubject: RowDecodable {
    let categoryID: CategoryID
    let key: String
    let topicID: TopicID
    let importID: ImportID?
    let activeAt: Timestamp

    init(from row: inout RowReader) throws(PostgresError) {
        categoryID = try row.next()
        key = try row.next()
        topicID = try row.next()
        importID = try row.next()
        activeAt = try row.next()
    }
}
