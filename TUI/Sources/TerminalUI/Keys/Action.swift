/// What a key can do. The raw value is the name of the command after `:`.
package enum Action: String, Sendable, Hashable, CaseIterable {
    case next
    case previous
    case pageForward = "page-forward"
    case pageBack = "page-back"
    case halfPageForward = "half-page-forward"
    case halfPageBack = "half-page-back"
    case first
    case last
    case open
    case back
    case quit
    case latest
    case newTopics = "new-topics"
    case unread
    case top
    case categories
    case hot
    case messages
    case notifications
    case refresh
    case search
    case findNext = "find-next"
    case findPrevious = "find-previous"
    case nextUnread = "next-unread"
    case create
    case replyToPost = "reply"
    case replyToTopic = "reply-topic"
    case quote
    case edit
    case delete
    case like
    case mute
    case normal
    case track
    case watch
    case firstUnread = "first-unread"
    case goToPost = "go-to-post"
    case openLink = "open-link"
    case openParent = "parent"
    case markRead = "mark-read"
    case logIn = "login"
    case logOut = "logout"
    case help
    case command
    case redraw
    case suspend
    // The composer.
    case send
    case preview
    case externalEditor = "editor"
    case leave
    case nextField = "next-field"
    case previousField = "previous-field"
    case undo
    case keepDraft = "keep-draft"
    case discardDraft = "discard-draft"
    case goOn = "go-on"
    // Forms and prompts.
    case submit
    case cancel
    case complete
}
