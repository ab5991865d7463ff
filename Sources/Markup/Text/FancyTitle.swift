/// Titles as they are shown.
package enum FancyTitle {
    /// `title` as HTML with typographic quotation marks, dashes and ellipses, as Discourse's
    /// `fancy_title`.
    package static func make(_ title: String) -> String {
        let scalars = Array(title.unicodeScalars)
        var out = ""
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let opens = index == 0 || opensQuote(after: scalars[index - 1])
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += opens ? "&ldquo;" : "&rdquo;"
            case "'": out += opens ? "&lsquo;" : "&rsquo;"
            case "." where matches(scalars, index, "..."):
                out += "&hellip;"
                index += 2
            case "-" where matches(scalars, index, "---"):
                out += "&mdash;"
                index += 2
            case "-" where matches(scalars, index, "--"):
                out += "&ndash;"
                index += 1
            default: out.unicodeScalars.append(scalar)
            }
            index += 1
        }
        return out
    }

    private static func opensQuote(after scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || "([{\u{2014}\u{2013}-\"'".unicodeScalars.contains(scalar)
    }

    private static func matches(
        _ scalars: [Unicode.Scalar],
        _ index: Int,
        _ text: String
    ) -> Bool {
        scalars.count - index >= text.unicodeScalars.count
            && scalars[index...].starts(with: text.unicodeScalars)
    }
}
