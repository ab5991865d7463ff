/// Finds what the forum's dialect adds within one run of text: `~~struck~~`, `[b]…[/b]` and its
/// like, and check boxes. Opening and closing signs are paired within the same parent, so that what
/// is written stays nested.
struct InlineTags {
    /// A place in the text that is written as HTML.
    struct Mark {
        /// Which piece of the run.
        var piece: Int
        var offset: Int
        var length: Int
        var html: String
        /// 1 where a link begins, −1 where it ends.
        var link = 0
    }

    private enum Kind: Int, CaseIterable {
        case strike
        case bold
        case italic
        case underline
        case bbStrike
        case spoiler
        case url
        case image
    }

    private struct Token {
        var kind: Kind
        var piece: Int
        var offset: Int
        var length: Int
        var canOpen: Bool
        var canClose: Bool
        var value: String?
    }

    private var tokens: [Token] = []
    private(set) var marks: [Mark] = []

    /// The marks of a run whose pieces of text are given; nil stands for anything that is not text.
    static func marks(in pieces: [UnsafeBufferPointer<UInt8>?]) -> [Mark] {
        var tags = InlineTags()
        for (index, piece) in pieces.enumerated() {
            if let piece {
                tags.scan(
                    piece,
                    index: index,
                    isFirst: index == 0,
                    isLast: index == pieces.count - 1
                )
            }
        }
        guard !tags.tokens.isEmpty || !tags.marks.isEmpty else {
            return []
        }
        tags.pair(pieces)
        tags.marks.sort { ($0.piece, $0.offset) < ($1.piece, $1.offset) }
        return tags.withoutOverlap()
    }

    private mutating func scan(
        _ bytes: UnsafeBufferPointer<UInt8>,
        index: Int,
        isFirst: Bool,
        isLast: Bool
    ) {
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "~"):
                position += strike(bytes, position, piece: index, isFirst: isFirst, isLast: isLast)
            case UInt8(ascii: "["):
                position += tag(bytes, position, piece: index)
            default:
                position += 1
            }
        }
    }

    private mutating func strike(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ position: Int,
        piece: Int,
        isFirst: Bool,
        isLast: Bool
    ) -> Int {
        var end = position
        while end < bytes.count, bytes[end] == UInt8(ascii: "~") {
            end += 1
        }
        guard end - position == 2 else {
            return end - position
        }
        let before = position > 0 ? bytes[position - 1] : (isFirst ? 0x20 : 0x61)
        let after = end < bytes.count ? bytes[end] : (isLast ? 0x20 : 0x61)
        tokens.append(
            Token(
                kind: .strike,
                piece: piece,
                offset: position,
                length: 2,
                canOpen: !Bytes.isSpace(after),
                canClose: !Bytes.isSpace(before)
            )
        )
        return 2
    }

    /// Reads `[name]`, `[/name]` or `[name=value]`; how many bytes were taken.
    private mutating func tag(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        piece: Int
    ) -> Int {
        var index = start + 1
        let isClosing = index < bytes.count && bytes[index] == UInt8(ascii: "/")
        if isClosing {
            index += 1
        }
        let nameStart = index
        while index < bytes.count, index - nameStart < 8, Bytes.isLetter(bytes[index]) {
            index += 1
        }
        let name = Bytes.lowercased(bytes[nameStart..<index])
        guard index < bytes.count else {
            return 1
        }
        if !isClosing, name.isEmpty || name == "x" {
            return checkBox(bytes, start, piece: piece)
        }
        guard let kind = Self.kind(name) else {
            return 1
        }
        var value: String?
        if !isClosing, kind == .url, bytes[index] == UInt8(ascii: "=") {
            let valueStart = index + 1
            while index < bytes.count, index - valueStart < Limits.addressBytes,
                bytes[index] != UInt8(ascii: "]"), bytes[index] != UInt8(ascii: "[")
            {
                index += 1
            }
            value = String(decoding: bytes[valueStart..<index], as: UTF8.self)
        }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "]") else {
            return 1
        }
        tokens.append(
            Token(
                kind: kind,
                piece: piece,
                offset: start,
                length: index + 1 - start,
                canOpen: !isClosing,
                canClose: isClosing,
                value: value
            )
        )
        return index + 1 - start
    }

    /// `[ ]` and `[x]`, with space or an end on both sides.
    private mutating func checkBox(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        piece: Int
    ) -> Int {
        guard start + 2 < bytes.count, bytes[start + 2] == UInt8(ascii: "]"),
            start == 0 || Bytes.isSpace(bytes[start - 1]),
            start + 3 == bytes.count || Bytes.isSpace(bytes[start + 3])
        else {
            return 1
        }
        let icon: String
        switch bytes[start + 1] {
        case 0x20: icon = "chcklst-box fa fa-square-o fa-fw"
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            icon = "chcklst-box checked fa fa-check-square-o fa-fw"
        default: return 1
        }
        marks.append(
            Mark(
                piece: piece,
                offset: start,
                length: 3,
                html: "<span class=\"\(icon)\"></span>"
            )
        )
        return 3
    }

    private static func kind(_ name: String) -> Kind? {
        switch name {
        case "b": .bold
        case "i": .italic
        case "u": .underline
        case "s": .bbStrike
        case "spoiler": .spoiler
        case "url": .url
        case "img": .image
        default: nil
        }
    }

    private mutating func pair(_ pieces: [UnsafeBufferPointer<UInt8>?]) {
        var open: [Int] = []
        var counts = [Int](repeating: 0, count: Kind.allCases.count)
        for (index, token) in tokens.enumerated() {
            let kind = token.kind.rawValue
            if token.canClose, counts[kind] > 0 {
                while let top = open.popLast() {
                    counts[tokens[top].kind.rawValue] -= 1
                    if tokens[top].kind == token.kind {
                        write(tokens[top], token, pieces)
                        break
                    }
                }
            } else if token.canOpen, open.count < Limits.inlineTagDepth {
                open.append(index)
                counts[kind] += 1
            }
        }
    }

    private mutating func write(
        _ opening: Token,
        _ closing: Token,
        _ pieces: [UnsafeBufferPointer<UInt8>?]
    ) {
        let html: (String, String)
        switch opening.kind {
        case .strike: html = ("<s>", "</s>")
        case .bold: html = ("<span class=\"bbcode-b\">", "</span>")
        case .italic: html = ("<span class=\"bbcode-i\">", "</span>")
        case .underline: html = ("<span class=\"bbcode-u\">", "</span>")
        case .bbStrike: html = ("<span class=\"bbcode-s\">", "</span>")
        case .spoiler: html = ("<span class=\"spoiler\">", "</span>")
        case .url, .image:
            writeAddress(opening, closing, pieces)
            return
        }
        append(opening, html.0)
        append(closing, html.1)
    }

    private mutating func writeAddress(
        _ opening: Token,
        _ closing: Token,
        _ pieces: [UnsafeBufferPointer<UInt8>?]
    ) {
        var address = opening.value
        let start = opening.offset + opening.length
        if address == nil, opening.piece == closing.piece, let bytes = pieces[opening.piece] {
            address = String(decoding: bytes[start..<closing.offset], as: UTF8.self)
        }
        guard let address, let checked = LinkAddress.check(String(address.trimmingSpaces())),
            checked.kind == .web
        else {
            return
        }
        let escaped = Escape.html(checked.text)
        guard opening.kind == .image else {
            append(opening, "<a href=\"\(escaped)\">", link: 1)
            append(closing, "</a>", link: -1)
            return
        }
        guard opening.value == nil else {
            return
        }
        let length = closing.offset + closing.length - opening.offset
        marks.append(
            Mark(
                piece: opening.piece,
                offset: opening.offset,
                length: length,
                html: "<img src=\"\(escaped)\" alt=\"\">"
            )
        )
    }

    private mutating func append(_ token: Token, _ html: String, link: Int = 0) {
        marks.append(
            Mark(
                piece: token.piece,
                offset: token.offset,
                length: token.length,
                html: html,
                link: link
            )
        )
    }

    /// An image takes the place of all that is between its signs.
    private func withoutOverlap() -> [Mark] {
        var kept: [Mark] = []
        kept.reserveCapacity(marks.count)
        for mark in marks {
            if let last = kept.last, last.piece == mark.piece,
                mark.offset < last.offset + last.length
            {
                continue
            }
            kept.append(mark)
        }
        return kept
    }
}
