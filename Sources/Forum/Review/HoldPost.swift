import Foundation
package import Postgres

/// A post that waits for staff instead of being there.
package struct HeldPost: Error, Sendable {
    package let id: Int64
    package let raw: String
    package let title: String?
    package let topicID: TopicID?
    package let categoryID: CategoryID?
    package let author: UserReference
    package let createdAt: Timestamp
    /// How many posts of the author wait, this one included.
    package let pendingCount: Int
}

/// What a waiting post is made of; kept as JSON.
struct QueuedPost: Codable, Sendable {
    var raw: String
    var title: String?
    var tags: [String]?
    var category: Int64?
    var replyToPostNumber: Int?
    var externalID: String?
    var subjectKey: String?
    var viaEmail: Bool?

    private enum CodingKeys: String, CodingKey {
        case raw
        case title
        case tags
        case category
        case replyToPostNumber = "reply_to_post_number"
        case externalID = "external_id"
        case subjectKey = "subject_key"
        case viaEmail = "via_email"
    }

    init(raw: String) { self.raw = raw }

    init(json: String) throws {
        self = try JSONDecoder().decode(QueuedPost.self, from: Data(json.utf8))
    }

    func json() throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }
}

extension Community {
    /// Checks a text that is about to be written: watched words, and whether staff approves it first.
    ///
    /// - Throws: `.invalid` for a blocked word; `HeldPost` when it now waits for staff.
    func screen(
        _ new: NewPost,
        raw: String,
        in topic: TopicAccess,
        _ watched: WatchedText,
        by principal: Principal,
        source: PostSource
    ) async throws {
        guard source != .importer, topic.archetype == .regular else { return }
        try watched.refuseBlocked(in: raw)
        var queued = QueuedPost(raw: raw)
        queued.replyToPostNumber = new.replyToPostNumber
        queued.viaEmail = source.isEmail ? true : nil
        let usual = try await holdReason(queued, watched, by: principal)
        guard let reason = new.holdReason ?? usual else { return }
        try await hold(
            queued,
            topic: topic.id,
            category: topic.categoryID,
            reason,
            watched,
            by: principal
        )
    }

    /// As for a reply.
    func screen(
        _ new: NewTopic,
        title: String,
        raw: String,
        in category: CategoryID?,
        _ watched: WatchedText,
        by principal: Principal,
        source: PostSource
    ) async throws {
        guard source != .importer, let category else { return }
        try watched.refuseBlocked(in: title + "\n" + raw)
        var queued = QueuedPost(raw: raw)
        queued.title = title
        queued.tags = new.tags.isEmpty ? nil : new.tags
        queued.category = category.value
        queued.externalID = new.externalID
        queued.subjectKey = new.subjectKey
        queued.viaEmail = source.isEmail ? true : nil
        let usual = try await holdReason(queued, watched, by: principal)
        guard let reason = new.holdReason ?? usual else { return }
        try await hold(queued, topic: nil, category: category, reason, watched, by: principal)
    }

    /// Why a post has to wait, or `nil`. Staff never waits.
    private func holdReason(
        _ post: QueuedPost,
        _ watched: WatchedText,
        by principal: Principal
    ) async throws -> String? {
        guard !principal.isStaff else { return nil }
        let settings = settings.current
        let text = (post.title ?? "") + "\n" + post.raw
        if watched.match(.requireApproval, in: text) != nil { return "watched_word" }
        if watched.match(.silence, in: text) != nil { return "watched_word" }
        if principal.trustLevel < settings.approveUnlessTrustLevel { return "trust_level" }
        if post.title != nil, principal.trustLevel < settings.approveNewTopicsUnlessTrustLevel {
            return "new_topics_unless_trust_level"
        }
        guard settings.approvePostCount > 0 else { return nil }
        let (written, _) = try await standing(of: principal.id)
        return written < settings.approvePostCount ? "post_count" : nil
    }

    private func hold(
        _ post: QueuedPost,
        topic: TopicID?,
        category: CategoryID?,
        _ reason: String,
        _ watched: WatchedText,
        by principal: Principal
    ) async throws {
        let (_, waiting) = try await standing(of: principal.id)
        guard waiting < Limits.pendingPostsPerMember else {
            throw ForumError(
                .rateLimited,
                "Too many of your posts wait for approval. Please wait until staff has seen them.",
                retryAfterSeconds: 3600
            )
        }
        let now = clock()
        let id = try await database.value(
            ReviewQueries.hold(
                by: principal,
                payload: post.json(),
                topic: topic,
                category: category,
                reason: reason,
                at: now
            ),
            as: Int64.self
        )
        if watched.match(.silence, in: (post.title ?? "") + "\n" + post.raw) != nil {
            try await silenceUser(
                principal.id,
                Penalty(until: now + 1000 * 365.25 * 86_400, reason: "Watched word"),
                by: .system
            )
        }
        signals.committed()
        throw HeldPost(
            id: id ?? 0,
            raw: post.raw,
            title: post.title,
            topicID: topic,
            categoryID: category,
            author: UserReference(id: principal.id, username: principal.username, name: nil),
            createdAt: now,
            pendingCount: waiting + 1
        )
    }

    /// What has been written, flagged when a watched word asks for it.
    func flaggedIfWatched(
        _ created: CreatedPost,
        raw: String,
        _ watched: WatchedText
    ) async throws -> CreatedPost {
        if created.isNew, created.post.author.id != .system, watched.match(.flag, in: raw) != nil {
            try await flagBySystem(created.post, reason: "watched_word")
        }
        return created
    }

    private func standing(of id: UserID) async throws -> (written: Int, waiting: Int) {
        guard let row = try await database.query(ReviewQueries.standing(of: id)).first else {
            return (0, 0)
        }
        return (try row.get(0, as: Int.self), try row.get(1, as: Int.self))
    }

    /// What of somebody's waits for staff: for themself and for staff.
    ///
    /// - Throws: `.notFound` for others.
    package func pendingPosts(
        of username: String,
        for principal: Principal
    ) async throws -> [Reviewable] {
        guard let user = try await user(named: username),
            principal.isStaff || user.id == principal.id
        else { throw ForumError.notFound }
        return try await database.all(ReviewQueries.pending(of: user.id))
    }

    /// Takes back a post of one's own that waits.
    ///
    /// - Throws: `.notFound`.
    package func withdrawPost(_ id: Int64, by principal: Principal) async throws {
        let gone = try await database.query(
            ReviewQueries.withdraw(id, by: principal.id, at: clock())
        )
        guard !gone.isEmpty else { throw ForumError.notFound }
        signals.committed()
    }
}

extension HeldPost {
    /// For doors that know no waiting: the mail door takes the mail and makes nothing of it.
    package var refusal: ForumError {
        ForumError(.conflict, "Your post was received and waits for approval by a moderator.")
    }
}

extension Reviewable {
    /// `raw` and `title` of a post that waits.
    package var queued: (raw: String, title: String?)? {
        guard kind == .queuedPost else { return nil }
        do {
            let post = try QueuedPost(json: payload)
            return (post.raw, post.title)
        } catch {
            // Written by another version of the forum: it cannot be shown.
            return nil
        }
    }
}
