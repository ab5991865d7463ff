/// The web app manifest of the site.
package struct ManifestBody: Codable, Sendable, Equatable {
    package var name: String
    package var shortName: String
    package var display = "browser"
    package var startURL = "/"
    package var backgroundColor = "#FFFFFF"
    package var themeColor = "#FFFFFF"
    package var icons: [ManifestIconBody] = []

    package init(name: String, shortName: String) {
        self.name = name
        self.shortName = shortName
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case shortName = "short_name"
        case display
        case startURL = "start_url"
        case backgroundColor = "background_color"
        case themeColor = "theme_color"
        case icons
    }
}

package struct ManifestIconBody: Codable, Sendable, Equatable {
    package var src: String
    package var sizes: String
    package var type: String
}
