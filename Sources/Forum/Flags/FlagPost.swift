import Logging
import Postgres

extension Community {
    /// Flags a post: for staff to look at, or, as `notifyUser`, with a message to its author.
    ///
    /// - Parameter takesAction: Staff's decision at once: the post is hidden.
    /// - Returns: The post as it is then.
    /// - Throws: `ForumError`: `.forbidden` for one's own post, for new members and for a second flag;
    ///   `.invalid` for a message that is missing or too short; `.notFound`, `.rateLimited`.
    package func flagPost(
        _ id: PostID,
        _ kind: FlagKind,
        message: String? = nil,
        takesAction: Bool = false,
        by principal: Principal
    ) async throws -> PostView {
        let viewer = Viewer.member(principal)
        let post = try await post(id, for: viewer)
        let now = clock()
        let answers = try await database.batch([
            FlagQueries.taken(id, by: principal.id),
            FlagQueries.countToday(by: principal.id, at: now),
        ])
        let target = FlaggablePost(
            post: post.access,
            kind: kind,
            taken: try answers[0].values(Int.self)
        )
        let permitted = try principal.may(.flaggingPost(settings.current), target)
        let today = try answers[1].firstValue(Int.self) ?? 0
        let allowed = settings.current.flagsPerDay(of: principal)
        guard principal.isStaff || allowed <= 0 || today < allowed else {
            throw ForumError(
                .rateLimited,
                "You've flagged too many posts today. Please try again tomorrow.",
                retryAfterSeconds: 3600
            )
        }
        let topic = try await messageTopic(of: kind, about: post, message, by: principal)
        let flag = PreparedFlag(
            kind: kind,
            score: Self.flagScore(of: principal, takesAction: takesAction),
            messageTopic: topic,
            hidesAtOnce: takesAction && principal.isStaff,
            hidingScore: hidingScore,
            reason: nil,
            now: now
        )
        let rows = try await write([FlagQueries.flag(permitted, flag)])[0]
        guard let row = rows.first else {
            throw ForumError(.forbidden, "You have already flagged this post.")
        }
        let isHidden = try row.get(0, as: Bool.self)
        if isHidden { try await tellOfHiding(post) }
        signals.committed(.topic(post.topicID))
        guard isHidden, !principal.isStaff else { return try await self.post(id, for: viewer) }
        // Whoever hid it by their flag does not see it any more.
        var hidden = post
        hidden.isHidden = true
        return hidden
    }

    /// Takes a flag back, within ten minutes and before staff decided on it.
    ///
    /// - Throws: `.forbidden` when there is none to take back, `.notFound`.
    package func unflagPost(
        _ id: PostID,
        _ kind: FlagKind,
        by principal: Principal
    ) async throws -> PostView {
        _ = try await post(id, for: .member(principal))
        let since = clock() - Double(Limits.undoFlagSeconds)
        let rows = try await write([
            FlagQueries.unflag(id, kind, by: principal.id, since: since)
        ])[0]
        guard !rows.isEmpty else { throw ForumError.forbidden }
        signals.committed()
        return try await post(id, for: .member(principal))
    }

    /// The forum itself flags a post, such as for a watched word.
    func flagBySystem(_ post: PostView, reason: String) async throws {
        let target = FlaggablePost(post: post.access, kind: .inappropriate, taken: [])
        let permitted = try Principal.system.may(.flaggingPost(settings.current), target)
        let flag = PreparedFlag(
            kind: .inappropriate,
            score: 5,
            messageTopic: nil,
            hidesAtOnce: false,
            hidingScore: .greatestFiniteMagnitude,
            reason: reason,
            now: clock()
        )
        _ = try await write([FlagQueries.flag(permitted, flag)])
        signals.committed()
    }

    /// Discourse: one, and the trust level; staff's word weighs five.
    private static func flagScore(of principal: Principal, takesAction: Bool) -> Double {
        let weight = principal.isStaff ? 6.0 : 1 + Double(principal.trustLevel)
        return weight + (takesAction && principal.isStaff ? 5 : 0)
    }

    /// Discourse: 12.5 at low sensitivity, less at higher ones.
    private var hidingScore: Double {
        let sensitivity = settings.current.hidePostSensitivity
        return sensitivity == 0 ? .greatestFiniteMagnitude : 12.5 * Double(sensitivity) / 9
    }

    /// The message that a flag with words of its own sends.
    private func messageTopic(
        of kind: FlagKind,
        about post: PostView,
        _ message: String?,
        by principal: Principal
    ) async throws -> TopicID? {
        guard kind.needsMessage else { return nil }
        let text = (message ?? "").cleanedOfNUL.trimmingWhitespace
        guard text.unicodeScalars.count >= Limits.flagMessageMin else {
            throw ForumError(
                .invalid,
                "Body is too short (minimum is \(Limits.flagMessageMin) characters)",
                reason: .bodyTooShort,
                field: "message"
            )
        }
        guard text.unicodeScalars.count <= Limits.flagMessageMax else {
            throw ForumError(.invalid, "The message is too long.", field: "message")
        }
        let link = "\(baseURL)/t/\(post.topic.slug)/\(post.topicID)/\(post.number)"
        let title = post.topic.title
        let new = NewTopic(
            title: Self.clipped(
                kind == .notifyUser
                    ? "Your post in \"\(title)\""
                    : "A post in \"\(title)\" requires staff attention"
            ),
            raw: "\(text)\n\n\(link)",
            recipients: [kind == .notifyUser ? post.author.username : "moderators"]
        )
        return try await createTopic(new, by: principal, source: .importer).topicID
    }

    func tellOfHiding(_ post: PostView) async throws {
        guard post.author.id != .system, !post.author.isStaged else { return }
        let link = "\(baseURL)/t/\(post.topic.slug)/\(post.topicID)/\(post.number)"
        try await tell(
            post.author.username,
            "Post hidden by community flags",
            """
            Hello,

            your post was hidden, because members of the community flagged it or staff decided so:

            \(link)

            It is seen by you and by staff only. You can change it; staff can show it again.
            """
        )
    }

    /// A message from the forum itself to a member.
    func tell(_ username: String, _ title: String, _ raw: String) async throws {
        let new = NewTopic(title: Self.clipped(title), raw: raw, recipients: [username])
        do {
            _ = try await createTopic(new, by: .system, source: .importer)
        } catch let error as ForumError where error.code == .invalid {
            // Somebody who cannot be written to is not told.
            logger.info("a member could not be told", metadata: ["error": "\(error.message)"])
        }
    }

    private static func clipped(_ title: String) -> String {
        String(title.unicodeScalars.prefix(Limits.titleMax))
    }
}
