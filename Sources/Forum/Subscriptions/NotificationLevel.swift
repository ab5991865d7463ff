/// How closely somebody follows a topic, category or tag; the numbers are Discourse's.
package enum NotificationLevel: Int, Sendable, CaseIterable, Comparable {
    case muted = 0
    case regular = 1
    case tracking = 2
    case watching = 3
    /// Categories and tags only: told of new topics, not of replies.
    case watchingFirstPost = 4

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// Discourse's word for the level.
    package var word: String {
        switch self {
        case .muted: "muted"
        case .regular: "regular"
        case .tracking: "tracking"
        case .watching: "watching"
        case .watchingFirstPost: "watching_first_post"
        }
    }

    package init?(word: String) {
        guard let level = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = level
    }
}

/// Why a topic has the level it has for somebody (Discourse's `notifications_reason_id`).
package enum NotificationReason: Int, Sendable {
    case createdTopic = 1
    case userChanged = 2
    case userInteracted = 3
    case createdPost = 4
    case autoWatch = 5
    case autoWatchCategory = 6
    case autoMuteCategory = 7
    case autoTrackCategory = 8
    case plugin = 9
    case autoWatchTag = 10
    case autoMuteTag = 11
    case autoTrackTag = 12
}
