#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The bytes that the grammar of mail speaks of.
enum ASCII {
    static let tab: UInt8 = 0x09
    static let lf: UInt8 = 0x0A
    static let cr: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let openParenthesis: UInt8 = 0x28
    static let closeParenthesis: UInt8 = 0x29
    static let comma: UInt8 = 0x2C
    static let hyphen: UInt8 = 0x2D
    static let dot: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let less: UInt8 = 0x3C
    static let equal: UInt8 = 0x3D
    static let greater: UInt8 = 0x3E
    static let question: UInt8 = 0x3F
    static let at: UInt8 = 0x40
    static let openBracket: UInt8 = 0x5B
    static let backslash: UInt8 = 0x5C
    static let closeBracket: UInt8 = 0x5D
    static let underscore: UInt8 = 0x5F

    static let hexDigits: [UInt8] = Array("0123456789ABCDEF".utf8)
}

extension UInt8 {
    /// Space or tab (RFC 5234 WSP).
    var isBlank: Bool { self == ASCII.space || self == ASCII.tab }

    /// Space, tab, CR or LF.
    var isWhitespace: Bool { isBlank || self == ASCII.lf || self == ASCII.cr }

    var isDigit: Bool { self &- 0x30 < 10 }

    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

    var isAlphanumeric: Bool { isDigit || isLetter }

    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }

    /// A character of a header field's name (RFC 5322 §3.6.8: 33–126 without the colon).
    var isFieldName: Bool { self > 32 && self < 127 && self != ASCII.colon }
}

extension Collection where Element == UInt8, SubSequence: Collection {
    /// Without blanks and line ends at both ends.
    var trimmed: SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }) else { return self[endIndex...] }
        var end = endIndex
        var index = first
        while index != endIndex {
            let next = self.index(after: index)
            if !self[index].isWhitespace { end = next }
            index = next
        }
        return self[first..<end]
    }

    /// Whether the bytes are `text`, in any case of ASCII letters.
    func equalsIgnoringCase(_ text: String) -> Bool {
        count == text.utf8.count
            && zip(self, text.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }

    /// Whether the bytes begin with `text`, in any case of ASCII letters.
    func startsIgnoringCase(_ text: String) -> Bool {
        count >= text.utf8.count
            && zip(self, text.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }
}

extension String {
    /// Lower case of the ASCII letters alone; quick, and what the grammars ask for.
    var asciiLowercased: String {
        guard utf8.contains(where: { $0 &- 0x41 < 26 }) else { return self }
        return String(decoding: utf8.map(\.lowercased), as: UTF8.self)
    }

    /// Without white space at both ends.
    var trimmed: String {
        let view = unicodeScalars
        guard let first = view.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = view.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(view[first...last])
    }

    /// Without NUL, which no database text and no terminal takes.
    var withoutNUL: String {
        guard utf8.contains(0) else { return self }
        return String(decoding: utf8.filter { $0 != 0 }, as: UTF8.self)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The index of `byte` in `range`, found by the C library's vectorised search.
    func index(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard !range.isEmpty, let base = baseAddress,
            let hit = memchr(base + range.lowerBound, Int32(byte), range.count)
        else { return nil }
        return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }

    /// Where `LF - -` next stands in `range`. Looks at one byte of three (Horspool's search).
    func indexOfDashedLine(in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index + 2 < range.upperBound {
            switch self[index + 2] {
            case ASCII.hyphen:
                if self[index + 1] == ASCII.hyphen, self[index] == ASCII.lf { return index }
                index += 1
            case ASCII.lf:
                index += 2
            default:
                index += 3
            }
        }
        return nil
    }

    /// The end of the line that begins at `start`: before its CR LF or LF, and after it.
    func line(at start: Int, end: Int) -> (content: Range<Int>, next: Int) {
        guard let newline = index(of: ASCII.lf, in: start..<end) else { return (start..<end, end) }
        let cut = newline > start && self[newline - 1] == ASCII.cr ? newline - 1 : newline
        return (start..<cut, newline + 1)
    }
}
