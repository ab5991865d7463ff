import Forum
import ForumAPI

/// Following topics, categories and tags, and what was read.
struct SubscriptionRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Topics.setLevel, .member) { call in
            guard call.body.delivery == nil else {
                throw ForumError(
                    .malformed,
                    "delivery is of categories and tags.",
                    field: "delivery"
                )
            }
            try await community.setNotificationLevel(
                Self.level(call.body.notificationLevel),
                topic: call.topicID(),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Categories.setLevel, .member) { call in
            try await community.setSubscription(
                Subscription(
                    level: Self.level(call.body.notificationLevel),
                    delivery: call.body.delivery?.delivery
                ),
                category: call.categoryID(),
                by: call.principal
            )
            return SuccessReply()
        }
        routes.serve(API.Tags.setLevel, .member) { call in
            guard
                let number = call.body.tagNotification?.notificationLevel
                    ?? call.body.notificationLevel
            else { throw WireError.missing(parameter: "tag_notification") }
            let name = try call.requiredText("tag_name")
            let word = call.body.tagNotification?.delivery ?? call.body.delivery
            try await community.setSubscription(
                Subscription(level: Self.level(number), delivery: word?.delivery),
                tag: name,
                by: call.principal
            )
            return TagNotificationReply(
                tagNotification: TagNotificationBody(
                    id: name,
                    notificationLevel: number,
                    delivery: word
                )
            )
        }
        routes.serve(API.Topics.timings, .member) { call in
            try await community.recordTimings(
                Self.timings(call.body.timings),
                topic: TopicID(Int64(call.body.topicID)),
                by: call.principal
            )
            return NoReply()
        }
    }

    static func timings(_ sent: [String: Int]?) throws(ForumError) -> [Int: Int] {
        var timings: [Int: Int] = [:]
        for (number, milliseconds) in sent ?? [:] {
            guard let number = Int(number) else {
                throw ForumError(.malformed, "timings must be by post number.")
            }
            timings[number] = milliseconds
        }
        return timings
    }

    private static func level(_ number: Int) throws(ForumError) -> Forum.NotificationLevel {
        guard let level = Forum.NotificationLevel(rawValue: number) else {
            throw ForumError(
                .malformed,
                "notification_level must be a number from 0 (muted) to 4 (watching first post).",
                field: "notification_level"
            )
        }
        return level
    }
}
