import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Postgres

/// What happened to a member, their messages, bookmarks and drafts.
struct EventPages: Sendable {
    let community: Community
    let pages: PageWriter

    func add(to routes: RouteTable) {
        for path in ["/u/{username}/notifications", "/notifications"] {
            routes.serve(.html, path, .member) { call in
                try checkOwner(call)
                return try await notifications(call)
            }
        }
        routes.form("notifications/read", .member, pages) { call in
            let principal = try call.principal
            try await community.markNotificationsRead(by: principal)
            return .seeOther("\(PageParts.userPath(principal.username))/notifications")
        }
        for (path, box) in [
            ("messages", Forum.TopicListQuery.MessageBox.inbox), ("messages/sent", .sent),
            ("messages/archive", .archive),
        ] {
            routes.serve(.html, "/u/{username}/\(path)", .member) { call in
                try await messages(box, path, call)
            }
        }
        routes.serve(.html, "/u/{username}/activity/bookmarks", .member) { call in
            try await bookmarks(call)
        }
        routes.form("bookmarks/{bookmark_id}/change", .member, pages) { call in
            let id = BookmarkID(try call.id("bookmark_id"))
            let present = try await community.bookmark(id, of: call.principal)
            let fields = try BookmarkForm.changes(call, to: present, now: community.clock())
            try await community.changeBookmark(id, fields, by: call.principal)
            return .seeOther(try ReturnAddress.of(call) ?? "/my/activity/bookmarks")
        }
        routes.serve(.html, "/u/{username}/activity/drafts", .member) { call in
            try checkOwner(call)
            return try await drafts(call)
        }
        routes.form("drafts/delete", .member, pages) { call in
            let principal = try call.principal
            try await community.deleteDraft(call.requiredText("draft_key"), by: principal)
            return .seeOther("\(PageParts.userPath(principal.username))/activity/drafts")
        }
    }

    /// These are nobody else's, not even for staff.
    private func checkOwner(_ call: Call<WireValue>) throws {
        guard let name = try call.text("username") else { return }
        let own = try call.principal.username
        guard name.lowercased() == own.lowercased() else { throw ForumError.notFound }
    }

    // MARK: Notifications

    private func notifications(_ call: Call<WireValue>) async throws -> Document {
        let principal = try call.principal
        let offset = min(max(try call.int("offset") ?? 0, 0), 10_000)
        let size = Forum.Limits.notificationsPerPage
        let page = try await community.notifications(of: principal, offset: offset)
        var head = PageHead("Notifications")
        head.place = "notifications"
        let path = "\(PageParts.userPath(principal.username))/notifications"
        let content: Fields = [
            "title": head.title,
            "items": try page.notifications.map { try NotificationWords.fields($0) },
            "hasItems": !page.notifications.isEmpty,
            "unread": page.unreadCount > 0 ? true : nil,
            "pager": PageParts.pager(
                previous: offset > 0 ? "\(path)?offset=\(max(0, offset - size))" : nil,
                next: offset + size < page.totalCount ? "\(path)?offset=\(offset + size)" : nil
            ),
        ]
        return try await pages.document(.notifications, head, content, for: call)
    }

    // MARK: Messages

    private func messages(
        _ box: Forum.TopicListQuery.MessageBox,
        _ place: String,
        _ call: Call<WireValue>
    ) async throws -> Document {
        guard let user = try await community.user(named: call.requiredText("username")) else {
            throw ForumError.notFound
        }
        var query = Forum.TopicListQuery(.messages(box, of: user.id))
        query.page = min(max(try call.int("page") ?? 0, 0), 100_000)
        let page = try await community.topicList(query, for: call.viewer)
        let root = PageParts.userPath(user.username)
        let tabs = [
            ("messages", "Inbox"), ("messages/sent", "Sent"), ("messages/archive", "Archive"),
        ]
        var head = PageHead("Messages")
        head.place = "messages"
        let path = "\(root)/\(place)"
        let content: Fields = [
            "title": head.title,
            "newTopic": ListPages.mayPost(call.viewer) ? "/new-message" : nil,
            "newLabel": "New message",
            "hasPeriods": true,
            "periods": tabs.map { tab -> Fields in
                ["label": tab.1, "address": "\(root)/\(tab.0)", "isCurrent": tab.0 == place]
            },
            "topics": TopicRows([]).fields(page),
            "hasTopics": !page.topics.isEmpty,
            "caption": head.title,
            "nothing": "There are no messages here.",
            "pager": PageParts.pager(
                previous: page.page > 0 ? "\(path)?page=\(page.page - 1)" : nil,
                next: page.hasMore ? "\(path)?page=\(page.page + 1)" : nil
            ),
        ]
        return try await pages.document(.list, head, content, for: call)
    }

    // MARK: Bookmarks and drafts

    private func bookmarks(_ call: Call<WireValue>) async throws -> Document {
        let number = min(max(try call.int("page") ?? 0, 0), 10_000)
        let page = try await community.bookmarks(
            of: call.requiredText("username"),
            page: number,
            for: call.viewer
        )
        let path = "\(PageParts.userPath(page.owner.username))/activity/bookmarks"
        var head = PageHead("Bookmarks")
        head.place = "bookmarks"
        let items = page.bookmarks.map { item -> Fields in
            [
                "id": item.bookmark.id.value,
                "label": item.topic.title,
                "path": PageParts.path(PageParts.path(item.topic), item.postNumber),
                "who": PageParts.person(item.author.username),
                "when": PageParts.time(item.createdAt),
                "note": item.bookmark.name.flatMap { $0.isEmpty ? nil : $0 },
                "reminder": item.bookmark.reminderAt.map { PageParts.time($0) },
                "change": BookmarkForm.fields(item.bookmark),
                "text": item.isHidden ? "(hidden)" : PageParts.excerpt(item.cooked),
                "back": path,
            ]
        }
        let content: Fields = [
            "title": head.title, "items": items, "hasItems": !items.isEmpty,
            "pager": PageParts.pager(
                previous: number > 0 ? "\(path)?page=\(number - 1)" : nil,
                next: page.hasMore ? "\(path)?page=\(number + 1)" : nil
            ),
        ]
        return try await pages.document(.bookmarks, head, content, for: call)
    }

    private func drafts(_ call: Call<WireValue>) async throws -> Document {
        let drafts = try await community.drafts(of: call.principal)
        var head = PageHead("Drafts")
        head.place = "drafts"
        let items = drafts.map { row -> Fields in
            let data = DraftData(row.draft.data)
            let path =
                if let topic = row.topicID {
                    "/compose/reply/\(topic)"
                } else if row.draft.key.hasPrefix("new_private_message") {
                    "/new-message"
                } else {
                    "/new-topic"
                }
            let own = data.title.isEmpty ? "A draft without a title" : data.title
            return [
                "key": row.draft.key,
                "label": row.title.map { "Reply to “\($0)”" } ?? own,
                "path": path,
                "when": PageParts.time(row.draft.createdAt),
                "text": String(data.reply.prefix(300)),
            ]
        }
        let content: Fields = ["title": head.title, "items": items, "hasItems": !items.isEmpty]
        return try await pages.document(.drafts, head, content, for: call)
    }
}

/// What a notification says, in a sentence.
enum NotificationWords {
    static func fields(_ notification: Forum.Notification) throws -> Fields {
        let data = try NotificationPresenter.body(notification).data
        let who = data.displayUsername ?? data.username ?? data.originalUsername ?? "Somebody"
        var label = data.topicTitle ?? notification.fancyTitle ?? ""
        var path: String?
        if let topic = notification.topicID {
            let root = "/t/\(notification.slug ?? "topic")/\(topic)"
            path = PageParts.path(root, notification.postNumber ?? 1)
        } else if let group = data.groupName {
            label = group
            path = "/g/\(percentEncoded(group))"
        } else if let badge = data.badgeName {
            label = badge
        }
        if label.isEmpty { label = path == nil ? "" : "Show it" }
        return [
            "text": sentence(notification.kind, who, data) + (path == nil ? " \(label)" : ""),
            "path": path,
            "label": label,
            "isUnread": !notification.isRead,
            "when": PageParts.time(notification.createdAt),
        ]
    }

    private static func sentence(
        _ kind: Int,
        _ who: String,
        _ data: NotificationDataBody
    ) -> String {
        switch kind {
        case 1: "\(who) mentioned you in"
        case 2: "\(who) replied to you in"
        case 3: "\(who) quoted you in"
        case 4: "\(who) edited your post in"
        case 5:
            (data.count ?? 1) > 2
                ? "\(who) and \((data.count ?? 1) - 1) others liked your post in"
                : "\(who) liked your post in"
        case 6: "\(who) sent you a message:"
        case 7: "\(who) invited you to a message:"
        case 9: "\(who) posted in"
        case 12: "You were granted the badge"
        case 13: "\(who) invited you to"
        case 15: "\(who) mentioned your group in"
        case 16: "There are messages for the group"
        case 17, 36: "\(who) opened"
        case 18: "A reminder of the topic"
        case 19: "\(who) liked \(data.count ?? 2) of your posts:"
        case 22: "You were taken into the group"
        case 23: "\(data.count ?? 2) people ask to be let into the group"
        case 24: "A reminder of"
        case 39: "\(who) linked to \(data.count ?? 2) of your posts:"
        default: "There is something new in"
        }
    }
}
