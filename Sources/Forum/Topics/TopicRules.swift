package import Postgres

/// What the rules need to know of a topic and of the viewer's place in it.
package struct TopicAccess: Sendable, Equatable {
    package let id: TopicID
    package let title: String
    package let fancyTitle: String
    package let slug: String
    package let archetype: Topic.Archetype
    package let categoryID: CategoryID?
    package let authorID: UserID
    package let isClosed: Bool
    package let isArchived: Bool
    package let isVisible: Bool
    package let isDeleted: Bool
    package let postsCount: Int
    package let highestPostNumber: Int
    package let createdAt: Timestamp
    /// 1 create, reply and see; 2 reply and see; 3 see. `nil` in a message.
    package let permission: Int?
    /// Whether this is the "About …" topic of its category.
    package let isAboutCategory: Bool
    /// Whether it waits with an import: staff reads it, and nobody changes it until then.
    package var isUnpublished = false

    /// Whether the viewer's permission in the category allows replies.
    var allowsReplies: Bool { archetype == .message || (permission ?? 3) <= 2 }
}

/// What the rule for a new topic needs to know of the place.
package struct TopicPlace: Sendable, Equatable {
    /// `nil` for a message.
    package let categoryID: CategoryID?
    package let permission: Int?
    package let minimumRequiredTags: Int
    /// Topics there carry tags of some tag group.
    package var requiresTagGroup = false
    /// A message to the address of a group.
    package var isInbox = false

    package init(categoryID: CategoryID?, permission: Int?, minimumRequiredTags: Int) {
        self.categoryID = categoryID
        self.permission = permission
        self.minimumRequiredTags = minimumRequiredTags
    }
}

/// Actions on topics; they exist as types only.
package enum CreatingTopic {}
package enum Replying {}
package enum EditingTopic {}
package enum DeletingTopic {}
package enum RecoveringTopic {}
package enum ChangingTopicStatus {}

extension Principal {
    /// Staff, and members whom the community trusts as much (trust level 4).
    package var isTrusted: Bool { isStaff || trustLevel >= 4 }
}

extension ForumError {
    static var silenced: Self {
        ForumError(.forbidden, "Your account is silenced: you cannot write.", reason: .silenced)
    }

    static var unpublished: Self {
        ForumError(
            .conflict,
            "This topic belongs to an import that is not published yet: it cannot be changed."
        )
    }
}

extension Rule where Action == CreatingTopic, Resource == TopicPlace {
    /// Discourse: permission 1 in the category; messages from trust level 1 on.
    package static var creatingTopic: Self {
        Rule { place, principal in
            if principal.isSilenced { return .deny(.silenced) }
            guard place.categoryID != nil else {
                return principal.isStaff || principal.trustLevel >= 1 || place.isInbox
                    ? .allow
                    : .deny(
                        ForumError(
                            .forbidden,
                            "You are not permitted to send messages.",
                            reason: .trustLevel
                        )
                    )
            }
            guard let permission = place.permission else { return .deny(.notFound) }
            return permission == 1 ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == Replying, Resource == TopicAccess {
    /// Discourse: nobody replies to what is deleted; staff and trust level 4 reply to what is closed
    /// or archived.
    package static var replying: Self {
        Rule { topic, principal in
            if topic.isDeleted {
                return .deny(
                    ForumError(.notFound, "That topic was deleted.", reason: .topicDeleted)
                )
            }
            if topic.isUnpublished { return .deny(.unpublished) }
            if principal.isSilenced { return .deny(.silenced) }
            guard topic.allowsReplies || principal.isAdmin else { return .deny(.forbidden) }
            if principal.isTrusted { return .allow }
            if topic.isArchived {
                return .deny(
                    ForumError(
                        .forbidden,
                        "This topic is archived: it cannot be changed in any way.",
                        reason: .topicArchived
                    )
                )
            }
            if topic.isClosed {
                return .deny(
                    ForumError(
                        .forbidden,
                        "This topic is closed: it does not accept new replies.",
                        reason: .topicClosed
                    )
                )
            }
            return .allow
        }
    }
}

extension Rule where Action == EditingTopic, Resource == TopicAccess {
    /// Title, category and tags. Discourse: the author while the topic is open to changes and the
    /// edit window lasts; from trust level 3 on any topic; staff.
    package static func editingTopic(_ settings: SiteSettings, now: Timestamp) -> Self {
        Rule { topic, principal in
            if topic.isDeleted { return .deny(.notFound) }
            if topic.isUnpublished { return .deny(.unpublished) }
            if principal.isStaff { return .allow }
            if principal.isSilenced { return .deny(.silenced) }
            guard topic.allowsReplies, !topic.isArchived else { return .deny(.forbidden) }
            if principal.trustLevel >= 3, topic.archetype == .regular { return .allow }
            guard topic.authorID == principal.id else { return .deny(.forbidden) }
            return EditWindow.isOpen(since: topic.createdAt, principal, settings, now: now)
                ? .allow : .deny(EditWindow.closed)
        }
    }
}

extension Rule where Action == DeletingTopic, Resource == TopicAccess {
    /// Discourse: staff; the author within a day and before anybody replied. Never the topic that
    /// describes a category.
    package static func deletingTopic(now: Timestamp) -> Self {
        Rule { topic, principal in
            if topic.isDeleted { return .deny(.notFound) }
            if topic.isUnpublished { return .deny(.unpublished) }
            if topic.isAboutCategory { return .deny(.forbidden) }
            if principal.isStaff { return .allow }
            let isRecent = now < topic.createdAt + Double(Limits.ownTopicDeletionSeconds)
            return topic.authorID == principal.id && topic.postsCount <= 1 && isRecent
                && !principal.isSilenced ? .allow : .deny(.forbidden)
        }
    }
}

extension Rule where Action == RecoveringTopic, Resource == TopicAccess {
    package static var recoveringTopic: Self {
        Rule { topic, principal in
            guard principal.isStaff else { return .deny(.notFound) }
            return topic.isDeleted
                ? .allow : .deny(ForumError(.conflict, "That topic is not deleted."))
        }
    }
}

extension Rule where Action == ChangingTopicStatus, Resource == TopicAccess {
    /// Discourse: staff and trust level 4.
    package static var changingTopicStatus: Self {
        Rule { topic, principal in
            if topic.isDeleted { return .deny(.notFound) }
            if topic.isUnpublished { return .deny(.unpublished) }
            return principal.isTrusted && !principal.isSilenced ? .allow : .deny(.forbidden)
        }
    }
}
