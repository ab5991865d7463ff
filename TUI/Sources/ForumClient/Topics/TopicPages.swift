package import ForumAPI

extension SiteClient {
    /// The page after `list`, nil at the end.
    package func nextPage(after list: TopicListReply) async throws(ClientError) -> TopicListReply? {
        guard let link = list.topicList.moreTopicsURL, !link.isEmpty else { return nil }
        return try await get(TopicListReply.self, link: link)
    }

    /// Posts of a topic by their ids, in the order of `ids`, as many calls as it takes. Posts
    /// that are gone by now are missing.
    package func posts(
        ofTopic topicID: Int,
        ids: [Int],
        includeRaw: Bool = false
    ) async throws(ClientError) -> [PostBody] {
        var byID: [Int: PostBody] = [:]
        for start in stride(from: 0, to: ids.count, by: Limits.postsPerCall) {
            let group = Array(ids[start..<min(start + Limits.postsPerCall, ids.count)])
            let reply = try await call(
                API.Topics.posts,
                path: ["topic_id": String(topicID)],
                body: TopicPostsQuery(postIDs: group, includeRaw: includeRaw ? true : nil)
            )
            for post in reply.postStream.posts { byID[post.id] = post }
        }
        return ids.compactMap { byID[$0] }
    }
}

/// Which posts of a topic are here and which come next: a topic gives all ids and a window of
/// posts, the rest is fetched by ids.
package struct PostStream: Sendable, Equatable {
    package let topicID: Int
    /// The ids of all posts, in order.
    package private(set) var ids: [Int]
    private var loaded: [Int: PostBody]

    package init(_ topic: TopicBody) {
        self.topicID = topic.id
        let posts = topic.postStream.posts
        // Without a stream (some lists of posts), what is there is all there is.
        self.ids = topic.postStream.stream ?? posts.map(\.id)
        self.loaded = Dictionary(posts.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// The posts that are here, in order.
    package var posts: [PostBody] { ids.compactMap { loaded[$0] } }

    package func post(_ id: Int) -> PostBody? { loaded[id] }

    /// The next ids after the last post that is here, at most one call's worth.
    package var idsAfter: [Int] {
        let last = ids.lastIndex { loaded[$0] != nil } ?? -1
        return Array(ids[(last + 1)...].prefix(Limits.postsPerCall))
    }

    /// The ids before the first post that is here, at most one call's worth.
    package var idsBefore: [Int] {
        let first = ids.firstIndex { loaded[$0] != nil } ?? 0
        return Array(ids[..<first].suffix(Limits.postsPerCall))
    }

    /// Takes posts in: those of the stream in their place, others at the end.
    package mutating func add(_ posts: [PostBody]) {
        var known = Set(ids)
        for post in posts {
            loaded[post.id] = post
            if known.insert(post.id).inserted { ids.append(post.id) }
        }
    }

    /// A post is gone.
    package mutating func remove(_ id: Int) {
        loaded[id] = nil
        ids.removeAll { $0 == id }
    }
}
