import Forum
import MailMessage
import Postgres

/// What a mail says and brings along.
extension Processing {
    /// What the author wrote, and what was trimmed off, without our secrets.
    struct Words {
        var kept: String
        let elided: String
    }

    func source(_ words: Words) -> PostSource {
        .email(
            stored.id,
            messageID: message.messageID,
            elided: words.elided.isEmpty || showsElided ? nil : words.elided
        )
    }

    /// - Throws: `NoBodyDetectedError` for a mail that brings neither words nor files.
    func words() throws(Rejection) -> Words {
        let settings = community.settings.current
        let body = message.body(
            preferHTML: settings.incomingEmailPreferHtml,
            trimming: settings.trimIncomingEmails
        )
        let redaction = intake.redaction
        let kept = redaction.apply(to: body.markdown.withoutBlankEnds)
        guard !kept.isEmpty || !files.wanted.isEmpty else {
            throw refusal(.noBody, .refusedNoBody)
        }
        return Words(kept: kept, elided: redaction.apply(to: body.elided))
    }

    private var files: MailFiles { MailFiles(community: community, message: message) }

    /// The text of the post with the files of the mail: pictures where they stood, everything else
    /// below.
    func withFiles(_ words: Words, by author: Principal) async throws -> String {
        let isShown = showsElided && !words.elided.isEmpty
        return try await files.put(
            into: isShown ? words.kept + Self.folded(words.elided) : words.kept,
            elided: isShown ? "" : words.elided,
            of: author.id,
            by: author
        )
    }

    /// Whether what was trimmed off stands in the post, folded up, for everybody.
    private var showsElided: Bool { community.settings.current.alwaysShowTrimmedContent }

    /// As Discourse folds it up.
    private static func folded(_ elided: String) -> String {
        """


        <details class='elided'>
        <summary title='Show trimmed content'>&#183;&#183;&#183;</summary>

        \(elided)

        </details>
        """
    }

    // MARK: Mails that were passed on

    /// A mail passed on, as the site wants it shown.
    struct Forwarded {
        /// Who wrote it, where it becomes a post of theirs; `nil` when it is its sender's.
        var author: Principal?
        var words: Words
        /// What its sender wrote above it, when that is a post of its own.
        var comment: String?
    }

    /// - Returns: `nil` for a mail that was not passed on, or where the site hides what was.
    func forwarded(_ words: Words, by principal: Principal) async throws -> Forwarded? {
        let behaviour = community.settings.current.forwardedEmailsBehaviour
        guard behaviour != "hide", Self.isForward(message.subject),
            let inner = ForwardedMessage.find(in: message.bodyText())
        else { return nil }
        let redaction = intake.redaction
        let comment = redaction.apply(to: inner.comment)
        if behaviour == "create_replies", !principal.isStaged, let from = inner.from,
            let author = try await stranger(from)
        {
            let text = redaction.apply(to: inner.text)
            return Forwarded(author: author, words: Words(kept: text, elided: ""), comment: comment)
        }
        let quoted = redaction.apply(to: inner.quoted)
        let text = [comment, "[quote]\n\(quoted)\n[/quote]"].filter { !$0.isEmpty }
        return Forwarded(words: Words(kept: text.joined(separator: "\n\n"), elided: ""))
    }

    /// Whoever passes a mail on can write anything into it: it speaks for nobody who has an account.
    private func stranger(_ address: Address) async throws -> Principal? {
        if let account = try await community.account(email: address.normalized) {
            return account.principal.isStaged ? account.principal : nil
        }
        guard community.settings.current.enableStagedUsers,
            EmailAddressRules.normalise(address.address) != nil
        else { return nil }
        return try await community.stagedUser(address: address.address, name: address.name)
    }

    private static func isForward(_ subject: String?) -> Bool {
        let head = subject?.trimmed.lowercased() ?? ""
        return ["fw:", "fwd:", "tr:"].contains { head.hasPrefix($0) }
    }
}
