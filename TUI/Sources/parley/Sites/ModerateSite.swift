import ForumAPI
import ForumClient
import Foundation
import TerminalUI

/// What the staff does.
extension ForumSite {
    func review() async throws(Failure) -> [ReviewItem] {
        try await ask { () async throws(ClientError) in
            let reply = try await client.call(API.Review.list, body: ListReviewablesRequest())
            return reply.reviewables.map { ReviewItem($0, in: reply) }
        }
    }

    func decide(_ decision: ReviewDecision) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            var request = PerformReviewRequest(version: decision.version)
            request.rejectReason = decision.reason
            request.reviseReason = decision.reason
            _ = try await client.call(
                API.Review.perform,
                path: ["review_id": String(decision.item), "action": decision.action],
                body: request
            )
        }
    }

    func moderate(_ change: Moderation) async throws(Failure) {
        try await ask { () async throws(ClientError) in
            let topic = ["topic_id": String(change.topic ?? 0)]
            switch change {
            case .setStatus(_, let status, let on):
                let request = UpdateTopicStatusRequest(status: status.rawValue, enabled: on)
                _ = try await client.call(API.Topics.updateStatus, path: topic, body: request)
            case .movePosts(_, let posts, let target):
                var request = MovePostsRequest(postIDs: posts)
                switch target {
                case .topic(let id): request.destinationTopicID = id
                case .newTopic(let title): request.title = title
                }
                _ = try await client.call(API.TopicChanges.movePosts, path: topic, body: request)
            case .mergeTopic(_, let target):
                _ = try await client.call(
                    API.TopicChanges.merge,
                    path: topic,
                    body: MergeTopicRequest(destinationTopicID: target)
                )
            case .rename(_, let title, _):
                _ = try await client.call(
                    API.Topics.updateByID,
                    path: topic,
                    body: UpdateTopicRequest(title: title)
                )
            case .setCategory(_, let category, _):
                _ = try await client.call(
                    API.Topics.updateByID,
                    path: topic,
                    body: UpdateTopicRequest(categoryID: category)
                )
            case .deleteTopic:
                _ = try await client.call(
                    API.Topics.delete,
                    path: topic,
                    body: DeleteTopicRequest()
                )
            case .recoverTopic:
                _ = try await client.call(API.Topics.recover, path: topic)
            default:
                try await restrain(change)
            }
        }
    }

    /// What the staff does to people.
    private func restrain(_ change: Moderation) async throws(ClientError) {
        switch change {
        case .silence(let user, _, let days, let reason):
            _ = try await client.call(
                API.AdminUsers.silence,
                path: ["id": String(user)],
                body: SilenceUserRequest(silencedTill: ForumSite.end(days), reason: reason)
            )
        case .unsilence(let user, _):
            _ = try await client.call(API.AdminUsers.unsilence, path: ["id": String(user)])
        case .suspend(let user, _, let days, let reason):
            _ = try await client.call(
                API.AdminUsers.suspend,
                path: ["id": String(user)],
                body: SuspendUserRequest(suspendUntil: ForumSite.end(days), reason: reason)
            )
        case .unsuspend(let user, _):
            _ = try await client.call(API.AdminUsers.unsuspend, path: ["id": String(user)])
        default:
            break
        }
    }

    /// When something ends that lasts for `days`. Discourse writes a thousand years for ever.
    private static func end(_ days: Int?) -> String {
        let forever = 365_000
        return Timestamp.text(Int64(Date().timeIntervalSince1970) + Int64(days ?? forever) * 86_400)
    }
}

extension ReviewItem {
    init(_ body: ReviewableBody, in reply: ReviewListReply) {
        let kind: Kind =
            switch body.type {
            case "ReviewableFlaggedPost": .flaggedPost
            case "ReviewableQueuedPost": .queuedPost
            case "ReviewableUser": .account
            default: .other(body.type)
            }
        let people = Dictionary(
            reply.users.map { ($0.id, $0.username) },
            uniquingKeysWith: { first, _ in first }
        )
        let author = (body.targetCreatedByID ?? body.createdByID).flatMap { people[$0] }
        self.init(
            id: body.id,
            version: body.version,
            kind: kind,
            author: author ?? body.username ?? "?",
            createdAt: Timestamp.seconds(body.createdAt) ?? 0
        )
        topic = body.topicID
        postNumber = body.postNumber
        title =
            reply.topics.first { $0.id == body.topicID }?.title
            ?? body.payload?["title"]?.stringValue ?? ""
        text =
            body.raw ?? body.payload?["raw"]?.stringValue
            ?? body.cooked.map {
                CookedRenderer.render($0, width: TerminalUI.Limits.measure).text
            }
            ?? [body.name, body.payload?["bio"]?.stringValue].compactMap(\.self)
            .joined(separator: "\n")
        claimedBy = body.claimedBy?.username
        let scores = reply.reviewableScores.filter { body.reviewableScoreIDs.contains($0.id) }
        reasons = scores.map { score in
            let who = score.userID.flatMap { people[$0] }.map { " (\($0))" } ?? ""
            return score.reviewableScoreType.title + who + (score.reason.map { ": \($0)" } ?? "")
        }
        let bundles = reply.bundledActions.filter { body.bundledActionIDs.contains($0.id) }
        let wanted = bundles.flatMap(\.actionIDs)
        actions = wanted.compactMap { id in
            reply.actions.first { $0.id == id }.map {
                ReviewAction(id: $0.serverAction, label: $0.label, warning: $0.confirmMessage)
            }
        }
    }
}
