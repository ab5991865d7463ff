import Forum
import ForumAPI
import Postgres

enum TopicListPresenter {
    /// Where a list goes on, and what else its address says.
    struct Address: Sendable {
        /// `/latest`, `/c/general/4` …
        var path: String
        /// Every filter of the request, without `page`.
        var filters: [(String, String)] = []
    }

    static func reply(
        _ page: TopicListPage,
        _ address: Address,
        viewer: Viewer,
        period: String? = nil,
        tag: ListTagBody? = nil,
        filter: String? = nil
    ) -> TopicListReply {
        TopicListReply(
            users: page.users.map { UserPresenter.basic($0) },
            topicList: TopicListBody(
                canCreateTopic: viewer.principal.map { !$0.isSilenced } ?? false,
                moreTopicsURL: page.hasMore ? next(address, page) : nil,
                forPeriod: period,
                filter: filter,
                draftSequence: viewer.principal == nil ? nil : 0,
                perPage: page.perPage,
                tags: tag.map { [$0] },
                topics: page.topics.map { row($0, viewer: viewer) }
            )
        )
    }

    /// Without `.json`: clients put that in themselves.
    private static func next(_ address: Address, _ page: TopicListPage) -> String {
        var parameters = address.filters
        parameters.append(("page", String(page.page + 1)))
        let query = parameters.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }
        return "\(address.path)?\(query.joined(separator: "&"))"
    }

    static func row(_ summary: TopicSummary, viewer: Viewer) -> ListedTopicBody {
        let topic = summary.topic
        var body = ListedTopicBody()
        body.id = Int(topic.id.value)
        body.title = topic.title
        body.fancyTitle = topic.fancyTitle
        body.slug = topic.slug
        body.postsCount = topic.postsCount
        body.replyCount = topic.replyCount
        body.highestPostNumber = topic.highestPostNumber
        body.createdAt = topic.createdAt.iso8601
        body.lastPostedAt = topic.lastPostedAt?.iso8601
        body.bumped = true
        body.bumpedAt = topic.bumpedAt.iso8601
        body.archetype = topic.archetype.rawValue
        body.visible = topic.isVisible
        body.closed = topic.isClosed
        body.archived = topic.isArchived
        body.views = topic.views
        body.likeCount = topic.likeCount
        body.opLikeCount = summary.firstPostLikes
        body.lastPosterUsername = summary.lastPosterUsername
        body.categoryID = topic.categoryID.map { Int($0.value) }
        body.pinned = topic.pinnedAt != nil && !summary.isUnpinned
        body.pinnedGlobally = topic.isPinnedGlobally
        body.excerpt = topic.pinnedAt == nil ? nil : topic.excerpt
        body.externalID = topic.externalID
        body.tags = summary.tags.map { TagPresenter.reference($0) }
        body.posters = summary.posters.map { poster in
            PosterBody(
                extras: poster.isLatest ? "latest" : nil,
                description: poster.description,
                userID: Int(poster.userID.value)
            )
        }
        if viewer.principal != nil { addViewerState(summary, to: &body) }
        return body
    }

    /// Rows that stand alone: each poster is there as a person, not as a number.
    static func suggested(_ page: TopicListPage) -> [ListedTopicBody] {
        let people = Dictionary(
            page.users.map { ($0.id, UserPresenter.basic($0)) },
            uniquingKeysWith: { first, _ in first }
        )
        return page.topics.map { summary in
            var body = row(summary, viewer: .anonymous)
            body.posters = summary.posters.map { poster in
                PosterBody(
                    extras: poster.isLatest ? "latest" : nil,
                    description: poster.description,
                    user: people[poster.userID]
                )
            }
            return body
        }
    }

    private static func addViewerState(_ summary: TopicSummary, to body: inout ListedTopicBody) {
        body.unseen = summary.isUnseen
        body.unpinned = summary.topic.pinnedAt == nil ? nil : summary.isUnpinned
        body.bookmarked = summary.isBookmarked
        body.liked = summary.isLiked
        guard let last = summary.lastReadPostNumber else { return }
        body.lastReadPostNumber = last
        body.unread = 0
        body.newPosts = summary.newPosts
        body.unreadPosts = summary.unreadPosts
        body.notificationLevel = summary.notificationLevel
    }
}
