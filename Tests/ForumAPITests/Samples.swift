@testable import ForumAPI

/// Wire types with something in every list, so that everything inside is written as well.
enum Samples {
    static let time = "2026-01-02T03:04:05.678Z"
    static let person = BasicUserBody(
        id: 1,
        username: "ann",
        name: nil,
        avatarTemplate: "/letter_avatar/ann/{size}.png"
    )
    static let tag = TagReferenceBody(id: 3, name: "swift", slug: "swift")

    static var enqueuedPost: EnqueuedPostReply {
        EnqueuedPostReply(
            pendingPost: PendingPostBody(
                id: 4,
                username: "ann",
                name: nil,
                avatarTemplate: person.avatarTemplate,
                createdByID: 1,
                createdAt: time,
                rawText: "Waits.",
                title: "A title",
                topicID: nil,
                categoryID: 5
            ),
            pendingCount: 1
        )
    }

    static var post: PostBody {
        var post = PostBody()
        post.id = 11
        post.username = "ann"
        post.avatarTemplate = person.avatarTemplate
        post.createdAt = time
        post.updatedAt = time
        post.cooked = "<p>“Hello” &amp; welcome</p>"
        post.raw = "\"Hello\" & welcome"
        post.topicID = 7
        post.topicSlug = "hello"
        post.topicTitle = "Hello"
        post.topicHTMLTitle = "Hello"
        post.categoryID = 5
        post.userID = 1
        post.score = 0.2
        post.postURL = "/t/hello/7/1"
        post.linkCounts = [LinkCountBody(url: "https://example.org", title: nil)]
        post.read = true
        post.replyToUser = person
        post.actionsSummary = [ActionSummaryBody(id: 2, count: 1, canAct: true)]
        post.draftSequence = 0
        post.excerpt = "Hello"
        post.truncated = false
        post.reviewableID = 0
        post.reviewableScoreCount = 0
        post.reviewableScorePendingCount = 0
        return post
    }

    static var row: ListedTopicBody {
        var topic = ListedTopicBody()
        topic.id = 7
        topic.title = "Hello"
        topic.fancyTitle = "Hello"
        topic.slug = "hello"
        topic.createdAt = time
        topic.bumpedAt = time
        topic.tags = [tag]
        topic.categoryID = 5
        topic.posters = [PosterBody(extras: "latest", description: "Author", userID: 1)]
        return topic
    }

    static var suggested: ListedTopicBody {
        var topic = row
        topic.posters = [PosterBody(extras: nil, description: "Author", user: person)]
        return topic
    }

    static var list: TopicListReply {
        TopicListReply(
            users: [person],
            topicList: TopicListBody(
                canCreateTopic: true,
                moreTopicsURL: "/latest?page=1",
                draftSequence: 0,
                topTags: [tag],
                tags: [ListTagBody(id: 3, name: "swift", slug: "swift")],
                topics: [row]
            )
        )
    }

    static var topic: TopicBody {
        var topic = TopicBody()
        topic.id = 7
        topic.title = "Hello"
        topic.fancyTitle = "Hello"
        topic.slug = "hello"
        topic.createdAt = time
        topic.categoryID = 5
        topic.userID = 1
        topic.draftKey = "topic_7"
        topic.draftSequence = 0
        topic.hasDeleted = false
        topic.postStream = PostStreamBody(posts: [post], stream: [11])
        topic.timelineLookup = [[1, 0]]
        topic.suggestedTopics = [suggested]
        topic.tags = [tag]
        topic.actionsSummary = [ActionSummaryBody(id: 4, count: 0, canAct: true, hidden: false)]
        topic.details.canRemoveSelfID = 1
        topic.details.createdBy = person
        topic.details.lastPoster = person
        topic.details.participants = [
            ParticipantBody(
                id: 1,
                username: "ann",
                name: nil,
                avatarTemplate: person.avatarTemplate
            )
        ]
        return topic
    }

    static var category: CategoryBody {
        var category = CategoryBody()
        category.id = 5
        category.name = "General"
        category.slug = "general"
        category.topicURL = "/t/about-general/1"
        category.requiredTagGroups = [RequiredTagGroupBody(name: "g", minCount: 1)]
        category.subcategoryIDs = [6]
        return category
    }

    static var categoryReply: CategoryReply {
        var settings = CategorySettingsBody()
        settings.groupPermissions = [GroupPermissionBody(permissionType: 1, groupName: "everyone")]
        return CategoryReply(
            success: "OK",
            category: CategoryDetailBody(category: category, settings: settings)
        )
    }

    static var site: SiteBody {
        var site = SiteBody()
        site.groups = [SiteGroupBody(id: 1, name: "admins", displayName: "admins")]
        let like = PostActionTypeBody(id: 2, nameKey: "like", name: "Like")
        site.postActionTypes = [like]
        site.topicFlagTypes = [like]
        site.topTags = [tag]
        site.categories = [category]
        return site
    }

    static var user: UserReply {
        var user = UserBody()
        user.id = 1
        user.username = "ann"
        user.avatarTemplate = person.avatarTemplate
        user.createdAt = time
        user.systemAvatarTemplate = person.avatarTemplate
        user.customFields = ["first_name": nil]
        user.featuredTopic = FeaturedTopicBody(id: 7, title: "Hello")
        user.userAuthTokens = [UserAuthTokenBody(id: 1, createdAt: time, seenAt: time)]
        user.invitedBy = person
        user.groups = [GroupBody()]
        user.groupUsers = [GroupUserBody(groupID: 1, userID: 1)]
        user.userOption.understoodLanguages = ["en"]
        return UserReply(user: user)
    }

    static var search: SearchReply {
        SearchReply(
            posts: [
                SearchPostBody(id: 11, username: "ann", blurb: "Hello", postNumber: 1, topicID: 7)
            ],
            topics: [row],
            users: [person],
            categories: [category],
            tags: [tag],
            groupedSearchResult: GroupedSearchResultBody(term: "hello", postIDs: [11])
        )
    }

    static var notifications: NotificationListReply {
        NotificationListReply(
            notifications: [
                NotificationBody(
                    id: 1,
                    notificationType: NotificationType.replied.rawValue,
                    createdAt: time,
                    postNumber: 2,
                    topicID: 7,
                    slug: "hello",
                    data: NotificationDataBody(topicTitle: "Hello", displayUsername: "ann")
                )
            ],
            totalRowsNotifications: 1,
            seenNotificationID: 0,
            loadMoreNotifications: "/notifications?offset=60"
        )
    }
}
