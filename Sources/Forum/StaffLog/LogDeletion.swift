import Postgres

extension Community {
    /// The line of the log when staff deletes what somebody else wrote; nothing otherwise.
    static func logOfDeletion(
        of post: PostView,
        by principal: Principal,
        at now: Timestamp
    ) -> [SQL] {
        guard principal.isStaff, principal.id != .system, principal.id != post.author.id else {
            return []
        }
        let action = StaffAction(
            .deletePost,
            of: post.author.id,
            subject: post.topic.title,
            details: """
                id: \(post.id)
                created_at: \(post.createdAt.iso8601)
                user: \(post.author.username)
                raw: \(post.raw ?? "")
                """,
            topic: post.topicID,
            post: post.id,
            category: post.topic.categoryID
        )
        return [StaffLogQueries.record(action, by: principal, at: now)]
    }

    /// As for a post.
    static func logOfDeletion(
        of topic: TopicAccess,
        by principal: Principal,
        at now: Timestamp
    ) -> [SQL] {
        guard principal.isStaff, principal.id != .system, principal.id != topic.authorID else {
            return []
        }
        let action = StaffAction(
            .deleteTopic,
            of: topic.authorID,
            subject: topic.title,
            details: "id: \(topic.id)\ntitle: \(topic.title)",
            topic: topic.id,
            category: topic.categoryID
        )
        return [StaffLogQueries.record(action, by: principal, at: now)]
    }
}
