import Forum
import ForumAPI
import Markup

/// The front page, the lists of topics, the categories, the tags.
struct ListPages: Sendable {
    let community: Community
    let pages: PageWriter

    private var listings: TopicListings { TopicListings(community: community) }

    func add(to routes: RouteTable) {
        for kind in TopicListings.Kind.allCases {
            routes.serve(.html, kind.path, .everybody, cached: .lists) { call in
                try await list(listings.listing(kind, call), kind.place, call)
            }
        }
        for (name, filter, title) in [
            ("new", Forum.TopicListQuery.Filter.new, "New topics"),
            ("unread", .unread, "Unread topics"),
        ] {
            routes.serve(.html, "/\(name)", .member) { call in
                try await list(own(filter, title, "/\(name)", call), name, call)
            }
        }
        routes.serve(.html, "/categories", .everybody, cached: .lists) { call in
            try await categories(call)
        }
        routes.serve(.html, "/tags", .everybody, cached: .lists) { call in
            try await tags(call)
        }
        // Also on a site that shows nothing before log-in: then its name, and how to get in.
        routes.serve(.html, "/", .open) { call in
            guard !community.settings.current.loginRequired || call.viewer.principal != nil else {
                return try await closed(call)
            }
            return try await home(call)
        }
    }

    private func own(
        _ filter: Forum.TopicListQuery.Filter,
        _ title: String,
        _ path: String,
        _ call: Call<WireValue>
    ) async throws -> TopicListing {
        var query = Forum.TopicListQuery(filter)
        query.page = min(max(try call.int("page") ?? 0, 0), 100_000)
        return TopicListing(
            title: title,
            path: path,
            page: try await community.topicList(query, for: call.viewer)
        )
    }

    // MARK: Pages

    private func home(_ call: Call<WireValue>) async throws -> Document {
        let latest = try await listings.listing(.latest, call)
        let categories = try await community.categories(for: call.viewer)
        let settings = community.settings.current
        var head = PageHead(settings.title, canonical: "/")
        head.description = settings.siteDescription
        head.place = "latest"
        head.offer(feed: "/latest.rss", markdown: "/latest.md")
        let next = latest.page.hasMore ? latest.address(page: 1) : nil
        head.neighbours = PageParts.neighbours(previous: nil, next: next)
        let content: Fields = [
            "title": settings.title,
            "description": settings.siteDescription.isEmpty ? nil : settings.siteDescription,
            "command": "parley \(community.baseURL)",
            "categories": Self.rows(categories),
            "topics": TopicRows(categories).fields(latest.page),
            "hasTopics": !latest.page.topics.isEmpty,
            "caption": "Latest topics",
            "pager": PageParts.pager(previous: nil, next: next),
            "canPost": Self.mayPost(call.viewer),
        ]
        return try await pages.document(.home, head, content, for: call)
    }

    private func closed(_ call: Call<WireValue>) async throws -> Document {
        let settings = community.settings.current
        var head = PageHead(settings.title, canonical: "/")
        head.description = settings.siteDescription
        let content: Fields = [
            "title": settings.title,
            "paragraphs": [
                settings.siteDescription, "Only members can read here.",
            ].filter { !$0.isEmpty },
            "links": [["label": "Log in", "address": "/login"] as Fields],
        ]
        return try await pages.document(.plain, head, content, for: call)
    }

    private func list(
        _ listing: TopicListing,
        _ place: String,
        _ call: Call<WireValue>
    ) async throws -> Document {
        let number = listing.page.page
        let title = number == 0 ? listing.title : "\(listing.title) (page \(number + 1))"
        let isShared = listing.isShared
        var head = PageHead(title, canonical: isShared ? listing.address(page: number) : nil)
        head.description = listing.description
        head.place = place
        if isShared {
            head.offer(
                feed: listing.address(page: 0, suffix: ".rss"),
                markdown: listing.address(page: number, suffix: ".md")
            )
        }
        let previous = number > 0 ? listing.address(page: number - 1) : nil
        let next = listing.page.hasMore ? listing.address(page: number + 1) : nil
        head.neighbours = PageParts.neighbours(previous: previous, next: next)
        let rows = try await TopicRows(community, for: call.viewer)
        let children = listing.category.map { rows.children(of: $0) } ?? []
        let content: Fields = [
            "title": title,
            "description": listing.description.isEmpty ? nil : listing.description,
            "feed": isShared ? listing.address(page: 0, suffix: ".rss") : nil,
            "periods": Self.periods(listing),
            "hasPeriods": listing.path == "/top",
            "topics": rows.fields(listing.page, in: listing.category?.id),
            "hasTopics": !listing.page.topics.isEmpty,
            "caption": title,
            "nothing": isShared
                ? "There are no topics here yet." : "You have read everything there is.",
            "pager": PageParts.pager(previous: previous, next: next),
            "children": children.map { PageParts.category($0) },
            "hasChildren": !children.isEmpty,
            "level": level(listing, call.viewer),
            "newLabel": "New topic",
            "newTopic": newTopic(listing, call.viewer),
        ]
        return try await pages.document(.list, head, content, for: call)
    }

    private static func periods(_ listing: TopicListing) -> [Fields] {
        let current = listing.filters.first { $0.0 == "period" }?.1
        return Forum.TopicListQuery.TopPeriod.allCases.map { period in
            [
                "label": period == .all
                    ? "All time"
                    : period.rawValue.prefix(1).uppercased() + period.rawValue.dropFirst(),
                "address": "/top?period=\(period.rawValue)",
                "isCurrent": period.rawValue == current,
            ]
        }
    }

    /// How the viewer follows the category or tag of a list.
    private func level(_ listing: TopicListing, _ viewer: Viewer) -> Fields? {
        guard viewer.principal != nil else { return nil }
        let back = listing.address(page: 0)
        let menu =
            listing.category.map { LevelMenu.category($0, back: back) }
            ?? listing.tag.map { LevelMenu.tag($0, back: back) }
        return menu?.fields
    }

    private func newTopic(_ listing: TopicListing, _ viewer: Viewer) -> String? {
        guard Self.mayPost(viewer) else { return nil }
        if let category = listing.category {
            return category.canCreateTopics ? "/new-topic?category_id=\(category.id)" : nil
        }
        return listing.tag.map { "/new-topic?tags=\(percentEncoded($0.name))" } ?? "/new-topic"
    }

    static func mayPost(_ viewer: Viewer) -> Bool {
        viewer.principal.map { !$0.isSilenced } ?? false
    }

    private func categories(_ call: Call<WireValue>) async throws -> Document {
        let categories = try await community.categories(for: call.viewer)
        var head = PageHead("Categories", canonical: "/categories")
        head.place = "categories"
        head.offer(markdown: "/categories.md")
        let content: Fields = ["title": "Categories", "categories": Self.rows(categories)]
        return try await pages.document(.categories, head, content, for: call)
    }

    private func tags(_ call: Call<WireValue>) async throws -> Document {
        var head = PageHead("Tags", canonical: "/tags")
        head.place = "tags"
        head.offer(markdown: "/tags.md")
        let tags = try await community.tags(for: call.viewer).map { tag in
            PageParts.tag(tag.name).merging([
                "count": tag.topicCount, "description": tag.description,
            ])
        }
        let content: Fields = ["title": "Tags", "tags": tags]
        return try await pages.document(.tags, head, content, for: call)
    }

    /// Categories with theirs below them.
    private static func rows(_ categories: [Forum.Category]) -> [Fields] {
        let known = Set(categories.map(\.id))
        return
            categories
            .filter { category in category.parentID.map { !known.contains($0) } ?? true }
            .map { category in
                let children = categories.filter { $0.parentID == category.id }
                let text = category.descriptionCooked.map { HTMLText.plain(html: $0) } ?? ""
                return PageParts.category(category).merging([
                    "text": text.isEmpty ? nil : String(text.prefix(300)),
                    "topicCount": category.topicCount,
                    "isRestricted": category.isReadRestricted,
                    "children": children.map { PageParts.category($0) },
                    "hasChildren": !children.isEmpty,
                ])
            }
    }
}

extension TopicRows {
    fileprivate func children(of category: Forum.Category) -> [Forum.Category] {
        categories.values.filter { $0.parentID == category.id }
            .sorted { ($0.position, $0.id.value) < ($1.position, $1.id.value) }
    }
}

extension TopicListings.Kind {
    /// The part of the navigation that the list belongs to.
    fileprivate var place: String {
        switch self {
        case .latest: "latest"
        case .top: "top"
        case .hot: "hot"
        case .category, .subcategory, .categoryByID: "categories"
        case .tag: "tags"
        }
    }
}
