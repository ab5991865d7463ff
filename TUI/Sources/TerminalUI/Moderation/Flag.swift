/// Why a post is reported to the staff, under Discourse's numbers.
package enum FlagReason: Int, Sendable, Hashable, Codable, CaseIterable {
    case offTopic = 3
    case inappropriate = 4
    case notifyUser = 6
    case somethingElse = 7
    case spam = 8
    case illegal = 10

    package var name: String {
        switch self {
        case .offTopic: "Off-topic"
        case .inappropriate: "Inappropriate"
        case .notifyUser: "Send the author a message\u{2026}"
        case .somethingElse: "Something else\u{2026}"
        case .spam: "Spam"
        case .illegal: "Illegal\u{2026}"
        }
    }

    package var summary: String {
        switch self {
        case .offTopic: "not about this topic"
        case .inappropriate: "offensive, abusive or hateful"
        case .notifyUser: "nobody else sees it"
        case .somethingElse: "the staff should look, for another reason"
        case .spam: "an advertisement, of use to nobody here"
        case .illegal: "breaks the law"
        }
    }

    /// Words have to go with it.
    package var wantsMessage: Bool {
        self == .notifyUser || self == .somethingElse || self == .illegal
    }

    /// The word that commands use.
    package var word: String {
        switch self {
        case .offTopic: "off-topic"
        case .inappropriate: "inappropriate"
        case .notifyUser: "message"
        case .somethingElse: "other"
        case .spam: "spam"
        case .illegal: "illegal"
        }
    }
}

extension Model {
    mutating func chooseFlag(_ state: TopicState) -> [Effect] {
        guard isMember("flag posts"), let post = state.selectedPost else { return [] }
        guard !post.flags.isEmpty else {
            say("You cannot flag this post.", isFailure: true)
            return []
        }
        let rows = post.flags.map { reason in
            Choice(
                reason.name,
                detail: reason.summary,
                .flag(topic: state.id, post: post.id, reason)
            )
        }
        choose("Flag post #\(post.number) by \(post.username)", from: rows)
        return []
    }

    mutating func flag(topic: Int, post: Int, _ reason: FlagReason) -> [Effect] {
        guard !reason.wantsMessage else {
            prompt = PromptState(.flagMessage(topic: topic, post: post, reason))
            return []
        }
        return [.flag(topic: topic, post: post, reason, message: nil)]
    }

    mutating func finishFlag(topic: Int, _ post: Post) {
        changeTopics(topic) { $0.take([post]) }
        say("Thank you; the staff will look at it.")
    }
}
