import Forum
import ForumAPI
import Markup
import Postgres

enum DirectoryPresenter {
    static func make(
        _ items: [DirectoryItem],
        _ total: Int,
        _ query: DirectoryQuery,
        now: Timestamp
    ) -> DirectoryReply {
        DirectoryReply(
            directoryItems: items.map(item),
            meta: DirectoryMetaBody(
                lastUpdatedAt: now.iso8601,
                totalRowsDirectoryItems: total,
                loadMoreDirectoryItems: next(query)
            )
        )
    }

    /// Discourse gives the next page also where it is empty.
    private static func next(_ query: DirectoryQuery) -> String {
        var path = "/directory_items?"
        if query.isAscending { path += "asc=true&" }
        if let name = query.name { path += "name=\(percentEncoded(name))&" }
        if let group = query.group { path += "group=\(percentEncoded(group))&" }
        if !query.excluded.isEmpty {
            let names = query.excluded.joined(separator: ",")
            path += "exclude_usernames=\(percentEncoded(names))&"
        }
        return path
            + "order=\(query.order.rawValue)&page=\(query.page + 1)&period=\(query.period.rawValue)"
    }

    private static func item(_ item: DirectoryItem) -> DirectoryItemBody {
        DirectoryItemBody(
            id: Int(item.user.id.value),
            likesReceived: item.likesReceived,
            likesGiven: item.likesGiven,
            topicsEntered: item.topicsEntered,
            topicCount: item.topicCount,
            postCount: item.postCount,
            postsRead: item.postsRead,
            daysVisited: item.daysVisited,
            timeRead: Int(item.timeReadMilliseconds / 1000),
            user: DirectoryUserBody(
                id: Int(item.user.id.value),
                username: item.user.username,
                name: item.user.name,
                avatarTemplate: AvatarTemplate.make(item.user.username),
                title: item.user.title,
                trustLevel: item.user.trustLevel
            )
        )
    }
}

enum UserActionPresenter {
    private static let excerptLength = 300

    static func make(_ action: UserAction) -> UserActionBody {
        UserActionBody(
            excerpt: Excerpt.make(html: action.cooked, length: excerptLength),
            actionType: action.kind,
            createdAt: action.createdAt.iso8601,
            avatarTemplate: AvatarTemplate.make(action.author.username),
            actingAvatarTemplate: AvatarTemplate.make(action.actor.username),
            slug: action.slug,
            topicID: Int(action.topicID.value),
            targetUserID: Int(action.target.id.value),
            targetName: action.target.name,
            targetUsername: action.target.username,
            postNumber: action.postNumber,
            postID: Int(action.postID.value),
            username: action.author.username,
            name: action.author.name,
            userID: Int(action.author.id.value),
            actingUsername: action.actor.username,
            actingName: action.actor.name,
            actingUserID: Int(action.actor.id.value),
            title: action.title,
            hidden: action.isHidden,
            postType: action.postType,
            categoryID: action.categoryID.map { Int($0.value) },
            closed: action.isClosed,
            archived: action.isArchived
        )
    }
}

enum UserSummaryPresenter {
    static func make(_ summary: UserSummary) -> UserSummaryReply {
        let statistics = summary.user.statistics
        let body = UserSummaryBody(
            likesGiven: summary.counts.likesGiven,
            likesReceived: summary.counts.likesReceived,
            topicsEntered: statistics.topicsEntered,
            postsReadCount: statistics.postsReadCount,
            daysVisited: summary.daysVisited,
            topicCount: summary.counts.topics,
            postCount: summary.counts.posts,
            timeRead: Int(statistics.timeReadMilliseconds / 1000),
            recentTimeRead: Int(summary.recentReadMilliseconds / 1000),
            bookmarkCount: 0,
            topicIDs: summary.topics.map { Int($0.id.value) },
            replies: summary.replies.map {
                SummaryReplyBody(
                    postNumber: $0.postNumber,
                    likeCount: $0.likeCount,
                    createdAt: $0.createdAt.iso8601,
                    topicID: Int($0.topicID.value)
                )
            },
            mostLikedByUsers: summary.mostLikedBy.map(person),
            mostLikedUsers: summary.mostLiked.map(person),
            mostRepliedToUsers: summary.mostRepliedTo.map(person),
            topCategories: summary.categories.map(category)
        )
        var known: Set<TopicID> = []
        let topics = (summary.topics + summary.replyTopics).filter { known.insert($0.id).inserted }
        return UserSummaryReply(userSummary: body, topics: topics.map(topic))
    }

    private static func person(_ person: SummaryPerson) -> SummaryUserBody {
        SummaryUserBody(
            count: person.count,
            id: Int(person.user.id.value),
            username: person.user.username,
            name: person.user.name,
            avatarTemplate: AvatarTemplate.make(person.user.username),
            admin: person.user.isAdmin ? true : nil,
            moderator: person.user.isModerator ? true : nil,
            trustLevel: person.user.trustLevel
        )
    }

    private static func topic(_ topic: SummaryTopic) -> SummaryTopicBody {
        SummaryTopicBody(
            id: Int(topic.id.value),
            title: topic.title,
            fancyTitle: topic.fancyTitle,
            slug: topic.slug,
            postsCount: topic.postsCount,
            likeCount: topic.likeCount,
            categoryID: topic.categoryID.map { Int($0.value) },
            createdAt: topic.createdAt.iso8601
        )
    }

    private static func category(_ category: SummaryCategory) -> SummaryCategoryBody {
        SummaryCategoryBody(
            topicCount: category.topicCount,
            postCount: category.postCount,
            id: Int(category.id.value),
            name: category.name,
            color: category.color,
            textColor: category.textColor,
            slug: category.slug,
            readRestricted: category.isReadRestricted,
            parentCategoryID: category.parentID.map { Int($0.value) }
        )
    }
}
