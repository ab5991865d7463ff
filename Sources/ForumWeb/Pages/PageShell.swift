import HTTPTypes

/// The frame of a page for people: no script, no style, nothing from elsewhere but pictures.
struct PageShell: Sendable {
    var title: String
    var siteTitle = ""
    var description = ""
    /// The one address of what the page shows.
    var canonical: String?
    /// Other forms of the page: address, type, title.
    var alternates: [(address: String, type: String, title: String)] = []

    static let policy =
        "default-src 'none'; img-src 'self' https:; form-action 'none'; base-uri 'none'; "
        + "frame-ancestors 'none'"

    func document(_ body: HTML) -> Document {
        let name = siteTitle.isEmpty || siteTitle == title ? title : "\(title) - \(siteTitle)"
        var links = alternates.map { link -> HTML in
            """
            <link rel="alternate" type="\(link.type)" title="\(link.title)" href="\(link.address)">
            """
        }
        if let canonical { links.insert("<link rel=\"canonical\" href=\"\(canonical)\">", at: 0) }
        let html: HTML = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="Discourse \(SiteRoutes.discourseVersion) - Parley">
            <meta name="description" content="\(description)">
            <title>\(name)</title>
            \(HTML.joined(links))
            </head><body>
            \(body)
            <hr><p><a href="/">\(siteTitle.isEmpty ? "Home" : siteTitle)</a> · \
            <a href="/latest">Latest</a> · <a href="/top">Top</a> · \
            <a href="/categories">Categories</a> · <a href="/tags">Tags</a></p>
            </body></html>

            """
        var headers = HTTPFields()
        headers[.contentSecurityPolicy] = Self.policy
        let markdown = alternates.filter { $0.type == "text/markdown" }
        if !markdown.isEmpty {
            headers[values: HTTPField.Name.webLink] = markdown.map {
                "<\($0.address)>; rel=\"alternate\"; type=\"text/markdown\""
            }
        }
        return Document(
            text: html.text,
            contentType: Representation.html.contentType,
            headers: headers
        )
    }
}

extension HTTPField.Name {
    static let webLink = named("Link")
}
