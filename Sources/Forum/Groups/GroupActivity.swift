import Postgres

extension Community {
    /// What the members of a group wrote in public topics, newest first.
    ///
    /// - Parameter mentioning: What addresses the group instead.
    /// - Throws: `.forbidden` when the viewer may not see who is in the group.
    package func posts(
        of group: Group,
        mentioning: Bool = false,
        before: PostID? = nil,
        for viewer: Viewer
    ) async throws -> [PostView] {
        guard group.canSeeMembers else { throw ForumError.forbidden }
        let found = try await database.query(
            PostQueries.ofGroup(
                group.id,
                mentioning: mentioning,
                before: before?.value,
                limit: Limits.groupPostsPerPage,
                for: viewer
            )
        ).postViews()
        let now = clock()
        return found.map { $0.permitted(for: viewer, settings.current, now: now) }
    }
}
