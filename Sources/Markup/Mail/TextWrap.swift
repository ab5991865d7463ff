/// Text in lines of a number of columns, as terminals show it.
enum TextWrap {
    /// The lines of a text, each as full as it can be. A word that is longer than a line, such as an
    /// address, stays whole; scripts that need no spaces are broken between their signs.
    static func lines(_ text: String, columns: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { wrapped($0, columns: columns) }
    }

    private static func wrapped(_ line: Substring, columns: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        var width = 0
        for word in line.split(separator: " ") {
            let wordWidth = self.width(of: word)
            // A line that began with this would look like a quotation.
            let isGlued = word.hasPrefix(">") && !current.isEmpty
            if isGlued || (!current.isEmpty && width + 1 + wordWidth <= columns) {
                current += " \(word)"
                width += 1 + wordWidth
                continue
            }
            if !current.isEmpty { lines.append(current) }
            var pieces = wordWidth > columns ? pieces(word, columns: columns) : [word]
            current = String(pieces.removeLast())
            lines += pieces.map(String.init)
            width = self.width(of: current)
        }
        return lines + [current]
    }

    /// A word in pieces that fit, where it can be broken: beside a wide sign.
    private static func pieces(_ word: Substring, columns: Int) -> [Substring] {
        var pieces: [Substring] = []
        var rest = word
        var width = 0
        var best: (index: String.Index, width: Int)?
        var isAfterWide = false
        for index in word.unicodeScalars.indices {
            let step = self.width(of: word.unicodeScalars[index])
            if index > rest.startIndex, step == 2 || (isAfterWide && step > 0) {
                best = (index, width)
            }
            if width + step > columns, let cut = best {
                pieces.append(rest[..<cut.index])
                rest = rest[cut.index...]
                width -= cut.width
                best = nil
            }
            width += step
            if step > 0 { isAfterWide = step == 2 }
        }
        return pieces + [rest]
    }

    static func width(of text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    /// Columns of a sign: none for marks on other signs, two for those of East Asia and for pictures.
    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x7F: return 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1_F300...0x1_FAFF,
            0x2_0000...0x3_FFFD:
            return 2
        default:
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: return 0
            default: return 1
            }
        }
    }
}
