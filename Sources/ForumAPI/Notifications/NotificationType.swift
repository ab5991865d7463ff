/// What a notification is about, under Discourse's numbers.
package enum NotificationType: Int, Codable, Sendable, CaseIterable {
    case mentioned = 1
    case replied
    case quoted
    case edited
    case liked
    case privateMessage
    case invitedToPrivateMessage
    case inviteeAccepted
    case posted
    case movedPost
    case linked
    case grantedBadge
    case invitedToTopic
    case custom
    case groupMentioned
    case groupMessageSummary
    case watchingFirstPost
    case topicReminder
    case likedConsolidated
    case postApproved
    case codeReviewCommitApproved
    case membershipRequestAccepted
    case membershipRequestConsolidated
    case bookmarkReminder
    case reaction
    case votesReleased
    case eventReminder
    case eventInvitation
    case chatMention
    case chatMessage
    case chatInvitation
    case chatGroupMention
    case chatQuoted
    case assigned
    case questionAnswerUserCommented
    case watchingCategoryOrTag
    case newFeatures
    case adminProblems
    case linkedConsolidated
    case chatWatchedThread

    /// `watching_category_or_tag`, as the site and `dismiss_types` name it.
    package var name: String { snakeCased(String(describing: self)) }

    /// Those that are shown first and counted apart.
    package var isHighPriority: Bool { self == .privateMessage || self == .bookmarkReminder }

    package static let numbers = NumberedNames(allCases.map { ($0.name, $0.rawValue) })

    package init?(name: String) {
        guard let number = NotificationType.numbers[name] else { return nil }
        self.init(rawValue: number)
    }
}

/// How much a member wants to hear of a topic, a category or a tag.
package enum NotificationLevel: Int, Codable, Sendable, CaseIterable {
    case muted
    case regular
    case tracking
    case watching
    /// Only the first post of each topic; not for topics.
    case watchingFirstPost
}

/// `watchingFirstPost` as `watching_first_post`.
func snakeCased(_ name: String) -> String {
    var text = ""
    for character in name {
        if character.isUppercase { text.append("_") }
        text += character.lowercased()
    }
    return text
}
