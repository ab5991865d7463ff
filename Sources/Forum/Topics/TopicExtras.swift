package import Postgres

/// What a topic's page says beside the topic itself, for one viewer.
package struct TopicExtras: Sendable, Equatable {
    package var slowModeSeconds = 0
    package var slowModeUntil: Timestamp?
    /// The viewer took it off the top of their lists.
    package var isUnpinned = false
    package var draft: String?
    package var draftSequence = 0
    package var deletedBy: UserCard?
    package var lastReadPostID: PostID?
    package var timer: TopicTimer?
    package var bookmarks: [TopicBookmark] = []
    package var solution: TopicSolution?
}
