/// Actions on messages between people; they exist as types only.
package enum InvitingToTopic {}
package enum RemovingFromMessage {}
package enum ConvertingTopic {}

/// A message and who is to be taken out of it.
package struct MessageReader: Sendable {
    package let topic: TopicAccess
    /// `nil` for a group.
    package let user: UserID?
    /// How many people the message is addressed to.
    package let userCount: Int
}

extension Rule where Action == InvitingToTopic, Resource == TopicAccess {
    /// Discourse: whoever takes part in a message and may send some; to topics, from trust level 2.
    package static var invitingToTopic: Self {
        Rule { topic, principal in
            if topic.isDeleted { return .deny(.notFound) }
            if principal.isSilenced { return .deny(.silenced) }
            if principal.isStaff { return .allow }
            let trust = topic.archetype == .message ? 1 : 2
            return principal.trustLevel >= trust && !principal.isStaged ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == RemovingFromMessage, Resource == MessageReader {
    /// Discourse: staff; whoever wrote the message, from trust level 2; and each reader themself,
    /// unless they wrote it or are the last.
    package static var removingFromMessage: Self {
        Rule { reader, principal in
            guard reader.topic.archetype == .message else { return .deny(.forbidden) }
            if principal.isStaff { return .allow }
            let isAuthor = reader.topic.authorID == principal.id
            if isAuthor, principal.trustLevel >= 2, !principal.isSilenced { return .allow }
            let isLeaving = reader.user == principal.id && !isAuthor && reader.userCount > 1
            return isLeaving ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == ConvertingTopic, Resource == TopicAccess {
    /// Staff; never the topic that describes a category.
    package static var convertingTopic: Self {
        Rule { topic, principal in
            if topic.isDeleted { return .deny(.notFound) }
            if topic.isUnpublished { return .deny(.unpublished) }
            return principal.isStaff && !topic.isAboutCategory ? .allow : .deny(.forbidden)
        }
    }
}
