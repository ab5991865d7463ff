/// `GET /site`: what a client needs once.
package struct SiteBody: Codable, Sendable, Equatable {
    package var defaultArchetype: String = "regular"
    package var notificationTypes: NumberedNames = NotificationType.numbers
    package var postTypes: NumberedNames = PostType.numbers
    package var trustLevels: NumberedNames = TrustLevel.numbers
    package var groups: [SiteGroupBody] = []
    package var filters: [String] = ["latest", "new", "unread", "top", "hot", "categories"]
    package var homepageChoices: [WireValue] = []
    package var periods: [String] = ["all", "yearly", "quarterly", "monthly", "weekly", "daily"]
    package var topMenuItems: [String] = ["latest", "new", "unread", "top", "hot", "categories"]
    package var anonymousTopMenuItems: [String] = ["latest", "top", "hot", "categories"]
    package var uncategorizedCategoryID: Int = 0
    package var userFieldMaxLength: Int = 2_048
    package var postActionTypes: [PostActionTypeBody] = []
    package var topicFlagTypes: [PostActionTypeBody] = []
    package var canCreateTag: Bool = false
    package var canTagTopics: Bool = false
    package var canTagPMs: Bool = false
    /// What a tag may not contain.
    package var tagsFilterRegexp: String = ""
    package var topTags: [TagReferenceBody] = []
    package var navigationMenuSiteTopTags: [TagReferenceBody] = []
    package var emailConfigured: Bool = false
    package var topicFeaturedLinkAllowedCategoryIDs: [Int] = []
    package var userThemes: [WireValue] = []
    package var userColorSchemes: [WireValue] = []
    package var defaultLightColorScheme: WireValue = .null
    package var defaultDarkColorScheme: WireValue = .null
    package var censoredRegexp: [WireValue] = []
    package var customEmojiTranslation: [String: String] = [:]
    package var watchedWordsReplace: [String: String]?
    package var watchedWordsLink: [String: String]?
    package var displayedAboutPluginStatGroups: [String] = []
    package var categories: [CategoryBody] = []
    package var archetypes: [ArchetypeBody] = [ArchetypeBody(id: "regular", name: "Regular Topic")]
    package var userFields: [WireValue] = []
    package var authProviders: [WireValue] = []
    package var fullNameRequiredForSignup: Bool = false
    package var fullNameVisibleInSignup: Bool = true
    /// How the posts of followed categories and tags can come to a member. Not Discourse's.
    @IfPresent package var subscriptionDeliveries: [DeliveryWord]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case defaultArchetype = "default_archetype"
        case notificationTypes = "notification_types"
        case postTypes = "post_types"
        case trustLevels = "trust_levels"
        case groups
        case filters
        case homepageChoices = "homepage_choices"
        case periods
        case topMenuItems = "top_menu_items"
        case anonymousTopMenuItems = "anonymous_top_menu_items"
        case uncategorizedCategoryID = "uncategorized_category_id"
        case userFieldMaxLength = "user_field_max_length"
        case postActionTypes = "post_action_types"
        case topicFlagTypes = "topic_flag_types"
        case canCreateTag = "can_create_tag"
        case canTagTopics = "can_tag_topics"
        case canTagPMs = "can_tag_pms"
        case tagsFilterRegexp = "tags_filter_regexp"
        case topTags = "top_tags"
        case navigationMenuSiteTopTags = "navigation_menu_site_top_tags"
        case emailConfigured = "email_configured"
        case topicFeaturedLinkAllowedCategoryIDs = "topic_featured_link_allowed_category_ids"
        case userThemes = "user_themes"
        case userColorSchemes = "user_color_schemes"
        case defaultLightColorScheme = "default_light_color_scheme"
        case defaultDarkColorScheme = "default_dark_color_scheme"
        case censoredRegexp = "censored_regexp"
        case customEmojiTranslation = "custom_emoji_translation"
        case watchedWordsReplace = "watched_words_replace"
        case watchedWordsLink = "watched_words_link"
        case displayedAboutPluginStatGroups = "displayed_about_plugin_stat_groups"
        case categories
        case archetypes
        case userFields = "user_fields"
        case authProviders = "auth_providers"
        case fullNameRequiredForSignup = "full_name_required_for_signup"
        case fullNameVisibleInSignup = "full_name_visible_in_signup"
        case subscriptionDeliveries = "subscription_deliveries"
    }
}

package struct ArchetypeBody: Codable, Sendable, Equatable {
    package var id: String
    package var name: String
    package var options: [WireValue] = []

    package init(
        id: String,
        name: String,
        options: [WireValue] = []
    ) {
        self.id = id
        self.name = name
        self.options = options
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case options
    }
}

package struct SiteGroupBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var fullName: String?
    package var displayName: String = ""
    package var flairURL: String?
    package var flairBgColor: String?
    package var flairColor: String?
    package var automatic: Bool = false

    package init(
        id: Int,
        name: String,
        fullName: String? = nil,
        displayName: String = "",
        flairURL: String? = nil,
        flairBgColor: String? = nil,
        flairColor: String? = nil,
        automatic: Bool = false
    ) {
        self.id = id
        self.name = name
        self.fullName = fullName
        self.displayName = displayName
        self.flairURL = flairURL
        self.flairBgColor = flairBgColor
        self.flairColor = flairColor
        self.automatic = automatic
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case fullName = "full_name"
        case displayName = "display_name"
        case flairURL = "flair_url"
        case flairBgColor = "flair_bg_color"
        case flairColor = "flair_color"
        case automatic
    }
}

/// Something that can be done to a post: a like, or a flag of one kind.
package struct PostActionTypeBody: Codable, Sendable, Equatable {
    package var id: Int?
    package var nameKey: String?
    package var name: String
    package var description: String = ""
    package var shortDescription: String = ""
    package var isFlag: Bool = false
    package var requireMessage: Bool = false
    package var enabled: Bool = true
    package var appliesTo: [String] = ["Post", "Topic"]
    package var isUsed: Bool = false
    package var position: Int = 0
    package var autoActionType: Bool = false
    package var system: Bool = true

    package init(
        id: Int? = nil,
        nameKey: String? = nil,
        name: String,
        description: String = "",
        shortDescription: String = "",
        isFlag: Bool = false,
        requireMessage: Bool = false,
        enabled: Bool = true,
        appliesTo: [String] = ["Post", "Topic"],
        isUsed: Bool = false,
        position: Int = 0,
        autoActionType: Bool = false,
        system: Bool = true
    ) {
        self.id = id
        self.nameKey = nameKey
        self.name = name
        self.description = description
        self.shortDescription = shortDescription
        self.isFlag = isFlag
        self.requireMessage = requireMessage
        self.enabled = enabled
        self.appliesTo = appliesTo
        self.isUsed = isUsed
        self.position = position
        self.autoActionType = autoActionType
        self.system = system
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case nameKey = "name_key"
        case name
        case description
        case shortDescription = "short_description"
        case isFlag = "is_flag"
        case requireMessage = "require_message"
        case enabled
        case appliesTo = "applies_to"
        case isUsed = "is_used"
        case position
        case autoActionType = "auto_action_type"
        case system
    }
}
