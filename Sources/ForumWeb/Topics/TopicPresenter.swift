import Forum
import ForumAPI
import Markup
import Postgres

enum TopicPresenter {
    static func page(
        _ page: TopicPage,
        viewer: Viewer,
        suggested: [ListedTopicBody]?,
        now: Timestamp
    ) -> TopicBody {
        let topic = page.topic
        var body = TopicBody()
        body.id = Int(topic.id.value)
        body.title = topic.title
        body.fancyTitle = topic.fancyTitle
        body.slug = topic.slug
        body.postsCount = topic.postsCount
        body.createdAt = topic.createdAt.iso8601
        body.views = topic.views
        body.replyCount = topic.replyCount
        body.likeCount = topic.likeCount
        body.lastPostedAt = topic.lastPostedAt?.iso8601
        body.visible = topic.isVisible
        body.closed = topic.isClosed
        body.archived = topic.isArchived
        body.archetype = topic.archetype.rawValue
        body.categoryID = topic.categoryID.map { Int($0.value) }
        body.wordCount = topic.wordCount
        body.deletedAt = topic.deletedAt?.iso8601
        body.userID = Int(topic.authorID.value)
        body.pinnedGlobally = topic.isPinnedGlobally
        body.pinnedAt = topic.pinnedAt?.iso8601
        body.pinnedUntil = topic.pinnedUntil?.iso8601
        addExtras(page, to: &body)
        body.draftKey = "topic_\(topic.id)"
        body.highestPostNumber = topic.highestPostNumber
        body.participantCount = topic.participantCount
        body.externalID = topic.externalID
        body.tags = page.tags.map { TagPresenter.reference($0) }
        body.messageBusLastID = Int(page.livePosition)
        body.currentPostNumber = page.posts.first?.number ?? 1
        body.suggestedTopics = suggested
        let lastRead = page.viewerState?.lastReadPostNumber ?? 0
        body.postStream = PostStreamBody(
            posts: page.posts.map { post in
                var body = PostPresenter.body(post, viewer: viewer)
                if viewer.principal != nil { body.read = post.number <= lastRead }
                return body
            },
            stream: page.stream.map { Int($0.value) }
        )
        body.timelineLookup = timeline(page, now: now)
        body.actionsSummary = [4, 8, 10, 7].map { flag in
            ActionSummaryBody(id: flag, count: 0, canAct: false, hidden: false)
        }
        if viewer.principal != nil { body.draftSequence = page.extras.draftSequence }
        if viewer.isStaff { body.hasDeleted = topic.postsCount < topic.highestPostNumber }
        if lastRead > 0 { body.lastReadPostNumber = lastRead }
        body.details = details(page, viewer: viewer)
        return body
    }

    /// What there is beside the topic itself: marks, timers, drafts, the answer.
    private static func addExtras(_ page: TopicPage, to body: inout TopicBody) {
        let extras = page.extras
        body.pinned = page.topic.pinnedAt != nil && !extras.isUnpinned
        body.unpinned = extras.isUnpinned ? true : nil
        body.hasSummary = page.topic.postsCount >= 50 && page.topic.likeCount > 0
        body.slowModeSeconds = extras.slowModeSeconds
        body.slowModeEnabledUntil = extras.slowModeUntil?.iso8601
        body.draft = extras.draft
        body.deletedBy = extras.deletedBy.map { UserPresenter.basic($0) }
        body.lastReadPostID = extras.lastReadPostID.map { Int($0.value) }
        body.bookmarks = extras.bookmarks.map { BookmarkPresenter.inTopic($0, page.topic.id) }
        body.bookmarked = !extras.bookmarks.isEmpty
        body.acceptedAnswer = extras.solution.map { answer($0) }
        body.topicTimer = extras.timer.map { timer in
            TopicTimerBody(
                id: Int(timer.id.value),
                executeAt: timer.executeAt.iso8601,
                durationMinutes: timer.durationMinutes,
                basedOnLastPost: timer.isBasedOnLastPost,
                statusType: timer.kind.rawValue,
                categoryID: timer.categoryID.map { Int($0.value) }
            )
        }
    }

    static func answer(_ solution: TopicSolution) -> AcceptedAnswerBody {
        AcceptedAnswerBody(
            postNumber: solution.postNumber,
            username: solution.author.username,
            name: solution.author.name,
            excerpt: Excerpt.make(html: solution.cooked, length: Excerpt.postLength),
            accepterUsername: solution.accepter.username,
            accepterName: solution.accepter.name
        )
    }

    private static func details(_ page: TopicPage, viewer: Viewer) -> TopicDetailsBody {
        var details = TopicDetailsBody()
        let permissions = page.permissions
        details.canEdit = permissions.canEdit
        details.canDelete = permissions.canDelete
        details.canRecover = permissions.canRecover ? true : nil
        details.canCreatePost = permissions.canReply
        details.canReplyAsNewTopic = permissions.canReply
        details.canCloseTopic = permissions.canChangeStatus
        details.canArchiveTopic = permissions.canChangeStatus
        details.canToggleTopicVisibility = permissions.canChangeStatus
        details.canPinUnpinTopic = permissions.canChangeStatus
        details.canMovePosts = permissions.canArrange
        details.canSplitMergeTopic = permissions.canArrange
        details.notificationLevel = page.viewerState?.notificationLevel ?? 1
        details.notificationsReasonID = page.viewerState?.notificationsReasonID
        details.canRemoveSelfID = selfRemovable(page, viewer)
        details.participants = page.participants.map { participant($0) }
        details.createdBy = UserPresenter.basic(page.author)
        details.lastPoster = UserPresenter.basic(page.lastPoster)
        if page.topic.archetype == .message {
            details.allowedUsers = page.allowedUsers.map { UserPresenter.basic($0) }
            details.allowedGroups = page.allowedGroups.map { group in
                GroupReferenceBody(id: Int(group.id.value), name: group.name)
            }
        }
        return details
    }

    /// The viewer's own id where Discourse lets them leave: staff anywhere, others a message that is
    /// not theirs.
    private static func selfRemovable(_ page: TopicPage, _ viewer: Viewer) -> Int? {
        guard let principal = viewer.principal else { return nil }
        let isGuest =
            page.allowedUsers.contains { $0.id == principal.id }
            && page.topic.authorID != principal.id
        return principal.isStaff || isGuest ? Int(principal.id.value) : nil
    }

    private static func participant(_ participant: TopicParticipant) -> ParticipantBody {
        let user = participant.user
        var body = ParticipantBody(
            id: Int(user.id.value),
            username: user.username,
            name: user.name,
            avatarTemplate: AvatarTemplate.make(user.username)
        )
        body.postCount = participant.postCount
        body.admin = user.isAdmin
        body.moderator = user.isModerator
        body.trustLevel = user.trustLevel
        return body
    }

    /// Pairs of a place in the stream and how many days ago the post there was written, for the
    /// posts of this window where the day changes.
    private static func timeline(_ page: TopicPage, now: Timestamp) -> [[Int]] {
        guard let first = page.posts.first,
            let start = page.stream.firstIndex(of: first.id)
        else { return [] }
        var lookup: [[Int]] = []
        for (offset, post) in page.posts.enumerated() {
            let days = Int((now.microseconds - post.createdAt.microseconds) / 86_400_000_000)
            if lookup.last?.last != days { lookup.append([start + offset + 1, days]) }
        }
        return lookup
    }
}
