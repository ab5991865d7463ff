/// Classes of bytes in UTF-8 text. Bytes of 128 and more are parts of letters and signs beyond
/// ASCII.
enum Bytes {
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    @inline(__always)
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte)
    }

    /// ASCII letters, digits, the underscore and everything beyond ASCII.
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    /// Space, tab, line feed, form feed, carriage return.
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0c || byte == 0x0d
    }

    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    /// Whether `bytes` holds `word` (ASCII, lower case) at `index`, in any case.
    static func matches(
        _ bytes: some RandomAccessCollection<UInt8>,
        _ index: Int,
        _ word: StaticString
    ) -> Bool {
        let count = word.utf8CodeUnitCount
        guard index >= 0, bytes.count - index >= count else {
            return false
        }
        var position = bytes.index(bytes.startIndex, offsetBy: index)
        for offset in 0..<count {
            guard lower(bytes[position]) == word.utf8Start[offset] else {
                return false
            }
            position = bytes.index(after: position)
        }
        return true
    }

    /// Lower-cases the ASCII letters and leaves the rest.
    static func lowercased(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.map(lower), as: UTF8.self)
    }

    /// Without white space at both ends.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var slice = bytes
        while let first = slice.first, isSpace(first) {
            slice.removeFirst()
        }
        while let last = slice.last, isSpace(last) {
            slice.removeLast()
        }
        return slice
    }

    /// `text` as bytes, at most `limit` of them, cut between characters.
    static func prefix(_ text: String, limit: Int) -> [UInt8] {
        guard text.utf8.count > limit else {
            return Array(text.utf8)
        }
        var bytes = Array(text.utf8.prefix(limit + 1))
        while let last = bytes.popLast(), last & 0xc0 == 0x80 {}
        return bytes
    }
}
