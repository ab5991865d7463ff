import Forum
import ForumAPI

/// Search, with its filters said in words.
struct SearchPage: Sendable {
    let community: Community
    let pages: PageWriter

    func add(to routes: RouteTable) {
        routes.serve(.html, "/search", .everybody) { call in
            let text = try (call.text("q") ?? call.text("term") ?? "").trimmingSpaces
            guard !text.isEmpty else {
                return try await page(call, text, ["isEmpty": true])
            }
            let least = community.settings.current.minSearchTermLength
            guard text.count >= least else {
                let problem = "Please search for at least \(least) characters."
                return try await page(call, text, ["problem": problem])
            }
            return try await found(call, text)
        }
    }

    private func found(_ call: Call<WireValue>, _ text: String) async throws -> Document {
        let number = min(max(try call.int("page") ?? 1, 1), 1000)
        let query = Forum.SearchQuery(text, now: community.clock())
        let results = try await community.search(query, page: number, for: call.viewer)
        let topics = Dictionary(
            results.topics.map { ($0.topic.id, $0.topic) },
            uniquingKeysWith: { first, _ in first }
        )
        let categories = try await TopicRows(community, for: call.viewer).categories
        let posts = results.posts.compactMap { post -> Fields? in
            guard let topic = topics[post.topicID] else { return nil }
            return [
                "title": topic.title,
                "path": PageParts.path(PageParts.path(topic), post.number),
                "who": PageParts.person(post.author.username),
                "when": PageParts.time(post.createdAt),
                "text": post.blurb,
                "category": topic.categoryID.flatMap { categories[$0] }
                    .map { PageParts.category($0) },
            ]
        }
        let address = "/search?q=\(percentEncoded(text))"
        return try await page(
            call,
            text,
            [
                "problem": results.error,
                "excerpts": posts,
                "hasPosts": !posts.isEmpty,
                "nothing": posts.isEmpty && results.error == nil,
                "people": number == 1
                    ? results.users.map { PageParts.person($0.username, $0.name) } : nil,
                "hasPeople": number == 1 && !results.users.isEmpty,
                "pager": PageParts.pager(
                    previous: number > 1 ? "\(address)&page=\(number - 1)" : nil,
                    next: results.hasMore ? "\(address)&page=\(number + 1)" : nil
                ),
            ]
        )
    }

    private func page(
        _ call: Call<WireValue>,
        _ text: String,
        _ content: Fields
    ) async throws -> Document {
        var head = PageHead(text.isEmpty ? "Search" : "Search for “\(text)”")
        head.place = "search"
        return try await pages.document(
            .search,
            head,
            content.merging(["title": head.title, "query": text, "filters": Self.filters]),
            for: call
        )
    }

    /// The words that narrow a search, for whoever does not know them yet.
    private static let filters: [Fields] = [
        ("\"exact words\"", "these words in this order"), ("@name", "written by name"),
        ("#category", "in the category"), ("tags:one,two", "with one of the tags"),
        ("in:title", "in titles only"), ("in:first", "in first posts only"),
        ("status:open", "in open topics; also closed, noreplies, solved"),
        ("before:2026-01-31", "written before that day; also after:"),
        ("order:latest", "the latest first; also likes, views"),
    ]
    .map { ["word": $0.0, "meaning": $0.1] }
}
