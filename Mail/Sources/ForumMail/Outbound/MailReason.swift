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
    func sentence(category: String?) -> String {
        switch self {
        case .everyPost: "You get this because you want every post by mail."
        case .mention: "You get this because you were mentioned."
        case .reply: "You get this because it answers your post."
        case .quote: "You get this because your post was quoted."
        case .watchingTopic: "You get this because you watch the topic."
        case .watchingPlace: "You get this because you watch \(category ?? "its tag")."
        case .message: "You get this because the message is for you."
        case .groupMention: "You get this because a group of yours was mentioned."
        case .invitation: "You get this because you were invited to it."
        case .link: "You get this because it links to your post."
        case .following: "You get this because you follow the topic."
        }
    }
}
