package import Postgres

/// A poll of a post, as one viewer may see it.
package struct Poll: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case regular, multiple, number
    }

    /// When the results are shown. The raw values are Discourse's words.
    package enum Results: String, Sendable, CaseIterable {
        case always
        case onVote = "on_vote"
        case onClose = "on_close"
        case staffOnly = "staff_only"
    }

    package struct Option: Sendable, Equatable {
        package let digest: String
        package let html: String
        /// `nil` while the viewer may not see the results.
        package var votes: Int?
    }

    package let id: PollID
    package let postID: PostID
    package let name: String
    package let title: String?
    package let kind: Kind
    package let isOpen: Bool
    package let results: Results
    /// Whether voters are named.
    package let isPublic: Bool
    package let minimum: Int?
    package let maximum: Int?
    package let step: Int?
    package let chartType: String
    package let closeAt: Timestamp?
    /// The groups whose members may vote; empty is everybody.
    package let groupNames: [String]
    package var options: [Option]
    package let voters: Int
    /// The digests that the viewer chose.
    package let choices: [String]

    /// Whether `viewer` may see how many chose what.
    package func showsResults(to viewer: Viewer) -> Bool {
        switch results {
        case .always: true
        case .onVote: !choices.isEmpty || !isOpen || viewer.isStaff
        case .onClose: !isOpen || viewer.isStaff
        case .staffOnly: viewer.isStaff
        }
    }
}

/// A poll that is checked and only wants writing.
struct PreparedPoll: Sendable, Equatable {
    var name: String
    var title: String?
    var kind: Poll.Kind
    var isOpen: Bool
    var results: Poll.Results
    var isPublic: Bool
    var minimum: Int?
    var maximum: Int?
    var step: Int?
    var chartType: String
    var closeAt: Timestamp?
    var groupNames: [String]
    var options: [Poll.Option]
}

/// Those who chose an option.
package struct PollVoters: Sendable {
    package let option: String
    package let users: [UserCard]
}

/// Actions on polls; they exist as types only.
package enum Voting {}
package enum TogglingPoll {}

/// A poll and where it stands, for the rules.
package struct PollPlace: Sendable {
    let poll: Poll
    let post: PostAccess
}

extension Limits {
    /// Discourse's `poll_maximum_options`.
    static let pollOptionsMax = 20
    static let pollsPerPost = 20
    static let pollTitleMax = 500
    static let pollOptionMax = 4000
    /// In which a poll can be changed though people have voted (`poll_edit_window_mins`).
    static let pollEditSeconds = 300.0
    package static let pollVotersPerPage = 25
}

extension ForumError {
    static func poll(_ message: String) -> Self { ForumError(.invalid, message, field: "raw") }
}

extension Rule where Action == Voting, Resource == PollPlace {
    /// Discourse: whoever may reply in the topic, while the poll is open.
    static var voting: Self {
        Rule { place, principal in
            if place.post.isDeleted { return .deny(.notFound) }
            let topic = Rule<Replying, TopicAccess>.replying.decide(place.post.topic, principal)
            if case .deny(let error) = topic { return .deny(error) }
            return place.poll.isOpen
                ? .allow : .deny(.poll("Poll must be open to vote."))
        }
    }
}

extension Rule where Action == TogglingPoll, Resource == PollPlace {
    /// Discourse: staff and the author of the post, in topics that are open to changes.
    static var togglingPoll: Self {
        Rule { place, principal in
            if place.post.isDeleted || place.post.topic.isDeleted { return .deny(.notFound) }
            let isOwn = place.post.authorID == principal.id && !principal.isSilenced
            guard principal.isStaff || isOwn else {
                return .deny(
                    ForumError(
                        .forbidden,
                        "Only a staff member or the original poster can toggle a poll's status."
                    )
                )
            }
            return place.post.topic.isArchived
                ? .deny(.poll("The topic must not be archived to toggle a poll's status."))
                : .allow
        }
    }
}
