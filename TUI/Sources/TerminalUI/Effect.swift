/// What a change of the model asks of the world. Effects are values: somebody else carries them
/// out and answers with messages.
package enum Effect: Sendable, Hashable {
    case loadSite
    case loadTopics(TopicListKind, page: Int)
    /// Answers with `topicLoaded`; `near` is the number of the post to begin at.
    case loadTopic(id: Int, near: Int?)
    case loadPosts(topic: Int, ids: [Int])
    /// The Markdown of a post; answers with `rawLoaded`.
    case loadRaw(post: Int)
    case submit(Submission)
    case setLike(topic: Int, post: Int, on: Bool)
    /// Answers with `postDeleted` or `postRecovered`.
    case delete(topic: Int, post: Int)
    case recover(topic: Int, post: Int)
    case loadNotifications
    /// All of them without an id.
    case markNotificationsRead(id: Int?)
    case setLevel(topic: Int, TrackingLevel)
    /// Posts that were on the screen long enough to count as read.
    case markRead(topic: Int, numbers: [Int])
    case logIn(username: String, password: String, code: String?)
    case logOut
    case loadDraft(DraftKey)
    case saveDraft(DraftKey, Draft)
    case deleteDraft(DraftKey)
    /// Hands the terminal to the member's editor; answers with `editorClosed`.
    case edit(DraftKey, String)
    case openLink(String)
    /// Says which topic is being read, for live arrivals; nil for none.
    case follow(topic: Int?)
    case redraw
    case suspend
    case quit
}
