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
        bookmarkID = body.bookmarked ? body.bookmarkID : nil
        isAnswer = body.acceptedAnswer ?? false
        flags = body.actionsSummary.filter { $0.canAct ?? false }
            .compactMap { FlagReason(rawValue: $0.id) }
        polls = (body.polls ?? []).map { poll in
            Poll(poll, chosen: body.pollsVotes?[poll.name] ?? [])
        }
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
        reason = body.details.notificationsReasonID.flatMap { TrackingReason(rawValue: $0) }
        bookmarkID = body.bookmarks.first { $0.bookmarkableType == "Topic" }?.id
        isPinned = body.pinned || body.pinnedGlobally
        isListed = body.visible
        views = body.views
        participants = body.details.participants.map {
            $0.postCount > 1 ? "\($0.username) (\($0.postCount))" : $0.username
        }
        permissions = TopicPermissions(body.details)
    }
}

extension TerminalUI.Category {
    init(_ body: CategoryBody) {
        self.init(id: body.id, name: body.name, slug: body.slug)
        parentID = body.parentCategoryID
        summary = body.descriptionText ?? body.descriptionExcerpt ?? ""
        topicCount = body.topicCount
        level = TrackingLevel(rawValue: body.notificationLevel) ?? .regular
        delivery = body.delivery.flatMap { Delivery(rawValue: $0.rawValue) } ?? .each
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
        case .network, .moved: self.init(.network, error.description)
        case .cancelled: self.init(.cancelled, error.description)
        case .auth, .loginRefused: self.init(.auth, error.description)
        case .forbidden: self.init(.forbidden, error.description)
        case .notFound: self.init(.notFound, error.description)
        case .rateLimited(let seconds): self.init(.rateLimited(seconds: seconds), error.description)
        case .invalid, .conflict: self.init(.refused, error.description)
        case .server, .tooLarge, .protocolError: self.init(.server, error.description)
        }
    }
}

extension TopicRow {
    init(_ body: ListedBookmarkBody) {
        self.init(
            id: body.topicID,
            title: body.title.isEmpty ? body.fancyTitle : body.title,
            postsCount: body.highestPostNumber,
            highestNumber: max(body.highestPostNumber, 1),
            lastPoster: body.user?.username ?? "",
            bumpedAt: Timestamp.seconds(body.createdAt) ?? 0
        )
        categoryID = body.categoryID
        tags = body.tags.map(\.name)
        isClosed = body.closed
        let isPost = body.bookmarkableType == "Post"
        bookmark = Bookmark(
            topic: body.topicID,
            post: isPost ? body.bookmarkableID : nil,
            id: body.id
        )
        hitNumber = max(1, body.linkedPostNumber)
        let reminder = body.reminderAt.map { "reminder at \($0)" }
        let excerpt = CookedRenderer.render(body.excerpt, width: TerminalUI.Limits.measure).text
            .split(separator: "\n").joined(separator: " ")
        blurb = [body.name, reminder, excerpt].compactMap(\.self).filter { !$0.isEmpty }
            .joined(separator: " \u{B7} ")
    }
}

extension Poll {
    init(_ body: PollBody, chosen: [String]) {
        self.init(
            name: body.name,
            isOpen: body.status == "open",
            isMultiple: body.type == "multiple",
            voters: body.voters,
            options: body.options.map { option in
                let text = CookedRenderer.render(option.html, width: TerminalUI.Limits.measure).text
                return Option(id: option.id, text: text, votes: option.votes)
            }
        )
        title = body.title
        self.chosen = Set(chosen)
    }
}

extension TopicPermissions {
    init(_ body: TopicDetailsBody) {
        self.init()
        canClose = body.canCloseTopic
        canArchive = body.canArchiveTopic
        canPin = body.canPinUnpinTopic
        canHide = body.canToggleTopicVisibility
        canMove = body.canMovePosts || body.canSplitMergeTopic
        canDelete = body.canDelete
        canEdit = body.canEdit
        canRecover = body.canRecover ?? false
    }
}
