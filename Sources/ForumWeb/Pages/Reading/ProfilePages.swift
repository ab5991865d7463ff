import Forum
import ForumAPI
import Markup
import Postgres

/// Somebody's profile, the topics they opened, the posts they wrote.
struct ProfilePages: Sendable {
    let community: Community
    let pages: PageWriter

    func add(to routes: RouteTable) {
        for path in ["/u/{username}", "/u/{username}/summary"] {
            routes.serve(.html, path, .everybody) { call in try await profile(call) }
        }
        for path in ["/u/{username}/activity", "/u/{username}/activity/replies"] {
            routes.serve(.html, path, .everybody) { call in
                try await activity(call, isOfReplies: path.hasSuffix("replies"))
            }
        }
        routes.serve(.html, "/u/{username}/activity/topics", .everybody) { call in
            try await topics(call)
        }
        routes.serve(.html, "/about", .open) { call in try await about(call) }
    }

    private func profile(_ call: Call<WireValue>) async throws -> Document {
        let owner = try await ProfileOwner(community, call)
        let user = owner.profile.user
        var head = PageHead(user.username, canonical: owner.path)
        head.kind = "profile"
        head.description = HTMLText.plain(html: user.bioCooked ?? "")
        var content = owner.fields(current: "summary")
        if !owner.isHidden {
            let summary = try await community.summary(of: user.username, for: call.viewer)
            content = content.merging(Self.facts(user, owner.profile, summary.counts))
            content["best"] = summary.topics.map { topic -> Fields in
                ["title": topic.title, "path": "/t/\(topic.slug)/\(topic.id)"]
            }
            content["hasBest"] = !summary.topics.isEmpty
        }
        return try await pages.document(.profile, head, content, for: call)
    }

    /// What the viewer can see of somebody: the person's own statistics also count what is secret.
    private static func facts(
        _ user: User,
        _ profile: UserProfile,
        _ counts: SummaryCounts
    ) -> Fields {
        var facts = [
            ("Joined", String(user.createdAt.iso8601.prefix(10))),
            ("Topics", String(profile.activity.topicCount)),
            ("Replies", String(profile.activity.postCount)),
            ("Likes received", String(counts.likesReceived)),
            ("Likes given", String(counts.likesGiven)),
        ]
        if let last = profile.activity.lastPostedAt {
            facts.insert(("Last post", String(last.iso8601.prefix(10))), at: 1)
        }
        if let place = user.location, !place.isEmpty { facts.append(("Location", place)) }
        let groups = profile.groups.map(\.name)
        if !groups.isEmpty { facts.append(("Groups", groups.joined(separator: ", "))) }
        let website = user.website.flatMap { address in
            ["http://", "https://"].contains { address.lowercased().hasPrefix($0) }
                ? address : nil
        }
        return [
            "bioHTML": user.bioCooked.flatMap { $0.isEmpty ? nil : HTML.cooked($0, base: "") },
            "website": website,
            "hasFacts": true,
            "facts": facts.map { ["label": $0.0, "value": $0.1] as Fields },
        ]
    }

    private func activity(
        _ call: Call<WireValue>,
        isOfReplies: Bool
    ) async throws -> Document {
        let owner = try await ProfileOwner(community, call)
        let offset = min(max(try call.int("offset") ?? 0, 0), 100_000)
        let size = Forum.Limits.userActionsPerPage
        let actions = try await community.userActions(
            of: owner.profile.user.username,
            kinds: isOfReplies ? [.reply] : [.newTopic, .reply],
            offset: offset,
            for: call.viewer
        )
        let path = "\(owner.path)/activity\(isOfReplies ? "/replies" : "")"
        var head = PageHead("Posts by \(owner.profile.user.username)", canonical: path)
        head.offer(feed: "\(owner.path)/activity.rss")
        let content = owner.fields(current: isOfReplies ? "replies" : "activity").merging([
            "excerpts": actions.map { Self.excerpt($0) },
            "hasExcerpts": true,
            "nothing": actions.isEmpty,
            "pager": PageParts.pager(
                previous: offset > 0 ? "\(path)?offset=\(max(0, offset - size))" : nil,
                next: actions.count == size ? "\(path)?offset=\(offset + size)" : nil
            ),
        ])
        return try await pages.document(.profile, head, content, for: call)
    }

    private static func excerpt(_ action: UserAction) -> Fields {
        let path = "/t/\(action.slug)/\(action.topicID)"
        return [
            "title": action.title,
            "path": PageParts.path(path, action.postNumber),
            "who": PageParts.person(action.author.username),
            "when": PageParts.time(action.createdAt),
            "text": action.isHidden ? "(hidden)" : PageParts.excerpt(action.cooked),
        ]
    }

    private func topics(_ call: Call<WireValue>) async throws -> Document {
        let owner = try await ProfileOwner(community, call)
        var query = Forum.TopicListQuery(.createdBy(owner.profile.user.id), order: .created)
        query.page = min(max(try call.int("page") ?? 0, 0), 100_000)
        let page = try await community.topicList(query, for: call.viewer)
        let path = "\(owner.path)/activity/topics"
        var head = PageHead("Topics by \(owner.profile.user.username)", canonical: path)
        head.offer(feed: "\(path).rss")
        let content = owner.fields(current: "topics").merging([
            "topics": try await TopicRows(community, for: call.viewer).fields(page),
            "hasTopics": true,
            "caption": head.title,
            "nothing": page.topics.isEmpty,
            "pager": PageParts.pager(
                previous: page.page > 0 ? "\(path)?page=\(page.page - 1)" : nil,
                next: page.hasMore ? "\(path)?page=\(page.page + 1)" : nil
            ),
        ])
        return try await pages.document(.profile, head, content, for: call)
    }

    /// Also on a site that shows nothing before log-in: mails lead here.
    private func about(_ call: Call<WireValue>) async throws -> Document {
        let settings = community.settings.current
        let isOpen = !settings.loginRequired || call.viewer.principal != nil
        var content: Fields = [
            "title": "About \(settings.title)",
            "description": settings.siteDescription.isEmpty ? nil : settings.siteDescription,
            "command": "parley \(community.baseURL)",
        ]
        if isOpen {
            let about = try await community.aboutStatistics()
            content["people"] = [
                Self.people("Administrators", try await community.userCards(about.adminIDs)),
                Self.people("Moderators", try await community.userCards(about.moderatorIDs)),
            ].compactMap(\.self)
        }
        var head = PageHead("About", canonical: "/about")
        head.place = "about"
        return try await pages.document(.about, head, content, for: call)
    }

    private static func people(_ label: String, _ people: [UserCard]) -> Fields? {
        people.isEmpty
            ? nil
            : [
                "label": label,
                "members": people.map { PageParts.person($0.username, $0.name) },
            ]
    }
}

/// Whose pages these are, as their viewer knows them.
struct ProfileOwner: Sendable {
    let profile: UserProfile
    let isHidden: Bool
    let isViewer: Bool
    let mayMessage: Bool
    let path: String

    init(_ community: Community, _ call: Call<WireValue>) async throws {
        let viewer = call.viewer
        profile = try await community.profile(
            named: call.requiredText("username"),
            for: viewer
        )
        let details = try await community.details(of: profile.user, for: viewer)
        isHidden = details.isHidden
        mayMessage = details.mayMessage
        isViewer = viewer.principal?.id == profile.user.id
        path = PageParts.userPath(profile.user.username)
    }

    /// The top of each of the pages.
    func fields(current: String) -> Fields {
        let user = profile.user
        let tabs = [
            ("summary", "Profile", path), ("activity", "All posts", "\(path)/activity"),
            ("topics", "Topics", "\(path)/activity/topics"),
            ("replies", "Replies", "\(path)/activity/replies"),
        ]
        return [
            "username": user.username,
            "personName": user.name.flatMap { $0.isEmpty || $0 == user.username ? nil : $0 },
            "personTitle": user.title.flatMap { $0.isEmpty ? nil : $0 },
            "picture": PageParts.picture(user.username, 96),
            "isProfileHidden": isHidden,
            "hasTabs": !isHidden,
            "tabs": tabs.map { tab -> Fields in
                ["label": tab.1, "address": tab.2, "isCurrent": tab.0 == current]
            },
            "message": mayMessage && !isViewer
                ? "/new-message?username=\(percentEncoded(user.username))" : nil,
            "preferences": isViewer ? "\(path)/preferences" : nil,
        ]
    }
}
