/// What can be done to a post besides answering it, under Discourse's numbers.
package enum PostActionType: Int, Codable, Sendable, CaseIterable {
    case like = 2
    case offTopic = 3
    case inappropriate = 4
    case notifyUser = 6
    case notifyModerators = 7
    case spam = 8
    case illegal = 10

    /// `off_topic`.
    package var name: String { snakeCased(String(describing: self)) }

    package var isFlag: Bool { self != .like }
}
