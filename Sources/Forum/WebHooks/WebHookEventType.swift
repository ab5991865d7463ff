/// A kind of event that a webhook may ask for, with Discourse's number; the names are made of the cases.
package enum WebHookEventType: Int, Sendable, CaseIterable {
    case topicCreated = 101
    /// The text of the first post was changed.
    case topicRevised = 102
    case topicEdited = 103
    case topicDestroyed = 104
    case topicRecovered = 105
    case postCreated = 201
    case postEdited = 202
    case postDestroyed = 203
    case postRecovered = 204
    case userLoggedIn = 301
    case userLoggedOut = 302
    case userConfirmedEmail = 303
    case userCreated = 304
    case userApproved = 305
    case userUpdated = 306
    case userDestroyed = 307
    case userSuspended = 308
    case userUnsuspended = 309
    case groupCreated = 401
    case groupUpdated = 402
    case groupDestroyed = 403
    case categoryCreated = 501
    case categoryUpdated = 502
    case categoryDestroyed = 503
    case tagCreated = 601
    case tagUpdated = 602
    case tagDestroyed = 603
    case reviewableCreated = 901
    case reviewableUpdated = 902
    case notificationCreated = 1001
    case solvedAcceptedSolution = 1101
    case solvedUnacceptedSolution = 1102
    case userBadgeGranted = 1301
    case userBadgeRevoked = 1302
    case groupUserAdded = 1401
    case groupUserRemoved = 1402
    case likeCreated = 1501
    case userPromotedCreated = 1601

    /// What belongs together: the name of the body's one key, and of `X-Discourse-Event-Type`.
    package enum Group: String, Sendable, CaseIterable {
        case topic, post, user, group, category, tag, reviewable, notification, solved
        case userBadge = "user_badge"
        case groupUser = "group_user"
        case like
        case userPromoted = "user_promoted"
    }

    package var group: Group {
        switch rawValue / 100 {
        case 1: .topic
        case 2: .post
        case 3: .user
        case 4: .group
        case 5: .category
        case 6: .tag
        case 9: .reviewable
        case 10: .notification
        case 11: .solved
        case 13: .userBadge
        case 14: .groupUser
        case 15: .like
        default: .userPromoted
        }
    }

    /// Discourse's name, such as `topic_created`.
    package var name: String {
        "\(self)".reduce(into: "") { name, letter in
            name += letter.isUppercase ? "_\(letter.lowercased())" : String(letter)
        }
    }

    /// What a new webhook asks for when nobody says otherwise.
    package static let usual: [Self] = [.postCreated, .postEdited, .postDestroyed, .postRecovered]

    /// What an event of topics and posts is to webhooks: kinds, and what `X-Discourse-Event` calls them.
    static func kinds(of event: Event) -> [(type: Self, name: String)] {
        switch event {
        case .topicCreated: [.topicCreated, .postCreated].map { ($0, $0.name) }
        case .topicEdited: [(.topicEdited, "topic_edited")]
        case .topicDeleted: [.topicDestroyed, .postDestroyed].map { ($0, $0.name) }
        case .topicRecovered: [.topicRecovered, .postRecovered].map { ($0, $0.name) }
        case .postCreated: [(.postCreated, "post_created")]
        case .postEdited: [.topicRevised, .postEdited].map { ($0, $0.name) }
        case .postDeleted: [(.postDestroyed, "post_destroyed")]
        case .postRecovered: [(.postRecovered, "post_recovered")]
        case .postLiked: [(.likeCreated, "post_liked")]
        case .solutionAccepted: [(.solvedAcceptedSolution, "accepted_solution")]
        case .solutionWithdrawn: [(.solvedUnacceptedSolution, "unaccepted_solution")]
        default: []
        }
    }
}
