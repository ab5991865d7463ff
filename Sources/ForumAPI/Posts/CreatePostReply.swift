/// What `POST /posts` answers: the post, or that it waits for staff.
package enum CreatePostReply: Codable, Sendable, Equatable {
    case written(PostBody)
    case enqueued(EnqueuedPostReply)

    private enum CodingKeys: String, CodingKey {
        case action
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if try container.decodeIfPresent(String.self, forKey: .action) == "enqueued" {
            self = .enqueued(try EnqueuedPostReply(from: decoder))
        } else {
            self = .written(try PostBody(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .written(let post): try post.encode(to: encoder)
        case .enqueued(let reply): try reply.encode(to: encoder)
        }
    }

    /// The post when there is one already.
    package var post: PostBody? {
        guard case .written(let post) = self else { return nil }
        return post
    }
}
