/// One of the sizes of QR codes, at error correction level M.
struct QRVersion: Sendable {
    /// 1 to 20.
    let number: Int

    /// Codewords of error correction in a block, and blocks (ISO/IEC 18004 table 9).
    private static let corrections = [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    ]
    private static let blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16]

    private var correction: Int { Self.corrections[number - 1] }
    private var blockCount: Int { Self.blocks[number - 1] }

    static func smallest(forBytes count: Int) -> QRVersion? {
        (1...blocks.count).lazy.map { QRVersion(number: $0) }.first {
            4 + $0.lengthBits + 8 * count <= 8 * $0.dataCodewordCount
        }
    }

    var size: Int { 17 + 4 * number }

    private var lengthBits: Int { number < 10 ? 8 : 16 }

    var alignmentPlaces: [Int] {
        guard number > 1 else { return [] }
        let count = number / 7 + 2
        let step = (number * 4 + count * 2 + 1) / (count * 2 - 2) * 2
        return [6] + (0..<(count - 1)).map { size - 7 - $0 * step }.reversed()
    }

    /// All that is left beside the fixed patterns.
    private var codewordCount: Int {
        var modules = (16 * number + 128) * number + 64
        if number >= 2 {
            let count = number / 7 + 2
            modules -= (25 * count - 10) * count - 55
            if number >= 7 { modules -= 36 }
        }
        return modules / 8
    }

    private var dataCodewordCount: Int { codewordCount - correction * blockCount }

    /// The text with its header, filled up.
    func dataCodewords(of bytes: [UInt8]) -> [UInt8] {
        var bits: [Bool] = []
        func append(_ value: Int, _ count: Int) {
            for place in (0..<count).reversed() { bits.append(value >> place & 1 == 1) }
        }
        append(0b0100, 4)
        append(bytes.count, lengthBits)
        for byte in bytes { append(Int(byte), 8) }
        append(0, min(4, dataCodewordCount * 8 - bits.count))
        append(0, (8 - bits.count % 8) % 8)
        var codewords = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<(start + 8)].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        var filler: UInt8 = 0xEC
        while codewords.count < dataCodewordCount {
            codewords.append(filler)
            filler ^= 0xEC ^ 0x11
        }
        return codewords
    }

    /// The blocks with their error correction, one codeword of each in turn.
    func interleaved(_ data: [UInt8]) -> [UInt8] {
        let shortBlocks = blockCount - codewordCount % blockCount
        let shortLength = codewordCount / blockCount - correction
        let divisor = ReedSolomon.divisor(degree: correction)
        var start = 0
        var parts: [(data: [UInt8], correction: [UInt8])] = []
        for block in 0..<blockCount {
            let length = shortLength + (block < shortBlocks ? 0 : 1)
            let part = Array(data[start..<(start + length)])
            parts.append((part, ReedSolomon.remainder(of: part, divisor)))
            start += length
        }
        var result: [UInt8] = []
        for place in 0...shortLength {
            for part in parts where place < part.data.count { result.append(part.data[place]) }
        }
        for place in 0..<correction {
            for part in parts { result.append(part.correction[place]) }
        }
        return result
    }
}

/// Reed–Solomon codes over GF(2^8) with the polynomial 0x11D.
enum ReedSolomon {
    static func divisor(degree: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: degree)
        result[degree - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<degree {
            for place in 0..<degree {
                result[place] = multiply(result[place], root)
                if place + 1 < degree { result[place] ^= result[place + 1] }
            }
            root = multiply(root, 2)
        }
        return result
    }

    static func remainder(of data: [UInt8], _ divisor: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: divisor.count)
        for byte in data {
            let factor = byte ^ result.removeFirst()
            result.append(0)
            for (place, coefficient) in divisor.enumerated() {
                result[place] ^= multiply(coefficient, factor)
            }
        }
        return result
    }

    private static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var result = 0
        for place in (0..<8).reversed() {
            result = result << 1 ^ (result >> 7) * 0x11D
            result ^= Int(right >> UInt8(place) & 1) * Int(left)
        }
        return UInt8(truncatingIfNeeded: result)
    }
}
