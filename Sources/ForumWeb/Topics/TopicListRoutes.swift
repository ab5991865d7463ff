import Forum
import ForumAPI
import Postgres

/// The lists of topics: latest, top, new, unread, hot and the others; of a category; of a tag; by
/// filter words.
struct TopicListRoutes: Sendable {
    let community: Community

    typealias ListCall = Call<ForumAPI.TopicListQuery>

    /// What the address says of a list beside its query.
    struct Place: Sendable {
        var path: String
        var categoryID: CategoryID?
        var includesSubcategories = true
        var tags: [String] = []
        var tag: ListTagBody?

        init(_ path: String) { self.path = path }
    }

    func add(to routes: RouteTable) {
        let open: [(Endpoint<ForumAPI.TopicListQuery, TopicListReply>, String)] = [
            (API.Topics.latest, "latest"), (API.Topics.hot, "hot"), (API.Topics.top, "top"),
        ]
        for (endpoint, filter) in open {
            routes.serve(endpoint, .everybody, cached: .lists) { call in
                try await named(filter, Place("/\(filter)"), call)
            }
        }
        let own: [(Endpoint<ForumAPI.TopicListQuery, TopicListReply>, String)] = [
            (API.Topics.new, "new"), (API.Topics.unread, "unread"),
            (API.Topics.unseen, "unseen"), (API.Topics.posted, "posted"),
            (API.Topics.bookmarks, "bookmarks"),
        ]
        for (endpoint, filter) in own {
            routes.serve(endpoint, .member) { call in
                try await named(filter, Place("/\(filter)"), call)
            }
        }
        routes.serve(API.Topics.topOf, .everybody, cached: .lists) { call in
            let period = try call.requiredText("period")
            return try await named("top", Place("/top/\(percentEncoded(period))"), call)
        }
        routes.serve(API.Topics.list, .everybody) { call in
            let filter = try call.requiredText("filter")
            return try await named(filter, Place("/l/\(percentEncoded(filter))"), call)
        }
        routes.serve(API.Topics.filter, .everybody) { call in try await filtered(call) }
        addCategories(to: routes)
        addTags(to: routes)
    }

    /// `/filter?q=`.
    private func filtered(_ call: ListCall) async throws -> TopicListReply {
        let text = call.body.query ?? ""
        guard text.unicodeScalars.count <= Forum.Limits.filterMax else {
            throw ForumError(
                .malformed,
                "You supplied invalid parameters to the request: q is too long",
                field: "q"
            )
        }
        let settings = community.settings.current
        var query = TopicFilter(
            text,
            now: community.clock(),
            locale: settings.defaultLocale
        ).query
        var address = TopicListPresenter.Address(path: "/filter")
        if !text.isEmpty { address.filters.append(("q", text)) }
        try TopicListParameters(now: community.clock()).apply(
            call.body,
            to: &query,
            &address
        )
        let page = try await community.topicList(query, for: call.viewer)
        return TopicListPresenter.reply(page, address, viewer: call.viewer, filter: "filter")
    }

    /// A list by Discourse's name for it.
    func named(
        _ name: String,
        _ place: Place,
        _ call: ListCall
    ) async throws -> TopicListReply {
        var period: Forum.TopicListQuery.TopPeriod?
        let filter: Forum.TopicListQuery.Filter
        switch name {
        case "latest": filter = .latest
        case "hot": filter = .hot
        case "top":
            let chosen = try Self.period(call.body.period)
            period = chosen
            filter = .top(chosen)
        case "new": filter = call.body.subset == "replies" ? .unread : .new
        case "unread": filter = .unread
        case "unseen": filter = .unseen
        case "posted", "read": filter = .posted
        case "bookmarks": filter = .bookmarked
        default: throw ForumError.notFound
        }
        return try await list(filter, place, name: name, period: period?.rawValue, call)
    }

    private func list(
        _ filter: Forum.TopicListQuery.Filter,
        _ place: Place,
        name: String,
        period: String?,
        _ call: ListCall
    ) async throws -> TopicListReply {
        var query = Forum.TopicListQuery(
            filter,
            categoryID: place.categoryID,
            includesSubcategories: place.includesSubcategories,
            tags: place.tags
        )
        var address = TopicListPresenter.Address(path: place.path)
        // The period that a path of /top names stands in the path.
        if let period, !place.path.hasPrefix("/top/") {
            address.filters.append(("period", period))
        }
        if let subset = call.body.subset, name == "new" {
            address.filters.append(("subset", subset))
        }
        if let category = call.body.category, query.categoryID == nil {
            query.categoryID = try await community.category(
                path: category.split(separator: "/").map(String.init),
                for: call.viewer
            ).id
            address.filters.append(("category", category))
        }
        try TopicListParameters(now: community.clock()).apply(call.body, to: &query, &address)
        let page = try await community.topicList(query, for: call.viewer)
        return TopicListPresenter.reply(
            page,
            address,
            viewer: call.viewer,
            period: period,
            tag: place.tag
        )
    }

    private static func period(
        _ name: String?
    ) throws(ForumError)
        -> Forum.TopicListQuery.TopPeriod
    {
        guard let name else { return .all }
        guard let period = Forum.TopicListQuery.TopPeriod(rawValue: name) else {
            throw ForumError(.malformed, "period is not known: \(name)", field: "period")
        }
        return period
    }

    // MARK: Categories

    private func addCategories(to routes: RouteTable) {
        let byNumber = [API.Categories.topics, API.Categories.subcategoryTopics]
        for endpoint in byNumber + [API.Categories.topicsByID] {
            routes.serve(endpoint, .everybody, cached: .lists) { call in
                try await category(call, try call.requiredText("category_id"), filter: nil)
            }
        }
        let filtered = [API.Categories.filtered, API.Categories.subcategoryFiltered]
        for endpoint in filtered {
            routes.serve(endpoint, .everybody, cached: .lists) { call in
                try await category(
                    call,
                    try call.requiredText("category_id"),
                    filter: try call.requiredText("filter")
                )
            }
        }
        routes.serve(API.Categories.filteredBySlug, .everybody, cached: .lists) { call in
            try await category(
                call,
                try call.requiredText("slug"),
                filter: try call.requiredText("filter")
            )
        }
        routes.serve(API.Categories.without, .everybody, cached: .lists) { call in
            try await category(
                call,
                try call.requiredText("category_id"),
                filter: nil,
                suffix: "/none"
            )
        }
        routes.serve(API.Categories.withAll, .everybody, cached: .lists) { call in
            try await category(
                call,
                try call.requiredText("category_id"),
                filter: nil,
                suffix: "/all"
            )
        }
        addBoth(to: routes)
    }

    /// - Parameters:
    ///   - name: An id, or the slug where the path has only that.
    ///   - suffix: `/none` for a list without the subcategories.
    private func category(
        _ call: ListCall,
        _ name: String,
        filter: String?,
        suffix: String = ""
    ) async throws -> TopicListReply {
        let (category, isAlone) = try await self.category(call, name)
        var path = category.url + suffix
        if isAlone { path += "/none" }
        if let filter { path += "/l/\(percentEncoded(filter))" }
        var place = Place(path)
        place.categoryID = category.id
        place.includesSubcategories =
            !isAlone && suffix != "/none"
            && (suffix == "/all" || category.settings.defaultListFilter != "none")
        var call = call
        if call.body.order == nil, filter == nil, let order = category.settings.sortOrder {
            var body = call.body
            body.order = order
            body.ascending = body.ascending ?? category.settings.sortAscending
            call = call.with(body)
        }
        return try await named(filter ?? "latest", place, call)
    }

    /// The category of a number or a slug; `/c/{slug}/none` has the word in the number's place, and
    /// `/c/{parent}/{slug}` a slug.
    private func category(
        _ call: ListCall,
        _ name: String
    ) async throws -> (category: Forum.Category, isAlone: Bool) {
        let slug = try call.text("slug")
        if Int64(name) == nil, let slug, slug != name {
            if name == "none" || name == "all" {
                let category = try await community.category(path: [slug], for: call.viewer)
                return (category, name == "none")
            }
            return (try await community.category(path: [slug, name], for: call.viewer), false)
        }
        return (try await community.category(path: [name], for: call.viewer), false)
    }

    /// Categories beside a list of topics.
    private func addBoth(to routes: RouteTable) {
        let endpoints = [
            (API.Categories.andLatest, "latest"), (API.Categories.andTop, "top"),
            (API.Categories.andHot, "hot"),
        ]
        for (endpoint, filter) in endpoints {
            routes.serve(endpoint, .everybody, cached: .lists) { call in
                let topics = try await named(filter, Place("/\(filter)"), call)
                let categories = try await CategoryRoutes(community: community)
                    .listBody(for: call.viewer)
                return CategoriesAndTopicsReply(
                    users: topics.users,
                    categoryList: categories,
                    topicList: topics.topicList
                )
            }
        }
    }

    // MARK: Tags

    private func addTags(to routes: RouteTable) {
        routes.serve(API.Tags.topics, .everybody, cached: .lists) { call in
            try await tagged(call, try call.requiredText("tag_name"), filter: nil)
        }
        routes.serve(API.Tags.topicsByID, .everybody, cached: .lists) { call in
            let tag = try await community.tag(TagID(try call.id("tag_id")), for: call.viewer)
            return try await tagged(call, tag.name, filter: nil)
        }
        routes.serve(API.Tags.filteredTopics, .everybody, cached: .lists) { call in
            try await tagged(
                call,
                try call.requiredText("tag_name"),
                filter: try call.requiredText("filter")
            )
        }
        for endpoint in [
            API.Tags.inCategory, API.Tags.inCategoryByID, API.Tags.inSubcategory,
        ] {
            routes.serve(endpoint, .everybody, cached: .lists) { call in
                try await tagged(
                    call,
                    try call.requiredText("tag_name"),
                    filter: nil,
                    category: try await taggedCategory(call)
                )
            }
        }
        routes.serve(API.Tags.inCategoryFiltered, .everybody, cached: .lists) { call in
            try await tagged(
                call,
                try call.requiredText("tag_name"),
                filter: try call.requiredText("filter"),
                category: try await taggedCategory(call)
            )
        }
        routes.serve(API.Tags.intersection, .everybody, cached: .lists) { call in
            let first = try await community.tag(
                named: try call.requiredText("tag_name"),
                for: call.viewer
            )
            let second = try await community.tag(
                named: try call.requiredText("other_tag"),
                for: call.viewer
            )
            let names = [first.name, second.name].map { percentEncoded($0) }
            var place = Place("/tags/intersection/\(names.joined(separator: "/"))")
            place.tags = [first.name, second.name]
            place.tag = TagPresenter.listed(first)
            return try await named("latest", place, call)
        }
    }

    private func taggedCategory(_ call: ListCall) async throws -> Forum.Category {
        let slug = try call.requiredText("category_slug")
        guard let id = try call.text("category_id") else {
            return try await community.category(path: [slug], for: call.viewer)
        }
        return try await community.category(path: [slug, id], for: call.viewer)
    }

    private func tagged(
        _ call: ListCall,
        _ name: String,
        filter: String?,
        category: Forum.Category? = nil
    ) async throws -> TopicListReply {
        let isNone = name == "none" && category != nil
        let tag = isNone ? nil : try await community.tag(named: name, for: call.viewer)
        let tagName = tag.map { $0.targetName ?? $0.name } ?? "none"
        var path =
            category.map { "/tags\($0.url)/\(percentEncoded(tagName))" }
            ?? "/tag/\(percentEncoded(tagName))"
        if let filter { path += "/l/\(percentEncoded(filter))" }
        var place = Place(path)
        place.categoryID = category?.id
        var call = call
        if let tag {
            place.tags = [tagName]
            place.tag = TagPresenter.listed(tag)
        } else {
            var body = call.body
            body.noTags = true
            call = call.with(body)
        }
        return try await named(filter ?? "latest", place, call)
    }
}
