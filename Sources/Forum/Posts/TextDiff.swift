/// What changed from one text to another, word by word.
package enum TextDiff {
    package enum Piece: Equatable, Sendable {
        case same(String)
        case gone(String)
        case new(String)
    }

    /// Words and the white space between them; texts whose changed part is longer than the limit
    /// are taken for wholly changed there, so that the work is bounded.
    package static func words(_ before: String, _ after: String) -> [Piece] {
        pieces(tokens(before), tokens(after))
    }

    /// Lines with their ends.
    package static func lines(_ before: String, _ after: String) -> [Piece] {
        pieces(split(before), split(after))
    }

    private static func split(_ text: String) -> [Substring] {
        var lines: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let end = rest.utf8.firstIndex(of: 0x0a) else {
                lines.append(rest)
                break
            }
            let next = rest.utf8.index(after: end)
            lines.append(rest[..<next])
            rest = rest[next...]
        }
        return lines
    }

    private static func tokens(_ text: String) -> [Substring] {
        var tokens: [Substring] = []
        var start = text.startIndex
        var wasSpace: Bool?
        for index in text.unicodeScalars.indices {
            let isSpace = text.unicodeScalars[index].properties.isWhitespace
            if let wasSpace, wasSpace != isSpace {
                tokens.append(text[start..<index])
                start = index
            }
            wasSpace = isSpace
        }
        if start < text.endIndex { tokens.append(text[start...]) }
        return tokens
    }

    private static func pieces(_ before: [Substring], _ after: [Substring]) -> [Piece] {
        var first = 0
        while first < before.count, first < after.count, before[first] == after[first] {
            first += 1
        }
        var last = 0
        while last < before.count - first, last < after.count - first,
            before[before.count - 1 - last] == after[after.count - 1 - last]
        {
            last += 1
        }
        var pieces: [Piece] = []
        append(Piece.same, before[..<first], to: &pieces)
        middle(
            Array(before[first..<before.count - last]),
            Array(after[first..<after.count - last]),
            to: &pieces
        )
        append(Piece.same, before[(before.count - last)...], to: &pieces)
        return pieces
    }

    /// The longest common subsequence, by the table.
    private static func middle(
        _ before: [Substring],
        _ after: [Substring],
        to pieces: inout [Piece]
    ) {
        guard !before.isEmpty, !after.isEmpty,
            before.count * after.count <= Limits.diffCells
        else {
            append(Piece.gone, before[...], to: &pieces)
            append(Piece.new, after[...], to: &pieces)
            return
        }
        let width = after.count + 1
        var lengths = [Int32](repeating: 0, count: (before.count + 1) * width)
        for row in stride(from: before.count - 1, through: 0, by: -1) {
            for column in stride(from: after.count - 1, through: 0, by: -1) {
                lengths[row * width + column] =
                    before[row] == after[column]
                    ? lengths[(row + 1) * width + column + 1] + 1
                    : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
            }
        }
        var row = 0
        var column = 0
        while row < before.count || column < after.count {
            if row < before.count, column < after.count, before[row] == after[column] {
                append(Piece.same, before[row...row], to: &pieces)
                row += 1
                column += 1
            } else if column == after.count
                || (row < before.count
                    && lengths[(row + 1) * width + column] >= lengths[row * width + column + 1])
            {
                append(Piece.gone, before[row...row], to: &pieces)
                row += 1
            } else {
                append(Piece.new, after[column...column], to: &pieces)
                column += 1
            }
        }
    }

    private static func append(
        _ kind: (String) -> Piece,
        _ tokens: ArraySlice<Substring>,
        to pieces: inout [Piece]
    ) {
        guard !tokens.isEmpty else { return }
        let text = tokens.joined()
        switch (pieces.last, kind(text)) {
        case (.same(let before), .same): pieces[pieces.count - 1] = .same(before + text)
        case (.gone(let before), .gone): pieces[pieces.count - 1] = .gone(before + text)
        case (.new(let before), .new): pieces[pieces.count - 1] = .new(before + text)
        case (_, let piece): pieces.append(piece)
        }
    }
}

extension Limits {
    /// Size of the table that a difference of two texts is found with.
    static let diffCells = 1_000_000
}
