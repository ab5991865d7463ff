/// Base 64 (RFC 4648 §4 and §5).
package enum Base64 {
    /// Which characters stand for 62 and 63.
    package enum Alphabet: Sendable {
        /// `+` and `/` (§4).
        case standard
        /// `-` and `_` (§5).
        case url
    }

    /// Encodes with padding by default, as §3.2 wants where nothing else is said.
    package static func encode(
        _ bytes: [UInt8],
        alphabet: Alphabet = .standard,
        padding: Bool = true
    ) -> String {
        let letters = characters(alphabet)
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let left = min(3, bytes.count - index)
            var group = UInt32(bytes[index]) << 16
            if left > 1 {
                group |= UInt32(bytes[index + 1]) << 8
            }
            if left > 2 {
                group |= UInt32(bytes[index + 2])
            }
            for position in 0...left {
                out.append(letters[Int(group >> UInt32(18 - 6 * position) & 63)])
            }
            if padding {
                out.append(contentsOf: [UInt8](repeating: UInt8(ascii: "="), count: 3 - left))
            }
            index += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Base 64 with the URL alphabet and no padding.
    package static func encodeURL(_ bytes: [UInt8]) -> String {
        encode(bytes, alphabet: .url, padding: false)
    }

    /// The bytes, or nil for a character outside the alphabet, wrong padding, a length that no
    /// encoder makes, or bits set beyond the last byte. Padding may be absent.
    package static func decode(_ text: String, alphabet: Alphabet = .standard) -> [UInt8]? {
        var input = Array(text.utf8)
        if input.last == UInt8(ascii: "=") {
            guard input.count.isMultiple(of: 4) else {
                return nil
            }
            input.removeLast()
            if input.last == UInt8(ascii: "=") {
                input.removeLast()
            }
        }
        guard input.count % 4 != 1 else {
            return nil
        }
        var values = [Int8](repeating: -1, count: 256)
        for (value, letter) in characters(alphabet).enumerated() {
            values[Int(letter)] = Int8(value)
        }
        return Bits.gather(input, values: values, width: 6)
    }

    private static func characters(_ alphabet: Alphabet) -> [UInt8] {
        let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        switch alphabet {
        case .standard: return Array((common + "+/").utf8)
        case .url: return Array((common + "-_").utf8)
        }
    }
}

/// Base 32 (RFC 4648 §6), written in lower case without padding and read in either case.
package enum Base32 {
    /// Encodes without padding: 16 bytes make 26 characters.
    package static func encode(_ bytes: [UInt8]) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count * 8 + 4) / 5)
        var accumulator: UInt32 = 0
        var held = 0
        for byte in bytes {
            accumulator = accumulator << 8 | UInt32(byte)
            held += 8
            while held >= 5 {
                held -= 5
                out.append(letters[Int(accumulator >> UInt32(held) & 31)])
            }
            accumulator &= (1 << UInt32(held)) - 1
        }
        if held > 0 {
            out.append(letters[Int(accumulator << UInt32(5 - held) & 31)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes, or nil for a character outside the alphabet, padding, a length that no encoder
    /// makes, or bits set beyond the last byte.
    package static func decode(_ text: String) -> [UInt8]? {
        let input = Array(text.utf8)
        guard ![1, 3, 6].contains(input.count % 8) else {
            return nil
        }
        var values = [Int8](repeating: -1, count: 256)
        for (value, letter) in "abcdefghijklmnopqrstuvwxyz234567".utf8.enumerated() {
            values[Int(letter)] = Int8(value)
        }
        for (value, letter) in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8.enumerated() {
            values[Int(letter)] = Int8(value)
        }
        return Bits.gather(input, values: values, width: 5)
    }
}

private enum Bits {
    /// Joins characters of `width` bits into bytes; nil when one has no value or bits are left
    /// over.
    static func gather(_ input: [UInt8], values: [Int8], width: Int) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(input.count * width / 8)
        var accumulator: UInt32 = 0
        var held = 0
        for character in input {
            let value = values[Int(character)]
            guard value >= 0 else {
                return nil
            }
            accumulator = accumulator << UInt32(width) | UInt32(value)
            held += width
            if held >= 8 {
                held -= 8
                out.append(UInt8(accumulator >> UInt32(held)))
                accumulator &= (1 << UInt32(held)) - 1
            }
        }
        return accumulator == 0 ? out : nil
    }
}
