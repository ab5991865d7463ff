/// Text into HTML.
package enum Escape {
    /// `text` with `& < > " '` written as references: safe as text and inside either kind of
    /// quotes.
    package static func html(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            appendQuoted(byte, to: &out)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// `text` for any place of an HTML or XML document, as templates need it: as `html`, and control
    /// characters, which have no place in either language, not even as references, become U+FFFD.
    package static func document(_ text: String) -> String {
        guard !text.unicodeScalars.allSatisfy(isCharacter) else { return html(text) }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            clean.append(isCharacter(scalar) ? scalar : "\u{FFFD}")
        }
        return html(String(clean))
    }

    /// A character of XML 1.0 (§2.2).
    private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }

    /// Appends one byte of element text: `& < >` as references.
    @inline(__always)
    static func appendText(_ byte: UInt8, to out: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
        default: out.append(byte)
        }
    }

    /// Appends one byte of text or of an attribute's value: `& < > " '` as references.
    @inline(__always)
    static func appendQuoted(_ byte: UInt8, to out: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): out.append(contentsOf: "&quot;".utf8)
        case UInt8(ascii: "'"): out.append(contentsOf: "&#39;".utf8)
        default: appendText(byte, to: &out)
        }
    }

    /// Appends the value of a double-quoted attribute.
    static func appendAttribute(_ value: some Sequence<UInt8>, to out: inout [UInt8]) {
        for byte in value {
            if byte == UInt8(ascii: "\"") {
                out.append(contentsOf: "&quot;".utf8)
            } else {
                appendText(byte, to: &out)
            }
        }
    }
}
