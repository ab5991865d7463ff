import Forum
import ForumAPI
import Markup
import Postgres

enum PostPresenter {
    static func body(_ post: PostView, viewer: Viewer) -> PostBody {
        var body = PostBody()
        let author = post.author
        body.id = Int(post.id.value)
        body.name = author.name
        body.username = author.username
        body.displayUsername = author.name
        body.avatarTemplate = AvatarTemplate.make(author.username)
        body.userTitle = author.title
        body.userID = Int(author.id.value)
        body.moderator = author.isModerator
        body.admin = author.isAdmin
        body.staff = author.isAdmin || author.isModerator
        body.trustLevel = author.trustLevel
        body.createdAt = post.createdAt.iso8601
        body.updatedAt = post.updatedAt.iso8601
        body.raw = post.raw
        body.cooked = post.cooked
        body.postNumber = post.number
        body.postType = post.type
        body.postsCount = post.topic.postsCount
        body.replyCount = post.replyCount
        body.replyToPostNumber = post.replyToNumber
        body.replyToUser = post.replyTo.map { target in
            BasicUserBody(
                id: Int(target.id.value),
                username: target.username,
                name: target.name,
                avatarTemplate: AvatarTemplate.make(target.username)
            )
        }
        body.quoteCount = post.quoteCount
        body.reads = post.reads
        body.readersCount = max(0, post.reads - 1)
        body.score = Double(post.likeCount * 15 + post.replyCount * 5)
        body.topicID = Int(post.topicID.value)
        body.topicSlug = post.topic.slug
        body.version = post.version
        body.yours = viewer.principal?.id == author.id
        body.canEdit = post.permissions.canEdit
        body.canDelete = post.permissions.canDelete
        body.canRecover = post.permissions.canRecover
        body.canWiki = post.permissions.canMakeWiki
        body.canViewEditHistory = post.version > 1
        body.hidden = post.isHidden
        body.wiki = post.isWiki
        body.userDeleted = post.isUserDeleted
        body.deletedAt = post.deletedAt?.iso8601
        body.editReason = post.editReason
        body.viaEmail = post.isViaEmail ? true : nil
        body.locked = post.isLocked ? true : nil
        body.postURL = "/t/\(post.topic.slug)/\(post.topicID)/\(post.number)"
        body.actionsSummary = likes(post, viewer: viewer) + flags(post)
        body.actionCode = post.actionCode
        body.actionCodeWho = post.actionSubject
        addMarks(of: post, to: &body)
        if viewer.isStaff { addReview(to: &body) }
        return body
    }

    /// Bookmark, polls and answer.
    private static func addMarks(of post: PostView, to body: inout PostBody) {
        if let bookmark = post.bookmark {
            body.bookmarked = true
            body.bookmarkID = Int(bookmark.id.value)
            body.bookmarkName = bookmark.name
            body.bookmarkReminderAt = bookmark.reminderAt?.iso8601
            body.bookmarkAutoDeletePreference = bookmark.autoDelete.rawValue
        }
        if !post.polls.isEmpty {
            body.polls = post.polls.map { PollPresenter.body($0) }
            let votes = post.polls.filter { !$0.choices.isEmpty }.map { ($0.name, $0.choices) }
            if !votes.isEmpty {
                body.pollsVotes = Dictionary(votes, uniquingKeysWith: { first, _ in first })
            }
        }
        if post.permissions.canAcceptAnswer { body.canAcceptAnswer = true }
        if post.permissions.canUnacceptAnswer { body.canUnacceptAnswer = true }
        if post.isSolution { body.acceptedAnswer = true }
    }

    /// Keys that staff's clients expect. Whether something waits for this post is asked at `/review`, whose
    /// queue the post does not carry with it yet.
    private static func addReview(to body: inout PostBody) {
        body.reviewableID = 0
        body.reviewableScoreCount = 0
        body.reviewableScorePendingCount = 0
    }

    /// What a writer gets back: clients keep the number of their draft by it.
    static func written(
        _ post: PostView,
        draftSequence: Int = 0,
        viewer: Viewer
    ) -> PostBody {
        var body = withTopic(post, viewer: viewer)
        body.draftSequence = draftSequence
        addReview(to: &body)
        return body
    }

    /// What somebody who liked a post, or took that back, gets.
    static func acted(_ post: PostView, viewer: Viewer) -> PostBody {
        var body = body(post, viewer: viewer)
        addReview(to: &body)
        return body
    }

    /// A row of the newest posts of all topics.
    static func listed(_ post: PostView, viewer: Viewer) -> PostBody {
        var body = withTopic(post, viewer: viewer)
        let excerpt = Excerpt.make(html: post.cooked, length: Excerpt.postLength)
        body.excerpt = excerpt
        body.truncated = excerpt.hasSuffix("&hellip;")
        return body
    }

    /// A post alone, or of a list over topics, also says where it stands.
    static func withTopic(_ post: PostView, viewer: Viewer) -> PostBody {
        var body = body(post, viewer: viewer)
        body.topicTitle = post.topic.title
        body.topicHTMLTitle = post.topic.fancyTitle
        body.categoryID = post.topic.categoryID.map { Int($0.value) }
        return body
    }

    private static func likes(_ post: PostView, viewer: Viewer) -> [ActionSummaryBody] {
        let permissions = post.permissions
        guard post.likeCount > 0 || permissions.canLike || permissions.canUnlike else { return [] }
        return [
            ActionSummaryBody(
                id: PostActionType.like.rawValue,
                count: post.likeCount > 0 ? post.likeCount : nil,
                acted: post.likedAt == nil ? nil : true,
                canUndo: permissions.canUnlike ? true : nil,
                canAct: permissions.canLike ? true : nil
            )
        ]
    }

    /// What the viewer may flag the post as.
    private static func flags(_ post: PostView) -> [ActionSummaryBody] {
        post.permissions.flags.map { ActionSummaryBody(id: $0.rawValue, canAct: true) }
    }
}
