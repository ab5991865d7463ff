/// `GET /site/basic-info`: what a client may know before it has logged in.
package struct BasicInfoBody: Codable, Sendable, Equatable {
    package var logoURL: String = ""
    package var logoSmallURL: String = ""
    package var appleTouchIconURL: String = ""
    package var faviconURL: String = ""
    package var mobileLogoURL: String = ""
    package var title: String
    package var description: String = ""
    package var headerPrimaryColor: String = "333333"
    package var headerBackgroundColor: String = "FFFFFF"
    package var loginRequired: Bool = false
    package var locale: String = "en"
    package var includeInDiscourseDiscover: Bool = false

    package init(
        logoURL: String = "",
        logoSmallURL: String = "",
        appleTouchIconURL: String = "",
        faviconURL: String = "",
        mobileLogoURL: String = "",
        title: String,
        description: String = "",
        headerPrimaryColor: String = "333333",
        headerBackgroundColor: String = "FFFFFF",
        loginRequired: Bool = false,
        locale: String = "en",
        includeInDiscourseDiscover: Bool = false
    ) {
        self.logoURL = logoURL
        self.logoSmallURL = logoSmallURL
        self.appleTouchIconURL = appleTouchIconURL
        self.faviconURL = faviconURL
        self.mobileLogoURL = mobileLogoURL
        self.title = title
        self.description = description
        self.headerPrimaryColor = headerPrimaryColor
        self.headerBackgroundColor = headerBackgroundColor
        self.loginRequired = loginRequired
        self.locale = locale
        self.includeInDiscourseDiscover = includeInDiscourseDiscover
    }

    private enum CodingKeys: String, CodingKey {
        case logoURL = "logo_url"
        case logoSmallURL = "logo_small_url"
        case appleTouchIconURL = "apple_touch_icon_url"
        case faviconURL = "favicon_url"
        case mobileLogoURL = "mobile_logo_url"
        case title
        case description
        case headerPrimaryColor = "header_primary_color"
        case headerBackgroundColor = "header_background_color"
        case loginRequired = "login_required"
        case locale
        case includeInDiscourseDiscover = "include_in_discourse_discover"
    }
}
