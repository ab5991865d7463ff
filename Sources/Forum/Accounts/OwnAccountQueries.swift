import Postgres

enum OwnAccountQueries {
    typealias Leaving = Permitted<DeletingOwnAccount, User>

    /// The later first: a topic goes with its first post. What waits with an import is left to it.
    static func posts(of user: Leaving) -> SQL {
        """
        SELECT p.id FROM posts p JOIN topics t ON t.id = p.topic_id
        WHERE p.user_id = \(user.resource.id) AND p.deleted_at IS NULL AND t.import_id IS NULL
        ORDER BY p.post_number DESC, p.id DESC LIMIT 10
        """
    }

    /// What is kept of the person's doings is the system's from now on.
    static func delete(_ user: Leaving) -> [SQL] {
        let id = user.resource.id
        let system = UserID.system
        return [
            "UPDATE posts SET user_id = \(system) WHERE user_id = \(id)",
            "UPDATE posts SET reply_to_user_id = \(system) WHERE reply_to_user_id = \(id)",
            "UPDATE posts SET last_editor_id = \(system) WHERE last_editor_id = \(id)",
            "UPDATE posts SET deleted_by_id = \(system) WHERE deleted_by_id = \(id)",
            "UPDATE posts SET locked_by_id = \(system) WHERE locked_by_id = \(id)",
            "UPDATE post_revisions SET user_id = \(system) WHERE user_id = \(id)",
            "UPDATE topics SET user_id = \(system) WHERE user_id = \(id)",
            "UPDATE topics SET last_post_user_id = \(system) WHERE last_post_user_id = \(id)",
            "UPDATE topics SET deleted_by_id = \(system) WHERE deleted_by_id = \(id)",
            "UPDATE categories SET user_id = \(system) WHERE user_id = \(id)",
            """
            UPDATE topics SET featured_user_ids = array_remove(featured_user_ids, \(id))
            WHERE \(id) = ANY(featured_user_ids)
            """,
            "DELETE FROM users WHERE id = \(id)",
        ]
    }
}
