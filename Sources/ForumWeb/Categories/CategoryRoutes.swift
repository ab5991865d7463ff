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
    }

    private func list(_ call: Call<CategoryListQuery>) async throws -> CategoryListReply {
        let categories = try await community.categories(for: call.viewer)
        let bodies: [CategoryBody] =
            if let parent = call.body.parentCategoryID {
                categories.filter { $0.parentID?.value == Int64(parent) }
                    .map { CategoryPresenter.body($0) }
            } else {
                CategoryPresenter.tree(
                    categories,
                    nested: call.body.includeSubcategories ?? false
                )
            }
        return CategoryListReply(
            categoryList: CategoryListBody(
                canCreateCategory: call.viewer.isAdmin,
                canCreateTopic: call.viewer.principal.map { !$0.isSilenced } ?? false,
                categories: bodies
            )
        )
    }

    private func detail(
        _ category: Forum.Category,
        _ viewer: Viewer
    ) async throws -> CategoryDetailBody {
        var permissions: [CategoryPermission] = []
        if let principal = viewer.principal, category.canEdit {
            permissions = try await community.permissions(of: category.id, by: principal)
        }
        return CategoryPresenter.detail(category, permissions)
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
        return fields
    }
}
