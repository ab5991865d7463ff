package import Postgres

/// What a topic is to do by itself later.
package struct TopicTimer: Sendable, Equatable, RowDecodable {
    /// The raw values are Discourse's words.
    package enum Kind: String, Sendable, CaseIterable {
        case close
        case open
        case publishToCategory = "publish_to_category"
        case delete
        /// Tells whoever set it, and nobody else.
        case reminder
        case bump
        /// Replies that are older than the duration go, again and again.
        case deleteReplies = "delete_replies"
        case silentClose = "silent_close"

        var needsDuration: Bool { self == .deleteReplies }
    }

    package let id: TopicTimerID
    package let topicID: TopicID
    package let userID: UserID
    package let kind: Kind
    package let executeAt: Timestamp
    package let durationMinutes: Int?
    /// Counted from the newest post, whenever that will be.
    package let isBasedOnLastPost: Bool
    package let categoryID: CategoryID?

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        topicID = try row.next()
        userID = try row.next()
        let name: String = try row.next()
        guard let kind = Kind(rawValue: name) else {
            throw PostgresError(.decoding, "no kind of timer")
        }
        self.kind = kind
        executeAt = try row.next()
        durationMinutes = try row.next()
        isBasedOnLastPost = try row.next()
        categoryID = try row.next()
    }
}

/// A timer that somebody wants to set.
package struct PlannedTimer: Sendable, Equatable {
    package var kind: TopicTimer.Kind
    /// `nil` with no duration removes the timer of that kind.
    package var executeAt: Timestamp?
    package var durationMinutes: Int?
    package var isBasedOnLastPost: Bool
    package var categoryID: CategoryID?

    package init(
        kind: TopicTimer.Kind,
        executeAt: Timestamp? = nil,
        durationMinutes: Int? = nil,
        isBasedOnLastPost: Bool = false,
        categoryID: CategoryID? = nil
    ) {
        self.kind = kind
        self.executeAt = executeAt
        self.durationMinutes = durationMinutes
        self.isBasedOnLastPost = isBasedOnLastPost
        self.categoryID = categoryID
    }
}

package enum SettingTimer {}

extension Rule where Action == SettingTimer, Resource == TopicAccess {
    /// Discourse: what staff and trust level 4 may do at once they may do later; deleting is asked
    /// again as deleting.
    static func settingTimer(_ kind: TopicTimer.Kind, now: Timestamp) -> Self {
        Rule { topic, principal in
            let decided = Rule<ChangingTopicStatus, TopicAccess>.changingTopicStatus
                .decide(topic, principal)
            guard case .allow = decided, kind == .delete || kind == .deleteReplies else {
                return decided
            }
            return kind == .delete
                ? Rule<DeletingTopic, TopicAccess>.deletingTopic(now: now).decide(topic, principal)
                : (principal.isStaff ? .allow : .deny(.forbidden))
        }
    }
}
