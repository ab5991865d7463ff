import Postgres

/// Small changes of one post; each tells of itself as an edit.
enum ChangePostQueries {
    static func setLocked(
        _ permitted: Permitted<LockingPost, PostAccess>,
        _ isLocked: Bool
    ) -> SQL {
        let by = isLocked ? permitted.principal.id : nil
        return """
            WITH edited AS (
                UPDATE posts SET locked_by_id = \(by)::bigint WHERE id = \(permitted.resource.id)
                RETURNING id, topic_id
            )
            \(told(.postEdited, by: permitted.principal))
            """
    }

    static func setType(_ permitted: Permitted<LockingPost, PostAccess>, _ type: Int) -> SQL {
        """
        WITH edited AS (
            UPDATE posts SET post_type = \(type)::smallint WHERE id = \(permitted.resource.id)
            RETURNING id, topic_id
        )
        \(told(.postEdited, by: permitted.principal))
        """
    }

    /// Only while the text is the one that was cooked.
    static func rebake(
        _ permitted: Permitted<LockingPost, PostAccess>,
        _ cooked: CookedPost,
        from raw: String
    ) -> SQL {
        """
        WITH edited AS (
            UPDATE posts SET cooked = \(cooked.html)
            WHERE id = \(permitted.resource.id) AND raw = \(raw) RETURNING id, topic_id
        )
        \(told(.postEdited, by: permitted.principal))
        """
    }

    private static func told(_ event: Event, by principal: Principal) -> SQL {
        """
        INSERT INTO outbox (event, topic_id, post_id, user_id)
        SELECT \(event.rawValue), topic_id, id, \(principal.id) FROM edited
        """
    }
}
