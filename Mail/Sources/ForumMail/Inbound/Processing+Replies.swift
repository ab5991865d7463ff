import Forum
import MailMessage
import Postgres

/// Mails that answer a post, or say what is to be done about it.
extension Processing {
    /// The post that a mail is about.
    fileprivate struct Parent {
        let postID: PostID
        let topicID: TopicID
        /// `nil` when the post is gone: without it the answer still belongs to the topic.
        let number: Int?
        /// Between some people: nothing there can wait for staff.
        let isMessage: Bool
    }

    /// By the key in its address.
    func reply(_ words: Words, to target: ReplyTarget, from sender: Address) async throws -> Outcome
    {
        let addresses = try await community.verifiedAddresses(of: target.userID)
        let address = EmailAddressRules.normalise(sender.address, allowingLocalDomains: true)
        guard let address, addresses.contains(address) else {
            throw refusal(.replyUserNotMatching, .refusedOtherSender)
        }
        guard let account = try await community.account(for: target.userID) else {
            throw refusal(.userNotFound, .refusedNoUser)
        }
        if let obstacle = account.obstacle(at: community.clock()) { throw obstacle }
        guard !target.isTopicDeleted else {
            throw refusal(.topicNotFound, .refusedTopicGone)
        }
        let parent = Parent(
            postID: target.postID,
            topicID: target.topicID,
            number: target.isPostDeleted ? nil : target.postNumber,
            isMessage: target.categoryID == nil
        )
        return try await answer(words, parent, by: account.principal)
    }

    /// By In-Reply-To and References, to an address that says nothing of the post: only where the
    /// sender is proved to be who he says.
    ///
    /// - Returns: `nil` when the mail answers nothing that is known.
    func answer(_ words: Words, from sender: Correspondent) async throws -> Outcome? {
        guard authentication.isProved,
            let found = try await community.post(answeredBy: answeredIDs)
        else { return nil }
        guard let account = sender.account,
            account.isEmailVerified || account.principal.isStaged
        else { throw refusal(.userNotFound, .refusedNoAccount) }
        return try await answer(words, Parent(found), by: account.principal)
    }

    /// As `answer(from:)`, at the address of a category; where that mirrors a list, threads are the
    /// list's, whoever writes.
    func answer(
        _ words: Words,
        in category: EmailInCategory,
        from sender: Correspondent
    ) async throws -> Outcome? {
        guard category.isMailingListMirror || authentication.isProved,
            let found = try await community.post(answeredBy: answeredIDs, in: category.id)
        else { return nil }
        return try await answer(words, Parent(found), by: author(sender, in: category))
    }

    private func answer(
        _ words: Words,
        _ parent: Parent,
        by account: Principal
    ) async throws -> Outcome {
        let principal = acting(account)
        if let outcome = try await command(words.kept, parent, principal) { return outcome }
        if let text = Self.edit(words.kept) {
            return try await edit(parent, text, by: principal)
        }
        var new = NewPost(topicID: parent.topicID, raw: "")
        new.replyToPostNumber = parent.number
        new.holdReason = try holdReason(
            for: account,
            isReply: true,
            canWait: !parent.isMessage
        )
        new.raw = try await withFiles(words, by: principal)
        let post = try await posting(by: principal) { [new] in
            try await community.createPost(new, by: principal, source: source(words))
        }
        return Outcome(verdict: .posted(post.id), user: principal.id, topic: post.topicID)
    }

    // MARK: Commands

    /// The new text of a post whose notification was answered with “edit” on a line of its own.
    private static func edit(_ text: String) -> String? {
        guard let end = text.firstIndex(where: \.isNewline),
            String(text[..<end]).trimmed.lowercased() == "edit"
        else { return nil }
        let rest = String(text[end...]).withoutBlankEnds
        return rest.isEmpty ? nil : rest
    }

    private func edit(
        _ parent: Parent,
        _ text: String,
        by principal: Principal
    ) async throws -> Outcome {
        try refuseForged()
        let post = try await community.post(parent.postID, for: .member(principal))
        guard post.author.id == principal.id else {
            throw refusal(.invalidPostAction, .refusedNotOwnPost)
        }
        if post.raw != text {
            _ = try await community.editPost(parent.postID, raw: text, by: principal)
        }
        return Outcome(
            verdict: .carriedOut(community.words()(.resultChanged)),
            user: principal.id,
            topic: parent.topicID
        )
    }

    /// A body that is one word does what the word says (Discourse: `+1`, mute, track, watch;
    /// unsubscribe and subscribe are what people write to lists).
    private func command(
        _ text: String,
        _ target: Parent,
        _ principal: Principal
    ) async throws -> Outcome? {
        guard text.count <= MailLimits.commandCharacters else { return nil }
        switch text.trimmed.lowercased() {
        case "+1", "\\+1", "<3", "❤", "❤️", ":heart:", "like":
            try refuseForged()
            try await like(target.postID, by: principal)
            return Outcome(
                verdict: .carriedOut(community.words()(.resultLiked)),
                user: principal.id,
                topic: target.topicID
            )
        case let word:
            guard let level = Self.levels[word] else { return nil }
            try refuseForged()
            try await community.setNotificationLevel(
                level,
                topic: target.topicID,
                by: principal
            )
            return Outcome(
                verdict: .carriedOut(community.words()(.resultLevel, level.word)),
                user: principal.id,
                topic: target.topicID
            )
        }
    }

    /// Liking twice is liking once: the mail may come again after a crash.
    private func like(_ post: PostID, by principal: Principal) async throws {
        do {
            let liked = try await community.post(post, for: .member(principal)).likedAt != nil
            if !liked { _ = try await community.like(post, by: principal) }
        } catch let error as ForumError where !error.isTemporary {
            throw Rejection(.invalidPostAction, error.message)
        }
    }

    private static let levels: [String: NotificationLevel] = [
        "mute": .muted, "unsubscribe": .muted, "track": .tracking, "watch": .watching,
        "subscribe": .watching,
    ]
}

extension Processing.Parent {
    /// As mail threads it. Whether it is a message is not asked: what has to wait is refused.
    fileprivate init(_ found: EmailParent) {
        self.init(
            postID: found.postID,
            topicID: found.topicID,
            number: found.postNumber,
            isMessage: true
        )
    }
}
