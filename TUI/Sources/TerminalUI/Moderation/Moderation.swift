/// What the staff does to topics and people.
package enum Moderation: Sendable, Hashable {
    /// Discourse's names of what a topic can be.
    package enum Status: String, Sendable, Hashable {
        case closed
        case archived
        case pinned
        case pinnedEverywhere = "pinned_globally"
        case listed = "visible"
    }

    /// Where posts go.
    package enum Destination: Sendable, Hashable {
        case topic(Int)
        case newTopic(title: String)
    }

    case setStatus(topic: Int, Status, on: Bool)
    case movePosts(topic: Int, posts: [Int], to: Destination)
    case mergeTopic(topic: Int, into: Int)
    case rename(topic: Int, title: String, before: String)
    case setCategory(topic: Int, id: Int, before: Int?)
    case deleteTopic(Int)
    case recoverTopic(Int)
    /// Days from now; nil for ever.
    case silence(user: Int, username: String, days: Int?, reason: String)
    case unsilence(user: Int, username: String)
    case suspend(user: Int, username: String, days: Int?, reason: String)
    case unsuspend(user: Int, username: String)

    /// What takes it back; nil for what the site keeps no way back from.
    package var reversed: Moderation? {
        switch self {
        case .setStatus(let topic, let status, let on):
            .setStatus(topic: topic, status, on: !on)
        case .rename(let topic, let title, let before):
            .rename(topic: topic, title: before, before: title)
        case .setCategory(let topic, let id, let before):
            before.map { .setCategory(topic: topic, id: $0, before: id) }
        case .deleteTopic(let topic): .recoverTopic(topic)
        case .silence(let user, let username, _, _): .unsilence(user: user, username: username)
        case .suspend(let user, let username, _, _): .unsuspend(user: user, username: username)
        case .movePosts, .mergeTopic, .recoverTopic, .unsilence, .unsuspend: nil
        }
    }

    /// The topic that has to be loaded again; nil when it is about a person.
    package var topic: Int? {
        switch self {
        case .setStatus(let topic, _, _), .movePosts(let topic, _, _), .mergeTopic(let topic, _),
            .rename(let topic, _, _), .setCategory(let topic, _, _), .deleteTopic(let topic),
            .recoverTopic(let topic):
            topic
        case .silence, .unsilence, .suspend, .unsuspend: nil
        }
    }

    package var username: String? {
        switch self {
        case .silence(_, let name, _, _), .unsilence(_, let name), .suspend(_, let name, _, _),
            .unsuspend(_, let name):
            name
        default: nil
        }
    }

    /// What is said when it is done.
    package var done: String {
        switch self {
        case .setStatus(_, let status, let on): status.done(on)
        case .movePosts(_, let posts, _):
            posts.count == 1 ? "The post is moved." : "\(posts.count) posts are moved."
        case .mergeTopic(_, let target): "The topic is now part of topic \(target)."
        case .rename: "The title is changed."
        case .setCategory: "The topic is in its new category."
        case .deleteTopic: "The topic is deleted."
        case .recoverTopic: "The topic is back."
        case .silence(_, let name, _, _): "\(name) is silenced."
        case .unsilence(_, let name): "\(name) may write again."
        case .suspend(_, let name, _, _): "\(name) is suspended."
        case .unsuspend(_, let name): "\(name) may log in again."
        }
    }

    /// With a reason, where one has to be given.
    func giving(reason: String) -> Moderation {
        switch self {
        case .silence(let user, let name, let days, _):
            .silence(user: user, username: name, days: days, reason: reason)
        case .suspend(let user, let name, let days, _):
            .suspend(user: user, username: name, days: days, reason: reason)
        default: self
        }
    }
}

extension Moderation.Status {
    fileprivate func done(_ on: Bool) -> String {
        switch self {
        case .closed: on ? "The topic is closed." : "The topic is open."
        case .archived: on ? "The topic is archived." : "The topic is no longer archived."
        case .pinned, .pinnedEverywhere:
            on ? "The topic is pinned." : "The topic is no longer pinned."
        case .listed: on ? "The topic is listed." : "The topic is unlisted."
        }
    }
}

/// What the staff may do with a topic.
package struct TopicPermissions: Sendable, Hashable, Codable {
    package var canClose = false
    package var canArchive = false
    package var canPin = false
    package var canHide = false
    package var canMove = false
    package var canDelete = false
    package var canEdit = false
    package var canRecover = false

    package init() {}
}
