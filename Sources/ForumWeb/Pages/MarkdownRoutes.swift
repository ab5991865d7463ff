import Forum
import ForumAPI

/// The forum as Markdown, for programs that read: at the addresses of its pages, with `.md`.
struct MarkdownRoutes: Sendable {
    let community: Community
    let views: TopicViews

    private var listings: TopicListings { TopicListings(community: community) }

    func add(to routes: RouteTable) {
        for kind in TopicListings.Kind.allCases {
            routes.serve(.markdown, kind.path, .everybody, cached: .lists) { call in
                MarkdownText.list(try await listings.listing(kind, call))
            }
        }
        for path in TopicAddress.paths {
            let reader = TopicReader(community: community, views: views)
            routes.serve(.markdown, path, .everybody, cached: TopicAddress.rule) { call in
                MarkdownText.topic(try await reader.topic(call))
            }
        }
        routes.serve(.markdown, "/posts/{post_id}", .everybody) { call in
            MarkdownText.post(try await community.post(call.postID(), for: call.viewer))
        }
        routes.serve(.markdown, "/categories", .everybody, cached: .lists) { call in
            MarkdownText.categories(try await community.categories(for: call.viewer))
        }
        routes.serve(.markdown, "/tags", .everybody, cached: .lists) { call in
            MarkdownText.tags(try await community.tags(for: call.viewer))
        }
        // Also on a site that shows nothing before log-in: then its name.
        routes.serve(.markdown, "/", .open) { call in
            let settings = community.settings.current
            guard !settings.loginRequired || call.viewer.principal != nil else {
                return MarkdownText.closed(settings.title)
            }
            return MarkdownText.home(
                try await listings.listing(.latest, call),
                try await community.categories(for: call.viewer),
                settings
            )
        }
    }
}
