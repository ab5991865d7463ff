/// Character references of HTML, as far as cooked posts use them.
enum HTMLEntities {
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
        "hellip": "\u{2026}", "mdash": "\u{2014}", "ndash": "\u{2013}", "lsquo": "\u{2018}",
        "rsquo": "\u{2019}", "ldquo": "\u{201C}", "rdquo": "\u{201D}", "laquo": "\u{AB}",
        "raquo": "\u{BB}", "bull": "\u{2022}", "middot": "\u{B7}", "copy": "\u{A9}",
        "reg": "\u{AE}", "trade": "\u{2122}", "times": "\u{D7}", "deg": "\u{B0}",
        "larr": "\u{2190}", "uarr": "\u{2191}", "rarr": "\u{2192}", "darr": "\u{2193}",
        "euro": "\u{20AC}", "pound": "\u{A3}", "sect": "\u{A7}", "para": "\u{B6}",
        "plusmn": "\u{B1}", "frac12": "\u{BD}", "zwj": "\u{200D}", "zwnj": "\u{200C}",
        "shy": "\u{AD}", "hearts": "\u{2665}", "check": "\u{2713}",
    ]

    /// Longest reference that is looked at, without `&` and `;`.
    private static let longest = 10

    /// `bytes` as text with its references replaced. What is no reference stays as it is.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var result = ""
        var start = bytes.startIndex
        var place = start
        while place < bytes.endIndex {
            if bytes[place] == UInt8(ascii: "&"), let found = reference(in: bytes, at: place) {
                result += String(decoding: bytes[start..<place], as: UTF8.self)
                result += found.text
                place = found.end
                start = place
            } else {
                place += 1
            }
        }
        return result + String(decoding: bytes[start...], as: UTF8.self)
    }

    private static func reference(
        in bytes: ArraySlice<UInt8>,
        at place: Int
    ) -> (text: String, end: Int)? {
        let window = bytes[(place + 1)...].prefix(longest + 1)
        guard let semicolon = window.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: window[..<semicolon], as: UTF8.self)
        guard let text = named[name] ?? numeric(name) else { return nil }
        return (text, semicolon + 1)
    }

    private static func numeric(_ name: String) -> String? {
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let value else { return nil }
        return String(Character(Unicode.Scalar(value == 0 ? 0xFFFD : value) ?? "\u{FFFD}"))
    }
}
