/// What a key can do. The raw value is the name of the command after `:`.
package enum Action: String, Sendable, Hashable, CaseIterable {
    case next
    case previous
    case pageForward = "page-forward"
    case pageBack = "page-back"
    case halfPageForward = "half-page-forward"
    case halfPageBack = "half-page-back"
    case lineForward = "line-forward"
    case lineBack = "line-back"
    case first
    case last
    case open
    case back
    case quit
    case panes
    // Where to go.
    case latest
    case newTopics = "new-topics"
    case unread
    case top
    case categories
    case tags
    case hot
    case messages
    case notifications
    case bookmarks
    case drafts
    case review
    case everywhere
    case sites
    case refresh
    case search
    case filter
    case findNext = "find-next"
    case findPrevious = "find-previous"
    case nextUnread = "next-unread"
    case previousUnread = "previous-unread"
    case nextTopic = "next-topic"
    case previousTopic = "previous-topic"
    // Writing.
    case create
    case message
    case replyToPost = "reply"
    case replyToTopic = "reply-topic"
    case replyAsTopic = "reply-as-topic"
    case quote
    case edit
    case delete
    // Acting on a post or a topic.
    case like
    case bookmark
    case bookmarkTopic = "bookmark-topic"
    case flag
    case vote
    case reveal
    case fold
    case nextSibling = "next-sibling"
    case previousSibling = "previous-sibling"
    case person
    case moderate
    case level
    case mute
    case normal
    case track
    case watch
    case firstUnread = "first-unread"
    case goToPost = "go-to-post"
    case openLink = "open-link"
    case links
    case images
    case openInBrowser = "browser"
    case copyLink = "copy-link"
    case copyText = "copy-text"
    case pipe
    case openParent = "parent"
    case markRead = "mark-read"
    case markUnread = "mark-unread"
    case catchUp = "catch-up"
    case kill
    case highlight
    case logIn = "login"
    case logOut = "logout"
    case help
    case command
    case redraw
    case suspend
    case count
    case sendNow = "send-now"
    // The composer.
    case send
    case lookOver = "look-over"
    case setTitle = "set-title"
    case setCategory = "set-category"
    case setTags = "set-tags"
    case setRecipients = "set-recipients"
    case sendLater = "send-later"
    case attach
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
    case browserLogIn = "browser-login"
    case submit
    case cancel
    case complete
}
