import Forum
import ForumAPI
import Markup
import Postgres

enum GroupPresenter {
    /// - Parameter isListed: Among others, where each says what the viewer is in it.
    static func body(
        _ group: Forum.Group,
        viewer: Viewer,
        isListed: Bool = false
    ) -> GroupBody {
        var body = GroupBody()
        body.id = Int(group.id.value)
        body.automatic = group.isAutomatic
        body.name = group.name
        body.displayName = group.fullName ?? group.name
        body.fullName = group.fullName
        // How many there are is part of who they are.
        body.userCount = group.canSeeMembers ? group.userCount : 0
        body.mentionableLevel = group.mentionableLevel
        body.messageableLevel = group.messageableLevel
        body.visibilityLevel = group.visibilityLevel
        body.primaryGroup = group.isPrimary
        body.title = group.title
        body.grantTrustLevel = group.grantTrustLevel
        body.flairURL = group.flairIcon
        body.flairColor = group.flairColor
        body.flairBgColor = group.flairBackground
        body.bioRaw = group.bioRaw
        body.bioCooked = group.bioCooked
        body.bioExcerpt = group.bioCooked.map { Excerpt.make(html: $0, length: 110) }
        body.publicAdmission = group.isOpenToJoin
        body.publicExit = group.isOpenToLeave
        body.allowMembershipRequests = group.takesRequests
        body.membershipRequestTemplate = group.requestTemplate
        body.membersVisibilityLevel = group.membersVisibilityLevel
        body.defaultNotificationLevel = group.defaultNotificationLevel
        body.publishReadState = group.publishesReadState
        body.canSeeMembers = group.canSeeMembers
        body.canAdminGroup = viewer.isAdmin
        let canEdit = viewer.principal?.can(.editGroup, group) ?? false
        if canEdit {
            body.canEditGroup = true
            body.incomingEmail = group.incomingEmail
        }
        if isListed, viewer.principal != nil {
            body.isGroupUser = group.isMember
            body.isGroupOwner = group.isOwner ? true : nil
        }
        return body
    }

    static func detail(
        _ group: Forum.Group,
        _ details: GroupDetails,
        viewer: Viewer
    ) -> GroupReply {
        var page = GroupPageBody()
        page.isGroupOwnerDisplay = group.isOwner
        page.mentionable = group.isMentionable(by: viewer)
        page.messageable = group.isMessageable(by: viewer)
        if details.canEdit, viewer.isAdmin {
            page.automaticMembershipEmailDomains = group.emailDomains
        }
        page.messageCount = details.messageCount
        func categories(_ level: Int) -> [Int] {
            (details.categories[level] ?? []).map { Int($0.value) }
        }
        page.mutedCategoryIDs = categories(0)
        page.regularCategoryIDs = categories(1)
        page.trackingCategoryIDs = categories(2)
        page.watchingCategoryIDs = categories(3)
        page.watchingFirstPostCategoryIDs = categories(4)
        if details.canEdit {
            page.mutedTags = details.tags[0] ?? []
            page.regularTags = details.tags[1] ?? []
            page.trackingTags = details.tags[2] ?? []
            page.watchingTags = details.tags[3] ?? []
            page.watchingFirstPostTags = details.tags[4] ?? []
        }
        var body = body(group, viewer: viewer)
        body.isGroupUser = group.isMember
        body.isGroupOwner = group.isOwner ? true : nil
        body.hasMessages = details.messageCount > 0
        var reply = GroupReply()
        reply.group = GroupDetailBody(group: body, details: page)
        reply.extras.visibleGroupNames = details.visibleNames
        return reply
    }

    static func member(_ member: GroupMember) -> GroupMemberBody {
        var body = GroupMemberBody()
        body.id = Int(member.id.value)
        body.username = member.username
        body.name = member.name
        body.avatarTemplate = AvatarTemplate.make(member.username)
        body.title = member.title
        body.lastPostedAt = member.lastPostedAt?.iso8601
        body.lastSeenAt = member.lastSeenAt?.iso8601
        body.addedAt = member.addedAt.iso8601
        return body
    }

    static func requester(_ request: GroupRequest) -> GroupMemberBody {
        var body = GroupMemberBody()
        body.id = Int(request.user.id.value)
        body.username = request.user.username
        body.name = request.user.name
        body.avatarTemplate = AvatarTemplate.make(request.user.username)
        body.title = request.user.title
        body.reason = request.reason
        body.requestedAt = request.requestedAt.iso8601
        return body
    }

    static func log(_ log: GroupLog) -> GroupLogBody {
        var body = GroupLogBody()
        body.action = GroupLog.Action(rawValue: log.action)?.name ?? ""
        body.subject = log.subject
        body.prevValue = log.before
        body.newValue = log.after
        body.createdAt = log.createdAt.iso8601
        body.actingUser = log.actor.map { user($0) }
        body.targetUser = log.target.map { user($0) }
        return body
    }

    private static func user(_ username: String) -> GroupLogUserBody {
        var body = GroupLogUserBody()
        body.username = username
        body.avatarTemplate = AvatarTemplate.make(username)
        return body
    }

    static func post(_ post: PostView) -> GroupPostBody {
        var body = GroupPostBody()
        body.id = Int(post.id.value)
        body.excerpt = Excerpt.make(html: post.cooked, length: 300)
        body.cooked = post.cooked
        body.raw = post.raw
        body.createdAt = post.createdAt.iso8601
        body.title = post.topic.title
        body.url = "/t/\(post.topic.slug)/\(post.topicID)/\(post.number)"
        body.userTitle = post.author.title
        body.userLongName = post.author.name
        body.postNumber = post.number
        body.postType = post.type
        body.topicID = Int(post.topicID.value)
        body.topicSlug = post.topic.slug
        body.topicTitle = post.topic.title
        body.topicHTMLTitle = post.topic.fancyTitle
        body.categoryID = post.topic.categoryID.map { Int($0.value) }
        body.username = post.author.username
        body.userID = Int(post.author.id.value)
        body.user = BasicUserBody(
            id: Int(post.author.id.value),
            username: post.author.username,
            name: post.author.name,
            avatarTemplate: AvatarTemplate.make(post.author.username)
        )
        return body
    }
}
