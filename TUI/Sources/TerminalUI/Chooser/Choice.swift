/// One row of a chooser: what it says, and what choosing it does.
package struct Choice: Sendable, Hashable {
    package var label: String
    /// More about it, at the right.
    package var detail: String
    /// It is how things stand now.
    package var isCurrent: Bool
    package var meaning: ChoiceMeaning

    package init(
        _ label: String,
        detail: String = "",
        isCurrent: Bool = false,
        _ meaning: ChoiceMeaning
    ) {
        self.label = label
        self.detail = detail
        self.isCurrent = isCurrent
        self.meaning = meaning
    }
}

/// What is done when a row is chosen.
package enum ChoiceMeaning: Sendable, Hashable {
    case openLink(String)
    case openImage(String)
    case openTopic(id: Int, near: Int?)
    case openList(TopicListKind)
    case openDraft(DraftKey, title: String)
    case openSite(String)
    case search(String)
    case flag(topic: Int, post: Int, FlagReason)
    case bookmark(Bookmark, reminder: Reminder)
    case removeBookmark(topic: Int, post: Int?, id: Int)
    case follow(Followed, TrackingLevel)
    case deliver(Followed, TrackingLevel, Delivery)
    case vote(Ballot)
    case moderate(Moderation)
    case review(ReviewDecision)
    /// Something has to be typed first.
    case ask(PromptState.Kind)
}

/// Where the rows of a chooser come from when they are not known yet.
package enum ChoiceSource: Sendable, Hashable {
    case tags
    case drafts
    case sites
}
