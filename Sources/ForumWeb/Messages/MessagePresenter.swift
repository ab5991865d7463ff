import Forum
import ForumAPI

enum MessagePresenter {
    /// Puts whom each message is addressed to beside it.
    static func add(
        _ audiences: [TopicID: MessageAudience],
        to reply: inout TopicListReply,
        viewer: Viewer
    ) {
        var known = Set(reply.users.map(\.id))
        for index in reply.topicList.topics.indices {
            let id = TopicID(Int64(reply.topicList.topics[index].id))
            let audience = audiences[id]
            let others = (audience?.users ?? []).filter { $0.id != viewer.principal?.id }
            reply.topicList.topics[index].allowedUserCount = audience?.userCount ?? 0
            reply.topicList.topics[index].participants = others.prefix(5).map { user in
                PosterBody(userID: Int(user.id.value))
            }
            for user in others where known.insert(Int(user.id.value)).inserted {
                reply.users.append(UserPresenter.basic(user))
            }
        }
    }

    /// Whom a post to be made is addressed to: usernames, groups and addresses, under all the names
    /// that clients send them by.
    static func recipients(of body: CreatePostRequest) -> [String] {
        [body.targetRecipients, body.targetUsernames, body.targetGroupNames, body.targetEmails]
            .flatMap { ($0 ?? "").split(separator: ",") }
            .map { String($0.filter { !$0.isWhitespace }) }
            .filter { !$0.isEmpty }
    }
}
