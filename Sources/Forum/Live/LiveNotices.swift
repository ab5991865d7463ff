import Postgres

/// What people are told live about themselves: on `/notification/{id}` and `/unread`, as Discourse.
enum LiveNotices {
    /// After the notices of a new post or a like were written.
    static func noticed(_ entry: OutboxEntry) -> [SQL] {
        guard let post = entry.postID, let topic = entry.topicID else { return [] }
        return [LiveNoticeQueries.notices(of: post, in: topic)]
    }

    /// Of a reply.
    static func unread(_ entry: OutboxEntry) -> [SQL] {
        guard let topic = entry.topicID, (entry.postNumber ?? 1) > 1 else { return [] }
        return LiveNoticeQueries.unread(entry, of: topic)
    }
}

extension Limits {
    /// People who are told live of one post that they got a notice of it.
    static let liveNoticesPerPost = 1000
}
