import Postgres

/// Which posts of a topic are wanted.
package enum TopicWindow: Sendable, Equatable {
    /// The first twenty.
    case start
    /// A quarter before that number, the rest from it on.
    case near(postNumber: Int)
    /// Twenty a page, from 1.
    case page(Int)
    /// The first thousand, for printing.
    case print
}

/// A topic with one window of its posts, as one viewer may see it.
package struct TopicPage: Sendable {
    package let topic: Topic
    package let author: UserCard
    package let lastPoster: UserCard
    package let posts: [PostView]
    /// The ids of all visible posts, in order.
    package let stream: [PostID]
    package let tags: [TagCard]
    package let participants: [TopicParticipant]
    /// Those whom a private message is addressed to.
    package let allowedUsers: [UserCard]
    package let allowedGroups: [AllowedGroup]
    /// Where the topic's channel of the live bus stands.
    package let livePosition: Int64
    /// `nil` for strangers, and for members who never were in the topic.
    package let viewerState: TopicViewerState?
    package let extras: TopicExtras
    package let access: TopicAccess
    package let permissions: TopicPermissions
}

package struct TopicParticipant: Sendable, Equatable {
    package let user: UserCard
    /// Counted over the topic's first posts.
    package let postCount: Int
}

package struct AllowedGroup: Sendable, Equatable {
    package let id: GroupID
    package let name: String
}

/// The `can_…` flags of a topic.
package struct TopicPermissions: Sendable, Equatable {
    package var canReply = false
    package var canEdit = false
    package var canDelete = false
    package var canRecover = false
    /// Closing, archiving, hiding and pinning.
    package var canChangeStatus = false
    /// Moving its posts, its time, its owner.
    package var canArrange = false
}

extension TopicAccess {
    func permissions(
        for viewer: Viewer,
        _ settings: SiteSettings,
        now: Timestamp
    ) -> TopicPermissions {
        guard let principal = viewer.principal else { return TopicPermissions() }
        return TopicPermissions(
            canReply: principal.can(.replying, self),
            canEdit: principal.can(.editingTopic(settings, now: now), self),
            canDelete: principal.can(.deletingTopic(now: now), self),
            canRecover: principal.can(.recoveringTopic, self),
            canChangeStatus: principal.can(.changingTopicStatus, self),
            canArrange: principal.can(.arrangingTopic, self)
        )
    }
}
