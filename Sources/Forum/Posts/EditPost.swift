import Markup
import Postgres

package enum MakingWiki {}

extension Rule where Action == MakingWiki, Resource == PostAccess {
    /// Discourse: staff; authors of trust level 3.
    package static var makingWiki: Self {
        Rule { post, principal in
            if post.isDeleted || post.topic.isDeleted { return .deny(.notFound) }
            if post.topic.isUnpublished { return .deny(.unpublished) }
            let isTrustedAuthor = post.authorID == principal.id && principal.trustLevel >= 3
            return principal.isStaff || (isTrustedAuthor && !principal.isSilenced)
                ? .allow : .deny(.forbidden)
        }
    }
}

extension Community {
    /// Changes the text of a post, and the title and tags of its topic when it is the first.
    ///
    /// Soon after it was written, while nobody has answered or liked it, the author's edit makes no
    /// revision (`editing_grace_period`).
    ///
    /// - Parameter originalRaw: What the editor started from; another text meanwhile is a conflict.
    /// - Throws: `ForumError`: `.conflict`, `.invalid`, `.forbidden`, `.notFound`.
    package func editPost(
        _ id: PostID,
        raw: String,
        editReason: String? = nil,
        title: String? = nil,
        tags: [String]? = nil,
        originalRaw: String? = nil,
        by principal: Principal
    ) async throws -> PostView {
        let viewer = Viewer.member(principal)
        let settings = settings.current
        let now = clock()
        let answers = try await database.batch([
            PostQueries.post(id, for: viewer), EditPostQueries.history(of: id),
        ])
        guard let post = try answers[0].postViews().first,
            let history = try answers[1].first(EditHistory.self)
        else { throw ForumError.notFound }
        let permitted = try principal.may(.editingPost(settings, now: now), post.access)
        let oldRaw = post.raw ?? ""
        if let originalRaw, PostText.cleaned(originalRaw) != PostText.cleaned(oldRaw) {
            throw Self.editConflict
        }
        let raw = PostText.cleaned(raw)
        let reason = editReason?.cleanedOfNUL ?? ""
        if raw != oldRaw || !reason.isEmpty {
            try PostText.refuse([
                PostText.problem(body: raw, minimum: minimumLength(of: post), settings),
                reason.unicodeScalars.count > Limits.editReasonMax
                    ? ForumError(.invalid, "Edit reason is too long", field: "edit_reason") : nil,
            ])
            let cooked = try await cook(raw, forReadersOf: post.topic.categoryID)
            try checkMentions(cooked, by: principal)
            try cooked.watched.refuseBlocked(in: raw)
            let polls = try PollRules.check(cooked.polls, now: now)
            try await checkPollChanges(of: post, to: polls, now: now)
            let edit = PreparedEdit(
                oldRaw: oldRaw,
                raw: raw,
                cooked: cooked.html,
                wordCount: cooked.wordCount,
                oldWordCount: post.wordCount,
                searchText: cooked.text,
                editReason: reason.isEmpty ? nil : reason,
                makesRevision: !reason.isEmpty
                    || !isWithinGrace(post, history, by: principal, now: now),
                now: now,
                polls: post.hasPolls || !polls.isEmpty ? polls : nil
            )
            let limits =
                edit.makesRevision ? RateLimit.edits(principal, settings) : []
            try await within(limits) { try await write(permitted, edit) }
        }
        if post.number == 1, title != nil || tags != nil {
            try await editTopic(post.topicID, title: title, tags: tags, by: principal)
        }
        return try await self.post(id, for: viewer)
    }

    /// Says whether everybody of trust level 1 may edit a post.
    package func setWiki(_ id: PostID, _ isWiki: Bool, by principal: Principal) async throws {
        let post = try await post(id, for: .member(principal))
        let permitted = try principal.may(.makingWiki, post.access)
        _ = try await database.query(EditPostQueries.setWiki(permitted, isWiki))
        signals.committed(.topic(post.topicID))
    }

    private static var editConflict: ForumError {
        ForumError(
            .conflict,
            "That post was edited by another user and your changes can no longer be saved."
        )
    }

    private func minimumLength(of post: PostView) -> Int {
        let settings = settings.current
        // A mail shorter than the web allows may have been let in; its text stays editable.
        if post.topic.archetype == .message { return settings.minPersonalMessagePostLength }
        return post.number == 1 ? settings.minFirstPostLength : settings.minPostLength
    }

    private func isWithinGrace(
        _ post: PostView,
        _ history: EditHistory,
        by principal: Principal,
        now: Timestamp
    ) -> Bool {
        guard post.author.id == principal.id, post.likeCount == 0, post.replyCount == 0,
            (history.lastEditorID ?? principal.id) == principal.id
        else { return false }
        let since = history.lastEditAt ?? post.createdAt
        return now < since + Double(settings.current.editingGracePeriod)
    }

    private func write(
        _ permitted: Permitted<EditingPost, PostAccess>,
        _ edit: PreparedEdit
    ) async throws {
        let post = permitted.resource
        var statements = [EditPostQueries.edit(permitted, edit)]
        if post.number == 1 {
            statements.append(
                EditPostQueries.setExcerpt(
                    of: post.topic.id,
                    Excerpt.make(html: edit.cooked, length: 220)
                )
            )
        }
        if let polls = edit.polls {
            statements += PollQueries.replaced(polls, of: post.id, raw: edit.raw)
        }
        let answers = try await write(statements)
        guard !answers[0].isEmpty else { throw Self.editConflict }
        signals.committed(.topic(post.topic.id))
    }
}
