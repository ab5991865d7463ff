import Forum
import ForumAPI
import Markup

enum CategoryPresenter {
    static func body(_ category: Forum.Category) -> CategoryBody {
        var body = CategoryBody()
        body.id = Int(category.id.value)
        body.name = category.name
        body.slug = category.slug
        body.color = category.color
        body.textColor = category.textColor
        body.topicCount = category.topicCount
        body.postCount = category.postCount
        body.position = category.position
        if let cooked = category.descriptionCooked {
            body.description = cooked
            body.descriptionText = HTMLText.plain(html: cooked)
            body.descriptionExcerpt = Excerpt.make(html: cooked, length: 220)
        }
        body.topicURL = category.topicURL
        body.readRestricted = category.isReadRestricted
        body.permission = category.permission
        body.notificationLevel = category.notificationLevel
        body.canEdit = category.canEdit
        body.topicTemplate = category.topicTemplate
        body.parentCategoryID = category.parentID.map { Int($0.value) }
        body.hasChildren = category.hasChildren
        body.subcategoryCount = category.subcategoryIDs.count
        body.subcategoryIDs = category.subcategoryIDs.map { Int($0.value) }
        body.numFeaturedTopics = category.numFeaturedTopics
        body.defaultView = category.defaultView
        body.minimumRequiredTags = category.minimumRequiredTags
        body.topicsDay = category.topicsDay
        body.topicsWeek = category.topicsWeek
        body.topicsMonth = category.topicsMonth
        body.topicsYear = category.topicsYear
        body.topicsAllTime = category.topicCount
        if category.id == .uncategorized { body.isUncategorized = true }
        return body
    }

    static func detail(
        _ category: Forum.Category,
        _ permissions: [CategoryPermission]
    ) -> CategoryDetailBody {
        var settings = CategorySettingsBody()
        settings.emailIn = category.emailIn
        settings.emailInAllowStrangers = category.emailInAllowStrangers
        settings.mailinglistMirror = category.isMailingListMirror
        settings.canDelete =
            category.canEdit && category.topicCount == 0 && !category.hasChildren
            && category.id != .uncategorized
        settings.groupPermissions = permissions.map { permission in
            GroupPermissionBody(
                permissionType: permission.permission,
                groupName: permission.groupName,
                groupID: Int(permission.groupID.value)
            )
        }
        return CategoryDetailBody(category: body(category), settings: settings)
    }

    /// Top-level categories with those below them inside, as `include_subcategories` asks for.
    static func tree(_ categories: [Forum.Category], nested: Bool) -> [CategoryBody] {
        categories.filter { $0.parentID == nil }.map { category in
            var body = body(category)
            if nested {
                body.subcategoryList = categories.filter { $0.parentID == category.id }
                    .map { CategoryPresenter.body($0) }
            }
            return body
        }
    }
}
