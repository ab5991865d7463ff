import TerminalUI

/// A site as the client needs it, in the words of the screens.
protocol SiteService: Sendable {
    func info() async throws(Failure) -> SiteInfo
    func topics(_ kind: TopicListKind, page: Int) async throws(Failure) -> TopicPage
    /// A topic with the posts around the one with the number `near`.
    func topic(_ id: Int, near: Int?) async throws(Failure) -> TopicDetail
    func posts(topic: Int, ids: [Int]) async throws(Failure) -> [Post]
    /// The Markdown of a post.
    func raw(post: Int) async throws(Failure) -> String
    func submit(_ submission: Submission) async throws(Failure) -> Receipt
    func delete(post: Int) async throws(Failure)
    func recover(post: Int) async throws(Failure)
    func setLike(post: Int, on: Bool) async throws(Failure) -> Post
    func setLevel(topic: Int, _ level: TrackingLevel) async throws(Failure)
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
}
