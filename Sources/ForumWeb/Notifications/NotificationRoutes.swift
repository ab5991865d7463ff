import Forum
import ForumAPI

struct NotificationRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Notifications.list, .member) { call in try await list(call) }
        routes.serve(API.Notifications.totals, .member) { call in
            let principal = try call.principal
            return NotificationPresenter.totals(
                try await community.notificationTotals(of: principal),
                principal
            )
        }
        for endpoint in [API.Notifications.markRead, API.Notifications.read] {
            routes.serve(endpoint, .member) { call in
                try await community.markNotificationsRead(
                    call.body.id.map { NotificationID(Int64($0)) },
                    kinds: try Self.kinds(call.body.dismissTypes, "dismiss_types"),
                    by: call.principal
                )
                return SuccessReply()
            }
        }
        routes.serve(API.Notifications.unread, .member) { call in
            guard let id = call.body.id else { throw WireError.missing(parameter: "id") }
            try await community.markNotificationUnread(
                NotificationID(Int64(id)),
                by: call.principal
            )
            return SuccessReply()
        }
        addTracking(to: routes)
        addManaging(to: routes)
    }

    private func addManaging(to routes: RouteTable) {
        routes.serve(API.Notifications.create, .member) { call in
            let body = call.body
            let data = body.data ?? "{}"
            guard try WireValue.parse(json: Array(data.utf8)).objectValue != nil else {
                throw ForumError(.malformed, "data must be a JSON object.", field: "data")
            }
            var new = NotificationDraft(
                userID: UserID(Int64(body.userID)),
                kind: body.notificationType,
                data: data
            )
            new.topicID = body.topicID.map { TopicID(Int64($0)) }
            new.postNumber = body.postNumber.map { min(max($0, 1), Int(Int32.max)) }
            return try NotificationPresenter.body(
                try await community.createNotification(new, by: call.principal)
            )
        }
        routes.serve(API.Notifications.update, .member) { call in
            try NotificationPresenter.body(
                try await community.updateNotification(
                    NotificationID(try call.id("notification_id")),
                    isRead: call.body.read,
                    by: call.principal
                )
            )
        }
        routes.serve(API.Notifications.delete, .member) { call in
            try await community.deleteNotification(
                NotificationID(try call.id("notification_id")),
                by: call.principal
            )
            return SuccessReply()
        }
    }

    private func list(
        _ call: Call<NotificationListQuery>
    ) async throws -> NotificationListReply {
        let query = call.body
        let principal = try call.principal
        if let name = query.username, UsernameName.differs(name, principal.username) {
            // Other people's notices do not exist.
            throw ForumError.notFound
        }
        var filter = NotificationFilter()
        switch query.filter {
        case "unread": filter.unreadOnly = true
        case "read": filter.unreadOnly = false
        default: break
        }
        filter.kinds = try Self.kinds(query.filterByTypes, "filter_by_types")
        let isRecent = query.recent == true
        filter.isByImportance = isRecent
        filter.offset = isRecent ? 0 : max(query.offset ?? 0, 0)
        filter.limit = min(max(query.limit ?? (isRecent ? 15 : 60), 1), 60)
        // Present is enough, as in Discourse: `silent=` too.
        let isSilent = call.parameters["silent"].map { $0 != .bool(false) } ?? false
        let page = try await community.notifications(
            of: principal,
            filter,
            marksSeen: isRecent && !isSilent
        )
        if isRecent, !isSilent, query.bumpLastSeenReviewable == true {
            try await community.markReviewablesSeen(by: principal)
        }
        return try NotificationPresenter.list(page, query, filter)
    }

    /// The numbers of kinds named by comma.
    private static func kinds(
        _ names: String?,
        _ field: String
    ) throws(ForumError) -> [Int]? {
        guard let names, !names.isEmpty else { return nil }
        var kinds: [Int] = []
        for name in names.split(separator: ",").prefix(100) {
            guard let type = NotificationType(name: String(name)) else {
                throw ForumError(
                    .malformed,
                    "There is no type of notification named \(name.prefix(100)).",
                    field: field
                )
            }
            kinds.append(type.rawValue)
        }
        return kinds
    }

    private func addTracking(to routes: RouteTable) {
        routes.serve(API.Notifications.tracking, .member) { call in
            let principal = try call.principal
            guard
                let user = try await community.user(named: call.requiredText("username")),
                user.id == principal.id
            else { throw ForumError.notFound }
            return NotificationPresenter.tracking(
                try await community.topicTracking(of: principal)
            )
        }
        routes.serve(API.Topics.resetNew, .member) { call in
            let body = call.body
            var dismissal = Dismissal()
            dismissal.topicIDs = body.topicIDs?.prefix(1000).map { TopicID(Int64($0)) }
            dismissal.categoryID = body.categoryID.map { CategoryID(Int64($0)) }
            dismissal.includesSubcategories = body.includeSubcategories ?? false
            dismissal.tag = body.tagID
            dismissal.isTrackedOnly = body.tracked ?? false
            let posts = body.dismissPosts ?? false
            let untracks = body.untrack ?? false
            dismissal.dismissesPosts = posts
            dismissal.untracks = untracks
            dismissal.dismissesTopics = body.dismissTopics ?? (!posts && !untracks)
            let ids = try await community.dismiss(dismissal, by: call.principal)
            return ResetNewReply(topicIDs: ids.map { Int($0.value) })
        }
    }
}

/// Whether two names are those of different people.
private enum UsernameName {
    static func differs(_ name: String, _ other: String) -> Bool {
        name.lowercased() != other.lowercased()
    }
}
