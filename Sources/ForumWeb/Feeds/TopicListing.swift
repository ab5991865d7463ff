import Forum
import ForumAPI

/// A list of topics that can be had in several forms: as a feed, as Markdown, as a page.
struct TopicListing: Sendable {
    var title: String
    var description = ""
    /// `/latest`, `/c/general/4` …
    var path: String
    /// Every filter of the request, without `page`.
    var filters: [(String, String)] = []
    var page: TopicListPage
    /// The category or the tag whose topics they are.
    var category: Forum.Category?
    var tag: Tag?

    /// Whether it is the same list for everybody, but for what some may not see.
    var isShared: Bool { path != "/new" && path != "/unread" }

    /// The address of another page of it, in a form.
    func address(page: Int, suffix: String = "") -> String {
        var parameters = filters
        if page > 0 { parameters.append(("page", String(page))) }
        guard !parameters.isEmpty else { return path + suffix }
        let query = parameters.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }
        return "\(path)\(suffix)?\(query.joined(separator: "&"))"
    }
}

/// The lists by their addresses.
struct TopicListings: Sendable {
    let community: Community

    enum Kind: Sendable, CaseIterable {
        case latest
        case top
        case hot
        case category
        case subcategory
        case categoryByID
        case tag

        var path: String {
            switch self {
            case .latest: "/latest"
            case .top: "/top"
            case .hot: "/hot"
            case .category: "/c/{slug}/{category_id}"
            case .subcategory: "/c/{parent_slug}/{slug}/{category_id}"
            case .categoryByID: "/c/{category_id}"
            case .tag: "/tag/{tag_name}"
            }
        }
    }

    /// - Parameter perPage: 30 unless told.
    func listing(
        _ kind: Kind,
        _ call: Call<WireValue>,
        order: Forum.TopicListQuery.Order = .default,
        perPage: Int = Forum.Limits.topicsPerPage
    ) async throws -> TopicListing {
        var query = Forum.TopicListQuery(.latest, perPage: perPage, order: order)
        query.page = min(max(try call.int("page") ?? 0, 0), 100_000)
        var title = "Latest topics"
        var description = community.settings.current.siteDescription
        var path = "/latest"
        var filters: [(String, String)] = []
        var place: Forum.Category?
        var chosen: Tag?
        switch kind {
        case .latest: break
        case .hot:
            query.filter = .hot
            (title, path) = ("Hot topics", "/hot")
        case .top:
            let period = try period(call)
            query.filter = .top(period)
            (title, path) = ("Top topics", "/top")
            filters = [("period", period.rawValue)]
        case .category, .subcategory, .categoryByID:
            let name = try call.requiredText("category_id")
            let category = try await community.category(path: [name], for: call.viewer)
            query.categoryID = category.id
            place = category
            (title, path) = (category.name, CategoryAddress.path(category))
            description = category.descriptionRaw ?? ""
        case .tag:
            let tag = try await community.tag(
                named: try call.requiredText("tag_name"),
                for: call.viewer
            )
            query.tags = [tag.name]
            chosen = tag
            (title, path) = ("Topics tagged \(tag.name)", "/tag/\(percentEncoded(tag.name))")
            description = tag.description ?? ""
        }
        if query.filter == .hot || query.filter != .latest { query.order = .default }
        return TopicListing(
            title: title,
            description: description,
            path: path,
            filters: filters,
            page: try await community.topicList(query, for: call.viewer),
            category: place,
            tag: chosen
        )
    }

    private func period(_ call: Call<WireValue>) throws -> Forum.TopicListQuery.TopPeriod {
        guard let name = try call.text("period") else { return .all }
        guard let period = Forum.TopicListQuery.TopPeriod(rawValue: name) else {
            throw ForumError(.malformed, "period is not known: \(name)", field: "period")
        }
        return period
    }
}

enum CategoryAddress {
    static func path(_ category: Forum.Category) -> String {
        guard let parent = category.parentSlug else { return "/c/\(category.slug)/\(category.id)" }
        return "/c/\(parent)/\(category.slug)/\(category.id)"
    }
}
