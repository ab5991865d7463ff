import TerminalUI

/// A site as the client needs it, in the words of the screens.
protocol SiteService: Sendable {
    func info() async throws(Failure) -> SiteInfo
    func topics(_ kind: TopicListKind, page: Int) async throws(Failure) -> TopicPage
    /// A topic with the posts around the one with the number `near`. The site counts a visit as one.
    func topic(_ id: Int, near: Int?, isVisit: Bool) async throws(Failure) -> TopicDetail
    func posts(topic: Int, ids: [Int]) async throws(Failure) -> [Post]
    /// The numbers of the posts of a topic that hold words, in their order.
    func find(_ words: String, inTopic topic: Int) async throws(Failure) -> [Int]
    /// The Markdown of a post.
    func raw(post: Int) async throws(Failure) -> String
    func submit(_ submission: Submission) async throws(Failure) -> Receipt
    func delete(post: Int) async throws(Failure)
    func recover(post: Int) async throws(Failure)
    func setLike(post: Int, on: Bool) async throws(Failure) -> Post
    func bookmark(_ change: BookmarkChange) async throws(Failure) -> Int?
    func flag(post: Int, _ reason: FlagReason, message: String?) async throws(Failure) -> Post
    func vote(_ ballot: Ballot) async throws(Failure) -> Post?
    /// Without a delivery it stays as it is.
    func setLevel(
        _ followed: Followed,
        _ level: TrackingLevel,
        delivery: Delivery?
    ) async throws(Failure)
    func markUnread(topic: Int, after: Int) async throws(Failure)
    /// Everything in these topics counts as read.
    func dismiss(topics: [Int]) async throws(Failure)
    /// What the member has not read on this site.
    func allUnread() async throws(Failure) -> [TopicRow]
    /// All topics that wait for the member; nil where the site does not say.
    func waitingTopics() async -> WaitingTopics?
    func person(_ username: String) async throws(Failure) -> Person
    func tags() async throws(Failure) -> [Choice]
    func names(_ wanted: Completion) async throws(Failure) -> [String]
    func similar(to title: String) async throws(Failure) -> [TopicRow]
    func review() async throws(Failure) -> [ReviewItem]
    func decide(_ decision: ReviewDecision) async throws(Failure)
    func moderate(_ change: Moderation) async throws(Failure)
    func draft(_ key: DraftKey) async throws(Failure) -> (draft: Draft?, sequence: Int)
    /// Keeps a draft; nil when somebody else has changed it since `sequence`.
    func save(_ draft: Draft, _ key: DraftKey, sequence: Int) async throws(Failure) -> Int?
    func deleteDraft(_ key: DraftKey, sequence: Int) async throws(Failure)
    /// The shortest texts that the site takes; nil where it does not say.
    func postLimits() async -> PostLimits?
    func drafts() async throws(Failure) -> [(key: DraftKey, title: String, draft: Draft)]
    func upload(
        path: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws(Failure) -> String
    /// The bytes of a picture, of this site or of another host.
    func file(at url: String) async throws(Failure) -> [UInt8]
    /// Asks for a key that the member approves in a browser; the name of the member, or nil when
    /// the key is still to be pasted.
    func logInByBrowser(
        _ show: @Sendable (LoginApproval) -> Void
    ) async throws(Failure) -> String?
    func openKey(_ payload: String) async throws(Failure) -> String
    var isMember: Bool { get }
    /// Counts logins and logouts.
    var era: Int { get }
    func markRead(topic: Int, numbers: [Int], milliseconds: Int) async throws(Failure)
    func notifications() async throws(Failure) -> [NotificationRow]
    /// Marks one notification, or all of them, as read.
    func markNotificationsRead(id: Int?) async throws(Failure)
    func logIn(
        username: String,
        password: String,
        code: String?
    ) async throws(Failure) -> LogInResult
    func logOut() async throws(Failure)
    /// What happens on the site while somebody reads `topic`; ends when the task is cancelled.
    func happenings(topic: Int?) -> AsyncStream<Happening>
    func close() async
}

extension SiteService {
    /// A topic that somebody opens.
    func topic(_ id: Int, near: Int?) async throws(Failure) -> TopicDetail {
        try await topic(id, near: near, isVisit: true)
    }
}

/// What the site says of something that was sent.
struct Receipt: Sendable, Hashable {
    var topic: Int
    var postNumber: Int
    /// It waits for the staff.
    var isPending: Bool
}

/// How a login went.
enum LogInResult: Sendable, Hashable {
    case loggedIn(username: String)
    case codeNeeded
}

/// News from the live stream.
enum Happening: Sendable, Hashable {
    case connected(Bool)
    /// Posts of the open topic came or changed.
    case postsCreated(topic: Int, ids: [Int])
    case postChanged(topic: Int, id: Int)
    case topicBumped(id: Int, highestNumber: Int)
    case topicWaits(id: Int, highestNumber: Int, category: Int?, isNew: Bool)
    /// The number of notifications that the member has not read.
    case notificationsCounted(Int)
}
