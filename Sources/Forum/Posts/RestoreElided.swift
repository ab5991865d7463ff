import Postgres

extension Community {
    /// What was trimmed off the mail that became this post, as Markdown, for its author and staff.
    ///
    /// - Throws: `.notFound` also where nothing was.
    package func elided(of post: PostID, for principal: Principal) async throws -> String {
        guard
            let elided = try await database.value(
                PostQueries.elided(post, for: principal),
                as: String.self
            )
        else { throw ForumError.notFound }
        return elided
    }

    /// Undoes the trimming of a mail: what was left out stands behind the text again.
    ///
    /// - Throws: `.notFound` where nothing was trimmed off; as `editPost(_:raw:by:)`.
    package func restoreElided(of id: PostID, by principal: Principal) async throws -> PostView {
        var post = try await post(id, for: .member(principal))
        let elided = try await elided(of: id, for: principal)
        let permitted = try principal.may(.editingPost(settings.current, now: clock()), post.access)
        let raw = post.raw ?? ""
        // A process may have died between the two.
        if !raw.hasSuffix(PostText.cleaned(elided)) {
            post = try await editPost(
                id,
                raw: raw + "\n\n" + elided,
                originalRaw: raw,
                by: principal
            )
        }
        try await database.execute(PostQueries.forgetElided(permitted))
        post.hasElided = false
        return post
    }
}
