import ForumAPI
import ForumClient
import TerminalUI

/// From what a site sends to what the screens show. Entities in titles of lists are no concern
/// here: `title` is plain text, `fancy_title` is not used.
extension TopicRow {
    init(_ body: ListedTopicBody, users: [BasicUserBody] = []) {
        let poster =
            body.lastPosterUsername.isEmpty
            ? TopicRow.lastPoster(of: body, users: users) : body.lastPosterUsername
        self.init(
            id: body.id,
            title: body.title.isEmpty ? body.fancyTitle : body.title,
            postsCount: body.postsCount,
            highestNumber: max(body.highestPostNumber, 1),
            lastPoster: poster,
            bumpedAt: Timestamp.seconds(body.bumpedAt) ?? Timestamp.seconds(body.createdAt) ?? 0
        )
        categoryID = body.categoryID
        tags = body.tags.map(\.name)
        lastRead = body.lastReadPostNumber
        unreadCount = max(body.unreadPosts ?? 0, (body.unread ?? 0) + (body.newPosts ?? 0))
        isNew = body.unseen
        isPinned = body.pinned && body.unpinned != true
        isClosed = body.closed
    }

    private static func lastPoster(of body: ListedTopicBody, users: [BasicUserBody]) -> String {
        let latest = body.posters.first { $0.extras?.contains("latest") ?? false }
        return users.first { $0.id == latest?.userID }?.username ?? ""
    }
}

extension Post {
    init(_ body: PostBody) {
        self.init(
            id: body.id,
            number: body.postNumber,
            username: body.username,
            createdAt: Timestamp.seconds(body.createdAt) ?? 0,
            cooked: body.cooked
        )
        replyToNumber = body.replyToPostNumber
        replyCount = body.replyCount
        let like = body.actionsSummary.first { $0.id == PostActionType.like.rawValue }
        likeCount = like?.count ?? 0
        isLiked = like?.acted ?? false
        canLike = like?.canAct ?? false
        canEdit = body.canEdit
        canDelete = body.canDelete
        isWiki = body.wiki
        isHidden = body.hidden
        isDeleted = body.deletedAt != nil || body.userDeleted
        if body.postType == PostType.smallAction.rawValue {
            smallAction = Post.words(for: body.actionCode ?? "", who: body.actionCodeWho)
        }
    }

    /// Discourse's action codes in words.
    private static func words(for code: String, who: String?) -> String {
        let known = [
            "closed.enabled": "closed the topic", "closed.disabled": "opened the topic",
            "autoclosed.enabled": "closed the topic by its timer",
            "autoclosed.disabled": "opened the topic by its timer",
            "archived.enabled": "archived the topic", "archived.disabled": "unarchived the topic",
            "pinned.enabled": "pinned the topic", "pinned.disabled": "unpinned the topic",
            "pinned_globally.enabled": "pinned the topic everywhere",
            "visible.enabled": "listed the topic", "visible.disabled": "unlisted the topic",
            "split_topic": "split the topic", "invited_user": "invited", "removed_user": "removed",
            "user_left": "left", "public_topic": "made the topic public",
            "private_topic": "made the topic a message",
        ]
        let text = known[code] ?? String(code.map { $0 == "_" ? " " : $0 })
        return who.map { "\(text) \($0)" } ?? text
    }
}

extension TopicDetail {
    init(_ body: TopicBody) {
        let posts = body.postStream.posts.map { Post($0) }
        self.init(
            id: body.id,
            title: body.title,
            stream: body.postStream.stream ?? posts.map(\.id),
            posts: posts
        )
        categoryID = body.categoryID
        tags = body.tags.map(\.name)
        postsCount = body.postsCount
        highestNumber = body.highestPostNumber ?? highestNumber
        lastRead = body.lastReadPostNumber
        isClosed = body.closed
        isArchived = body.archived
        canReply = body.details.canCreatePost
        level = TrackingLevel(rawValue: body.details.notificationLevel)
    }
}

extension TerminalUI.Category {
    init(_ body: CategoryBody) {
        self.init(id: body.id, name: body.name, slug: body.slug)
        parentID = body.parentCategoryID
        summary = body.descriptionText ?? body.descriptionExcerpt ?? ""
        topicCount = body.topicCount
        // 1 is full permission; nil is not said.
        canCreate = body.permission == nil || body.permission == 1
    }
}

extension NotificationRow {
    init(_ body: NotificationBody) {
        let type = NotificationType(rawValue: body.notificationType)?.name
        self.init(
            id: body.id,
            type: type ?? "type_\(body.notificationType)",
            isRead: body.read,
            createdAt: Timestamp.seconds(body.createdAt) ?? 0
        )
        username =
            body.data.displayUsername ?? body.actingUserName ?? body.data.originalUsername
            ?? body.data.username
        title = body.data.topicTitle ?? body.fancyTitle ?? body.data.badgeName
        topic = body.topicID
        postNumber = body.postNumber
    }
}

extension Failure {
    init(_ error: ClientError) {
        switch error {
        case .network, .moved, .cancelled: self.init(.network, error.description)
        case .auth, .forbidden: self.init(.auth, error.description)
        case .notFound: self.init(.notFound, error.description)
        case .rateLimited(let seconds): self.init(.rateLimited(seconds: seconds), error.description)
        case .invalid: self.init(.refused, error.description)
        case .server, .tooLarge, .protocolError: self.init(.server, error.description)
        }
    }
}
