import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore

/// Up to a thousand posts of a topic in one answer, read and written a hundred at a time: however long
/// the posts are, no more of them is in memory.
struct LongTopicRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        for path in ["/t/{topic_id}", "/t/{slug}/{topic_id}"] {
            routes.stream(.stream, path, .everybody) { call in try await print(call) }
        }
        routes.stream(.stream, "/t/{topic_id}/posts", .everybody) { call in try await posts(call) }
    }

    /// The topic as `print=true` has it.
    private func print(_ call: Call<WireValue>) async throws -> Response {
        let page = try await community.topicPage(
            TopicAddress.topicID(call),
            .start,
            for: call.viewer
        )
        let body = TopicPresenter.page(
            page,
            viewer: call.viewer,
            suggested: nil,
            now: community.clock()
        )
        return try await stream(
            body,
            Array(page.stream.prefix(Forum.Limits.postsPerRequestMax)),
            of: page.topic.id,
            call
        )
    }

    /// The posts that `post_ids[]` names: a thousand for members, fewer for strangers.
    private func posts(_ call: Call<WireValue>) async throws -> Response {
        let max =
            call.viewer.principal == nil
            ? WebLimits.postsForStrangers : Forum.Limits.postIDsPerRequestMax
        let topic = try call.topicID()
        let asked = Set(try call.ids("post_ids", max: max).map { PostID($0) })
        let page = try await community.topicPage(topic, .start, for: call.viewer)
        let reply = TopicPostsReply(postStream: PostStreamBody(posts: []), id: Int(topic.value))
        return try await stream(reply, page.stream.filter { asked.contains($0) }, of: topic, call)
    }

    /// - Parameter body: The answer; the posts are put where its own stand.
    private func stream(
        _ body: some PostStreaming,
        _ ids: [PostID],
        of topic: TopicID,
        _ call: Call<WireValue>
    ) async throws -> Response {
        var empty = body
        empty.streamedPosts = []
        let frame = try encodeJSON(empty)
        // Inside of a string the quotation marks would be escaped, so this stands there but once.
        guard let place = frame.firstRange(of: Array(#""post_stream":{"posts":["#.utf8)) else {
            throw ForumError(.bug, "An answer has no posts to put others in the place of.")
        }
        let head = ByteBuffer(bytes: frame[..<place.upperBound])
        let tail = ByteBuffer(bytes: frame[place.upperBound...])
        let viewer = call.viewer
        let includesRaw = try call.bool("include_raw")
        // The first part is read before the status is sent, so that an error can still be told.
        let size = WebLimits.postsAtOnce
        let first = try await part(ids.prefix(size), topic, includesRaw, viewer)
        var headers = HTTPFields()
        headers[.contentType] = Response.jsonType
        let stream = ResponseBody { writer in
            try await writer.write(head)
            try await writer.write(ByteBuffer(bytes: first))
            var isFirst = first.isEmpty
            for start in Swift.stride(from: size, to: ids.count, by: size) {
                let posts = try await part(
                    ids.dropFirst(start).prefix(size),
                    topic,
                    includesRaw,
                    viewer
                )
                guard !posts.isEmpty else { continue }
                if !isFirst { try await writer.write(ByteBuffer(string: ",")) }
                isFirst = false
                try await writer.write(ByteBuffer(bytes: posts))
            }
            try await writer.write(tail)
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: stream)
    }

    /// Posts as JSON with commas between them; those that went meanwhile are left out.
    private func part(
        _ ids: ArraySlice<PostID>,
        _ topic: TopicID,
        _ includesRaw: Bool,
        _ viewer: Viewer
    ) async throws -> [UInt8] {
        guard !ids.isEmpty else { return [] }
        let posts = try await community.posts(
            Array(ids),
            in: topic,
            includingRaw: includesRaw,
            for: viewer
        )
        let bodies = posts.map { PostPresenter.body($0, viewer: viewer) }
        return Array(try encodeJSON(bodies).dropFirst().dropLast())
    }
}

/// A reply with a `post_stream`.
protocol PostStreaming: Encodable, Sendable {
    var streamedPosts: [PostBody] { get set }
}

extension TopicBody: PostStreaming {
    var streamedPosts: [PostBody] {
        get { postStream.posts }
        set { postStream.posts = newValue }
    }
}

extension TopicPostsReply: PostStreaming {
    var streamedPosts: [PostBody] {
        get { postStream.posts }
        set { postStream.posts = newValue }
    }
}
