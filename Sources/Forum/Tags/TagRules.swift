import Foundation

/// Discourse's rules for the names of tags.
package enum TagRules {
    /// A name as it is kept: lower case, dashes for white space, without punctuation, cut to
    /// `maximum` characters. Empty when nothing is left, or the name is one Discourse reserves.
    package static func cleaned(_ name: String, maximum: Int) -> String {
        let text = String(name.unicodeScalars.prefix(4 * Limits.tagMax).map(Character.init))
            .precomposedStringWithCompatibilityMapping
            .lowercased()
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || scalar == "-" {
                if let last = scalars.last, last != "-" { scalars.append("-") }
            } else if isAllowed(scalar) {
                scalars.append(scalar)
            }
        }
        var result = String.UnicodeScalarView(scalars.prefix(maximum))
        while result.last == "-" { result.removeLast() }
        let name = String(result)
        return reserved.contains(name) ? "" : name
    }

    /// Discourse strips `/ ? # [ ] @ ! $ & ' ( ) * + , ; = . % \ ` ^ | { } " < > : ~`.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            switch scalar {
            case "a"..."z", "0"..."9", "_": return true
            default: return false
            }
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark,
            .mathSymbol, .otherSymbol, .currencySymbol:
            return true
        default: return false
        }
    }

    private static let reserved: Set<String> = ["none", "constructor"]
}

/// The action of changing what a tag is called and means; exists as a type only.
package enum ManagingTags {}

extension Rule where Action == ManagingTags, Resource == WholeSite {
    package static var manageTags: Self {
        Self { _, principal in principal.isStaff ? .allow : .deny(.forbidden) }
    }
}

extension Principal {
    /// Whether the principal may make a tag that does not exist yet.
    package func mayCreateTags(_ settings: SiteSettings) -> Bool {
        guard settings.taggingEnabled, !isSilenced else { return false }
        return isStaff || (!isStaged && trustLevel >= settings.minTrustToCreateTag)
    }
}
