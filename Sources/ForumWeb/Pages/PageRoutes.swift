import Forum
import ForumAPI

/// The forum as pages and as Markdown, for browsers without scripts, text browsers and programs that
/// read: at the addresses that Discourse's pages have.
struct PageRoutes: Sendable {
    let community: Community
    let views: TopicViews

    private var listings: TopicListings { TopicListings(community: community) }

    private var frame: PageFrame {
        PageFrame(
            siteTitle: community.settings.current.title,
            baseURL: community.baseURL
        )
    }

    func add(to routes: RouteTable) {
        addLists(to: routes)
        addTopics(to: routes)
        addHome(to: routes)
        let categories = { @Sendable (call: Call<WireValue>) async throws -> [Forum.Category] in
            try await community.categories(for: call.viewer)
        }
        routes.serve(.html, "/categories", .everybody, cached: .lists) { call in
            frame.categories(try await categories(call))
        }
        routes.serve(.markdown, "/categories", .everybody, cached: .lists) { call in
            MarkdownText.categories(try await categories(call))
        }
        routes.serve(.html, "/tags", .everybody, cached: .lists) { call in
            frame.tags(try await community.tags(for: call.viewer))
        }
        routes.serve(.markdown, "/tags", .everybody, cached: .lists) { call in
            MarkdownText.tags(try await community.tags(for: call.viewer))
        }
    }

    private func addLists(to routes: RouteTable) {
        for kind in TopicListings.Kind.allCases {
            routes.serve(.html, kind.path, .everybody, cached: .lists) { call in
                frame.list(try await listings.listing(kind, call))
            }
            routes.serve(.markdown, kind.path, .everybody, cached: .lists) { call in
                MarkdownText.list(try await listings.listing(kind, call))
            }
        }
    }

    private func addTopics(to routes: RouteTable) {
        for path in [
            "/t/{topic_id}", "/t/{slug}/{topic_id}", "/t/{slug}/{topic_id}/{post_number}",
        ] {
            let rule = CacheChoice<WireValue> { call in .topic(try TopicAddress.topicID(call)) }
            routes.serve(.html, path, .everybody, cached: rule) { call in
                frame.topic(try await topic(call), base: community.baseURL)
            }
            routes.serve(.markdown, path, .everybody, cached: rule) { call in
                MarkdownText.topic(try await topic(call))
            }
        }
        routes.serve(.markdown, "/posts/{post_id}", .everybody) { call in
            MarkdownText.post(try await community.post(call.postID(), for: call.viewer))
        }
    }

    /// Also on a site that shows nothing before log-in: then its name, and how to get in.
    private func addHome(to routes: RouteTable) {
        routes.serve(.html, "/", .open) { call in
            guard isOpen(call) else { return frame.closed() }
            return frame.home(
                try await listings.listing(.latest, call),
                try await community.categories(for: call.viewer),
                description: community.settings.current.siteDescription
            )
        }
        routes.serve(.markdown, "/", .open) { call in
            guard isOpen(call) else {
                return MarkdownText.closed(community.settings.current.title)
            }
            return MarkdownText.home(
                try await listings.listing(.latest, call),
                try await community.categories(for: call.viewer),
                community.settings.current
            )
        }
    }

    private func isOpen(_ call: Call<WireValue>) -> Bool {
        !community.settings.current.loginRequired || call.viewer.principal != nil
    }

    private func topic(_ call: Call<WireValue>) async throws -> ShownTopic {
        let id = try TopicAddress.topicID(call)
        let number =
            try call.int("post_number") ?? (try call.topicID() == id ? nil : call.int("topic_id"))
        var window = TopicWindow.page(min(max(try call.int("page") ?? 1, 1), 1_000_000))
        if let number, try call.text("page") == nil { window = .near(postNumber: number) }
        let page = try await community.topicPage(
            id,
            window,
            includingRaw: true,
            for: call.viewer
        )
        views.record(id)
        let category: Forum.Category? =
            if let id = page.topic.categoryID {
                try await community.category(id, for: call.viewer)
            } else {
                nil
            }
        return ShownTopic(page: page, category: category)
    }
}

/// A window of a topic with where it stands.
struct ShownTopic: Sendable {
    let page: TopicPage
    let category: Forum.Category?

    var path: String { "/t/\(page.topic.slug)/\(page.topic.id)" }

    /// The number of the page that begins with, or holds, the first post shown; from 1.
    var number: Int {
        guard let first = page.posts.first, let place = page.stream.firstIndex(of: first.id)
        else { return 1 }
        return place / Forum.Limits.postsPerChunk + 1
    }

    var lastNumber: Int {
        max(1, (page.stream.count + Forum.Limits.postsPerChunk - 1) / Forum.Limits.postsPerChunk)
    }

    var isAtEnd: Bool { page.posts.isEmpty || page.posts.last?.id == page.stream.last }
    var isAtStart: Bool { page.posts.isEmpty || page.posts.first?.id == page.stream.first }

    func address(page: Int, suffix: String = "") -> String {
        page <= 1 ? path + suffix : "\(path)\(suffix)?page=\(page)"
    }
}

enum TopicAddress {
    /// The topic of `/t/{slug}/{topic_id}`: `/t/12/3` is the third post of topic 12, not topic 3 with the
    /// slug 12.
    static func topicID(_ call: Call<WireValue>) throws -> TopicID {
        if let slug = try call.text("slug"), let id = Int64(slug),
            try call.text("post_number") == nil
        {
            return TopicID(id)
        }
        return try call.topicID()
    }
}
