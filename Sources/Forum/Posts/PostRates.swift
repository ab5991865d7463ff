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
    /// In a day, each; 0 is no limit.
    private(set) var daily = DailyPostLimits()

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
        daily = DailyPostLimits(settings, for: principal)
    }

    /// Of a reply, beside ``checkPost(_:now:)``.
    func checkReply(_ history: AuthorHistory, now: Timestamp) throws(ForumError) {
        try checkFirstDay(history, history.lastRepliesAt, now: now)
        try checkPost(history, now: now)
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

    func checkTopic(
        _ history: AuthorHistory,
        isMessage: Bool,
        now: Timestamp
    ) throws(ForumError) {
        try checkDay(isMessage ? history.lastMessagesAt : history.lastTopicsAt, now: now)
        if !isMessage { try checkFirstDay(history, history.firstDayTopicsAt, now: now) }
        try check(last: history.lastTopicAt, seconds: topicSeconds, now: now)
        try checkPost(history, now: now)
    }

    private func check(last: Timestamp?, seconds: Int, now: Timestamp) throws(ForumError) {
        guard seconds > 0, let last else { return }
        let wait = last + Double(seconds) - now
        guard wait <= 0 else { throw Self.tooFast(seconds: Int(wait.rounded(.up))) }
    }

    /// - Parameter time: When the oldest of those was written that leave no room for another.
    private func checkDay(_ time: Timestamp?, now: Timestamp) throws(ForumError) {
        try check(last: time, seconds: RateLimit.day, now: now)
    }

    /// New members write less on their first day (of writing, not of having an account).
    private func checkFirstDay(
        _ history: AuthorHistory,
        _ time: Timestamp?,
        now: Timestamp
    ) throws(ForumError) {
        guard daily.isNewMember else { return }
        let isFirstDay = history.firstPostedAt.map { now < $0 + Double(RateLimit.day) } ?? true
        guard isFirstDay || daily.isTrustLevel0 else { return }
        try checkDay(time, now: now)
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
        RateLimit("create-post", .site, allowed: 1, seconds: 1).error(wait: seconds)
    }
}

/// How much one member may write in a day; 0 is no limit.
struct DailyPostLimits: Sendable {
    var topics = 0
    var messages = 0
    var topicsInFirstDay = 0
    var repliesInFirstDay = 0
    var isNewMember = false
    var isTrustLevel0 = false

    init() {}

    init(_ settings: SiteSettings, for principal: Principal) {
        topics = settings.maxTopicsPerDay
        messages = settings.maxPersonalMessagesPerDay
        topicsInFirstDay = settings.maxTopicsInFirstDay
        repliesInFirstDay = settings.maxRepliesInFirstDay
        isNewMember = principal.trustLevel < 2
        isTrustLevel0 = principal.trustLevel == 0
    }
}

/// What an author wrote lately.
struct AuthorHistory: Sendable, RowDecodable {
    let lastPostedAt: Timestamp?
    let lastTopicAt: Timestamp?
    /// The same text, within the time in which that is refused.
    let hasWrittenTheSame: Bool
    let firstPostedAt: Timestamp?
    /// When the oldest of the last so many was written, where so many are allowed in a day.
    let lastTopicsAt: Timestamp?
    let lastMessagesAt: Timestamp?
    let firstDayTopicsAt: Timestamp?
    let lastRepliesAt: Timestamp?

    init(from row: inout RowReader) throws(PostgresError) {
        lastPostedAt = try row.next()
        lastTopicAt = try row.next()
        hasWrittenTheSame = try row.next()
        firstPostedAt = try row.next()
        lastTopicsAt = try row.next()
        lastMessagesAt = try row.next()
        firstDayTopicsAt = try row.next()
        lastRepliesAt = try row.next()
    }
}
