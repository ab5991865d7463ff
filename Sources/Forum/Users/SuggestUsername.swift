import Foundation

extension UsernameRules {
    /// A good name made from a person's name or else from the address; not yet checked for being
    /// taken.
    package static func suggest(name: String?, email: String?) -> String {
        let parts = (email ?? "").prefix(Limits.emailMax).split(separator: "@", maxSplits: 1)
        let local = parts.first.map { String($0.prefix { $0 != "+" }) } ?? ""
        let domain = parts.count == 2 ? String(parts[1].prefix { $0 != "." }) : ""
        for source in [name ?? "", local, domain] {
            let made = made(from: String(source.prefix(Limits.nameMax)))
            guard !made.isEmpty, !isReserved(made), !generic.contains(fold(made)),
                problems(made).isEmpty
            else { continue }
            return made
        }
        return "member"
    }

    /// `base` with a number behind it that still fits.
    static func numbered(_ base: String, _ number: Int) -> String {
        let suffix = String(number)
        let stem = base.prefix(Limits.usernameMax - suffix.count)
        return trimmedEnd(String(stem)) + suffix
    }

    /// Other text as a username, as near as it goes; may be empty.
    private static func made(from text: String) -> String {
        // Letters lose their accents and other scripts are spelt in Latin where that is known.
        let latin = text.applyingTransform(.toLatin, reverse: false) ?? text
        let plain = latin.folding(options: .diacriticInsensitive, locale: nil)
        var result = String.UnicodeScalarView()
        var gap = false
        for scalar in plain.unicodeScalars {
            if isAlphanumeric(scalar) {
                if gap, !result.isEmpty { result.append("_") }
                gap = false
                result.append(scalar)
            } else if scalar != "'" {
                gap = true
            }
        }
        var name = trimmedEnd(String(String(result).prefix(Limits.usernameMax)))
        guard !name.isEmpty else { return "" }
        // Discourse fills short names up with ones.
        while name.count < Limits.usernameMin { name.append("1") }
        return name
    }

    private static func trimmedEnd(_ name: String) -> String {
        var name = name[...]
        while let last = name.unicodeScalars.last, !isAlphanumeric(last) { name.removeLast() }
        return String(name)
    }

    /// Names that say nothing about whose mailbox it is (Discourse's generic names).
    private static let generic: Set<String> = [
        "i1", "me1", "info", "support", "admin", "webmaster", "hello", "mail", "office",
        "contact", "team", "sales", "list",
    ]
}
