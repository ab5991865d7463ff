import Forum
import MailMessage
import Postgres

/// Mails that begin something: a topic of a category, a message to a group.
extension Processing {
    func openTopic(
        _ words: Words,
        in category: EmailInCategory,
        tags: [String],
        from sender: Correspondent
    ) async throws -> Outcome {
        let settings = community.settings.current
        let account = try await author(sender, in: category)
        let principal = acting(account)
        if !principal.isStaged,
            principal.trustLevel < settings.emailInMinTrust
        {
            throw refusal(.insufficientTrustLevel, .refusedTooNew)
        }
        let named = try await SubjectTags(
            message.subject.map { Subject.cleaned($0) }?.trimmed ?? ""
        ) { name in
            try await isTag(name, for: principal)
        }
        var new = NewTopic(
            title: title(named.title),
            raw: "",
            categoryID: category.id,
            tags: tags + named.tags,
            subjectKey: message.subject.map { Subject.key($0) }
        )
        if !category.isMailingListMirror {
            new.holdReason = try holdReason(for: account, isReply: false, canWait: true)
        }
        do {
            return try await open(new, words, by: principal)
        } catch let error as ForumError
            where error.reason == nil && [.forbidden, .notFound].contains(error.code)
        {
            throw refusal(.invalidAccess, .refusedNoTopics)
        }
    }

    /// A message to the people of a group, from a member or, where strangers may write at all, from
    /// anybody.
    func write(
        _ words: Words,
        to group: EmailInGroup,
        from sender: Correspondent
    ) async throws -> Outcome {
        let account = try await author(sender, strangers: true)
        let principal = acting(account)
        var new = NewTopic(
            title: title(message.subject.map { Subject.cleaned($0) } ?? ""),
            raw: "",
            recipients: [group.name],
            subjectKey: message.subject.map { Subject.key($0) }
        )
        new.inbox = group.id
        _ = try holdReason(for: account, isReply: true, canWait: false)
        return try await open(new, words, by: principal)
    }

    private func title(_ subject: String) -> String {
        subject.trimmed.isEmpty ? community.words()(.postUntitled) : subject
    }

    private func open(
        _ topic: NewTopic,
        _ words: Words,
        by principal: Principal
    ) async throws -> Outcome {
        var new = topic
        let forwarded = try await forwarded(words, by: principal)
        let author = forwarded?.author ?? principal
        // Who passes a mail on takes part in the message that it becomes.
        if author.id != principal.id, !new.recipients.isEmpty {
            new.recipients.append(principal.username)
        }
        new.raw = try await withFiles(forwarded?.words ?? words, by: author)
        let post = try await posting(by: author) { [new] in
            try await community.createTopic(new, by: author, source: source(words))
        }
        if post.isNew, let comment = forwarded?.comment, !comment.isEmpty {
            let note = NewPost(topicID: post.topicID, raw: comment)
            _ = try await community.createPost(note, by: principal, source: .api)
        }
        return Outcome(verdict: .posted(post.id), user: author.id, topic: post.topicID)
    }

    /// Only tags that exist: what a subject has in brackets is often none.
    private func isTag(_ name: String, for principal: Principal) async throws -> Bool {
        do throws(any Error) {
            _ = try await community.tag(named: name, for: .member(principal))
            return true
        } catch let error as ForumError where error.code == .notFound {
            return false
        }
    }

    func author(
        _ sender: Correspondent,
        in category: EmailInCategory
    ) async throws -> Principal {
        try await author(sender, strangers: category.allowsStrangers)
    }

    private func author(_ sender: Correspondent, strangers: Bool) async throws -> Principal {
        if let account = sender.account {
            guard account.isEmailVerified || account.principal.isStaged else {
                throw refusal(.inactiveUser, .refusedUnconfirmed)
            }
            guard !account.principal.isStaged || strangers else {
                throw refusal(.strangersNotAllowed, .refusedMembersOnly)
            }
            return account.principal
        }
        guard strangers else {
            throw refusal(.strangersNotAllowed, .refusedMembersOnly)
        }
        guard community.settings.current.enableStagedUsers else {
            throw refusal(.userNotFound, .refusedNoAccount)
        }
        return try await community.stagedUser(
            address: sender.address.address,
            name: sender.address.name
        )
    }
}
