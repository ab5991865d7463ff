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
        // Clients expect a path here also where a category has no topic about itself.
        body.topicURL = category.topicURL ?? category.url
        body.readRestricted = category.isReadRestricted
        body.permission = category.permission
        body.notificationLevel = category.notificationLevel
        body.delivery = DeliveryWord(category.delivery)
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
        addSettings(category.settings, to: &body)
        return body
    }

    private static func addSettings(_ settings: CategorySettings, to body: inout CategoryBody) {
        body.styleType = settings.styleType
        body.emoji = settings.emoji
        body.icon = settings.icon
        body.defaultTopPeriod = settings.defaultTopPeriod
        body.defaultListFilter = settings.defaultListFilter
        body.sortOrder = settings.sortOrder
        body.sortAscending = settings.sortAscending
        body.showSubcategoryList = settings.showsSubcategoryList
        body.subcategoryListStyle = settings.subcategoryListStyle
        body.navigateToFirstPostAfterRead = settings.navigatesToFirstPost
        body.topicTitlePlaceholder = settings.topicTitlePlaceholder
        body.readOnlyBanner = settings.readOnlyBanner
        body.allowGlobalTags = settings.allowsGlobalTags
        body.allowedTags = settings.allowedTags
        body.allowedTagGroups = settings.allowedTagGroups
        body.requiredTagGroups = settings.requiredTagGroups.map {
            RequiredTagGroupBody(name: $0.name, minCount: $0.minCount)
        }
        body.customFields = settings.customFields.mapValues { $0 }
    }

    static func detail(
        _ category: Forum.Category,
        _ permissions: [CategoryPermission],
        availableGroups: [String] = []
    ) -> CategoryDetailBody {
        var settings = CategorySettingsBody()
        settings.emailIn = category.emailIn
        settings.autoCloseHours = category.settings.autoCloseHours
        settings.autoCloseBasedOnLastPost = category.settings.autoCloseBasedOnLastPost
        settings.allowUnlimitedOwnerEditsOnFirstPost =
            category.settings.allowsUnlimitedOwnerEdits
        settings.defaultSlowModeSeconds = category.settings.defaultSlowModeSeconds
        settings.allTopicsWiki = category.settings.allTopicsWiki
        settings.allowBadges = category.settings.allowsBadges
        settings.topicFeaturedLinkAllowed = category.settings.allowsFeaturedLinks
        settings.searchPriority = category.settings.searchPriority
        settings.availableGroups = availableGroups
        settings.categorySetting = CategorySettingBody(
            autoBumpCooldownDays: category.settings.autoBumpCooldownDays,
            numAutoBumpDaily: category.settings.numAutoBumpDaily,
            requireReplyApproval: category.settings.requiresReplyApproval,
            requireTopicApproval: category.settings.requiresTopicApproval
        )
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
