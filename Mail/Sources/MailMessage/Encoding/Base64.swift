/// Base64 as mail has it (RFC 2045 §6.8).
package enum Base64 {
    /// The value of each byte; 255 for those outside the alphabet, 254 for the padding.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        table[Int(ASCII.equal)] = 254
        return table
    }()

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// Decodes tolerantly: bytes outside the alphabet are skipped, padding ends the data, a missing
    /// padding is no fault.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int = .max) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(min(bytes.count / 4 * 3 + 3, limit))
        values.withUnsafeBufferPointer { table in
            var group: UInt32 = 0
            var filled = 0
            for byte in bytes {
                let value = table[Int(byte)]
                if value == 254 {
                    if filled >= 2 { break }
                    continue
                }
                guard value < 64 else { continue }
                group = group << 6 | UInt32(value)
                filled += 1
                guard filled == 4 else { continue }
                guard output.count < limit else { break }
                output.append(UInt8(truncatingIfNeeded: group >> 16))
                output.append(UInt8(truncatingIfNeeded: group >> 8))
                output.append(UInt8(truncatingIfNeeded: group))
                filled = 0
            }
            if filled >= 2 {
                output.append(UInt8(truncatingIfNeeded: group >> (filled == 2 ? 4 : 10)))
            }
            if filled == 3 { output.append(UInt8(truncatingIfNeeded: group >> 2)) }
        }
        if output.count > limit { output.removeLast(output.count - limit) }
        return output
    }

    static func decode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        Array(bytes).withUnsafeBufferPointer { decode($0) }
    }

    static func decodedCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        values.withUnsafeBufferPointer { table in
            var characters = 0
            for byte in bytes {
                let value = table[Int(byte)]
                if value < 64 {
                    characters += 1
                } else if value == 254, characters % 4 >= 2 {
                    break
                }
            }
            return characters / 4 * 3 + max(0, characters % 4 - 1)
        }
    }

    /// Encodes in lines of `width` characters, CRLF between and after them; 0 for one line.
    package static func encode(_ bytes: some Collection<UInt8>, width: Int = 76) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 3 * 4 + bytes.count / 30 + 8)
        var column = 0
        var group: UInt32 = 0
        var filled = 0
        func emit(_ count: Int) {
            for index in 0..<4 {
                let value = Int(group >> UInt32(18 - 6 * index)) & 63
                output.append(index <= count ? alphabet[value] : ASCII.equal)
            }
            column += 4
            if width > 0, column + 4 > width {
                output += [ASCII.cr, ASCII.lf]
                column = 0
            }
        }
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            filled += 1
            guard filled == 3 else { continue }
            emit(3)
            group = 0
            filled = 0
        }
        if filled > 0 {
            group <<= UInt32(8 * (3 - filled))
            emit(filled)
        }
        if width > 0, column > 0 { output += [ASCII.cr, ASCII.lf] }
        return output
    }
}
