import Forum
import ForumAPI
import Markup
import Postgres

/// A topic, a page of its posts at a time, with what its reader may do there.
struct TopicPages: Sendable {
    let community: Community
    let views: TopicViews
    let pages: PageWriter

    func add(to routes: RouteTable) {
        let reader = TopicReader(community: community, views: views)
        for path in TopicAddress.paths {
            routes.serve(.html, path, .everybody, cached: TopicAddress.rule) { call in
                try await topic(reader.topic(call), call)
            }
        }
    }

    private func topic(_ shown: ShownTopic, _ call: Call<WireValue>) async throws -> Document {
        let topic = shown.page.topic
        let previous = shown.isAtStart ? nil : shown.address(page: max(1, shown.number - 1))
        let next = shown.isAtEnd ? nil : shown.address(page: shown.number + 1)
        let isMessage = topic.archetype == .message
        var head = PageHead(
            topic.title,
            canonical: isMessage || !topic.isVisible ? nil : shown.address(page: shown.number)
        )
        head.description = HTMLText.plain(html: topic.excerpt ?? "")
        head.kind = "article"
        head.place = isMessage ? "messages" : ""
        if !isMessage {
            head.offer(
                feed: "\(shown.path).rss",
                markdown: shown.address(page: shown.number, suffix: ".md")
            )
        }
        head.neighbours = PageParts.neighbours(previous: previous, next: next)
        let items = PostItems(
            path: shown.path,
            mayReply: shown.page.permissions.canReply,
            asked: shown.asked,
            viewer: call.viewer
        )
        let content = Self.about(shown).merging([
            "posts": shown.page.posts.map { items.fields($0) },
            "pager": PageParts.pager(previous: previous, next: next),
            "pageOf": shown.lastNumber > 1
                ? "Page \(shown.number) of \(shown.lastNumber)" : nil,
            "reply": shown.page.permissions.canReply ? "/compose/reply/\(topic.id)" : nil,
            "member": own(shown, call.viewer),
        ])
        return try await pages.document(.topic, head, content, for: call)
    }

    /// What the top of the page says of the topic.
    private static func about(_ shown: ShownTopic) -> Fields {
        let page = shown.page
        let topic = page.topic
        let isMessage = topic.archetype == .message
        return [
            "title": topic.title,
            "path": shown.path,
            "category": shown.category.map { PageParts.category($0) },
            "tagged": page.tags.map { PageParts.tag($0.name) },
            "states": states(topic).map { ["text": $0] as Fields },
            "facts": [
                PageParts.count(topic.postsCount, "post"), PageParts.count(topic.views, "view"),
                PageParts.count(topic.likeCount, "like"),
                PageParts.count(topic.participantCount, "person", "people"),
            ].joined(separator: " · "),
            "isMessage": isMessage,
            "readers": page.allowedUsers.map { PageParts.person($0.username, $0.name) },
            "readingGroups": page.allowedGroups.map { ["name": $0.name] as Fields },
            "feed": isMessage ? nil : "\(shown.path).rss",
        ]
    }

    private static func states(_ topic: Topic) -> [String] {
        var states: [String] = []
        if topic.deletedAt != nil { states.append("This topic is deleted.") }
        if topic.isClosed { states.append("This topic is closed: nobody can reply any more.") }
        if topic.isArchived { states.append("This topic is archived: it cannot be changed.") }
        if topic.pinnedAt != nil { states.append("This topic is pinned.") }
        if !topic.isVisible { states.append("This topic is unlisted.") }
        return states
    }

    /// What a member can do with the whole.
    private func own(_ shown: ShownTopic, _ viewer: Viewer) -> Fields? {
        guard viewer.principal != nil else { return nil }
        let page = shown.page
        let id = page.topic.id
        let level = page.viewerState?.notificationLevel ?? Forum.NotificationLevel.regular.rawValue
        let last = page.posts.last?.number ?? 1
        let isMarked = page.extras.bookmarks.contains { $0.postID == nil }
        return [
            "level": LevelMenu.topic(id, level: level, back: shown.address(page: shown.number))
                .fields,
            "bookmark": "topics/\(id)/\(isMarked ? "unbookmark" : "bookmark")",
            "bookmarkLabel": isMarked ? "Remove the bookmark" : "Bookmark the topic",
            "read": last > (page.viewerState?.lastReadPostNumber ?? 0)
                ? [
                    "action": "topics/\(id)/read",
                    "numbers": page.posts.map { String($0.number) }.joined(separator: ","),
                ] as Fields : nil,
            "edit": page.permissions.canEdit
                ? page.stream.first.map { "/compose/edit/\($0)" } : nil,
            "back": shown.address(page: shown.number),
        ]
    }
}

/// Posts as their page shows them.
struct PostItems: Sendable {
    /// Of the topic.
    let path: String
    let mayReply: Bool
    let asked: Int?
    let viewer: Viewer

    func fields(_ post: PostView) -> Fields {
        let author = post.author
        let permalink = PageParts.path(path, post.number)
        return [
            "number": post.number,
            "author": PageParts.person(author.username, author.name),
            "picture": PageParts.picture(author.username, 48),
            "role": Self.role(author),
            "permalink": permalink,
            "address": "\(path)/\(post.number)",
            "when": PageParts.time(post.createdAt),
            "cookedHTML": post.isHidden && post.cooked.isEmpty
                ? nil : HTML.cooked(post.cooked, base: ""),
            "isHidden": post.isHidden,
            "isDeleted": post.deletedAt != nil,
            "isWhisper": post.type == 4,
            "action": post.actionCode.map { Self.words($0, post.actionSubject) },
            "isByMail": post.isViaEmail,
            "isAsked": post.number == asked,
            "isSolution": post.isSolution,
            "edited": post.version > 1
                ? PageParts.count(post.version - 1, "edit") : nil,
            "replyTo": post.replyToNumber.map { number -> Fields in
                [
                    "path": PageParts.path(path, number),
                    "who": post.replyTo?.username ?? "post \(number)",
                ]
            },
            "likes": post.likeCount > 0 ? PageParts.count(post.likeCount, "like") : nil,
            "replies": post.replyCount > 0
                ? PageParts.count(post.replyCount, "reply", "replies") : nil,
            "polls": post.polls.map { PollForm.fields($0, back: permalink) },
            "buttons": viewer.principal == nil ? nil : buttons(post, permalink),
        ]
    }

    /// What the viewer can do with it.
    private func buttons(_ post: PostView, _ permalink: String) -> Fields {
        let may = post.permissions
        let own = post.author.id == viewer.principal?.id
        return [
            "id": post.id.value,
            "back": permalink,
            "like": may.canLike ? true : nil,
            "unlike": may.canUnlike ? true : nil,
            "reply": mayReply ? "/compose/reply/\(post.topicID)?to=\(post.number)" : nil,
            "edit": may.canEdit ? "/compose/edit/\(post.id)" : nil,
            "flag": own || post.deletedAt != nil ? nil : "/compose/flag/\(post.id)",
            "bookmark": post.bookmark == nil ? true : nil,
            "unbookmark": post.bookmark?.id.value,
            "delete": may.canDelete && post.deletedAt == nil ? true : nil,
            "recover": may.canRecover && post.deletedAt != nil ? true : nil,
            "accept": may.canAcceptAnswer ? true : nil,
            "unaccept": may.canUnacceptAnswer ? true : nil,
            "who": post.author.username,
            "number": post.number,
        ]
    }

    private static func role(_ author: PostAuthor) -> String? {
        if author.isAdmin { return "administrator" }
        if author.isModerator { return "moderator" }
        return author.title.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What was done, from Discourse's code for it: `closed.enabled`.
    private static func words(_ code: String, _ subject: String?) -> String {
        let words = code.replacing("_", with: " ").replacing(".", with: ": ")
        return subject.map { "\(words): \($0)" } ?? words
    }
}
