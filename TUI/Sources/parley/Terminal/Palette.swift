import CNCurses
import TerminalUI

/// How styles look: colours of the terminal's own palette where there are some, attributes
/// everywhere. No state is told by colour alone.
struct Palette {
    private let hasColour: Bool
    private let hasItalic: Bool

    /// Call after `newterm`.
    init(allowsColour: Bool) {
        hasColour = allowsColour && has_colors()
        hasItalic = nc_capability("sitm") != nil
        guard hasColour else { return }
        start_color()
        use_default_colors()
        for role in Role.allCases {
            if let colour = Palette.colour(of: role) {
                init_pair(Palette.pair(of: role), colour, -1)
            }
        }
    }

    private static func pair(of role: Role) -> Int16 {
        Int16(role.rawValue) + 1
    }

    /// One of the eight colours that every palette has; nil is the terminal's own.
    private static func colour(of role: Role) -> Int16? {
        switch role {
        case .author: Int16(COLOR_CYAN)
        case .link: Int16(COLOR_BLUE)
        case .code, .tag: Int16(COLOR_GREEN)
        case .heading, .category: Int16(COLOR_MAGENTA)
        case .unread, .notice: Int16(COLOR_YELLOW)
        case .failure, .like: Int16(COLOR_RED)
        case .text, .muted, .bar, .key, .quote, .rule, .field: nil
        }
    }

    /// Attributes and colour pair of a style.
    func look(of style: Style) -> (attributes: UInt32, pair: Int32) {
        var attributes: UInt32 = 0
        switch style.role {
        case .bar, .key: attributes |= nc_reverse()
        case .muted, .rule: attributes |= nc_dim()
        case .field: attributes |= nc_underline()
        case .failure where !hasColour: attributes |= nc_reverse()
        default: break
        }
        let emphasis = style.emphasis
        if emphasis.contains(.strong) { attributes |= nc_bold() }
        if emphasis.contains(.slanted) { attributes |= hasItalic ? nc_italic() : nc_underline() }
        if emphasis.contains(.underlined) { attributes |= nc_underline() }
        if emphasis.contains(.struck) || emphasis.contains(.dimmed) { attributes |= nc_dim() }
        if emphasis.contains(.selected) { attributes |= nc_reverse() }
        let isColoured = hasColour && Palette.colour(of: style.role) != nil
        return (attributes, isColoured ? Int32(Palette.pair(of: style.role)) : 0)
    }
}
