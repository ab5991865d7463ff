package import Postgres

/// What the rules need to know of a post.
package struct PostAccess: Sendable, Equatable {
    package let id: PostID
    package let number: Int
    package let authorID: UserID
    /// 1 regular, 2 moderator action, 3 small action, 4 whisper.
    package let type: Int
    package let isDeleted: Bool
    /// Deleted by its author.
    package let isUserDeleted: Bool
    package let isWiki: Bool
    package let isLocked: Bool
    package let createdAt: Timestamp
    /// When the viewer liked it.
    package let likedAt: Timestamp?
    package let topic: TopicAccess
}

/// Actions on posts; they exist as types only.
package enum EditingPost {}
package enum DeletingPost {}
package enum RecoveringPost {}
package enum LikingPost {}
package enum UnlikingPost {}

/// How long authors may change what they wrote.
enum EditWindow {
    static let closed = ForumError(
        .forbidden,
        "That post was created too long ago. It can no longer be edited or deleted."
    )

    static func isOpen(
        since created: Timestamp,
        _ principal: Principal,
        _ settings: SiteSettings,
        now: Timestamp
    ) -> Bool {
        let minutes =
            principal.trustLevel >= 2
            ? settings.tl2PostEditTimeLimit : settings.postEditTimeLimit
        return minutes <= 0 || now < created + Double(minutes) * 60
    }
}

extension Rule where Action == EditingPost, Resource == PostAccess {
    /// Discourse: staff and trust level 4 any post; the author of an unlocked post within the edit
    /// window; a wiki from trust level 1 on.
    package static func editingPost(_ settings: SiteSettings, now: Timestamp) -> Self {
        Rule { post, principal in
            if post.isDeleted || post.topic.isDeleted { return .deny(.notFound) }
            if post.topic.isUnpublished { return .deny(.unpublished) }
            if principal.isStaff { return .allow }
            if principal.isSilenced { return .deny(.silenced) }
            guard post.topic.allowsReplies, post.type == 1, !post.isLocked else {
                return .deny(.forbidden)
            }
            if principal.isTrusted { return .allow }
            if post.topic.isArchived { return .deny(.forbidden) }
            if post.isWiki, principal.trustLevel >= 1 { return .allow }
            guard post.authorID == principal.id else { return .deny(.forbidden) }
            return EditWindow.isOpen(since: post.createdAt, principal, settings, now: now)
                ? .allow : .deny(EditWindow.closed)
        }
    }
}

extension Rule where Action == DeletingPost, Resource == PostAccess {
    /// Discourse: staff; authors their own posts in topics that are open to changes. The first post
    /// goes by the rule of its topic.
    package static func deletingPost(_ settings: SiteSettings, now: Timestamp) -> Self {
        Rule { post, principal in
            if post.isDeleted || post.topic.isDeleted { return .deny(.notFound) }
            if post.topic.isUnpublished { return .deny(.unpublished) }
            if post.number == 1 {
                return Rule<DeletingTopic, TopicAccess>.deletingTopic(now: now)
                    .decide(post.topic, principal)
            }
            if principal.isStaff { return .allow }
            if principal.isSilenced { return .deny(.silenced) }
            guard post.authorID == principal.id, !post.topic.isArchived, !post.isLocked else {
                return .deny(.forbidden)
            }
            return EditWindow.isOpen(since: post.createdAt, principal, settings, now: now)
                ? .allow : .deny(EditWindow.closed)
        }
    }
}

extension Rule where Action == RecoveringPost, Resource == PostAccess {
    /// Discourse: staff; authors what they deleted themselves.
    package static var recoveringPost: Self {
        Rule { post, principal in
            if post.number == 1 {
                return Rule<RecoveringTopic, TopicAccess>.recoveringTopic
                    .decide(post.topic, principal)
            }
            let isOwn = post.authorID == principal.id && post.isUserDeleted
            guard principal.isStaff || isOwn else { return .deny(.notFound) }
            if post.topic.isDeleted { return .deny(.notFound) }
            if principal.isSilenced { return .deny(.silenced) }
            return post.isDeleted
                ? .allow : .deny(ForumError(.conflict, "That post is not deleted."))
        }
    }
}

extension Rule where Action == LikingPost, Resource == PostAccess {
    /// Discourse: what one can see, of somebody else, once; not in archived topics.
    package static var likingPost: Self {
        Rule { post, principal in
            if post.isDeleted || post.topic.isDeleted { return .deny(.notFound) }
            if post.topic.isUnpublished { return .deny(.unpublished) }
            if principal.isSilenced { return .deny(.silenced) }
            guard post.authorID != principal.id, !post.topic.isArchived, post.type <= 2,
                post.likedAt == nil, !principal.isStaged
            else { return .deny(.forbidden) }
            return .allow
        }
    }
}

extension Rule where Action == UnlikingPost, Resource == PostAccess {
    /// Discourse: for ten minutes after the like.
    package static func unlikingPost(now: Timestamp) -> Self {
        Rule { post, principal in
            if post.isDeleted || post.topic.isDeleted { return .deny(.notFound) }
            if post.topic.isUnpublished { return .deny(.unpublished) }
            guard let likedAt = post.likedAt, !post.topic.isArchived else {
                return .deny(.forbidden)
            }
            return now < likedAt + Double(Limits.undoLikeSeconds) ? .allow : .deny(.forbidden)
        }
    }
}
