import Postgres

/// A post that is checked and cooked and only wants writing.
struct PreparedPost: Sendable {
    var raw: String
    var cooked: String
    var wordCount: Int
    /// The text that search finds it by.
    var searchText: String
    /// Whom it answers, and which number that one has.
    var replyTo: ReplyParent?
    var createdAt: Timestamp
    var now: Timestamp
    var source: PostSource
    /// Seconds that must lie between this and the author's post before; held under a lock.
    var intervalSeconds: Int
    /// The level of the topic for who replies and did not choose.
    var levelWhenReplying: Int
    var polls: [PreparedPoll] = []
}

/// The post that a reply answers.
struct ReplyParent: Sendable, RowDecodable {
    let number: Int
    let authorID: UserID
    let author: PostReplyTarget

    init(from row: inout RowReader) throws(PostgresError) {
        number = try row.next()
        let id: UserID = try row.next()
        authorID = id
        author = PostReplyTarget(id: id, username: try row.next(), name: try row.next())
    }
}

enum CreatePostQueries {
    /// What `AuthorHistory.init(from:)` reads.
    static func history(
        of author: UserID,
        raw: String,
        uniqueMinutes: Int,
        daily: DailyPostLimits,
        now: Timestamp
    ) -> SQL {
        let same: SQL =
            uniqueMinutes <= 0
            ? "FALSE"
            : """
            EXISTS (SELECT 1 FROM posts d WHERE d.user_id = u.id AND d.deleted_at IS NULL
                AND d.created_at > \(now)::timestamptz - make_interval(mins => \(uniqueMinutes)::int)
                AND d.raw = \(raw))
            """
        return """
            SELECT u.last_posted_at,
                (SELECT max(mine.created_at) FROM topics mine WHERE mine.user_id = u.id), \(same),
                \(daily.isNewMember ? firstPost : "NULL::timestamptz"),
                \(lastTopic("regular", nth: daily.topics)),
                \(lastTopic("private_message", nth: daily.messages)),
                \(lastTopic("regular", nth: daily.isNewMember ? daily.topicsInFirstDay : 0)),
                \(lastReply(nth: daily.isNewMember ? daily.repliesInFirstDay : 0))
            FROM users u WHERE u.id = \(author)
            """
    }

    private static let firstPost: SQL =
        "(SELECT min(mine.created_at) FROM posts mine WHERE mine.user_id = u.id)"

    /// When the author began the topic before which `nth - 1` newer ones stand.
    private static func lastTopic(_ archetype: String, nth: Int) -> SQL {
        guard nth > 0 else { return "NULL::timestamptz" }
        return """
            (SELECT mine.created_at FROM topics mine WHERE mine.user_id = u.id
                AND mine.archetype = \(archetype)
                ORDER BY mine.created_at DESC OFFSET \(nth - 1)::int LIMIT 1)
            """
    }

    private static func lastReply(nth: Int) -> SQL {
        guard nth > 0 else { return "NULL::timestamptz" }
        return """
            (SELECT mine.created_at FROM posts mine WHERE mine.user_id = u.id
                AND mine.post_number > 1
                ORDER BY mine.created_at DESC OFFSET \(nth - 1)::int LIMIT 1)
            """
    }

    /// The visible post of that number, which a reply names.
    static func parent(_ topic: TopicID, number: Int?, for viewer: Viewer) -> SQL {
        """
        SELECT p.post_number, p.user_id, u.username, u.name
        FROM posts p JOIN users u ON u.id = p.user_id
        WHERE p.topic_id = \(topic) AND p.post_number = \(number)::int
            AND \(Visibility.post(viewer))
        """
    }

    /// The post that a stored mail made already.
    static func post(of mail: IncomingEmailID?) -> SQL {
        "SELECT id FROM posts WHERE incoming_email_id = \(mail)::bigint"
    }

    /// Writes a reply and everything that counts it, in one statement.
    ///
    /// The author's row is locked first (which holds the rate), then the topic's (which hands out
    /// the number without gaps and asks again whether the topic is open), then the rest; every writer
    /// takes locks in this order. Returns `PostWritten`.
    static func reply(
        _ permitted: Permitted<Replying, TopicAccess>,
        _ post: PreparedPost
    ) -> SQL {
        let topic = permitted.resource
        let author = permitted.principal
        return """
            WITH actor AS (\(actor(author, post))),
            bumped AS (
                UPDATE topics SET
                    highest_post_number = highest_post_number + trailing_actions + 1,
                    trailing_actions = 0,
                    posts_count = posts_count + 1,
                    reply_count = reply_count + \(post.replyTo == nil ? 0 : 1)::int,
                    word_count = word_count + \(post.wordCount)::int,
                    participant_count = participant_count + CASE WHEN EXISTS (
                        SELECT 1 FROM topic_users tu WHERE tu.topic_id = topics.id
                        AND tu.user_id = \(author.id) AND tu.posted) THEN 0 ELSE 1 END,
                    last_post_user_id = \(author.id),
                    last_posted_at = greatest(last_posted_at, \(post.createdAt)),
                    bumped_at = greatest(bumped_at, \(post.createdAt)),
                    featured_user_ids = \(featured(author.id)), updated_at = \(post.now)
                WHERE id = \(topic.id) AND deleted_at IS NULL
                    AND (\(author.isTrusted) OR NOT (closed OR archived))
                    AND EXISTS (SELECT 1 FROM actor)
                RETURNING id, category_id, archetype, highest_post_number AS post_number,
                    posts_count
            ),
            made AS (
                \(insertPost(author, post, topic: "bumped.id", number: "bumped.post_number"))
                FROM bumped RETURNING id, topic_id, post_number
            ),
            indexed AS (
                INSERT INTO post_search_data (post_id, topic_id, search_data)
                SELECT made.id, made.topic_id, to_tsvector('english', \(post.searchText)) FROM made
            ),
            parent AS (
                UPDATE posts SET reply_count = reply_count + 1
                FROM made WHERE posts.topic_id = \(topic.id)
                    AND posts.post_number = \(post.replyTo?.number)::int
            ),
            reading AS (\(read(
                by: author.id,
                level: levelWhenReplying(author.id, otherwise: post.levelWhenReplying),
                reason: .createdPost
            ))),
            \(bookkeeping(author, post, of: "bumped")),
            event AS (
                INSERT INTO outbox (event, topic_id, post_id, user_id)
                SELECT \(Event.postCreated.rawValue), made.topic_id, made.id, \(author.id) FROM made
            ),
            \(DraftQueries.posted(by: author.id, keys: "'topic_' || made.topic_id")),
            unmarked AS (\(unmark(by: author.id)))\(PollQueries.created(post.polls))
            \(result(of: "bumped"))
            """
    }

    /// The author's row: locked, and refused when the last post is too near.
    static func actor(_ author: Principal, _ post: PreparedPost) -> SQL {
        """
        UPDATE users SET last_posted_at = greatest(last_posted_at, \(post.now))
        WHERE id = \(author.id) AND (\(post.intervalSeconds)::int = 0 OR last_posted_at IS NULL
            OR last_posted_at <= \(post.now)::timestamptz
                - make_interval(secs => \(post.intervalSeconds)::int))
        RETURNING id, name, title
        """
    }

    /// The four most recent posters beside the one who opened the topic.
    private static func featured(_ author: UserID) -> SQL {
        """
        CASE WHEN user_id = \(author) THEN featured_user_ids
            ELSE (ARRAY[\(author)::bigint] || array_remove(featured_user_ids, \(author)::bigint))[1:4]
            END
        """
    }

    static func insertPost(
        _ author: Principal,
        _ post: PreparedPost,
        topic: SQL,
        number: SQL,
        isWiki: SQL = "FALSE"
    ) -> SQL {
        """
        INSERT INTO posts (topic_id, post_number, user_id, raw, cooked, elided,
            reply_to_post_number, reply_to_user_id, word_count, via_email,
            incoming_email_id, last_editor_id, created_at, updated_at, has_polls,
            wiki)
        SELECT \(topic), \(number), \(author.id), \(post.raw), \(post.cooked),
            \(post.source.elided)::text, \(post.replyTo?.number)::int,
            \(post.replyTo?.authorID)::bigint, \(post.wordCount)::int,
            \(post.source.isEmail), \(post.source.incomingEmailID)::bigint, \(author.id),
            \(post.createdAt)::timestamptz, \(post.createdAt)::timestamptz,
            \(!post.polls.isEmpty), \(isWiki)
        """
    }

    /// The author has read what they wrote, and follows the topic: at `level`, or as they follow its
    /// category and tags when that is closer. What they chose for the topic stays; what automation
    /// decided is at most raised.
    static func read(by author: UserID, level: SQL, reason: NotificationReason) -> SQL {
        """
        INSERT INTO topic_users AS tu (topic_id, user_id, notification_level,
            notifications_reason_id, last_read_post_number, posted, first_visited_at,
            last_visited_at)
        SELECT made.topic_id, \(author), greatest(own.level, followed.level),
            CASE WHEN followed.level > own.level THEN followed.reason
                ELSE \(reason.rawValue)::int END,
            made.post_number, TRUE, now(), now()
        FROM made CROSS JOIN (SELECT \(level) AS level) own
            LEFT JOIN LATERAL (
                \(SubscriptionQueries.inherited("made.topic_id", by: "\(author)::bigint"))
            ) followed ON TRUE
        ON CONFLICT (user_id, topic_id) DO UPDATE SET posted = TRUE,
            last_read_post_number =
                greatest(tu.last_read_post_number, EXCLUDED.last_read_post_number),
            notification_level = CASE WHEN \(isRaised) THEN EXCLUDED.notification_level
                ELSE tu.notification_level END,
            notifications_reason_id = CASE WHEN \(isRaised) THEN EXCLUDED.notifications_reason_id
                ELSE coalesce(tu.notifications_reason_id, EXCLUDED.notifications_reason_id) END
        """
    }

    private static let isRaised: SQL = """
        (tu.notification_level BETWEEN 1 AND EXCLUDED.notification_level - 1
            AND (tu.notifications_reason_id IS NULL
                OR (tu.notifications_reason_id <> 2 AND tu.notification_level > 1)))
        """

    /// The level that a reply gives its topic, as the author chose. A stranger who wrote by mail has
    /// no other way to hear of answers.
    private static func levelWhenReplying(_ author: UserID, otherwise level: Int) -> SQL {
        """
        (SELECT CASE WHEN w.staged THEN 3 ELSE coalesce(
            (w.options ->> 'notification_level_when_replying')::int, \(level)::int) END
        FROM users w WHERE w.id = \(author))
        """
    }

    /// Counters of people and places, and the Message-ID; `place` names the CTE with the topic.
    ///
    /// Messages are nobody's statistics.
    private static func bookkeeping(_ author: Principal, _ post: PreparedPost, of place: SQL) -> SQL
    {
        """
        statistics AS (
            UPDATE user_stats SET post_count = post_count + 1
            FROM \(place) WHERE user_id = \(author.id) AND \(place).archetype = 'regular'
        ),
        category AS (
            UPDATE categories SET post_count = categories.post_count + 1
            FROM \(place) JOIN made ON made.topic_id = \(place).id
            WHERE categories.id = \(place).category_id
        ),
        named AS (\(name(post, of: place)))
        """
    }

    /// Bookmarks that were to last until their owner has answered.
    private static func unmark(by author: UserID) -> SQL {
        """
        DELETE FROM bookmarks bm USING made
        WHERE bm.user_id = \(author) AND bm.auto_delete_preference = 2
            AND (bm.topic_id = made.topic_id OR bm.post_id IN
                (SELECT p.id FROM posts p WHERE p.topic_id = made.topic_id))
        """
    }

    static func name(_ post: PreparedPost, of place: SQL) -> SQL {
        """
        INSERT INTO post_message_ids (message_id, category_id, post_id)
        SELECT \(post.source.messageID)::text, coalesce(\(place).category_id, 0), made.id
        FROM made JOIN \(place) ON \(place).id = made.topic_id
        WHERE \(post.source.messageID)::text IS NOT NULL
        ON CONFLICT DO NOTHING
        """
    }

    static func result(of place: SQL) -> SQL {
        """
        SELECT actor.id IS NOT NULL, actor.name, actor.title, made.id, made.topic_id, made.post_number,
            \(place).posts_count, (SELECT max(drafted.sequence) FROM drafted)
        FROM (SELECT 1) one LEFT JOIN actor ON TRUE LEFT JOIN \(place) ON TRUE
            LEFT JOIN made ON TRUE
        """
    }
}

/// What the writing statements answer; NULLs tell which lock refused.
struct PostWritten: RowDecodable {
    /// Whether the author's interval allowed it.
    let wasInTime: Bool
    let authorName: String?
    let authorTitle: String?
    let postID: PostID?
    let topicID: TopicID?
    let number: Int?
    let postsCount: Int?
    /// The number of the author's next draft in this place.
    let draftSequence: Int?

    init(from row: inout RowReader) throws(PostgresError) {
        wasInTime = try row.next()
        authorName = try row.next()
        authorTitle = try row.next()
        postID = try row.next()
        topicID = try row.next()
        number = try row.next()
        postsCount = try row.next()
        draftSequence = try row.next()
    }
}
