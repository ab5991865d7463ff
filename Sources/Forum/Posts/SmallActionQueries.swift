import Postgres

/// Posts without words that say what was done in a topic.
///
/// In a message between people they have numbers of their own but count for nothing: who was let in is
/// nothing to read (Discourse counts the same).
enum SmallActionQueries {
    /// Whom one is about.
    enum Subject: Sendable {
        case nobody
        case user(UserID)
        case group(GroupID)

        fileprivate var userID: UserID? { if case .user(let id) = self { id } else { nil } }
        fileprivate var groupID: GroupID? { if case .group(let id) = self { id } else { nil } }
    }

    /// What an UPDATE of the topic sets, for one more by `actor`; `step` is 0 for none.
    static func counted(by actor: UserID, step: Int = 1) -> SQL {
        guard step > 0 else { return "posts_count = posts_count" }
        return """
            posts_count = posts_count + CASE WHEN \(isMessage) THEN 0 ELSE 1 END,
            highest_post_number = highest_post_number
                + CASE WHEN \(isMessage) THEN 0 ELSE trailing_actions + 1 END,
            trailing_actions = CASE WHEN \(isMessage) THEN trailing_actions + 1 ELSE 0 END,
            last_post_user_id = CASE WHEN \(isMessage) THEN last_post_user_id ELSE \(actor) END
            """
    }

    private static let isMessage: SQL = "archetype = 'private_message'"

    /// Its number, of a topic that `counted` changed.
    static let number: SQL = "highest_post_number + trailing_actions"

    /// The parts of a statement that write one in the topic `changed` (`id, category_id, archetype,
    /// number`), and what counts it; whoever did it has read it.
    static func write(
        _ code: String,
        about subject: Subject = .nobody,
        by actor: UserID,
        at now: Timestamp,
        step: Int = 1
    ) -> SQL {
        """
        made AS (
            INSERT INTO posts (topic_id, post_number, user_id, post_type, action_code,
                action_user_id, action_group_id, raw, cooked, last_editor_id, created_at, updated_at)
            SELECT id, number, \(actor), 3, \(code), \(subject.userID)::bigint,
                \(subject.groupID)::bigint, '', '', \(actor), \(now), \(now)
            FROM changed WHERE \(step)::int = 1 RETURNING id, topic_id, post_number
        ),
        indexed AS (
            INSERT INTO post_search_data (post_id, topic_id, search_data)
            SELECT id, topic_id, ''::tsvector FROM made
        ),
        category AS (
            UPDATE categories SET post_count = categories.post_count + 1
            FROM changed JOIN made ON made.topic_id = changed.id
            WHERE categories.id = changed.category_id
        ),
        statistics AS (
            UPDATE user_stats SET post_count = post_count + 1
            FROM changed JOIN made ON made.topic_id = changed.id
            WHERE user_id = \(actor) AND changed.archetype = 'regular'
        ),
        reading AS (
            UPDATE topic_users tu SET last_read_post_number = made.post_number
            FROM made JOIN changed ON changed.id = made.topic_id
            WHERE tu.topic_id = made.topic_id AND tu.user_id = \(actor)
                AND changed.archetype = 'regular'
                AND tu.last_read_post_number = made.post_number - 1
        )
        """
    }

    /// `changed` for a message in which somebody was let in or taken out: one for each row of `rows`.
    static func changeMessage(_ topic: TopicID, with rows: SQL, by actor: UserID) -> SQL {
        """
        changed AS (
            UPDATE topics SET \(counted(by: actor)) FROM \(rows) rows WHERE topics.id = \(topic)
            RETURNING topics.id, category_id, archetype, \(number) AS number
        )
        """
    }
}
