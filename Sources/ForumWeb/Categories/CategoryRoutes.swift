import Forum
import ForumAPI

struct CategoryRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        routes.serve(API.Categories.list, .everybody, cached: .lists) { call in
            try await list(call)
        }
        routes.serve(API.Categories.show, .everybody) { call in
            let path = try call.requiredText("category_id")
            let category = try await community.category(path: [path], for: call.viewer)
            return CategoryReply(category: try await detail(category, call.viewer))
        }
        routes.serve(API.Categories.create, .member) { call in
            let category = try await community.createCategory(
                Self.fields(call.body),
                by: call.principal
            )
            return CategoryReply(category: try await detail(category, call.viewer))
        }
        routes.serve(API.Categories.update, .member) { call in
            let category = try await community.updateCategory(
                call.categoryID(),
                Self.fields(call.body),
                by: call.principal
            )
            return CategoryReply(
                success: "OK",
                category: try await detail(category, call.viewer)
            )
        }
        routes.serve(API.Categories.delete, .member) { call in
            try await community.deleteCategory(call.categoryID(), by: call.principal)
            return SuccessReply()
        }
        addFinding(to: routes)
        addOrder(to: routes)
    }

    private func addFinding(to routes: RouteTable) {
        routes.serve(API.Categories.find, .everybody) { call in
            var found: [Forum.Category] = []
            if let ids = call.body.ids {
                let wanted = Set(ids.prefix(1000))
                found = try await community.categories(for: call.viewer)
                    .filter { wanted.contains(Int($0.id.value)) }
            } else if let path = call.body.slugPathWithID ?? call.body.slugPath {
                found = try await community.categories(
                    onPath: path.split(separator: "/").map(String.init),
                    for: call.viewer
                )
            }
            guard !found.isEmpty else { throw ForumError.notFound }
            return CategoriesReply(categories: found.map { CategoryPresenter.body($0) })
        }
        routes.serve(API.Categories.search, .everybody) { call in try await search(call) }
        routes.serve(API.Categories.postSearch, .everybody) { call in try await search(call) }
        routes.serve(API.Categories.visibleGroups, .everybody) { call in
            let path = try call.requiredText("category_id")
            let category = try await community.category(path: [path], for: call.viewer)
            return VisibleGroupsReply(
                groups: try await community.visibleGroups(of: category.id, for: call.viewer)
            )
        }
    }

    private func search(_ call: Call<CategorySearchQuery>) async throws -> CategorySearchReply {
        let query = call.body
        var search = CategorySearch()
        search.term = query.term ?? ""
        search.parentID = query.parentCategoryID.flatMap { $0 > 0 ? CategoryID(Int64($0)) : nil }
        search.includesUncategorized = query.includeUncategorized ?? true
        search.includesSubcategories = query.includeSubcategories ?? true
        search.only = query.selectCategoryIDs?.map { CategoryID(Int64($0)) }
        search.rejected = query.rejectCategoryIDs?.map { CategoryID(Int64($0)) } ?? []
        search.prioritized = query.prioritizedCategoryID.map { CategoryID(Int64($0)) }
        let found = try await community.searchCategories(search, for: call.viewer)
        let limit = min(max(query.limit ?? 25, 1), 100)
        let page = min(max(query.page ?? 1, 1), 1000)
        let shown = found.dropFirst((page - 1) * limit).prefix(limit)
        var reply = CategorySearchReply(
            categoriesCount: found.count,
            categories: shown.map { CategoryPresenter.body($0) }
        )
        if query.includeAncestors == true {
            let parents = Set(shown.compactMap(\.parentID))
            reply.ancestors = try await community.categories(for: call.viewer)
                .filter { parents.contains($0.id) }.map { CategoryPresenter.body($0) }
        }
        return reply
    }

    private func addOrder(to routes: RouteTable) {
        routes.serve(API.Categories.reorder, .member) { call in
            var positions: [CategoryID: Int] = [:]
            var mapping = call.body.mapping
            if let text = mapping.stringValue {
                mapping = try WireValue.parse(json: Array(text.utf8))
            }
            for (key, value) in mapping.objectValue ?? WireObject() {
                guard let id = Int64(key), let position = value.intValue else {
                    throw ForumError(
                        .malformed,
                        "mapping must give positions by the numbers of categories.",
                        field: "mapping"
                    )
                }
                positions[CategoryID(id)] = position
            }
            guard !positions.isEmpty else { throw WireError.missing(parameter: "mapping") }
            try await community.reorderCategories(positions, by: call.principal)
            return SuccessReply()
        }
        routes.serve(API.Categories.setSlug, .member) { call in
            var fields = CategoryFields()
            fields.slug = call.body.slug
            _ = try await community.updateCategory(
                call.categoryID(),
                fields,
                by: call.principal
            )
            return SuccessReply()
        }
    }

    private func list(_ call: Call<CategoryListQuery>) async throws -> CategoryListReply {
        CategoryListReply(
            categoryList: try await listBody(
                for: call.viewer,
                parent: call.body.parentCategoryID,
                nested: call.body.includeSubcategories ?? false,
                page: call.body.page ?? 1,
                topics: call.body.includeTopics ?? false
            )
        )
    }

    /// - Parameters:
    ///   - page: From 1; all stand on the first.
    ///   - topics: With the latest topics of each category.
    func listBody(
        for viewer: Viewer,
        parent: Int? = nil,
        nested: Bool = false,
        page: Int = 1,
        topics: Bool = false
    ) async throws -> CategoryListBody {
        let categories = page > 1 ? [] : try await community.categories(for: viewer)
        var bodies: [CategoryBody] =
            if let parent {
                categories.filter { $0.parentID?.value == Int64(parent) }
                    .map { CategoryPresenter.body($0) }
            } else {
                CategoryPresenter.tree(categories, nested: nested)
            }
        if topics { try await addTopics(to: &bodies, for: viewer) }
        return CategoryListBody(
            canCreateCategory: viewer.isAdmin,
            canCreateTopic: viewer.principal.map { !$0.isSilenced } ?? false,
            categories: bodies
        )
    }

    private func addTopics(to bodies: inout [CategoryBody], for viewer: Viewer) async throws {
        let page = try await community.featuredTopics(
            of: bodies.map { CategoryID(Int64($0.id)) },
            for: viewer
        )
        let rows = TopicListPresenter.suggested(page)
        let byCategory = Dictionary(grouping: rows, by: \.categoryID)
        for index in bodies.indices {
            let most = max(0, bodies[index].numFeaturedTopics)
            bodies[index].topics = Array((byCategory[bodies[index].id] ?? []).prefix(most))
        }
    }

    private func detail(
        _ category: Forum.Category,
        _ viewer: Viewer
    ) async throws -> CategoryDetailBody {
        guard let principal = viewer.principal, category.canEdit else {
            return CategoryPresenter.detail(category, [])
        }
        return CategoryPresenter.detail(
            category,
            try await community.permissions(of: category.id, by: principal),
            availableGroups: try await community.availableGroups(for: category, by: principal)
        )
    }

    private static func fields(_ body: CategoryRequest) -> CategoryFields {
        var fields = CategoryFields()
        fields.name = body.name
        fields.slug = body.slug
        fields.color = body.color
        fields.textColor = body.textColor
        fields.description = body.description
        fields.parentID = body.parentCategoryID.map { CategoryID(Int64($0)) }
        fields.permissions = body.permissions
        fields.position = body.position
        fields.emailIn = body.emailIn
        fields.emailInAllowStrangers = body.emailInAllowStrangers
        fields.mailingListMirror = body.mailinglistMirror
        fields.defaultView = body.defaultView
        fields.topicTemplate = body.topicTemplate
        fields.minimumRequiredTags = body.minimumRequiredTags
        fields.numFeaturedTopics = body.numFeaturedTopics
        fields.settings = settings(body)
        return fields
    }

    private static func settings(_ body: CategoryRequest) -> CategorySettingFields {
        var fields = CategorySettingFields()
        fields.styleType = body.styleType
        fields.emoji = body.emoji
        fields.icon = body.icon
        fields.allowsBadges = body.allowBadges
        fields.defaultTopPeriod = body.defaultTopPeriod
        fields.defaultListFilter = body.defaultListFilter
        fields.sortOrder = body.sortOrder
        fields.sortAscending = body.sortAscending
        fields.showsSubcategoryList = body.showSubcategoryList
        fields.subcategoryListStyle = body.subcategoryListStyle
        fields.navigatesToFirstPost = body.navigateToFirstPostAfterRead
        fields.autoCloseHours = body.autoCloseHours
        fields.autoCloseBasedOnLastPost = body.autoCloseBasedOnLastPost
        fields.defaultSlowModeSeconds = body.defaultSlowModeSeconds
        fields.allTopicsWiki = body.allTopicsWiki
        fields.allowsUnlimitedOwnerEdits = body.allowUnlimitedOwnerEditsOnFirstPost
        fields.allowsFeaturedLinks =
            body.topicFeaturedLinkAllowed ?? body.topicFeaturedLinksAllowed
        fields.topicTitlePlaceholder = body.topicTitlePlaceholder
        fields.readOnlyBanner = body.readOnlyBanner
        fields.searchPriority = body.searchPriority
        fields.requiresTopicApproval = body.categorySettingAttributes?.requireTopicApproval
        fields.requiresReplyApproval = body.categorySettingAttributes?.requireReplyApproval
        fields.numAutoBumpDaily = body.categorySettingAttributes?.numAutoBumpDaily
        fields.autoBumpCooldownDays = body.categorySettingAttributes?.autoBumpCooldownDays
        fields.allowsGlobalTags = body.allowGlobalTags
        fields.customFields = body.customFields.map { $0.mapValues { $0 ?? "" } }
        fields.allowedTags = body.allowedTags
        fields.allowedTagGroups = body.allowedTagGroups
        fields.requiredTagGroups = body.requiredTagGroups?.map {
            RequiredTagGroup(name: $0.name, minCount: $0.minCount)
        }
        return fields
    }
}
