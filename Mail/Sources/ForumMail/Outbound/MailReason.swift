import Forum

/// Why somebody gets a mail: a name for filters (`X-Parley-Reason`) and a sentence for the reader.
enum MailReason: String, Sendable, CaseIterable {
    case everyPost = "every-post"
    case mention
    case reply
    case quote
    case watchingTopic = "watching-topic"
    case watchingPlace = "watching-category-or-tag"
    case message
    case groupMention = "group-mention"
    case invitation
    case link
    case following

    init(_ mail: NotificationEmail) {
        guard !mail.isOfMailingList else {
            self = .everyPost
            return
        }
        self =
            switch NotificationKind(rawValue: mail.kind) {
            case .mentioned: .mention
            case .replied: .reply
            case .quoted: .quote
            case .posted: .watchingTopic
            case .watchingFirstPost, .watchingCategoryOrTag: .watchingPlace
            case .privateMessage: .message
            case .groupMentioned: .groupMention
            case .invitedToPrivateMessage, .invitedToTopic: .invitation
            case .linked: .link
            case .edited, .liked, .groupMessageSummary, .likedConsolidated, .linkedConsolidated,
                .membershipRequestAccepted, .membershipRequestConsolidated, nil:
                .following
            }
    }

    /// - Parameter category: The name of the topic's category.
    func sentence(category: String?, _ words: MailWords) -> String {
        switch self {
        case .everyPost: words(.reasonEveryPost)
        case .mention: words(.reasonMention)
        case .reply: words(.reasonReply)
        case .quote: words(.reasonQuote)
        case .watchingTopic: words(.reasonWatchingTopic)
        case .watchingPlace:
            category.map { words(.reasonWatchingCategory, $0) } ?? words(.reasonWatchingTag)
        case .message: words(.reasonMessage)
        case .groupMention: words(.reasonGroupMention)
        case .invitation: words(.reasonInvitation)
        case .link: words(.reasonLink)
        case .following: words(.reasonFollowing)
        }
    }
}
