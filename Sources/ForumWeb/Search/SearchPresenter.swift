import Forum
import ForumAPI
import Postgres

enum SearchPresenter {
    static func reply(_ results: SearchResults, term: String, viewer: Viewer) -> SearchReply {
        var grouped = GroupedSearchResultBody(term: term)
        grouped.moreFullPageResults = results.hasMore ? true : nil
        grouped.morePosts = results.hasMore ? true : nil
        grouped.moreUsers = results.hasMoreUsers ? true : nil
        grouped.moreCategories = results.hasMoreCategories ? true : nil
        grouped.groupIDs = results.groups.map { Int($0.id.value) }
        grouped.canCreateTopic = viewer.principal.map { !$0.isSilenced } ?? false
        grouped.error = results.error
        grouped.postIDs = results.posts.map { Int($0.id.value) }
        grouped.userIDs = results.users.map { Int($0.id.value) }
        grouped.categoryIDs = results.categories.map { Int($0.id.value) }
        grouped.tagIDs = results.tags.map { Int($0.id.value) }
        var reply = SearchReply(groupedSearchResult: grouped)
        reply.posts = results.posts.map { post in
            SearchPostBody(
                id: Int(post.id.value),
                name: post.author.name,
                username: post.author.username,
                avatarTemplate: AvatarTemplate.make(post.author.username),
                createdAt: post.createdAt.iso8601,
                likeCount: post.likeCount,
                blurb: post.blurb,
                postNumber: post.number,
                topicID: Int(post.topicID.value)
            )
        }
        reply.topics = results.topics.map { TopicListPresenter.row($0, viewer: viewer) }
        reply.users = results.users.map { UserPresenter.basic($0) }
        reply.categories = results.categories.map { category in
            var body = CategoryBody()
            body.id = Int(category.id.value)
            body.name = category.name
            body.slug = category.slug
            body.color = category.color
            body.textColor = category.textColor
            body.parentCategoryID = category.parentID.map { Int($0.value) }
            body.readRestricted = category.isReadRestricted
            return body
        }
        reply.groups = results.groups.map {
            GroupReferenceBody(id: Int($0.id.value), name: $0.name)
        }
        reply.tags = results.tags.map { TagPresenter.reference($0) }
        return reply
    }
}
