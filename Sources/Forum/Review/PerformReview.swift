import Postgres

package enum Reviewing {}

extension Rule where Action == Reviewing, Resource == Reviewable {
    /// Staff that sees it, while it waits, unless somebody else looks into it.
    package static var review: Self {
        Self { reviewable, principal in
            guard principal.isStaff else { return .deny(.notFound) }
            guard reviewable.isPending else { return .deny(.reviewConflict) }
            if let claimed = reviewable.claimedBy, claimed.id != principal.id {
                return .deny(
                    ForumError(.conflict, "This item has been claimed by another user.")
                )
            }
            return .allow
        }
    }
}

extension ForumError {
    static var reviewConflict: Self {
        ForumError(
            .conflict,
            "There was an error updating the queue: somebody else changed this item. "
                + "Please load it again."
        )
    }
}

/// What came of a decision.
package struct ReviewResult: Sendable {
    package let id: Int64
    package let status: Reviewable.Status
    package let version: Int
    package let createdPost: CreatedPost?
    package let waiting: Int
    package let unseen: Int
}

extension Community {
    /// Decides on something in the queue.
    ///
    /// - Parameter version: What the reviewer saw.
    /// - Throws: `.conflict` when it has changed since, `.forbidden` for an action that it does not
    ///   have, `.notFound`; for a post that waits, whatever its creation throws.
    package func performReview(
        _ id: Int64,
        _ actionName: String,
        version: Int,
        reason: String? = nil,
        by principal: Principal
    ) async throws -> ReviewResult {
        let page = try await reviewable(id, for: principal)
        guard let found = page.reviewables.first else { throw ForumError.notFound }
        guard found.version == version else { throw ForumError.reviewConflict }
        let permitted = try principal.may(.review, found)
        let staff = try await staffAmong(page)
        let isStaff = found.author.map { staff.contains($0.id.value) } ?? false
        guard let action = ReviewAction(rawValue: actionName),
            found.actions(for: principal, authorIsStaff: isStaff).contains(action)
        else { throw ForumError.forbidden }
        let status = action.leadsTo(found.kind)
        let now = clock()
        let reason = reason?.cleanedOfNUL.prefixed(Limits.reviewNotesMax)
        let taken = try await database.value(
            ReviewQueries.decide(permitted, status, reason: reason, at: now),
            as: Int.self
        )
        guard let taken else { throw ForumError.reviewConflict }
        var created: CreatedPost?
        do {
            created = try await carryOut(action, permitted, reason: reason)
        } catch {
            if found.kind == .queuedPost {
                _ = try await database.query(ReviewQueries.reopen(permitted))
            }
            throw error
        }
        _ = try await database.batch(
            ReviewQueries.settle(permitted, status, at: now)
                + [StaffLogQueries.record(logged(action, found), by: principal, at: now)]
                + (created.map { [ReviewQueries.tellApproved($0)] } ?? [])
        )
        signals.committed(.site)
        let counts = try await reviewCounts(for: principal)
        return ReviewResult(
            id: id,
            status: status,
            version: taken,
            createdPost: created,
            waiting: counts.waiting,
            unseen: counts.unseen
        )
    }

    /// Changes a post that waits, before it is decided on.
    ///
    /// - Throws: `.conflict` when it has changed since `version`, `.invalid` for anything but a post
    ///   that waits, `.notFound`.
    package func changeReviewable(
        _ id: Int64,
        raw: String?,
        title: String?,
        tags: [String]?,
        category: CategoryID?,
        version: Int,
        by principal: Principal
    ) async throws -> Int {
        let page = try await reviewable(id, for: principal)
        guard let found = page.reviewables.first else { throw ForumError.notFound }
        guard found.version == version else { throw ForumError.reviewConflict }
        let permitted = try principal.may(.review, found)
        guard found.kind == .queuedPost else {
            throw ForumError(.invalid, "Only a post that waits can be changed.")
        }
        var queued = try QueuedPost(json: found.payload)
        if let raw { queued.raw = PostText.cleaned(raw) }
        if let title, queued.title != nil { queued.title = PostText.cleanedTitle(title) }
        if let tags { queued.tags = Array(tags.prefix(100)) }
        if let category, queued.title != nil { queued.category = category.value }
        try PostText.refuse([
            PostText.problem(body: queued.raw, minimum: 1, settings.current),
            queued.title.flatMap {
                PostText.problem(title: $0, minimum: 1, settings.current)
            },
        ])
        let changed = try await database.value(
            ReviewQueries.change(
                permitted,
                payload: queued.json(),
                category: queued.title == nil ? nil : category,
                at: clock()
            ),
            as: Int.self
        )
        guard let changed else { throw ForumError.reviewConflict }
        return changed
    }

    private func logged(_ action: ReviewAction, _ reviewable: Reviewable) -> StaffAction {
        let kind: StaffAction.Kind =
            switch action {
            case .approvePost, .approvePostClosed: .postApproved
            case .rejectPost, .reviseAndRejectPost: .postRejected
            case .approveUser: .approveUser
            default: .reviewFlag
            }
        return StaffAction(
            kind,
            of: reviewable.author?.id,
            subject: action.rawValue,
            details: reviewable.queued?.raw,
            context: "/review/\(reviewable.id)",
            topic: reviewable.topicID,
            post: reviewable.post?.id,
            category: reviewable.categoryID
        )
    }

    private func carryOut(
        _ action: ReviewAction,
        _ permitted: Permitted<Reviewing, Reviewable>,
        reason: String?
    ) async throws -> CreatedPost? {
        let found = permitted.resource
        let principal = permitted.principal
        switch action {
        case .agreeAndKeep, .agreeAndKeepHidden, .agreeAndEdit, .agreeAndSilence,
            .agreeAndSuspend, .ignore, .ignoreAndDoNothing:
            break
        case .agreeAndHide: try await setHidden(permitted, true)
        case .disagree: try await setHidden(permitted, false)
        case .agreeAndRestore: try await restore(found, by: principal)
        case .disagreeAndRestore:
            try await setHidden(permitted, false)
            try await restore(found, by: principal)
        case .deleteAndIgnore, .deleteAndAgree:
            if let post = found.post { try await deletePost(post.id, by: principal) }
        case .deleteAndIgnoreReplies, .deleteAndAgreeReplies:
            try await deleteWithReplies(found, by: principal)
        case .approvePost, .approvePostClosed: return try await publish(found)
        case .rejectPost: try await tellOfRejection(found, reason: nil)
        case .reviseAndRejectPost: try await tellOfRejection(found, reason: reason)
        case .approveUser:
            guard let user = found.targetID else { throw ForumError.notFound }
            try await approveUser(UserID(user), by: principal)
        case .deleteUser, .deleteUserBlock:
            try await deleteAuthor(found, blocks: action == .deleteUserBlock, by: principal)
        }
        return nil
    }

    private func setHidden(
        _ permitted: Permitted<Reviewing, Reviewable>,
        _ isHidden: Bool
    ) async throws {
        let changed = try await database.query(
            ReviewQueries.setHidden(permitted, isHidden, at: clock())
        )
        guard !changed.isEmpty, let post = permitted.resource.post else { return }
        if let topic = permitted.resource.topicID { signals.committed(.topic(topic)) }
        guard isHidden else { return }
        try await tellOfHiding(self.post(post.id, for: .member(.system)))
    }

    private func restore(_ found: Reviewable, by principal: Principal) async throws {
        guard let post = found.post, post.isDeleted else { return }
        try await recoverPost(post.id, by: principal)
    }

    private func deleteWithReplies(_ found: Reviewable, by principal: Principal) async throws {
        guard let post = found.post else { return }
        let replies = try await replies(to: post.id, after: 0, for: .member(principal))
        for reply in replies where reply.deletedAt == nil {
            try await deletePost(reply.id, by: principal)
        }
        try await deletePost(post.id, by: principal)
    }

    private func deleteAuthor(
        _ found: Reviewable,
        blocks: Bool,
        by principal: Principal
    ) async throws {
        guard let author = found.author else { throw ForumError.notFound }
        var deletion = UserDeletion()
        deletion.deletesPosts = true
        deletion.blocksEmail = blocks
        deletion.blocksIP = blocks
        deletion.blocksURLs = blocks
        deletion.context = "/review/\(found.id)"
        try await deleteUser(author.id, deletion, by: principal)
    }

    /// Writes a post that waited, in the name of its author.
    private func publish(_ found: Reviewable) async throws -> CreatedPost {
        guard let id = found.author?.id, let author = try await principal(for: id) else {
            throw ForumError(.invalid, "The author of this post can no longer write.")
        }
        let queued = try QueuedPost(json: found.payload)
        guard queued.title != nil else {
            guard let topic = found.topicID else {
                throw ForumError(.invalid, "The topic of this post is gone.")
            }
            return try await createPost(
                NewPost(
                    topicID: topic,
                    raw: queued.raw,
                    replyToPostNumber: queued.replyToPostNumber
                ),
                by: author,
                source: .importer
            )
        }
        var new = NewTopic(
            title: queued.title ?? "",
            raw: queued.raw,
            categoryID: queued.category.map { CategoryID($0) },
            tags: queued.tags ?? []
        )
        new.externalID = queued.externalID
        new.subjectKey = queued.subjectKey
        return try await createTopic(new, by: author, source: .importer)
    }

    private func tellOfRejection(_ found: Reviewable, reason: String?) async throws {
        guard let reason, let author = found.author, let raw = found.queued?.raw else { return }
        try await tell(
            author.username,
            "Feedback on your post",
            """
            Hello,

            staff has looked at your post and asks you to change it:

            \(reason)

            This is what you wrote:

            ```text
            \(raw.replacing("```", with: "'''"))
            ```
            """
        )
    }
}

extension ReviewAction {
    /// What a reviewable of that kind is afterwards.
    func leadsTo(_ kind: Reviewable.Kind) -> Reviewable.Status {
        switch self {
        case .agreeAndKeep, .agreeAndKeepHidden, .agreeAndHide, .agreeAndEdit, .agreeAndSilence,
            .agreeAndSuspend, .agreeAndRestore, .deleteAndAgree, .deleteAndAgreeReplies,
            .approvePost, .approvePostClosed, .approveUser:
            .approved
        case .disagree, .disagreeAndRestore, .rejectPost, .reviseAndRejectPost: .rejected
        case .ignore, .ignoreAndDoNothing, .deleteAndIgnore, .deleteAndIgnoreReplies: .ignored
        case .deleteUser, .deleteUserBlock: kind == .flaggedPost ? .approved : .rejected
        }
    }
}

extension String {
    func prefixed(_ count: Int) -> String { String(unicodeScalars.prefix(count)) }
}
