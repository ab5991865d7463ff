import ForumAPI
import TerminalUI

extension TopicPage {
    init(_ reply: TopicListReply) {
        self.init(
            rows: reply.topicList.topics.map { TopicRow($0, users: reply.users) },
            hasMore: reply.topicList.moreTopicsURL != nil
        )
    }

    /// The topics of a search, each with the place where the words stand.
    init(_ reply: SearchReply) {
        let topics = Dictionary(
            reply.topics.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var seen: Set<Int> = []
        let rows = reply.posts.compactMap { post -> TopicRow? in
            guard let body = topics[post.topicID], seen.insert(post.topicID).inserted else {
                return nil
            }
            var row = TopicRow(body)
            row.blurb = post.blurb
            row.hitNumber = post.postNumber
            row.lastPoster = post.username
            row.bumpedAt = Timestamp.seconds(post.createdAt) ?? row.bumpedAt
            return row
        }
        let hasMore = reply.groupedSearchResult.moreFullPageResults ?? false
        self.init(rows: rows, hasMore: hasMore)
    }
}
