package import Postgres

/// The subject of `PostID`; what is read of one is a `PostView`.
package enum Post {}

/// A post as one viewer may see it, with what the answer shows of its author.
package struct PostView: Sendable, Equatable {
    package var id: PostID
    package var topicID: TopicID
    package var number: Int
    package var author: PostAuthor
    /// 1 regular, 2 moderator action, 3 small action, 4 whisper.
    package var type: Int
    package var cooked: String
    /// Only when it was asked for.
    package var raw: String?
    /// Whether a mail's trimmed part is kept beside it.
    package var hasElided: Bool
    package var replyToNumber: Int?
    package var replyTo: PostReplyTarget?
    package var replyCount: Int
    package var quoteCount: Int
    package var likeCount: Int
    package var reads: Int
    package var wordCount: Int
    /// 1 until the first revision.
    package var version: Int
    package var isWiki: Bool
    package var isHidden: Bool
    package var isUserDeleted: Bool
    package var isLocked: Bool
    package var editReason: String?
    package var deletedAt: Timestamp?
    package var isViaEmail: Bool
    package var createdAt: Timestamp
    package var updatedAt: Timestamp
    /// When the viewer liked it.
    package var likedAt: Timestamp?
    /// What happened, of a small action: `closed.enabled` and the like.
    package var actionCode: String?
    /// Whom or which group the small action is about.
    package var actionSubject: String?
    package var hasPolls = false
    /// Whether it is the accepted answer of its topic.
    package var isSolution = false
    /// The viewer's own.
    package var bookmark: PostBookmark?
    /// Only where `Community.withPolls(_:for:)` was asked.
    package var polls: [Poll] = []
    package var topic: TopicAccess
    package var permissions = PostPermissions()
}

package struct PostAuthor: Sendable, Equatable {
    package let id: UserID
    package let username: String
    package let name: String?
    package let title: String?
    package let trustLevel: Int
    package let isAdmin: Bool
    package let isModerator: Bool
    package let isStaged: Bool
}

/// Whom a post answers.
package struct PostReplyTarget: Sendable, Equatable {
    package let id: UserID
    package let username: String
    package let name: String?
}

/// The `can_…` flags of a post.
package struct PostPermissions: Sendable, Equatable {
    package var canEdit = false
    package var canDelete = false
    package var canRecover = false
    package var canLike = false
    package var canUnlike = false
    package var canMakeWiki = false
    package var canAcceptAnswer = false
    package var canUnacceptAnswer = false
    /// What the viewer may flag it as. Whether they did already is not known here.
    package var flags: [FlagKind] = []
}

extension PostView {
    var access: PostAccess {
        PostAccess(
            id: id,
            number: number,
            authorID: author.id,
            type: type,
            isDeleted: deletedAt != nil,
            isUserDeleted: isUserDeleted,
            isWiki: isWiki,
            isLocked: isLocked,
            createdAt: createdAt,
            likedAt: likedAt,
            topic: topic
        )
    }

    /// The post with the flags that hold for `viewer`.
    func permitted(for viewer: Viewer, _ settings: SiteSettings, now: Timestamp) -> PostView {
        guard let principal = viewer.principal else { return self }
        var post = self
        let access = access
        post.permissions = PostPermissions(
            canEdit: principal.can(.editingPost(settings, now: now), access),
            canDelete: principal.can(.deletingPost(settings, now: now), access),
            canRecover: principal.can(.recoveringPost, access),
            canLike: principal.can(.likingPost, access),
            canUnlike: principal.can(.unlikingPost(now: now), access),
            canMakeWiki: principal.can(.makingWiki, access),
            canAcceptAnswer: !isSolution && principal.can(.acceptingAnswer(settings), access),
            canUnacceptAnswer: isSolution && principal.can(.acceptingAnswer(settings), access),
            flags: FlagKind.allCases.filter { kind in
                let target = FlaggablePost(post: access, kind: kind, taken: [])
                return principal.can(.flaggingPost(settings), target)
            }
        )
        return post
    }
}
