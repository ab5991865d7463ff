/// A post as the text part of a mail: as it was written, with its quotes as mail has them.
enum PlainPost {
    /// `[quote="anna, post:1, topic:2"]` … `[/quote]` becomes `anna wrote:` and lines that begin with
    /// `> `, quotes within quotes with one `>` more. What stands in code stays as it is.
    static func text(_ raw: String) -> String {
        var output: [String] = []
        var depth = 0
        var fence: Substring?
        for line in raw.split(separator: "\n", omittingEmptySubsequences: false) {
            let trimmed = line.drop { $0 == " " }
            if let open = fence {
                if trimmed.hasPrefix(open) { fence = nil }
            } else if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
                fence = trimmed.prefix(3)
            } else if let author = author(opening: trimmed) {
                if !author.isEmpty { output.append(quoted("\(author) wrote:", depth)) }
                depth = min(depth + 1, deepest)
                continue
            } else if trimmed.lowercased().trimmingBlanks == "[/quote]", depth > 0 {
                depth -= 1
                continue
            }
            output.append(quoted(line, depth))
        }
        return output.joined(separator: "\n")
    }

    private static let deepest = 20

    private static func quoted(_ line: some StringProtocol, _ depth: Int) -> String {
        guard depth > 0 else { return String(line) }
        let marks = String(repeating: ">", count: depth)
        return line.isEmpty ? marks : "\(marks) \(line)"
    }

    /// Who is quoted, when the line opens a quote and does nothing else; empty for nobody in particular.
    private static func author(opening line: Substring) -> String? {
        let line = line.trimmingBlanks
        guard line.lowercased().hasPrefix("[quote"), line.hasSuffix("]") else { return nil }
        let inside = line.dropFirst("[quote".count).dropLast()
        guard !inside.contains("]") else { return nil }
        guard inside.hasPrefix("=") else { return inside.isEmpty ? "" : nil }
        let name = inside.dropFirst().drop { $0 == "\"" }.prefix { $0 != "," && $0 != "\"" }
        return String(name)
    }
}

extension StringProtocol {
    fileprivate var trimmingBlanks: SubSequence {
        var rest = self[...]
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
