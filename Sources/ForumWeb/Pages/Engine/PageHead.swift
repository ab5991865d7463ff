import HTTPTypes

/// What a page says about itself beside its content.
struct PageHead: Sendable {
    var title: String
    var description = ""
    /// The path of the one address of what the page shows; without one, search engines keep it not.
    var canonical: String?
    /// Other forms of the page: address, type, title.
    var alternates: [(address: String, type: String, title: String)] = []
    /// `rel` and address of its neighbours.
    var neighbours: [(relation: String, address: String)] = []
    /// What Open Graph calls its kind.
    var kind = "website"
    /// Has forms also for visitors who are not logged in.
    var hasForm = false
    /// The token of its forms, when it is made up already.
    var token: FormToken?
    /// Sources beside this site to which a form's answer may lead.
    var formTargets: [String] = []
    /// Has a picture within itself.
    var hasOwnPicture = false
    /// The part of the navigation that it belongs to.
    var place = ""

    init(_ title: String, canonical: String? = nil) {
        self.title = title
        self.canonical = canonical
    }

    mutating func offer(feed: String? = nil, markdown: String? = nil) {
        if let feed { alternates.append((feed, "application/rss+xml", "\(title) as a feed")) }
        if let markdown {
            alternates.append((markdown, "text/markdown", "\(title) as Markdown"))
        }
    }

    /// What a browser may load for a page: no script, the stylesheet, pictures.
    var policy: String {
        let targets = (["'self'"] + formTargets).joined(separator: " ")
        let pictures = hasOwnPicture ? "'self' data:" : "'self' https:"
        return "default-src 'none'; script-src 'none'; style-src 'self'; img-src \(pictures); "
            + "form-action \(targets); base-uri 'none'; frame-ancestors 'none'"
    }
}

extension HTTPField.Name {
    static let webLink = named("Link")
}
