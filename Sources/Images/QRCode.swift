/// A QR code (ISO/IEC 18004) of a text in UTF-8: byte mode, error correction level M, versions 1
/// to 20, which hold up to 666 bytes.
package struct QRCode: Sendable {
    /// Modules along one side, without the quiet zone around it.
    package let size: Int
    private var dark: [Bool]
    /// What is no data: finders, timing, alignment, format and version.
    private var fixed: [Bool]

    package func isDark(x: Int, y: Int) -> Bool { dark[y * size + x] }

    /// - Returns: `nil` for a text that is too long.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.smallest(forBytes: bytes.count) else { return nil }
        size = version.size
        dark = Array(repeating: false, count: size * size)
        fixed = dark
        drawFixed(version)
        drawData(version.interleaved(version.dataCodewords(of: bytes)))
        var best = (mask: 0, penalty: Int.max)
        for mask in 0..<8 {
            apply(mask)
            drawFormat(mask)
            let penalty = QRPenalty(of: self).total
            if penalty < best.penalty { best = (mask, penalty) }
            apply(mask)
        }
        apply(best.mask)
        drawFormat(best.mask)
    }

    // MARK: Patterns

    private mutating func set(_ x: Int, _ y: Int, _ isDark: Bool) {
        dark[y * size + x] = isDark
        fixed[y * size + x] = true
    }

    private mutating func drawFixed(_ version: QRVersion) {
        for place in 0..<size {
            set(6, place, place.isMultiple(of: 2))
            set(place, 6, place.isMultiple(of: 2))
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
        let places = version.alignmentPlaces
        for x in places {
            for y in places where !isFinderCorner(x, y) { drawAlignment(x, y) }
        }
        drawFormat(0)
        drawVersion(version)
    }

    private func isFinderCorner(_ x: Int, _ y: Int) -> Bool {
        (x == 6 && y == 6) || (x == 6 && y == size - 7) || (x == size - 7 && y == 6)
    }

    private mutating func drawFinder(_ x: Int, _ y: Int) {
        for dx in -4...4 {
            for dy in -4...4 {
                let (column, row) = (x + dx, y + dy)
                guard (0..<size).contains(column), (0..<size).contains(row) else { continue }
                let distance = max(abs(dx), abs(dy))
                set(column, row, distance != 2 && distance != 4)
            }
        }
    }

    private mutating func drawAlignment(_ x: Int, _ y: Int) {
        for dx in -2...2 {
            for dy in -2...2 { set(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) }
        }
    }

    /// Level M and the mask, as a BCH code, twice; and the module that is always dark.
    private mutating func drawFormat(_ mask: Int) {
        // Level M has the bits 00.
        let bits = QRCode.withRemainder(mask, generator: 0x537, degree: 10) ^ 0x5412
        func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
        for place in 0..<6 { set(8, place, bit(place)) }
        set(8, 7, bit(6))
        set(8, 8, bit(7))
        set(7, 8, bit(8))
        for place in 9..<15 { set(14 - place, 8, bit(place)) }
        for place in 0..<8 { set(size - 1 - place, 8, bit(place)) }
        for place in 8..<15 { set(8, size - 15 + place, bit(place)) }
        set(8, size - 8, true)
    }

    private mutating func drawVersion(_ version: QRVersion) {
        guard version.number >= 7 else { return }
        let bits = QRCode.withRemainder(version.number, generator: 0x1F25, degree: 12)
        for place in 0..<18 {
            let isDark = bits >> place & 1 == 1
            let (far, near) = (size - 11 + place % 3, place / 3)
            set(far, near, isDark)
            set(near, far, isDark)
        }
    }

    /// The value with its BCH remainder behind it.
    private static func withRemainder(_ value: Int, generator: Int, degree: Int) -> Int {
        var rest = value
        for _ in 0..<degree {
            rest = rest << 1 ^ (rest >> (degree - 1)) * generator
        }
        return value << degree | rest
    }

    // MARK: Data

    /// In columns of two from the right, up and down in turn, past what is fixed.
    private mutating func drawData(_ codewords: [UInt8]) {
        var place = 0
        for right in stride(from: size - 1, to: 0, by: -2) {
            let column = right <= 6 ? right - 1 : right
            let isUpward = (column + 1) & 2 == 0
            for step in 0..<size {
                let row = isUpward ? size - 1 - step : step
                for x in [column, column - 1]
                where !fixed[row * size + x] && place < codewords.count * 8 {
                    dark[row * size + x] =
                        codewords[place >> 3] >> UInt8(7 - place & 7) & 1 == 1
                    place += 1
                }
            }
        }
    }

    /// Applied twice it is undone.
    private mutating func apply(_ mask: Int) {
        for y in 0..<size {
            for x in 0..<size where !fixed[y * size + x] {
                let isTurned =
                    switch mask {
                    case 0: (x + y) % 2 == 0
                    case 1: y % 2 == 0
                    case 2: x % 3 == 0
                    case 3: (x + y) % 3 == 0
                    case 4: (x / 3 + y / 2) % 2 == 0
                    case 5: x * y % 2 + x * y % 3 == 0
                    case 6: (x * y % 2 + x * y % 3) % 2 == 0
                    default: ((x + y) % 2 + x * y % 3) % 2 == 0
                    }
                if isTurned { dark[y * size + x].toggle() }
            }
        }
    }
}

/// How hard a code is to read with one mask (ISO/IEC 18004 §7.8.3).
private struct QRPenalty {
    private(set) var total = 0

    init(of code: QRCode) {
        let size = code.size
        var darkModules = 0
        for line in 0..<size {
            total += Self.lines((0..<size).map { code.isDark(x: $0, y: line) })
            total += Self.lines((0..<size).map { code.isDark(x: line, y: $0) })
            for place in 0..<size where code.isDark(x: place, y: line) { darkModules += 1 }
        }
        for y in 0..<(size - 1) {
            for x in 0..<(size - 1) {
                let first = code.isDark(x: x, y: y)
                let isBlock =
                    first == code.isDark(x: x + 1, y: y) && first == code.isDark(x: x, y: y + 1)
                    && first == code.isDark(x: x + 1, y: y + 1)
                if isBlock { total += 3 }
            }
        }
        total += abs(darkModules * 20 - size * size * 10) / (size * size) * 10
    }

    /// Runs of five and more, and what looks like a finder.
    private static func lines(_ line: [Bool]) -> Int {
        var penalty = 0
        var run = 1
        for place in 1..<line.count {
            if line[place] == line[place - 1] {
                run += 1
                if run == 5 { penalty += 3 } else if run > 5 { penalty += 1 }
            } else {
                run = 1
            }
        }
        let finder = [true, false, true, true, true, false, true]
        let light = [false, false, false, false]
        for pattern in [finder + light, light + finder] where line.count >= pattern.count {
            for start in 0...(line.count - pattern.count)
            where Array(line[start..<(start + pattern.count)]) == pattern { penalty += 40 }
        }
        return penalty
    }
}
