import ForumAPI
import ForumClient
import TerminalUI

/// Posts that a member writes, changes and takes back.
extension ForumSite {
    /// `POST /posts` answers a post, or says that it waits for the staff.
    private static let create = Endpoint<CreatePostRequest, WireValue>(.post, "/posts")

    func submit(_ submission: Submission) async throws(Failure) -> Receipt {
        try await ask { () async throws(ClientError) in
            var request = CreatePostRequest(raw: submission.raw)
            switch submission.target {
            case .newTopic(let title, let category, let tags):
                request.title = title
                request.category = category
                request.tags = tags.isEmpty ? nil : tags
            case .reply(let topic, let number):
                request.topicID = topic
                request.replyToPostNumber = number
            case .message(let title, let names):
                request.title = title
                request.archetype = "private_message"
                request.targetRecipients = names.joined(separator: ",")
            case .edit(let post):
                let reply = try await client.call(
                    API.Posts.update,
                    path: ["post_id": String(post)],
                    body: UpdatePostRequest(post: UpdatePostFields(raw: submission.raw))
                )
                return Receipt(
                    topic: reply.post.topicID,
                    postNumber: reply.post.postNumber,
                    isPending: false
                )
            }
            let reply = try await client.call(ForumSite.create, body: request)
            return Receipt(
                topic: reply["topic_id"]?.intValue ?? request.topicID ?? 0,
                postNumber: reply["post_number"]?.intValue ?? 1,
                isPending: reply["action"]?.stringValue == "enqueued"
            )
        }
    }

    func delete(post: Int) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(
                API.Posts.delete,
                path: ["post_id": String(post)],
                body: DeletePostRequest()
            )
        }
    }

    func recover(post: Int) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(API.Posts.recover, path: ["post_id": String(post)])
        }
    }

    func markNotificationsRead(id: Int?) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(
                API.Notifications.markRead,
                body: MarkNotificationsReadRequest(id: id)
            )
        }
    }
}
