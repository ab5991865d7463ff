import Postgres

/// How fast one member may write.
///
/// The interval between two posts is also held by the statement that writes, under the lock of the
/// author's row, so that parallel requests cannot slip through together.
struct PostRates: Sendable {
    /// Seconds between two posts of this member; 0 for whoever is exempt.
    let postSeconds: Int
    let topicSeconds: Int
    /// Minutes in which the same text is refused.
    let uniqueMinutes: Int

    init(_ settings: SiteSettings, for principal: Principal, source: PostSource) {
        guard !principal.isStaff, source != .importer else {
            postSeconds = 0
            topicSeconds = 0
            uniqueMinutes = 0
            return
        }
        let isNew = principal.trustLevel == 0
        postSeconds =
            isNew ? settings.rateLimitNewUserCreatePost : settings.rateLimitCreatePost
        topicSeconds =
            isNew ? settings.rateLimitNewUserCreateTopic : settings.rateLimitCreateTopic
        uniqueMinutes = settings.uniquePostsMins
    }

    func checkPost(_ history: AuthorHistory, now: Timestamp) throws(ForumError) {
        try check(last: history.lastPostedAt, seconds: postSeconds, now: now)
        guard !history.hasWrittenTheSame else {
            throw ForumError(
                .invalid,
                "Body is too similar to what you recently posted",
                reason: .duplicate,
                field: "raw"
            )
        }
    }

    func checkTopic(_ history: AuthorHistory, now: Timestamp) throws(ForumError) {
        try check(last: history.lastTopicAt, seconds: topicSeconds, now: now)
        try checkPost(history, now: now)
    }

    private func check(last: Timestamp?, seconds: Int, now: Timestamp) throws(ForumError) {
        guard seconds > 0, let last else { return }
        let wait = last + Double(seconds) - now
        guard wait <= 0 else { throw Self.tooFast(seconds: Int(wait.rounded(.up))) }
    }

    /// Discourse's words when the topic wants them to wait.
    static func slowMode(seconds: Int) -> ForumError {
        ForumError(
            .invalid,
            "Slow mode is on in this topic: please wait \(seconds) seconds before replying again.",
            field: "base",
            retryAfterSeconds: seconds
        )
    }

    static func tooFast(seconds: Int) -> ForumError {
        let seconds = max(1, seconds)
        let unit = seconds == 1 ? "second" : "seconds"
        return ForumError(
            .rateLimited,
            "You've performed this action too many times, please wait \(seconds) \(unit) "
                + "before trying again.",
            retryAfterSeconds: seconds
        )
    }
}

/// What an author wrote lately.
struct AuthorHistory: Sendable, RowDecodable {
    let lastPostedAt: Timestamp?
    let lastTopicAt: Timestamp?
    /// The same text, within the time in which that is refused.
    let hasWrittenTheSame: Bool

    init(from row: inout RowReader) throws(PostgresError) {
        lastPostedAt = try row.next()
        lastTopicAt = try row.next()
        hasWrittenTheSame = try row.next()
    }
}
