import Foundation

/// Names for addresses.
package enum Slug {
    /// The slug of a topic's title (Discourse: `slug_generation_method` ascii): Latin letters
    /// without their marks in lower case and digits, with single dashes between words, at most 255
    /// characters. A title that gives nothing, or digits alone, gives `topic`.
    package static func make(_ title: String) -> String {
        let slug = words(title, limit: Limits.slugCharacters)
        // Digits alone would be read as an id.
        guard !slug.isEmpty, !slug.utf8.allSatisfy({ Bytes.isDigit($0) || $0 == 0x2d }) else {
            return "topic"
        }
        return slug
    }

    /// The ASCII letters and digits of `text` joined by dashes, at most `limit` bytes.
    static func words(_ text: String, limit: Int) -> String {
        var out: [UInt8] = []
        var hasGap = false
        for scalar in text.unicodeScalars {
            if out.count > limit {
                break
            }
            guard let letters = Transliteration.ascii(scalar) else {
                // Apostrophes join: "don't" is "dont".
                if scalar != "'" && scalar != "\u{2019}" {
                    hasGap = true
                }
                continue
            }
            if letters.isEmpty {
                continue
            }
            if hasGap, !out.isEmpty {
                out.append(UInt8(ascii: "-"))
            }
            hasGap = false
            out.append(contentsOf: letters.utf8)
        }
        if out.count > limit {
            out.removeLast(out.count - limit)
        }
        while out.last == UInt8(ascii: "-") {
            out.removeLast()
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// Latin letters beyond ASCII.
enum Transliteration {
    private static let special: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l",
        "ħ": "h", "Ħ": "h", "ı": "i", "ŋ": "ng", "Ŋ": "ng", "ĸ": "k", "ŧ": "t", "Ŧ": "t",
        "ſ": "s", "ĳ": "ij", "Ĳ": "ij", "ŉ": "n", "ǆ": "dz", "ǉ": "lj", "ǌ": "nj", "ƒ": "f",
    ]

    /// The lower-case ASCII letters and digits for a character: empty for a mark that only changes
    /// the letter before it, nil for what is no letter or digit of the Latin script.
    static func ascii(_ scalar: Unicode.Scalar) -> String? {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            guard Bytes.isAlphanumeric(byte) else {
                return nil
            }
            return String(UnicodeScalar(Bytes.lower(byte)))
        }
        if let letters = special[scalar] {
            return letters
        }
        if (0x300...0x36f).contains(scalar.value) {
            return ""
        }
        // The canonical decomposition of an accented letter begins with the letter.
        guard (0xc0...0x24f).contains(scalar.value) || (0x1e00...0x1eff).contains(scalar.value),
            let base = decomposed(scalar), base.isASCII, Bytes.isAlphanumeric(UInt8(base.value))
        else {
            return nil
        }
        return String(UnicodeScalar(Bytes.lower(UInt8(base.value))))
    }

    /// The first character of a letter's full canonical decomposition.
    private static func decomposed(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first
    }
}
