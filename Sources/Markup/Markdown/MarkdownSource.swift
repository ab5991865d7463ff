/// Prepares Markdown source for the parser.
enum MarkdownSource {
    /// Characters with a meaning in the forum's dialect alone, in the order of their markers.
    /// Written after a backslash they stand for themselves, which the parser would not tell us:
    /// each is carried through it as the noncharacter U+FDD0 + n.
    static let escapable: [UInt8] = Array("@#~[|".utf8)

    /// `raw` with line ends as line feeds, control characters and noncharacters as U+FFFD, and
    /// escaped signs of the dialect as markers.
    static func prepare(_ raw: String) -> [UInt8] {
        let input = Bytes.prefix(raw, limit: Limits.markdownBytes)
        var out: [UInt8] = []
        out.reserveCapacity(input.count + 64)
        var index = 0
        while index < input.count {
            let byte = input[index]
            switch byte {
            case 0..<0x09, 0x0b, 0x0e..<0x20, 0x7f:
                out.append(contentsOf: "\u{fffd}".utf8)
            case 0x0d:
                out.append(0x0a)
                if index + 1 < input.count, input[index + 1] == 0x0a {
                    index += 1
                }
            case UInt8(ascii: "\\"):
                index += escape(input, at: index, to: &out)
            case 0xef:
                if index + 2 < input.count, input[index + 1] == 0xb7,
                    (0x90...0xaf).contains(input[index + 2])
                {
                    out.append(contentsOf: "\u{fffd}".utf8)
                    index += 2
                } else {
                    out.append(byte)
                }
            default:
                out.append(byte)
            }
            index += 1
        }
        return out
    }

    /// Writes a backslash and what follows it; how many more bytes than the backslash were taken.
    private static func escape(_ input: [UInt8], at index: Int, to out: inout [UInt8]) -> Int {
        guard index + 1 < input.count else {
            out.append(input[index])
            return 0
        }
        let next = input[index + 1]
        if next == UInt8(ascii: "\\") {
            out.append(next)
            out.append(next)
            return 1
        }
        guard let marker = escapable.firstIndex(of: next) else {
            out.append(input[index])
            return 0
        }
        out.append(contentsOf: [0xef, 0xb7, 0x90 + UInt8(marker)])
        return 1
    }

    /// The sign that a marker at `index` stands for.
    @inline(__always)
    static func marked(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
        guard index + 2 < bytes.count, bytes[index] == 0xef, bytes[index + 1] == 0xb7 else {
            return nil
        }
        let marker = Int(bytes[index + 2]) - 0x90
        return marker >= 0 && marker < escapable.count ? escapable[marker] : nil
    }

    /// `bytes` with the markers as signs, after a backslash when `backslash` is set.
    static func restored(_ bytes: UnsafeBufferPointer<UInt8>, backslash: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0xef, let sign = marked(bytes, at: index) {
                if backslash {
                    out.append(UInt8(ascii: "\\"))
                }
                out.append(sign)
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return out
    }

    /// `bytes` with containers nested no deeper than `depth`: a marker that would open a deeper one
    /// is escaped. libcmark 0.30 does work for every open container on every line.
    static func bounded(_ bytes: ArraySlice<UInt8>, depth: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 64)
        var terminators = Terminators(bytes)
        var line = bytes.startIndex
        while line < bytes.endIndex {
            let end = bytes[line...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.endIndex
            let text = bytes[line..<end]
            if let excess = excess(in: text, depth: depth) {
                out.append(contentsOf: text[..<excess])
                out.append(UInt8(ascii: "\\"))
                append(text[excess...], terminators: &terminators, to: &out)
            } else {
                append(text, terminators: &terminators, to: &out)
            }
            line = end
        }
        return out
    }

    /// Where the last end of each construct stands that libcmark 0.30 looks for through all that
    /// follows an opening, again and again.
    private struct Terminators {
        var declaration = 0
        var instruction = 0
        var section = 0
        var comment = 0
        var unclosed = 0

        init(_ bytes: ArraySlice<UInt8>) {
            var last: (UInt8, UInt8) = (0, 0)
            for index in bytes.indices {
                if bytes[index] == UInt8(ascii: ">") {
                    declaration = index
                    switch last {
                    case (_, UInt8(ascii: "?")): instruction = index
                    case (UInt8(ascii: "]"), UInt8(ascii: "]")): section = index
                    case (UInt8(ascii: "-"), UInt8(ascii: "-")): comment = index
                    default: break
                    }
                }
                last = (last.1, bytes[index])
            }
        }

        /// Whether the opening whose second byte stands at `index` has no end.
        func isUnclosed(_ bytes: ArraySlice<UInt8>, at index: Int) -> Bool {
            guard bytes[index] == UInt8(ascii: "!") else {
                return instruction < index
            }
            switch index + 1 < bytes.endIndex ? bytes[index + 1] : 0 {
            case UInt8(ascii: "["): return section < index
            case UInt8(ascii: "-"): return comment < index
            default: return declaration < index
            }
        }
    }

    /// Appends a line, and escapes openings without an end beyond the limit.
    private static func append(
        _ text: ArraySlice<UInt8>,
        terminators: inout Terminators,
        to out: inout [UInt8]
    ) {
        var last: UInt8 = 0
        for index in text.indices {
            let byte = text[index]
            if last == UInt8(ascii: "<"), byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?"),
                terminators.isUnclosed(text, at: index)
            {
                terminators.unclosed += 1
                if terminators.unclosed > Limits.declarationOpenings {
                    out.append(UInt8(ascii: "\\"))
                }
            }
            out.append(byte)
            last = byte
        }
    }

    /// Where a line's container markers go beyond the depth.
    private static func excess(in line: ArraySlice<UInt8>, depth: Int) -> Int? {
        // The columns of the indentation count as well: two of them may be one more list.
        var units = 0
        var spaces = 0
        var index = line.startIndex
        while index < line.endIndex {
            switch line[index] {
            case 0x20:
                spaces += 1
                index += 1
                continue
            case 0x09:
                spaces += 4
                index += 1
                continue
            case UInt8(ascii: ">"):
                break
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
                let next = index + 1
                guard next >= line.endIndex || Bytes.isSpace(line[next]) else {
                    return nil
                }
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                var ahead = index
                while ahead < line.endIndex, ahead - index < 10, Bytes.isDigit(line[ahead]) {
                    ahead += 1
                }
                guard ahead < line.endIndex,
                    line[ahead] == UInt8(ascii: ".") || line[ahead] == UInt8(ascii: ")")
                else {
                    return nil
                }
                if units + spaces / 2 + 1 > depth {
                    return ahead
                }
                index = ahead
            default:
                return nil
            }
            units += 1 + spaces / 2
            spaces = 0
            if units > depth {
                return index
            }
            index += 1
        }
        return nil
    }
}

/// Follows fenced code blocks from line to line, for scans that come before the parser.
struct FenceTracker {
    private var fence: (byte: UInt8, count: Int)?

    /// Takes the next line; whether it belongs to a fenced code block.
    mutating func advance(_ line: ArraySlice<UInt8>) -> Bool {
        var index = line.startIndex
        while index < line.endIndex, line[index] == 0x20 {
            index += 1
        }
        guard index - line.startIndex <= 3, index < line.endIndex,
            line[index] == UInt8(ascii: "`") || line[index] == UInt8(ascii: "~")
        else {
            return fence != nil
        }
        let byte = line[index]
        let run = line[index...].prefix { $0 == byte }
        guard run.count >= 3 else {
            return fence != nil
        }
        let rest = line[run.endIndex...]
        if let open = fence {
            if open.byte == byte, run.count >= open.count, rest.allSatisfy(Bytes.isSpace) {
                fence = nil
            }
            return true
        }
        guard byte == UInt8(ascii: "~") || !rest.contains(byte) else {
            return false
        }
        fence = (byte, run.count)
        return true
    }
}
