/// How a category looks, how its lists begin and what its topics start with.
package struct CategorySettings: Sendable, Equatable {
    package let styleType: String
    package let emoji: String?
    package let icon: String?
    package let allowsBadges: Bool
    package let defaultTopPeriod: String
    package let defaultListFilter: String
    package let sortOrder: String?
    package let sortAscending: Bool?
    package let showsSubcategoryList: Bool
    package let subcategoryListStyle: String
    package let navigatesToFirstPost: Bool
    package let autoCloseHours: Double?
    package let autoCloseBasedOnLastPost: Bool
    package let defaultSlowModeSeconds: Int?
    package let allTopicsWiki: Bool
    package let allowsUnlimitedOwnerEdits: Bool
    package let allowsFeaturedLinks: Bool
    package let topicTitlePlaceholder: String?
    package let readOnlyBanner: String?
    /// 0 normal, 1 ignored, 2 very low, 3 low, 4 high, 5 very high.
    package let searchPriority: Int
    package let requiresTopicApproval: Bool
    package let requiresReplyApproval: Bool
    package let numAutoBumpDaily: Int
    package let autoBumpCooldownDays: Int
    package let allowsGlobalTags: Bool
    package let customFields: [String: String]
    package let allowedTags: [String]
    package let allowedTagGroups: [String]
    package let requiredTagGroups: [RequiredTagGroup]
}

/// A tag group of which topics carry at least so many tags.
package struct RequiredTagGroup: Sendable, Equatable {
    package let name: String
    package let minCount: Int

    package init(name: String, minCount: Int) {
        self.name = name
        self.minCount = minCount
    }
}

/// What of `CategorySettings` is given; `nil` leaves it as it is. An empty text or 0 clears what
/// may be absent.
package struct CategorySettingFields: Sendable {
    package var styleType: String?
    package var emoji: String?
    package var icon: String?
    package var allowsBadges: Bool?
    package var defaultTopPeriod: String?
    package var defaultListFilter: String?
    package var sortOrder: String?
    package var sortAscending: Bool?
    package var showsSubcategoryList: Bool?
    package var subcategoryListStyle: String?
    package var navigatesToFirstPost: Bool?
    package var autoCloseHours: Double?
    package var autoCloseBasedOnLastPost: Bool?
    package var defaultSlowModeSeconds: Int?
    package var allTopicsWiki: Bool?
    package var allowsUnlimitedOwnerEdits: Bool?
    package var allowsFeaturedLinks: Bool?
    package var topicTitlePlaceholder: String?
    package var readOnlyBanner: String?
    package var searchPriority: Int?
    package var requiresTopicApproval: Bool?
    package var requiresReplyApproval: Bool?
    package var numAutoBumpDaily: Int?
    package var autoBumpCooldownDays: Int?
    package var allowsGlobalTags: Bool?
    /// Laid over what there is; an empty text takes a field away.
    package var customFields: [String: String]?
    package var allowedTags: [String]?
    package var allowedTagGroups: [String]?
    package var requiredTagGroups: [RequiredTagGroup]?

    package init() {}

    private static let styles = ["square", "icon", "emoji"]
    private static let listStyles = [
        "rows", "rows_with_featured_topics", "boxes", "boxes_with_featured_topics",
    ]

    func checked() throws(ForumError) -> CategorySettingFields {
        try Self.check(styleType, among: Self.styles, "style_type")
        try Self.check(subcategoryListStyle, among: Self.listStyles, "subcategory_list_style")
        try Self.check(
            defaultTopPeriod,
            among: TopicListQuery.TopPeriod.allCases.map(\.rawValue),
            "default_top_period"
        )
        try Self.check(defaultListFilter, among: ["all", "none"], "default_list_filter")
        try Self.check(
            sortOrder,
            among: TopicListQuery.Order.allCases.map(\.rawValue) + [""],
            "sort_order"
        )
        for (text, maximum, field) in [
            (emoji, 100, "emoji"), (icon, 100, "icon"),
            (topicTitlePlaceholder, 255, "topic_title_placeholder"),
            (readOnlyBanner, 1000, "read_only_banner"),
        ] {
            guard let text else { continue }
            guard text.unicodeScalars.count <= maximum, !text.utf8.contains(0) else {
                throw Self.refused(field, "is too long (maximum is \(maximum) characters)")
            }
        }
        for (number, maximum, field) in [
            (defaultSlowModeSeconds, 31_536_000, "default_slow_mode_seconds"),
            (searchPriority, 5, "search_priority"),
            (numAutoBumpDaily, 100, "num_auto_bump_daily"),
            (autoBumpCooldownDays, 3650, "auto_bump_cooldown_days"),
        ] {
            guard number.map({ (0...maximum).contains($0) }) ?? true else {
                throw Self.refused(field, "must be a number from 0 to \(maximum)")
            }
        }
        if let autoCloseHours, !(0...87_600).contains(autoCloseHours) {
            throw Self.refused("auto_close_hours", "must be a number from 0 to 87600")
        }
        try checkLists()
        return self
    }

    private func checkLists() throws(ForumError) {
        for (key, value) in customFields ?? [:] {
            guard !key.isEmpty, key.utf8.count <= 256, value.utf8.count <= 10_000,
                !key.utf8.contains(0), !value.utf8.contains(0)
            else { throw Self.refused("custom_fields", "has a field that is too long") }
        }
        guard (customFields?.count ?? 0) <= 100 else {
            throw Self.refused("custom_fields", "has more than 100 fields")
        }
        guard (allowedTags?.count ?? 0) <= Limits.tagsPerGroupMax,
            (allowedTagGroups?.count ?? 0) <= 100, (requiredTagGroups?.count ?? 0) <= 100
        else { throw Self.refused("allowed_tags", "has too many entries") }
        for group in requiredTagGroups ?? [] where !(1...50).contains(group.minCount) {
            throw Self.refused("required_tag_groups", "must have a min_count from 1 to 50")
        }
    }

    private static func check(
        _ value: String?,
        among values: [String],
        _ field: String
    ) throws(ForumError) {
        guard let value, !values.contains(value) else { return }
        let choices = values.filter { !$0.isEmpty }.joined(separator: ", ")
        throw refused(field, "must be one of: \(choices)")
    }

    private static func refused(_ field: String, _ problem: String) -> ForumError {
        ForumError(.invalid, "\(field) \(problem)", field: field)
    }
}
