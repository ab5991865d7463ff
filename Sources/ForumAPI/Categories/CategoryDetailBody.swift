/// A category with its settings, as one object.
package struct CategoryDetailBody: Sendable, Equatable {
    package var category: CategoryBody
    package var settings: CategorySettingsBody

    package init(category: CategoryBody = .init(), settings: CategorySettingsBody = .init()) {
        self.category = category
        self.settings = settings
    }
}

extension CategoryDetailBody: Codable {
    package init(from decoder: any Decoder) throws {
        self.category = try CategoryBody(from: decoder)
        self.settings = try CategorySettingsBody(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try category.encode(to: encoder)
        try settings.encode(to: encoder)
    }
}
