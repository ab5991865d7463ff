import ForumAPI
import ForumClient
import Foundation
import TerminalUI

/// What a member does with posts and topics besides writing.
extension ForumSite {
    func setLike(post: Int, on: Bool) async throws(Failure) -> Post {
        try await ask { () async throws(ClientError) in
            let type = PostActionType.like.rawValue
            guard on else {
                return Post(
                    try await client.call(
                        API.PostActions.delete,
                        path: ["post_id": String(post)],
                        body: DeletePostActionRequest(postActionTypeID: type)
                    )
                )
            }
            return Post(
                try await client.call(
                    API.PostActions.create,
                    body: CreatePostActionRequest(id: post, postActionTypeID: type)
                )
            )
        }
    }

    func bookmark(_ change: BookmarkChange) async throws(Failure) -> Int? {
        try await ask { () async throws(ClientError) in
            switch change {
            case .remove(_, _, let id):
                _ = try await client.call(
                    API.Bookmarks.delete,
                    path: ["bookmark_id": String(id)]
                )
                return nil
            case .set(let bookmark, let reminder):
                var request = BookmarkRequest(
                    bookmarkableID: bookmark.post ?? bookmark.topic,
                    bookmarkableType: bookmark.post == nil ? "Topic" : "Post"
                )
                if case .at(let time) = reminder {
                    request.reminderAt = Timestamp.text(time)
                }
                guard let id = bookmark.id else {
                    return try await client.call(API.Bookmarks.create, body: request).id
                }
                _ = try await client.call(
                    API.Bookmarks.update,
                    path: ["bookmark_id": String(id)],
                    body: request
                )
                return id
            }
        }
    }

    func flag(post: Int, _ reason: FlagReason, message: String?) async throws(Failure) -> Post {
        try await ask { () async throws(ClientError) in
            var request = CreatePostActionRequest(id: post, postActionTypeID: reason.rawValue)
            request.message = message
            return Post(try await client.call(API.PostActions.create, body: request))
        }
    }

    /// Votes, and answers the post with the new result.
    func vote(_ ballot: Ballot) async throws(Failure) -> Post? {
        try await ask { () async throws(ClientError) in
            let request = VoteRequest(
                postID: ballot.post,
                pollName: ballot.poll,
                options: ballot.options.isEmpty ? nil : ballot.options
            )
            let endpoint = ballot.options.isEmpty ? API.Polls.withdraw : API.Polls.vote
            _ = try await client.call(endpoint, body: request)
            return try await client.posts(ofTopic: ballot.topic, ids: [ballot.post]).first
                .map { Post($0) }
        }
    }

    func setLevel(
        _ followed: Followed,
        _ level: TrackingLevel,
        delivery: Delivery? = nil
    ) async throws(Failure) {
        let request = NotificationLevelRequest(
            notificationLevel: level.rawValue,
            delivery: delivery.flatMap { DeliveryWord(rawValue: $0.rawValue) }
        )
        try await ask { () async throws(ClientError) in
            switch followed {
            case .topic(let id):
                _ = try await client.call(
                    API.Topics.setLevel,
                    path: ["topic_id": String(id)],
                    body: request
                )
            case .category(let id, _):
                _ = try await client.call(
                    API.Categories.setLevel,
                    path: ["category_id": String(id)],
                    body: request
                )
            case .tag(let name):
                _ = try await client.call(
                    API.Tags.setLevel,
                    path: ["tag_name": name],
                    body: TagNotificationRequest(tagNotification: request)
                )
            case .person(let username):
                let relation: UserRelationLevel =
                    level == .ignored ? .ignore : level == .muted ? .mute : .normal
                _ = try await client.call(
                    API.Accounts.setRelation,
                    path: ["username": username],
                    body: RelationRequest(
                        notificationLevel: relation,
                        expiringAt: relation == .ignore ? ForumSite.ignoringEnd : nil
                    )
                )
            }
        }
    }

    /// Discourse wants an end of ignoring somebody; this one is far away.
    private static let ignoringEnd = "2099-01-01T00:00:00Z"

    // MARK: Read marks

    func markRead(topic: Int, numbers: [Int], milliseconds: Int) async throws(Failure) {
        guard isMember else { return }
        try await ask { () async throws(ClientError) in
            let each = Dictionary(
                numbers.map { (String($0), milliseconds) },
                uniquingKeysWith: { first, _ in first }
            )
            _ = try await client.call(
                API.Topics.timings,
                body: TimingsRequest(topicID: topic, topicTime: milliseconds, timings: each)
            )
        }
    }

    func markUnread(topic: Int, after: Int) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(
                API.TopicChanges.deleteTimings,
                path: ["topic_id": String(topic)],
                body: DeleteTimingsQuery()
            )
        }
        guard after > 0 else { return }
        // Everything was forgotten: what was read before counts as read again.
        try await markRead(
            topic: topic,
            numbers: Array(max(1, after - 1000)...after),
            milliseconds: 1000
        )
    }

    func dismiss(topics: [Int]) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            _ = try await client.call(
                API.TopicChanges.bulk,
                body: BulkRequest(
                    topicIDs: topics,
                    operation: BulkOperation(type: "dismiss_posts")
                )
            )
            _ = try await client.call(API.Topics.resetNew, body: ResetNewRequest(topicIDs: topics))
        }
    }
}
