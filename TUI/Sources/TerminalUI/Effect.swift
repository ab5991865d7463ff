/// What a change of the model asks of the world. Effects are values: somebody else carries them
/// out and answers with messages.
package enum Effect: Sendable, Hashable {
    case loadSite
    case loadTopics(TopicListKind, page: Int)
    /// Answers with `topicLoaded`; `near` is the number of the post to begin at.
    case loadTopic(id: Int, near: Int?)
    case loadPosts(topic: Int, ids: [Int])
    /// Asks the site's search for words in one topic; answers with `foundInTopic`.
    case findInTopic(topic: Int, words: String)
    /// Topics that will probably be opened next, to be fetched while nothing else is asked for. They are
    /// kept on this machine and do not count as visited. `beyond` asks what else is unread on the site, and
    /// is answered with `unreadAhead`.
    case prefetch([TopicPlace], beyond: Bool)
    /// The Markdown of a post; answers with `rawLoaded`.
    case loadRaw(post: Int)
    case submit(Submission)
    /// Keeps a post on this machine for some seconds, in which it can be taken back; answers with `held`.
    case hold(Submission, seconds: Int)
    /// Sends what is held and due, or all of it; answers with `delivered` or `notDelivered` for each post.
    case deliver(all: Bool)
    /// Takes a post that is held out of the queue; answers with `takenBack`.
    case takeBack(id: String, DraftKey, Draft)
    /// Keeps a post on this machine until the network is back; answers with `queued`.
    case queue(Submission)
    case setLike(topic: Int, post: Int, on: Bool)
    case bookmark(BookmarkChange)
    case flag(topic: Int, post: Int, FlagReason, message: String?)
    case vote(Ballot)
    case moderate(Moderation)
    /// Answers with `postDeleted` or `postRecovered`.
    case delete(topic: Int, post: Int)
    case recover(topic: Int, post: Int)
    case loadNotifications
    /// All of them without an id.
    case markNotificationsRead(id: Int?)
    /// Without a delivery it stays as it is.
    case setLevel(Followed, TrackingLevel, delivery: Delivery? = nil)
    /// Posts that were on the screen long enough to count as read.
    case markRead(topic: Int, numbers: [Int])
    /// Nothing behind this post counts as read.
    case markUnread(topic: Int, after: Int)
    /// Topics of which all counts as read; answers with `dismissed`.
    case dismiss([Int])
    /// Answers with `unreadFound`: of this site first, then of the others.
    case findUnread
    case loadChoices(ChoiceSource)
    case loadPerson(String)
    case loadReview
    case review(ReviewDecision)
    case logIn(username: String, password: String, code: String?)
    /// Asks the site for a key that its member approves in a browser.
    case logInByBrowser
    /// What the browser showed after the approval.
    case openKey(payload: String)
    case cancelLogIn
    case logOut
    case loadDraft(DraftKey)
    case saveDraft(DraftKey, Draft)
    case deleteDraft(DraftKey)
    /// Names that begin so; answers with `completed`.
    case complete(Completion)
    case findSimilar(title: String)
    case upload(DraftKey, path: String)
    /// Hands the terminal to the member's editor; answers with `editorClosed`.
    case edit(DraftKey, String)
    case openLink(String)
    /// Shows a picture in the member's viewer, or in a browser.
    case openImage(String)
    /// Puts text on the clipboard of the terminal.
    case copy(String)
    /// The Markdown of a post for the clipboard; answers with `textForClipboard`.
    case copyText(post: Int)
    /// The Markdown of a post for a command of the member; answers with `textForCommand`.
    case pipe(post: Int, command: String)
    /// Hands the terminal to a command that reads `input`.
    case run(command: String, input: String)
    case savePatterns(Patterns)
    /// Says which topic is being read, for live arrivals; nil for none.
    case follow(topic: Int?)
    /// Leaves this site for another one.
    case enterSite(String, topic: Int?, near: Int?)
    case ring
    case redraw
    case suspend
    case quit
}

extension Effect {
    /// It changes something on the site that another effect may change back: they go out in their order.
    package var isOrdered: Bool {
        switch self {
        case .setLike, .bookmark, .flag, .vote, .moderate, .delete, .recover, .setLevel,
            .markUnread,
            .dismiss, .review, .markNotificationsRead:
            true
        default: false
        }
    }
}

/// What names are completed from.
package enum Completion: Sendable, Hashable {
    case tag(String)
    case person(String)
}
