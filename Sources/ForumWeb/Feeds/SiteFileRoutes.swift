import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Postgres

/// What robots and browsers look for at fixed addresses. All of it is for everybody, and so shows what
/// everybody can see, whoever asks.
struct SiteFileRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(.get, "/robots.txt", .open) { _ in .text(robots) }
        routes.serve(API.Site.manifest, .open) { _ in manifest }
        routes.serve(.get, "/manifest.webmanifest", .open) { _ in
            var headers = HTTPFields()
            headers[.contentType] = "application/manifest+json; charset=utf-8"
            let body = ByteBuffer(bytes: try encodeJSON(manifest))
            return Response(
                status: .ok,
                headers: headers,
                body: ResponseBody(byteBuffer: body)
            )
        }
        routes.serve(.xml, "/opensearch", .open) { _ in openSearch }
        routes.serve(.xml, "/sitemap", .everybody, cached: .lists) { _ in try await index() }
        routes.serve(.xml, "/sitemap/{page}", .everybody, cached: .lists) { call in
            guard let page = try call.int("page"), page > 0 else { throw ForumError.notFound }
            let topics = try await community.publicTopics(
                page: page,
                perPage: WebLimits.sitemapAddresses
            )
            guard !topics.isEmpty || page == 1 else { throw ForumError.notFound }
            return map(topics)
        }
        routes.serve(.xml, "/sitemap_recent", .everybody, cached: .lists) { _ in
            map(try await recent(days: 3))
        }
        routes.serve(.xml, "/news", .everybody, cached: .lists) { _ in
            news(try await recent(days: 3))
        }
    }

    private var robots: String {
        guard !community.settings.current.loginRequired else {
            return "User-agent: *\nDisallow: /\n"
        }
        return """
            User-agent: *
            Disallow: /admin/
            Disallow: /email/
            Disallow: /session
            Disallow: /search
            Disallow: /my/

            Sitemap: \(community.baseURL)/sitemap.xml

            """
    }

    private var manifest: ManifestBody {
        let title = community.settings.current.title
        return ManifestBody(name: title, shortName: String(title.prefix(12)))
    }

    private var openSearch: Document {
        let title = community.settings.current.title
        let xml: HTML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
            <ShortName>\(String(title.prefix(16)))</ShortName>
            <Description>\("Search for posts on \(title)")</Description>
            <InputEncoding>UTF-8</InputEncoding>
            <Url type="application/json" template="\(community.baseURL)/search.json?q={searchTerms}"/>
            </OpenSearchDescription>

            """
        return Document(
            text: xml.text,
            contentType: "application/opensearchdescription+xml; charset=utf-8"
        )
    }

    private func recent(days: Double) async throws -> [PublicTopic] {
        try await community.publicTopics(
            since: community.clock() - days * 86_400,
            limit: WebLimits.sitemapAddresses
        )
    }

    private func index() async throws -> Document {
        let count = try await community.publicTopicCount()
        let pages = max(1, (count + WebLimits.sitemapAddresses - 1) / WebLimits.sitemapAddresses)
        let names = ["recent"] + (1...pages).map(String.init)
        let entries = names.map { name -> HTML in
            "<sitemap><loc>\("\(community.baseURL)/sitemap_\(name).xml")</loc></sitemap>"
        }
        let xml: HTML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            \(HTML.joined(entries))
            </sitemapindex>

            """
        return Document(text: xml.text, contentType: Representation.xml.contentType)
    }

    private func map(_ topics: [PublicTopic]) -> Document {
        let entries = topics.map { topic -> HTML in
            """
            <url><loc>\(address(topic))</loc><lastmod>\(topic.bumpedAt.iso8601)</lastmod></url>
            """
        }
        let xml: HTML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            \(HTML.joined(entries))
            </urlset>

            """
        return Document(text: xml.text, contentType: Representation.xml.contentType)
    }

    private func news(_ topics: [PublicTopic]) -> Document {
        let settings = community.settings.current
        let entries = topics.map { topic -> HTML in
            """
            <url><loc>\(address(topic))</loc><lastmod>\(topic.bumpedAt.iso8601)</lastmod>\
            <news:news><news:publication><news:name>\(settings.title)</news:name>\
            <news:language>\(settings.defaultLocale)</news:language></news:publication>\
            <news:publication_date>\(topic.createdAt.iso8601)</news:publication_date>\
            <news:title>\(topic.title)</news:title></news:news></url>
            """
        }
        let xml: HTML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" \
            xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
            \(HTML.joined(entries))
            </urlset>

            """
        return Document(text: xml.text, contentType: Representation.xml.contentType)
    }

    private func address(_ topic: PublicTopic) -> String {
        "\(community.baseURL)/t/\(topic.slug)/\(topic.id)"
    }
}
