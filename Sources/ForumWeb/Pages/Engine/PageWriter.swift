import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Logging

/// Puts pages into the one frame that they share.
struct PageWriter: Sendable {
    let community: Community

    var forms: FormGuard { FormGuard(authentication: Authentication(community: community)) }

    private var site: SiteSettings { community.settings.current }

    /// A whole page.
    ///
    /// Its forms carry a token when somebody's browser asks, or when visitors have forms there. What
    /// is shown to visitors elsewhere has none, because it is kept and given to others.
    func document<Body>(
        _ template: PageTemplate,
        _ head: PageHead,
        _ content: Fields,
        for call: Call<Body>
    ) async throws -> Document {
        var headers = headers(head)
        var token: String?
        if call.proof.isSession || (head.hasForm && call.proof != .apiKey) {
            let carried = head.token ?? forms.token(for: call)
            token = carried.text
            if let cookie = carried.cookie { headers[values: .setCookie] = [cookie.description] }
        }
        let frame = Fields(dictionaryLiteral: ("token", token), ("canAct", call.proof.isSession))
        let body = template.render(content.merging(frame))
        var fields = common(head, body).merging(frame)
        if let principal = call.viewer.principal {
            fields["member"] = try await member(principal, head)
        } else {
            fields["visitor"] = visitor(head.canonical)
        }
        return document(fields, headers)
    }

    /// What went wrong, for a person. It asks nobody anything: the database may be what is wrong.
    func refusal(_ error: any Error, logger: Logger, address: String? = nil) -> Response {
        let error = ErrorResponse.forumError(error, logger: logger)
        let status = ErrorResponse.status(of: error.code).0
        let titles: [Int: String] = [
            400: "That request cannot be understood", 403: "You may not do that",
            404: "There is nothing here", 409: "Somebody was faster", 410: "It is gone",
            413: "That is too large", 422: "That did not work", 429: "Too fast",
            500: "Something broke here", 503: "Not at the moment",
        ]
        let title = titles[status.code] ?? status.reasonPhrase
        var head = PageHead(title)
        head.place = "error"
        var links = [("Front page", "/"), ("Latest topics", "/latest"), ("Search", "/search")]
        if error.code == .unauthenticated, let address {
            links.insert(("Log in", LogInPages.address(returningTo: address)), at: 0)
        }
        var content: Fields = [
            "title": error.code == .unauthenticated ? "Please log in" : title,
            "problems": error.messages,
            "hasLinks": true,
            "links": links.map { ["label": $0.0, "address": $0.1] as Fields },
        ]
        if let wait = error.retryAfterSeconds {
            content["paragraphs"] = ["Please try again in \(RateLimit.words(wait))."]
        }
        let body = PageTemplate.plain.render(content)
        var fields = common(head, body)
        fields["visitor"] = Fields()
        var response = Response.document(document(fields, headers(head)))
        response.status = status
        if let wait = error.retryAfterSeconds { response.headers[.retryAfter] = String(wait) }
        return response
    }

    private func document(_ fields: Fields, _ headers: HTTPFields) -> Document {
        Document(
            text: PageTemplate.layout.render(fields).text,
            contentType: Representation.html.contentType,
            headers: headers
        )
    }

    private func headers(_ head: PageHead) -> HTTPFields {
        var headers = HTTPFields()
        headers[.contentSecurityPolicy] = head.policy
        let markdown = head.alternates.filter { $0.type == "text/markdown" }
        if !markdown.isEmpty {
            headers[values: .webLink] = markdown.map {
                "<\($0.address)>; rel=\"alternate\"; type=\"text/markdown\""
            }
        }
        return headers
    }

    private func common(_ head: PageHead, _ body: HTML) -> Fields {
        let name = head.title == site.title ? head.title : "\(head.title) - \(site.title)"
        let alternates = head.alternates.map { link -> Fields in
            ["address": link.address, "type": link.type, "label": link.title]
        }
        return [
            "siteTitle": site.title,
            "name": name,
            "headTitle": head.title,
            "description": head.description.isEmpty ? nil : head.description,
            "generator": "Discourse \(SiteRoutes.discourseVersion) - Parley",
            "stylesheet": Stylesheet.address,
            "canonical": head.canonical.map { community.baseURL + $0 },
            "isHidden": head.canonical == nil,
            "kind": head.kind,
            "alternates": alternates,
            "neighbours": head.neighbours.map {
                ["relation": $0.relation, "address": $0.address] as Fields
            },
            "places": places(head.place),
            "bodyHTML": body,
        ]
    }

    private func places(_ current: String) -> [Fields] {
        [
            ("latest", "Latest", "/latest"), ("hot", "Hot", "/hot"), ("top", "Top", "/top"),
            ("categories", "Categories", "/categories"), ("tags", "Tags", "/tags"),
        ]
        .filter { $0.0 != "tags" || site.taggingEnabled }
        .map { ["label": $0.1, "address": $0.2, "isCurrent": $0.0 == current] }
    }

    private func visitor(_ address: String?) -> Fields {
        [
            "logIn": LogInPages.address(returningTo: address),
            "canSignUp": site.allowNewRegistrations && !site.inviteOnly
                && !site.enableDiscourseConnect,
        ]
    }

    private func member(_ principal: Principal, _ head: PageHead) async throws -> Fields {
        let totals = try await community.notificationTotals(of: principal)
        let path = "/u/\(percentEncoded(principal.username))"
        let own: [(String, String, String, Int)] = [
            ("new", "New", "/new", totals.newTopics),
            ("unread", "Unread", "/unread", totals.unreadTopics),
        ]
        let things: [(String, String, String, Int)] = [
            ("notifications", "Notifications", "\(path)/notifications", totals.unread),
            ("messages", "Messages", "\(path)/messages", totals.unreadMessages),
            ("bookmarks", "Bookmarks", "\(path)/activity/bookmarks", 0),
            ("drafts", "Drafts", "\(path)/activity/drafts", 0),
            ("preferences", "Preferences", "\(path)/preferences", 0),
        ]
        func fields(_ items: [(String, String, String, Int)]) -> [Fields] {
            items.map { item in
                [
                    "label": item.1, "address": item.2, "isCurrent": item.0 == head.place,
                    "count": item.3 > 0 ? item.3 : nil,
                ]
            }
        }
        return [
            "username": principal.username, "path": path, "own": fields(own),
            "things": fields(things),
        ]
    }
}

extension Proof {
    var isSession: Bool {
        if case .session = self { true } else { false }
    }
}

extension Response {
    static func seeOther(_ address: String) -> Response {
        var response = Response.empty(.seeOther)
        response.headers[.location] = address
        return response
    }
}
