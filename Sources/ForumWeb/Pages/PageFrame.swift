import Forum
import ForumAPI
import Markup
import Postgres

/// The pages, each of them readable as plain text from top to bottom.
struct PageFrame: Sendable {
    let siteTitle: String
    let baseURL: String

    private func shell(
        _ title: String,
        _ path: String,
        description: String = "",
        feed: String? = nil,
        markdown: String? = nil
    ) -> PageShell {
        var shell = PageShell(title: title, siteTitle: siteTitle, description: description)
        shell.canonical = baseURL + path
        if let feed {
            shell.alternates.append((feed, "application/rss+xml", "\(title) as a feed"))
        }
        if let markdown {
            shell.alternates.append((markdown, "text/markdown", "\(title) as Markdown"))
        }
        return shell
    }

    func closed() -> Document {
        PageShell(title: siteTitle, siteTitle: siteTitle).document(
            """
            <h1>\(siteTitle)</h1>
            <p>Only members can read here. Log in with <code>\("parley \(baseURL)")</code> or another \
            program that speaks Discourse’s API.</p>
            """
        )
    }

    func home(
        _ latest: TopicListing,
        _ categories: [Forum.Category],
        description: String
    ) -> Document {
        shell(
            siteTitle,
            "/",
            description: description,
            feed: "/latest.rss",
            markdown: "/latest.md"
        ).document(
            """
            <h1>\(siteTitle)</h1>
            <p>\(description)</p>
            <p>Read it here, with <code>\("parley \(baseURL)")</code>, by mail, as a \
            <a href="/latest.rss">feed</a>, or with any program that speaks Discourse’s API \
            (<a href="/latest.json">latest topics</a>).</p>
            <h2>Categories</h2>
            \(Self.items(categories))
            <h2>Latest topics</h2>
            \(Self.items(latest.page))
            \(Self.pager(latest))
            """
        )
    }

    func list(_ listing: TopicListing) -> Document {
        let number = listing.page.page
        let title = number == 0 ? listing.title : "\(listing.title) (page \(number + 1))"
        return shell(
            title,
            listing.address(page: number),
            description: listing.description,
            feed: listing.address(page: 0, suffix: ".rss"),
            markdown: listing.address(page: number, suffix: ".md")
        ).document(
            """
            <h1>\(title)</h1>
            <p>\(listing.description)</p>
            \(Self.items(listing.page))
            \(Self.pager(listing))
            """
        )
    }

    func categories(_ categories: [Forum.Category]) -> Document {
        shell("Categories", "/categories", markdown: "/categories.md").document(
            "<h1>Categories</h1>\n\(Self.items(categories))"
        )
    }

    func tags(_ tags: [Tag]) -> Document {
        let items = tags.map { tag -> HTML in
            """
            <li><a href="\("/tag/\(percentEncoded(tag.name))")">\(tag.name)</a> (\(tag.topicCount))</li>
            """
        }
        return shell("Tags", "/tags", markdown: "/tags.md").document(
            "<h1>Tags</h1>\n<ul>\(HTML.joined(items))</ul>"
        )
    }

    func topic(_ shown: ShownTopic, base: String) -> Document {
        let topic = shown.page.topic
        let address = shown.address(page: shown.number)
        let posts = shown.page.posts.map { Self.post($0, shown.path) }
        return shell(
            topic.title,
            address,
            description: HTMLText.plain(html: topic.excerpt ?? ""),
            feed: "\(shown.path).rss",
            markdown: shown.address(page: shown.number, suffix: ".md")
        ).document(
            """
            <h1><a href="\(shown.path)">\(topic.title)</a></h1>
            <p>\(Self.place(shown))</p>
            \(HTML.joined(posts))
            \(Self.pager(shown))
            """
        )
    }

    private static func place(_ shown: ShownTopic) -> HTML {
        var parts: [HTML] = []
        if let category = shown.category {
            parts.append("<a href=\"\(CategoryAddress.path(category))\">\(category.name)</a>")
        }
        parts += shown.page.tags.map { tag in
            "<a href=\"\("/tag/\(percentEncoded(tag.name))")\">\(tag.name)</a>"
        }
        if shown.page.topic.isClosed { parts.append("closed") }
        return HTML.joined(parts, separator: " · ")
    }

    private static func post(_ post: PostView, _ path: String) -> HTML {
        let anchor = "post_\(post.number)"
        let body: HTML = post.isHidden ? "<p>(hidden)</p>" : HTML.cooked(post.cooked, base: "")
        return """
            <article id="\(anchor)">
            <h3>\(post.author.username) · <a href="\("\(path)/\(post.number)")">#\(post.number)</a> · \
            <time datetime="\(post.createdAt.iso8601)">\(Self.minute(post.createdAt.iso8601))</time></h3>
            \(body)
            </article>
            """
    }

    private static func minute(_ time: String) -> String {
        time.prefix(16).replacing("T", with: " ") + " UTC"
    }

    private static func items(_ categories: [Forum.Category]) -> HTML {
        let items = categories.map { category -> HTML in
            let description: HTML =
                category.descriptionRaw.map { "<br>\(String($0.prefix(300)))" } ?? ""
            return """
                <li><a href="\(CategoryAddress.path(category))">\(category.name)</a>\(description)</li>
                """
        }
        return "<ul>\(HTML.joined(items))</ul>"
    }

    private static func items(_ page: TopicListPage) -> HTML {
        let items = page.topics.map { summary -> HTML in
            let topic = summary.topic
            let replies = topic.postsCount - 1
            return """
                <li><a href="\("/t/\(topic.slug)/\(topic.id)")">\(topic.title)</a><br>\
                <small>\(max(0, replies)) replies · \(summary.lastPosterUsername) · \
                \(Self.minute(topic.bumpedAt.iso8601))</small></li>
                """
        }
        return items.isEmpty
            ? "<p>There is nothing here yet.</p>" : "<ul>\(HTML.joined(items))</ul>"
    }

    private static func pager(_ listing: TopicListing) -> HTML {
        let number = listing.page.page
        return pager(
            previous: number > 0 ? listing.address(page: number - 1) : nil,
            next: listing.page.hasMore ? listing.address(page: number + 1) : nil
        )
    }

    private static func pager(_ shown: ShownTopic) -> HTML {
        pager(
            previous: shown.isAtStart ? nil : shown.address(page: max(1, shown.number - 1)),
            next: shown.isAtEnd ? nil : shown.address(page: shown.number + 1)
        )
    }

    private static func pager(previous: String?, next: String?) -> HTML {
        var links: [HTML] = []
        if let previous { links.append("<a rel=\"prev\" href=\"\(previous)\">Previous page</a>") }
        if let next { links.append("<a rel=\"next\" href=\"\(next)\">Next page</a>") }
        return links.isEmpty ? "" : "<p>\(HTML.joined(links, separator: " · "))</p>"
    }
}
