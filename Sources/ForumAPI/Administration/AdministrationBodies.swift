/// `GET /admin/site_settings`.
package struct SiteSettingListReply: Codable, Sendable, Equatable {
    package var siteSettings: [SiteSettingBody] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case siteSettings = "site_settings"
    }
}

/// The query of `GET /admin/site_settings`.
package struct SiteSettingListQuery: Codable, Sendable, Equatable {
    /// A part of a name.
    package var filter: String?
    package var category: String?
    package var names: [String]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case filter
        case category
        case names
    }
}

package struct SiteSettingBody: Codable, Sendable, Equatable {
    package var setting: String = ""
    package var humanizedName: String = ""
    package var description: String = ""
    package var standard: String = ""
    package var value: String = ""
    package var category: String = ""
    /// `bool`, `integer`, `string` or `enum`.
    package var type: String = ""
    @IfPresent package var validValues: [SiteSettingValueBody]?
    @IfPresent package var min: Int?
    @IfPresent package var max: Int?
    package var preview: String?
    package var secret: Bool = false
    package var placeholder: String?
    package var overridden: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case setting
        case humanizedName = "humanized_name"
        case description
        case standard = "default"
        case value
        case category
        case type
        case validValues = "valid_values"
        case min
        case max
        case preview
        case secret
        case placeholder
        case overridden
    }
}

package struct SiteSettingValueBody: Codable, Sendable, Equatable {
    package var name: String = ""
    package var value: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name
        case value
    }
}

/// `GET /admin/customize/site_texts`.
package struct SiteTextListReply: Codable, Sendable, Equatable {
    package var siteTexts: [SiteTextBody] = []
    package var extras: SiteTextExtrasBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case siteTexts = "site_texts"
        case extras
    }
}

package struct SiteTextExtrasBody: Codable, Sendable, Equatable {
    package var locale: String = "en"
    package var hasMore: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case locale
        case hasMore = "has_more"
    }
}

package struct SiteTextListQuery: Codable, Sendable, Equatable {
    /// A part of an id or a wording.
    package var q: String?
    package var overridden: Bool?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case q
        case overridden
    }
}

package struct SiteTextBody: Codable, Sendable, Equatable {
    package var id: String = ""
    package var value: String = ""
    package var status: String = "up_to_date"
    package var oldDefault: String?
    package var newDefault: String = ""
    package var interpolationKeys: [String] = []
    package var hasInterpolationKeys: Bool = false
    package var overridden: Bool = false
    package var canRevert: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case value
        case status
        case oldDefault = "old_default"
        case newDefault = "new_default"
        case interpolationKeys = "interpolation_keys"
        case hasInterpolationKeys = "has_interpolation_keys"
        case overridden
        case canRevert = "can_revert"
    }
}

package struct SiteTextReply: Codable, Sendable, Equatable {
    package var siteText: SiteTextBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case siteText = "site_text"
    }
}

/// `PUT /admin/customize/site_texts/{id}`.
package struct SiteTextRequest: Codable, Sendable, Equatable {
    package var siteText: SiteTextFields = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case siteText = "site_text"
    }
}

package struct SiteTextFields: Codable, Sendable, Equatable {
    package var value: String = ""
    package var locale: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case value
        case locale
    }
}

package struct ColorSchemeBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var name: String = ""
    package var isBase: Bool = false
    package var baseSchemeID: String?
    package var userSelectable: Bool = false
    package var themeID: Int?
    package var themeName: String?
    package var colors: [ColorBody] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case isBase = "is_base"
        case baseSchemeID = "base_scheme_id"
        case userSelectable = "user_selectable"
        case themeID = "theme_id"
        case themeName = "theme_name"
        case colors
    }
}

package struct ColorBody: Codable, Sendable, Equatable {
    package var name: String = ""
    package var hex: String = ""
    package var defaultHex: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name
        case hex
        case defaultHex = "default_hex"
    }
}

/// `POST /admin/color_schemes`.
package struct ColorSchemeRequest: Codable, Sendable, Equatable {
    package var colorScheme: ColorSchemeFields = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case colorScheme = "color_scheme"
    }
}

package struct ColorSchemeFields: Codable, Sendable, Equatable {
    package var name: String = ""
    package var baseSchemeID: String?
    package var userSelectable: Bool?
    package var colors: [ColorFields]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name
        case baseSchemeID = "base_scheme_id"
        case userSelectable = "user_selectable"
        case colors
    }
}

package struct ColorFields: Codable, Sendable, Equatable {
    package var name: String = ""
    package var hex: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case name
        case hex
    }
}

/// `GET /admin/themes`. What draws the site is a program of its own: there are none.
package struct ThemeListReply: Codable, Sendable, Equatable {
    package var themes: [ThemeBody] = []
    package var extras: ThemeExtrasBody = .init()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case themes
        case extras
    }
}

package struct ThemeBody: Codable, Sendable, Equatable {
    package var id: Int = 0
    package var name: String = ""
    package var isDefault: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case isDefault = "default"
    }
}

package struct ThemeExtrasBody: Codable, Sendable, Equatable {
    package var colorSchemes: [ColorSchemeBody] = []
    package var locale: String = "en"

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case colorSchemes = "color_schemes"
        case locale
    }
}

/// `GET /admin/plugins`.
package struct PluginListReply: Codable, Sendable, Equatable {
    package var plugins: [PluginBody] = []

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case plugins
    }
}

/// Something that Discourse has as a plugin and that is built in here.
package struct PluginBody: Codable, Sendable, Equatable {
    package var id: String = ""
    package var name: String = ""
    package var about: String = ""
    package var version: String = ""
    package var url: String?
    package var adminRoute: String?
    package var enabled: Bool = true
    package var enabledSetting: String?
    package var isOfficial: Bool = true

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case about
        case version
        case url
        case adminRoute = "admin_route"
        case enabled
        case enabledSetting = "enabled_setting"
        case isOfficial = "is_official"
    }
}

/// `GET /admin/dashboard`.
package struct DashboardReply: Codable, Sendable, Equatable {
    package var versionCheck: VersionCheckBody = .init()
    package var stats: AboutStatsBody = .init()
    /// What an administrator should look into.
    package var problems: [String] = []
    package var updatedAt: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case versionCheck = "version_check"
        case stats
        case problems
        case updatedAt = "updated_at"
    }
}

package struct VersionCheckBody: Codable, Sendable, Equatable {
    package var installedVersion: String = ""
    package var installedSHA: String?
    package var latestVersion: String?
    package var criticalUpdates: Bool = false
    package var missingVersionsCount: Int = 0
    package var staleData: Bool = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case installedVersion = "installed_version"
        case installedSHA = "installed_sha"
        case latestVersion = "latest_version"
        case criticalUpdates = "critical_updates"
        case missingVersionsCount = "missing_versions_count"
        case staleData = "stale_data"
    }
}
