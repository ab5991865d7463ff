/// The text around a match.
enum Blurb {
    /// About `length` characters of `raw` around the first of the words, on one line, without
    /// quotes of others.
    static func make(
        _ raw: String,
        around words: [String],
        length: Int = Limits.blurbLength
    ) -> String {
        let line = oneLine(raw)
        let text = Array(line.unicodeScalars)
        guard text.count > length else { return line }
        let match = position(of: words, in: text) ?? 0
        var start = max(0, min(match - length / 2, text.count - length))
        var end = min(text.count, start + length)
        // Words stay whole where a space is near.
        if start > 0, let space = text[start..<min(start + 20, end)].firstIndex(of: " ") {
            start = space + 1
        }
        if end < text.count, let space = text[max(end - 20, start)..<end].lastIndex(of: " ") {
            end = space
        }
        var blurb = String.UnicodeScalarView()
        blurb.append(contentsOf: text[start..<end])
        return (start > 0 ? "..." : "") + String(blurb) + (end < text.count ? "..." : "")
    }

    /// Where the first word begins whose start is the start of one of `words`.
    private static func position(of words: [String], in text: [Unicode.Scalar]) -> Int? {
        // "running" also stands for "runs": the search compares stems, this compares beginnings.
        let starts = words.map { word -> [UInt32] in
            let scalars = word.unicodeScalars.map { folded($0) }
            return Array(scalars.prefix(max(3, scalars.count - 3)))
        }.filter { !$0.isEmpty }
        guard !starts.isEmpty else { return nil }
        var isInside = false
        for index in text.indices {
            let isLetter = isPartOfWord(text[index])
            defer { isInside = isLetter }
            guard isLetter, !isInside else { continue }
            for start in starts where index + start.count <= text.count {
                if start.indices.allSatisfy({ folded(text[index + $0]) == start[$0] }) {
                    return index
                }
            }
        }
        return nil
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let value = scalar.value | 0x20
            return (97...122).contains(value) || (48...57).contains(scalar.value)
        }
        return scalar.properties.isAlphabetic
    }

    private static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
        if scalar.isASCII {
            return (65...90).contains(scalar.value) ? scalar.value + 32 : scalar.value
        }
        return scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
    }

    /// Markdown as one line: quotes of others and the marks of quoting are left out.
    private static func oneLine(_ raw: String) -> String {
        var lines: [Substring] = []
        var quoteDepth = 0
        for line in raw.split(whereSeparator: \.isNewline) {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("[quote") { quoteDepth += 1 }
            let isQuoted = quoteDepth > 0
            if trimmed.contains("[/quote]") { quoteDepth = max(0, quoteDepth - 1) }
            guard !isQuoted, !trimmed.hasPrefix("```") else { continue }
            lines.append(trimmed.drop { $0 == ">" || $0 == "#" || $0 == " " })
        }
        return lines.joined(separator: " ")
    }
}
