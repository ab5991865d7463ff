/// The tags in square brackets that hold blocks: `[quote]`, `[details]`, `[spoiler]`, `[poll]` and `[event]`.
///
/// They are found before the parser runs: an opening tag at the start of a line, a closing one at
/// the end of a line, never in fenced code. What is between them is Markdown of its own.
enum BlockTags {
    enum Kind: Int, CaseIterable {
        case quote
        case details
        case spoiler
        case poll
        case event
    }

    /// A piece of the source, in order.
    enum Piece {
        case markdown(Range<Int>)
        /// An opening tag and the text after its equals sign; of an event, its attributes.
        case open(Kind, ArraySlice<UInt8>)
        case close(Kind)
    }

    private struct Mark {
        var kind: Kind
        var isOpening: Bool
        var range: Range<Int>
        var value: ArraySlice<UInt8>
    }

    /// Splits prepared source. Tags without a partner, and those nested deeper than the limit, stay
    /// text.
    static func split(_ bytes: [UInt8]) -> [Piece] {
        let marks = paired(marks(in: bytes))
        guard !marks.isEmpty else {
            return [.markdown(0..<bytes.count)]
        }
        var pieces: [Piece] = []
        var position = 0
        for mark in marks {
            if mark.range.lowerBound > position {
                pieces.append(.markdown(position..<mark.range.lowerBound))
            }
            pieces.append(mark.isOpening ? .open(mark.kind, mark.value) : .close(mark.kind))
            position = mark.range.upperBound
        }
        if position < bytes.count {
            pieces.append(.markdown(position..<bytes.count))
        }
        return pieces
    }

    private static func marks(in bytes: [UInt8]) -> [Mark] {
        var found: [Mark] = []
        var fences = FenceTracker()
        var line = 0
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: 0x0a) ?? bytes.count
            if !fences.advance(bytes[line..<end]) {
                scan(bytes, line: line..<end, to: &found)
            }
            line = end + 1
        }
        return found
    }

    private static func scan(_ bytes: [UInt8], line: Range<Int>, to found: inout [Mark]) {
        var start = line.lowerBound
        while start < line.upperBound, start - line.lowerBound < 3, bytes[start] == 0x20 {
            start += 1
        }
        while let mark = opening(bytes, start..<line.upperBound) {
            // `[spoiler]` with text after it is a part of a line, not a block.
            if mark.kind == .spoiler, mark.range.upperBound < line.upperBound,
                !bytes[mark.range.upperBound..<line.upperBound].allSatisfy(Bytes.isSpace)
            {
                return
            }
            found.append(mark)
            start = mark.range.upperBound
            while start < line.upperBound, bytes[start] == 0x20 {
                start += 1
            }
        }
        var closings: [Mark] = []
        var end = line.upperBound
        while true {
            while end > start, Bytes.isSpace(bytes[end - 1]) {
                end -= 1
            }
            guard let mark = closing(bytes, start..<end) else {
                break
            }
            if mark.kind == .spoiler, mark.range.lowerBound > start,
                !bytes[start..<mark.range.lowerBound].allSatisfy(Bytes.isSpace)
            {
                break
            }
            closings.append(mark)
            end = mark.range.lowerBound
        }
        found.append(contentsOf: closings.reversed())
    }

    private static let names: [(Kind, StaticString, StaticString)] = [
        (.quote, "[quote", "[/quote]"), (.details, "[details", "[/details]"),
        (.spoiler, "[spoiler", "[/spoiler]"), (.poll, "[poll", "[/poll]"),
        (.event, "[event", "[/event]"),
    ]

    /// An opening tag at the start of `range`.
    private static func opening(_ bytes: [UInt8], _ range: Range<Int>) -> Mark? {
        let slice = bytes[range]
        guard slice.first == UInt8(ascii: "[") else {
            return nil
        }
        for (kind, name, _) in names where Bytes.matches(slice, 0, name) {
            let after = range.lowerBound + name.utf8CodeUnitCount
            guard after < range.upperBound else {
                return nil
            }
            if bytes[after] == UInt8(ascii: "]") {
                return Mark(
                    kind: kind,
                    isOpening: true,
                    range: range.lowerBound..<after + 1,
                    value: []
                )
            }
            let isAttributed = kind == .poll || kind == .event
            let separator = UInt8(ascii: isAttributed ? " " : "=")
            guard kind != .spoiler, bytes[after] == separator,
                let end = bytes[after..<range.upperBound].firstIndex(of: UInt8(ascii: "]"))
            else {
                return nil
            }
            return Mark(
                kind: kind,
                isOpening: true,
                range: range.lowerBound..<end + 1,
                value: bytes[after + 1..<end]
            )
        }
        return nil
    }

    /// A closing tag at the end of `range`.
    private static func closing(_ bytes: [UInt8], _ range: Range<Int>) -> Mark? {
        for (kind, _, name) in names {
            let start = range.upperBound - name.utf8CodeUnitCount
            if start >= range.lowerBound, Bytes.matches(bytes, start, name) {
                return Mark(
                    kind: kind,
                    isOpening: false,
                    range: start..<range.upperBound,
                    value: []
                )
            }
        }
        return nil
    }

    /// The marks that have a partner and stand within the depth, in order.
    private static func paired(_ marks: [Mark]) -> [Mark] {
        var kept = [Bool](repeating: false, count: marks.count)
        var open: [Int] = []
        var counts = [Int](repeating: 0, count: Kind.allCases.count)
        for (index, mark) in marks.enumerated() {
            let kind = mark.kind.rawValue
            if mark.isOpening {
                open.append(index)
                counts[kind] += 1
                continue
            }
            guard counts[kind] > 0 else {
                continue
            }
            while let top = open.popLast() {
                counts[marks[top].kind.rawValue] -= 1
                if marks[top].kind == mark.kind {
                    kept[top] = true
                    kept[index] = true
                    break
                }
            }
        }
        // Pairs are properly nested here, so that a depth can be counted along the way.
        var depth = 0
        var result: [Mark] = []
        for (index, mark) in marks.enumerated() where kept[index] {
            if mark.isOpening {
                depth += 1
            }
            if depth <= Limits.tagDepth {
                result.append(mark)
            }
            if !mark.isOpening {
                depth -= 1
            }
        }
        return result
    }

    /// Reads the text after `[quote=`: a name and `key:value` pairs, separated by commas.
    static func quote(_ value: ArraySlice<UInt8>) -> (QuoteReference, isFull: Bool) {
        var reference = QuoteReference(username: "", postNumber: nil, topicID: nil)
        var isFull = false
        let text = unquoted(value)
        for (position, field) in text.split(separator: ",").enumerated() {
            let trimmed = field.trimmingSpaces()
            guard let colon = trimmed.firstIndex(of: ":") else {
                if position == 0 {
                    reference.username = String(trimmed)
                }
                continue
            }
            let argument = trimmed[trimmed.index(after: colon)...].trimmingSpaces()
            switch trimmed[..<colon].lowercased() {
            case "post": reference.postNumber = number(argument)
            case "topic": reference.topicID = number(argument)
            case "username": reference.username = String(argument)
            case "full": isFull = argument == "true"
            default: break
            }
        }
        return (reference, isFull)
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy(Bytes.isDigit) else {
            return nil
        }
        return Int(text)
    }

    /// The value without the quotation marks around it, straight or curled.
    static func unquoted(_ value: ArraySlice<UInt8>) -> String {
        let restored = value.withUnsafeBufferPointer {
            MarkdownSource.restored($0, backslash: false)
        }
        var text = String(decoding: restored, as: UTF8.self).trimmingSpaces()
        let marks: Set<Character> = [
            "\"", "'", "\u{201c}", "\u{201d}", "\u{201e}", "\u{ab}", "\u{bb}",
        ]
        if let first = text.first, marks.contains(first) {
            text.removeFirst()
            if let last = text.last, marks.contains(last) {
                text.removeLast()
            }
        }
        return String(text)
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Without ASCII white space at both ends.
    func trimmingSpaces() -> Substring {
        var slice = self[startIndex..<endIndex]
        while let first = slice.utf8.first, Bytes.isSpace(first) {
            slice = slice.dropFirst()
        }
        while let last = slice.utf8.last, Bytes.isSpace(last) {
            slice = slice.dropLast()
        }
        return slice
    }
}
