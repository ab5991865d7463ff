/// What a piece of text is, not how it looks: the painter decides the look by what the terminal
/// can do.
package enum Role: UInt8, Sendable, Hashable, CaseIterable {
    case text
    /// Less important than the text around it: ages, counts, hints.
    case muted
    /// The site's bar at the top and the bar of keys at the bottom.
    case bar
    /// A key in the bar of keys.
    case key
    case author
    case link
    case code
    case quote
    case heading
    case category
    case tag
    case unread
    case notice
    case failure
    /// Lines and frames.
    case rule
    case like
    /// A field that is being typed into.
    case field
}

/// What is added to a role. A state is never told by colour alone.
package struct Emphasis: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let strong = Emphasis(rawValue: 1)
    package static let slanted = Emphasis(rawValue: 2)
    package static let underlined = Emphasis(rawValue: 4)
    package static let selected = Emphasis(rawValue: 8)
    package static let struck = Emphasis(rawValue: 16)
    package static let dimmed = Emphasis(rawValue: 32)
}

/// The semantic style of a cell.
package struct Style: Sendable, Hashable {
    package var role: Role
    package var emphasis: Emphasis

    package init(_ role: Role = .text, _ emphasis: Emphasis = []) {
        self.role = role
        self.emphasis = emphasis
    }

    package static let text = Style()
    package static let muted = Style(.muted)
    package static let strong = Style(.text, .strong)
    package static let bar = Style(.bar)

    package func adding(_ more: Emphasis) -> Style {
        Style(role, emphasis.union(more))
    }

    var code: UInt64 {
        UInt64(role.rawValue) | UInt64(emphasis.rawValue) << 8
    }

    init(code: UInt64) {
        role = Role(rawValue: UInt8(truncatingIfNeeded: code)) ?? .text
        emphasis = Emphasis(rawValue: UInt8(truncatingIfNeeded: code >> 8))
    }
}
