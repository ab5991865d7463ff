import Forum
import ForumAPI

/// Feeds in RSS 2.0, at Discourse's addresses.
struct FeedRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        let listings = TopicListings(community: community)
        for kind in TopicListings.Kind.allCases {
            routes.serve(.rss, kind.path, .everybody, cached: .lists) { call in
                // What is new, not what is active: a feed shows each topic once.
                let listing = try await listings.listing(kind, call, order: .created)
                return try await feed(listing, call.viewer)
            }
        }
        for path in ["/t/{topic_id}", "/t/{slug}/{topic_id}"] {
            let rule = CacheChoice<WireValue> { call in .topic(try call.topicID()) }
            routes.serve(.rss, path, .everybody, cached: rule) { call in
                try await topic(try call.topicID(), call.viewer)
            }
        }
        routes.serve(.rss, "/posts", .everybody, cached: .lists) { call in
            let posts = try await community.latestPosts(for: call.viewer)
            return feed("Latest posts", "/latest", "/posts", posts)
        }
        routes.serve(.rss, "/private-posts", .member) { call in
            let principal = try call.principal
            let posts = try await community.messagePosts(limit: WebLimits.feedItems, by: principal)
            let path = "/topics/private-messages/\(percentEncoded(principal.username))"
            return feed("Latest private messages", path, "/private-posts", posts)
        }
        routes.serve(.rss, "/u/{username}/activity", .everybody, cached: .lists) { call in
            let user = try await user(call)
            let posts = try await community.posts(
                by: user.id,
                limit: WebLimits.feedItems,
                for: call.viewer
            )
            let path = "/u/\(percentEncoded(user.username))/activity"
            return feed("Posts by \(user.username)", path, path, posts)
        }
        routes.serve(.rss, "/u/{username}/activity/topics", .everybody, cached: .lists) { call in
            let user = try await user(call)
            let page = try await community.topicList(
                Forum.TopicListQuery(.createdBy(user.id), order: .created),
                for: call.viewer
            )
            let listing = TopicListing(
                title: "Topics by \(user.username)",
                path: "/u/\(percentEncoded(user.username))/activity/topics",
                page: page
            )
            return try await feed(listing, call.viewer)
        }
    }

    private func user(_ call: Call<WireValue>) async throws -> User {
        try await community.profile(named: call.requiredText("username"), for: call.viewer).user
    }

    private func feed(_ listing: TopicListing, _ viewer: Viewer) async throws -> Document {
        let topics = listing.page.topics.map(\.topic)
        let openings = try await community.openings(of: topics.map(\.id), for: viewer)
        let categories = try await community.categories(for: viewer)
        let names = Dictionary(
            categories.map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        let base = community.baseURL
        let items = topics.map { topic -> RSSFeed.Item in
            let opening = openings[topic.id]
            let link = "\(base)/t/\(topic.slug)/\(topic.id)"
            return RSSFeed.Item(
                title: topic.title,
                author: opening?.username ?? "",
                category: topic.categoryID.flatMap { names[$0] },
                content: """
                    \(HTML.cooked(opening?.cooked ?? "", base: base))
                    <p><small>\(topic.postsCount) posts - \(topic.participantCount) participants</small></p>
                    <p><a href="\(link)">Read full topic</a></p>
                    """,
                link: link,
                identifier: "\(community.host)-topic-\(topic.id)",
                date: topic.createdAt
            )
        }
        return RSSFeed(
            title: "\(community.settings.current.title) - \(listing.title)",
            description: listing.description,
            link: base + listing.address(page: 0),
            address: base + listing.address(page: 0, suffix: ".rss"),
            items: items
        ).document
    }

    private func topic(_ id: TopicID, _ viewer: Viewer) async throws -> Document {
        let (topic, posts) = try await community.latestPosts(
            of: id,
            limit: WebLimits.feedItems,
            for: viewer
        )
        return feed(
            topic.title,
            "/t/\(topic.slug)/\(topic.id)",
            "/t/\(topic.slug)/\(topic.id)",
            posts
        )
    }

    private func feed(
        _ title: String,
        _ path: String,
        _ feedPath: String,
        _ posts: [PostView]
    ) -> Document {
        let base = community.baseURL
        let items = posts.prefix(WebLimits.feedItems).map { post -> RSSFeed.Item in
            let link = "\(base)/t/\(post.topic.slug)/\(post.topicID)/\(post.number)"
            return RSSFeed.Item(
                title: post.topic.title,
                author: post.author.username,
                category: nil,
                content: """
                    \(HTML.cooked(post.cooked, base: base))
                    <p><a href="\(link)">Read full topic</a></p>
                    """,
                link: link,
                identifier: "\(community.host)-post-\(post.topicID)-\(post.number)",
                date: post.createdAt
            )
        }
        return RSSFeed(
            title: "\(community.settings.current.title) - \(title)",
            description: title,
            link: base + path,
            address: "\(base)\(feedPath).rss",
            items: Array(items)
        ).document
    }
}
