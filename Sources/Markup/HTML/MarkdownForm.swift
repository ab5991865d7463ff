/// Pieces of Markdown made of their text.
enum MarkdownForm {
    private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        text.split(separator: 0x0a, omittingEmptySubsequences: false)
    }

    /// Every line between marks, of which `other` is taken where the text holds the first.
    static func emphasised(_ text: [UInt8], _ mark: [UInt8], _ other: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for (index, line) in lines(text).enumerated() {
            if index > 0 {
                out.append(0x0a)
            }
            let words = Bytes.trimmed(line)
            if !words.isEmpty {
                let chosen = words.contains(mark[0]) ? other : mark
                out += chosen + words + chosen
            }
        }
        return out
    }

    /// The text between two tags, or nothing for no text.
    static func wrapped(_ text: [UInt8], _ start: String, _ end: String) -> [UInt8] {
        text.isEmpty ? [] : Array(start.utf8) + text + Array(end.utf8)
    }

    /// Text on one line.
    static func oneLine(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for line in lines(text) {
            let words = Bytes.trimmed(line)
            if !words.isEmpty {
                if !out.isEmpty {
                    out.append(0x20)
                }
                out += words
            }
        }
        return out
    }

    /// An address within the parentheses of a link.
    static func destination(_ address: String) -> String {
        var out = ""
        for scalar in address.unicodeScalars {
            switch scalar {
            case "(": out += "%28"
            case ")": out += "%29"
            case "<": out += "%3C"
            case ">": out += "%3E"
            case "\\": out += "%5C"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// A link; only its text when there is no address, nothing when there is no text.
    static func link(_ text: [UInt8], _ address: String) -> [UInt8] {
        guard !address.isEmpty, !text.isEmpty else {
            return text
        }
        let line = oneLine(text)
        var label: [UInt8] = []
        var depth = 0
        for byte in line {
            if byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "]") {
                depth -= 1
            }
            label.append(byte)
        }
        if depth != 0 {
            label = line.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
        }
        return [UInt8(ascii: "[")] + label + Array("](\(destination(address)))".utf8)
    }

    private static func longestRun(of byte: UInt8, in text: [UInt8]) -> Int {
        var longest = 0
        var run = 0
        for each in text {
            run = each == byte ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// A code span, with more backticks than the text holds in a row.
    static func code(_ text: [UInt8]) -> [UInt8] {
        guard !text.isEmpty else {
            return []
        }
        guard !text.contains(0x0a) else {
            return fenced(text, language: "")
        }
        let tick = UInt8(ascii: "`")
        let marks = [UInt8](repeating: tick, count: longestRun(of: tick, in: text) + 1)
        let space: [UInt8] = text.first == tick || text.last == tick ? [0x20] : []
        return marks + space + text + space + marks
    }

    /// A block of code between fences.
    static func fenced(_ text: [UInt8], language: String) -> [UInt8] {
        var code = text[...]
        while let last = code.last, Bytes.isSpace(last) {
            code.removeLast()
        }
        guard !code.isEmpty else {
            return []
        }
        let tick = UInt8(ascii: "`")
        let fence = [UInt8](repeating: tick, count: max(3, longestRun(of: tick, in: text) + 1))
        return fence + Array(language.utf8) + [0x0a] + code + [0x0a] + fence
    }

    /// Lines behind a mark: `first` before the first, `rest` before the others.
    static func prefixed(_ text: [UInt8], first: String, rest: String) -> [UInt8] {
        guard !text.isEmpty else {
            return []
        }
        var out = Array(first.utf8)
        var blank = Array(rest.utf8)
        while blank.last == 0x20 {
            blank.removeLast()
        }
        for (index, line) in lines(text).enumerated() {
            if index > 0 {
                out.append(0x0a)
                out += line.isEmpty ? blank : Array(rest.utf8)
            }
            out += line
        }
        return out
    }

    /// A table in GitHub's form, whose first row is the header.
    static func table(_ rows: [[[UInt8]]]) -> [UInt8] {
        var out: [UInt8] = []
        for (index, row) in rows.enumerated() {
            if index > 0 {
                out.append(0x0a)
            }
            out.append(UInt8(ascii: "|"))
            for cell in row {
                out.append(0x20)
                for byte in cell {
                    if byte == UInt8(ascii: "|") {
                        out.append(UInt8(ascii: "\\"))
                    }
                    out.append(byte)
                }
                out += Array(" |".utf8)
            }
            if index == 0 {
                out += Array("\n|".utf8)
                for _ in row {
                    out += Array(" - |".utf8)
                }
            }
        }
        return out
    }
}
