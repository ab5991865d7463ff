/// What one setting is called, which values it takes and what it is for.
package struct SettingDefinition: Sendable {
    /// Which values a setting takes.
    package enum Kind: Sendable, Equatable {
        case boolean
        case integer(ClosedRange<Int>)
        /// One line or several, up to so many Unicode scalars.
        case text(maximum: Int)
        case choice([String])

        /// Discourse's word for the kind, as its administration shows it.
        package var word: String {
            switch self {
            case .boolean: "bool"
            case .integer: "integer"
            case .text: "string"
            case .choice: "enum"
            }
        }
    }

    /// Discourse's name, in snake case.
    package let name: String
    package let kind: Kind
    package let summary: String
    /// Who knows it can act in the site's name: sealed where it is kept, and shown in no list or log.
    package private(set) var isSecret = false
    let read: @Sendable (SiteSettings) -> String
    let write: @Sendable (String, inout SiteSettings) throws(ForumError) -> Void

    /// The value that stands in `settings`, as text.
    package func value(in settings: SiteSettings) -> String { read(settings) }

    /// The value as lists and logs may show it.
    package func shownValue(in settings: SiteSettings) -> String {
        let value = value(in: settings)
        return isSecret && !value.isEmpty ? Self.filtered : value
    }

    /// Discourse's word for what is not shown.
    static let filtered = "[FILTERED]"

    var asSecret: Self {
        var definition = self
        definition.isSecret = true
        return definition
    }

    /// The value when nobody has set another.
    package var defaultValue: String { read(SiteSettings()) }
}

extension SettingDefinition {
    static func flag(
        _ name: String,
        _ property: any WritableKeyPath<SiteSettings, Bool> & Sendable,
        _ summary: String
    ) -> Self {
        Self(
            name: name,
            kind: .boolean,
            summary: summary,
            read: { $0[keyPath: property] ? "true" : "false" },
            write: { text, settings throws(ForumError) in
                switch text.lowercased() {
                case "true", "t", "1", "yes", "on": settings[keyPath: property] = true
                case "false", "f", "0", "no", "off": settings[keyPath: property] = false
                default: throw refusal(name, "must be true or false")
                }
            }
        )
    }

    static func number(
        _ name: String,
        _ property: any WritableKeyPath<SiteSettings, Int> & Sendable,
        _ range: ClosedRange<Int>,
        _ summary: String
    ) -> Self {
        Self(
            name: name,
            kind: .integer(range),
            summary: summary,
            read: { String($0[keyPath: property]) },
            write: { text, settings throws(ForumError) in
                guard let number = Int(text), range.contains(number) else {
                    throw refusal(
                        name,
                        "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
                    )
                }
                settings[keyPath: property] = number
            }
        )
    }

    static func text(
        _ name: String,
        _ property: any WritableKeyPath<SiteSettings, String> & Sendable,
        maximum: Int = 255,
        check: @escaping @Sendable (String) -> String? = { _ in nil },
        _ summary: String
    ) -> Self {
        Self(
            name: name,
            kind: .text(maximum: maximum),
            summary: summary,
            read: { $0[keyPath: property] },
            write: { text, settings throws(ForumError) in
                guard text.unicodeScalars.count <= maximum else {
                    throw refusal(name, "must be no longer than \(maximum) characters")
                }
                guard !text.unicodeScalars.contains(where: { $0.value == 0 }) else {
                    throw refusal(name, "must not contain a NUL character")
                }
                if let problem = check(text) {
                    throw refusal(name, problem)
                }
                settings[keyPath: property] = text
            }
        )
    }

    static func choice(
        _ name: String,
        _ property: any WritableKeyPath<SiteSettings, String> & Sendable,
        _ values: [String],
        _ summary: String
    ) -> Self {
        Self(
            name: name,
            kind: .choice(values),
            summary: summary,
            read: { $0[keyPath: property] },
            write: { text, settings throws(ForumError) in
                guard values.contains(text) else {
                    throw refusal(name, "must be one of: \(values.joined(separator: ", "))")
                }
                settings[keyPath: property] = text
            }
        )
    }

    private static func refusal(_ name: String, _ problem: String) -> ForumError {
        ForumError(.invalid, "The setting \(name) \(problem).", field: name)
    }
}
