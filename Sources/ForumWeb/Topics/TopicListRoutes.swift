import Forum
import ForumAPI

/// The lists of topics: latest, top, new, unread, hot; of a category; of a tag.
struct TopicListRoutes: Sendable {
    let community: Community

    private typealias ListCall = Call<ForumAPI.TopicListQuery>

    func add(to routes: RouteTable) {
        routes.serve(API.Topics.latest, .everybody, cached: .lists) { call in
            try await list(.latest, path: "/latest", call)
        }
        routes.serve(API.Topics.hot, .everybody, cached: .lists) { call in
            try await list(.hot, path: "/hot", call)
        }
        routes.serve(API.Topics.new, .member) { call in
            try await list(.new, path: "/new", call)
        }
        routes.serve(API.Topics.unread, .member) { call in
            try await list(.unread, path: "/unread", call)
        }
        routes.serve(API.Topics.top, .everybody, cached: .lists) { call in
            let period = try Self.period(call.body.period)
            return try await list(
                .top(period),
                path: "/top",
                filters: [("period", period.rawValue)],
                period: period.rawValue,
                call
            )
        }
        addCategories(to: routes)
        routes.serve(API.Tags.topics, .everybody, cached: .lists) { call in
            let name = try call.requiredText("tag_name")
            let tag = try await community.tag(named: name, for: call.viewer)
            let path = "/tag/\(percentEncoded(tag.name))"
            return try await list(
                .latest,
                path: path,
                tags: [tag.name],
                tag: TagPresenter.listed(tag),
                call
            )
        }
    }

    private func addCategories(to routes: RouteTable) {
        routes.serve(API.Categories.topics, .everybody, cached: .lists) { call in
            try await category(call, named: try call.requiredText("category_id"))
        }
        routes.serve(API.Categories.topicsByID, .everybody, cached: .lists) { call in
            try await category(call, named: try call.requiredText("category_id"))
        }
        routes.serve(API.Categories.latest, .everybody, cached: .lists) { call in
            try await category(call, named: try call.requiredText("slug"))
        }
        routes.serve(API.Categories.subcategoryTopics, .everybody, cached: .lists) { call in
            try await category(call, named: try call.requiredText("category_id"))
        }
    }

    /// - Parameter name: An id, or the slug where the path has only that.
    private func category(_ call: ListCall, named name: String) async throws -> TopicListReply {
        let category = try await community.category(path: [name], for: call.viewer)
        return try await list(
            .latest,
            path: "/c/\(category.slug)/\(category.id)",
            categoryID: category.id,
            call
        )
    }

    private func list(
        _ filter: Forum.TopicListQuery.Filter,
        path: String,
        filters: [(String, String)] = [],
        period: String? = nil,
        categoryID: CategoryID? = nil,
        tags: [String] = [],
        tag: ListTagBody? = nil,
        _ call: ListCall
    ) async throws -> TopicListReply {
        var query = Forum.TopicListQuery(filter, categoryID: categoryID, tags: tags)
        var address = TopicListPresenter.Address(path: path, filters: filters)
        let wire = call.body
        query.page = min(max(wire.page ?? 0, 0), 100_000)
        if let perPage = wire.perPage {
            query.perPage = min(max(perPage, 1), Forum.Limits.topicsPerPageMax)
            address.filters.append(("per_page", String(query.perPage)))
        }
        if let order = wire.order {
            guard let known = Forum.TopicListQuery.Order(rawValue: order) else {
                throw ForumError(.malformed, "order is not known: \(order)", field: "order")
            }
            query.order = known
            query.isAscending = wire.ascending ?? false
            address.filters.append(("order", order))
            if query.isAscending { address.filters.append(("ascending", "true")) }
        }
        if wire.noSubcategories == true {
            query.includesSubcategories = false
            address.filters.append(("no_subcategories", "true"))
        }
        let page = try await community.topicList(query, for: call.viewer)
        return TopicListPresenter.reply(
            page,
            address,
            viewer: call.viewer,
            period: period,
            tag: tag
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
}
