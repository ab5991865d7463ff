import Postgres

/// Posts that go from one topic to another, with all that knows them by topic or number.
enum MovePostsQueries {
    /// An empty topic that the posts will fill.
    static func newTopic(
        _ permitted: Permitted<ArrangingTopic, TopicAccess>,
        _ topic: MovedTopic,
        firstPost: PostID,
        now: Timestamp
    ) -> SQL {
        """
        INSERT INTO topics (title, fancy_title, slug, archetype, category_id, user_id,
            last_post_user_id, excerpt, created_at, updated_at, bumped_at)
        SELECT \(topic.title)::text, \(topic.fancyTitle)::text, \(topic.slug)::text,
            \(permitted.resource.archetype.rawValue)::text, \(topic.categoryID)::bigint, p.user_id,
            p.user_id, \(topic.excerpt)::text, p.created_at, \(now), p.created_at
        FROM posts p WHERE p.id = \(firstPost) AND p.topic_id = \(permitted.resource.id)
        RETURNING id
        """
    }

    static func copyReaders(of source: TopicID, to target: TopicID) -> [SQL] {
        [
            """
            INSERT INTO topic_allowed_users (topic_id, user_id)
            SELECT \(target)::bigint, user_id FROM topic_allowed_users WHERE topic_id = \(source)
            """,
            """
            INSERT INTO topic_allowed_groups (topic_id, group_id)
            SELECT \(target)::bigint, group_id FROM topic_allowed_groups WHERE topic_id = \(source)
            """,
        ]
    }

    /// Both rows in the order of their numbers, as every writer of two topics takes them.
    static func lock(_ topics: [TopicID]) -> SQL {
        """
        SELECT id, posts_count FROM topics WHERE id = ANY(\(topics.map(\.value))::bigint[])
            AND deleted_at IS NULL ORDER BY id FOR UPDATE
        """
    }

    /// Numbers the posts behind those of the target and hangs them there; the first post of a topic
    /// stays, and a copy of it goes. What answered a post that goes elsewhere answers nothing.
    static func move(
        _ permitted: Permitted<ArrangingTopic, TopicAccess>,
        _ posts: [PostID],
        to target: TopicID
    ) -> [SQL] {
        let source = permitted.resource.id
        let ids = posts.map(\.value)
        return [
            """
            CREATE TEMPORARY TABLE moving (id bigint PRIMARY KEY, old_number integer NOT NULL,
                number integer NOT NULL) ON COMMIT DROP
            """,
            """
            INSERT INTO moving (id, old_number, number)
            SELECT p.id, p.post_number AS old_number, (SELECT t.highest_post_number FROM topics t
                WHERE t.id = \(target)) + row_number() OVER (ORDER BY p.post_number) AS number
            FROM posts p WHERE p.topic_id = \(source) AND p.id = ANY(\(ids)::bigint[])
                AND p.deleted_at IS NULL
            """,
            """
            INSERT INTO posts (topic_id, post_number, user_id, post_type, raw, cooked, elided,
                word_count, last_editor_id, via_email, created_at, updated_at)
            SELECT \(target)::bigint, m.number, p.user_id, p.post_type, p.raw, p.cooked, p.elided,
                p.word_count, p.last_editor_id, p.via_email, p.created_at, p.updated_at
            FROM moving m JOIN posts p ON p.id = m.id WHERE m.old_number = 1
            """,
            """
            INSERT INTO post_search_data (post_id, topic_id, search_data)
            SELECT copy.id, copy.topic_id, ts_filter(d.search_data, '{b,c,d}')
            FROM moving m JOIN post_search_data d ON d.post_id = m.id
                JOIN posts copy ON copy.topic_id = \(target) AND copy.post_number = m.number
            WHERE m.old_number = 1
            """,
            """
            UPDATE posts p SET topic_id = \(target), post_number = m.number,
                reply_to_post_number = parent.number,
                reply_to_user_id = CASE WHEN parent.id IS NOT NULL THEN p.reply_to_user_id END
            FROM moving m LEFT JOIN posts before ON before.id = m.id
                LEFT JOIN moving parent ON parent.old_number = before.reply_to_post_number
            WHERE p.id = m.id AND m.old_number > 1
            """,
            """
            UPDATE posts p SET reply_to_post_number = NULL, reply_to_user_id = NULL
            FROM moving m WHERE p.topic_id = \(source) AND m.old_number > 1
                AND p.reply_to_post_number = m.old_number
            """,
            """
            UPDATE post_search_data d SET topic_id = \(target)
            FROM moving m WHERE d.post_id = m.id AND m.old_number > 1
            """,
            """
            UPDATE notifications n SET topic_id = \(target), post_number = m.number
            FROM moving m WHERE n.post_id = m.id AND m.old_number > 1
            """,
            """
            DELETE FROM solutions s USING moving m
            WHERE s.post_id = m.id AND m.old_number > 1
            """,
        ]
    }

    /// A new topic is found by its title through its first post, and carries the time of it.
    static func finishNewTopic(_ target: TopicID, title: String) -> [SQL] {
        [
            EditTopicQueries.index(title, of: target),
            """
            UPDATE topics SET user_id = p.user_id, created_at = p.created_at
            FROM posts p WHERE topics.id = \(target) AND p.topic_id = \(target)
                AND p.post_number = 1
            """,
        ]
    }

    /// Authors have been in the topic that their posts are in now, and are told of it.
    static func follow(
        _ target: TopicID,
        by mover: Principal,
        title: String,
        now: Timestamp
    ) -> [SQL] {
        [
            """
            INSERT INTO topic_users AS tu (topic_id, user_id, notification_level,
                notifications_reason_id, last_read_post_number, posted, first_visited_at,
                last_visited_at)
            SELECT \(target)::bigint, p.user_id, 2, 4, max(p.post_number), TRUE, \(now), \(now)
            FROM moving m JOIN posts p ON p.topic_id = \(target) AND p.post_number = m.number
            GROUP BY p.user_id
            ON CONFLICT (user_id, topic_id) DO UPDATE SET posted = TRUE
            """,
            """
            INSERT INTO notifications (user_id, notification_type, topic_id, post_id, post_number,
                data, created_at)
            SELECT DISTINCT ON (p.user_id) p.user_id, 10, p.topic_id, p.id, p.post_number,
                jsonb_build_object('topic_title', \(title)::text, 'display_username',
                    \(mover.username)::text, 'original_post_id', p.id), \(now)
            FROM moving m JOIN posts p ON p.topic_id = \(target) AND p.post_number = m.number
            WHERE p.user_id <> \(mover.id) AND p.user_id > 0
            ORDER BY p.user_id, p.post_number
            ON CONFLICT (user_id, notification_type, post_id) DO NOTHING
            """,
        ]
    }

    /// Says in the source where the posts went.
    static func leaveNote(
        _ permitted: Permitted<ArrangingTopic, TopicAccess>,
        raw: String,
        _ cooked: CookedPost,
        now: Timestamp
    ) -> SQL {
        let topic = permitted.resource.id
        let author = permitted.principal.id
        return """
            WITH made AS (
                INSERT INTO posts (topic_id, post_number, user_id, post_type, action_code, raw,
                    cooked, word_count, last_editor_id, created_at, updated_at)
                SELECT \(topic), max(p.post_number) + 1, \(author), 3, 'split_topic', \(raw)::text,
                    \(cooked.html)::text, \(cooked.wordCount)::int, \(author), \(now), \(now)
                FROM posts p WHERE p.topic_id = \(topic)
                RETURNING id, topic_id
            )
            INSERT INTO post_search_data (post_id, topic_id, search_data)
            SELECT id, topic_id, to_tsvector('english', \(cooked.text)) FROM made
            """
    }

    /// A topic of which nothing but its first post is left takes no more.
    static func closeIfEmptied(_ permitted: Permitted<ArrangingTopic, TopicAccess>) -> SQL {
        """
        UPDATE topics SET closed = TRUE WHERE id = \(permitted.resource.id)
            AND EXISTS (SELECT 1 FROM moving m WHERE m.old_number = 1)
            AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.topic_id = \(permitted.resource.id)
                AND p.post_number > 1 AND p.deleted_at IS NULL AND p.post_type <> 3)
        """
    }

    /// Who wrote what goes.
    static func authors(_ posts: [PostID]) -> SQL {
        "SELECT DISTINCT user_id FROM posts WHERE id = ANY(\(posts.map(\.value))::bigint[])"
    }

    static func livePosts(_ topic: TopicID, limit: Int) -> SQL {
        """
        SELECT id FROM posts WHERE topic_id = \(topic) AND deleted_at IS NULL AND post_type <> 3
        ORDER BY post_number LIMIT \(limit)
        """
    }

    static func changeOwner(
        _ permitted: Permitted<ChangingOwner, TopicAccess>,
        of posts: [PostID],
        to owner: UserID,
        now: Timestamp
    ) -> [SQL] {
        let topic = permitted.resource.id
        let ids = posts.map(\.value)
        return [
            // Nobody likes their own posts.
            """
            DELETE FROM post_actions WHERE user_id = \(owner) AND post_action_type_id = 2
                AND post_id = ANY(\(ids)::bigint[])
            """,
            """
            UPDATE posts p SET user_id = \(owner), updated_at = \(now), like_count = (SELECT count(*)
                FROM post_actions pa WHERE pa.post_id = p.id AND pa.post_action_type_id = 2)
            WHERE p.topic_id = \(topic) AND p.id = ANY(\(ids)::bigint[])
            """,
            """
            UPDATE posts r SET reply_to_user_id = \(owner) FROM posts p
            WHERE p.id = ANY(\(ids)::bigint[]) AND r.topic_id = \(topic)
                AND r.reply_to_post_number = p.post_number
            """,
            """
            UPDATE topics SET user_id = \(owner) FROM posts p
            WHERE topics.id = \(topic) AND p.topic_id = topics.id AND p.post_number = 1
                AND p.user_id = \(owner)
            """,
            """
            INSERT INTO topic_users AS tu (topic_id, user_id, notification_level,
                notifications_reason_id, posted) VALUES (\(topic), \(owner), 2, 4, TRUE)
            ON CONFLICT (user_id, topic_id) DO UPDATE SET posted = TRUE
            """,
        ]
    }

    static func told(_ event: Event, _ topic: TopicID, by principal: Principal) -> SQL {
        """
        INSERT INTO outbox (event, topic_id, user_id)
        VALUES (\(event.rawValue), \(topic), \(principal.id))
        """
    }
}
