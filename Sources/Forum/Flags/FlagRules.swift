/// Why somebody flags a post; the numbers are Discourse's.
package enum FlagKind: Int, Sendable, CaseIterable {
    case offTopic = 3
    case inappropriate = 4
    case notifyUser = 6
    case notifyModerators = 7
    case spam = 8
    case illegal = 10

    /// Whether it says something of its own, which goes out as a message.
    var needsMessage: Bool {
        self == .notifyUser || self == .notifyModerators || self == .illegal
    }

    /// Whether staff hears of it.
    var isForReview: Bool { self != .notifyUser }
}

package enum FlaggingPost {}

/// A post, and what its viewer flagged it as already.
package struct FlaggablePost: Sendable {
    package let post: PostAccess
    package let kind: FlagKind
    package let taken: [Int]
}

extension Rule where Action == FlaggingPost, Resource == FlaggablePost {
    /// Discourse: from trust level 1 on what others wrote, once; anybody may report what is illegal.
    package static func flaggingPost(_ settings: SiteSettings) -> Self {
        Rule { target, principal in
            let post = target.post
            if post.isDeleted || post.topic.isDeleted { return .deny(.notFound) }
            if principal.isSilenced { return .deny(.silenced) }
            guard post.authorID != principal.id, post.authorID != .system, post.type <= 2,
                !principal.isStaged, !post.topic.isArchived
            else { return .deny(.forbidden) }
            let isTrusted =
                principal.isStaff || principal.trustLevel >= settings.minTrustToFlagPosts
            guard isTrusted || target.kind == .illegal else { return .deny(.forbidden) }
            let isTaken =
                target.kind == .notifyUser
                ? target.taken.contains(target.kind.rawValue)
                : target.taken.contains { $0 != 2 && $0 != FlagKind.notifyUser.rawValue }
            return isTaken
                ? .deny(ForumError(.forbidden, "You have already flagged this post."))
                : .allow
        }
    }
}
