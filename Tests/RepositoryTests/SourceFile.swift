import Foundation

/// One Swift file, read line by line. Relies on the formatter: what begins at an indent ends at it.
struct SourceFile {
    let path: String
    let text: String
    let lines: [Substring]

    init(_ path: String) throws {
        self.init(path: path, text: try Repository.text(path))
    }

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    var stem: String {
        let name = path.split(separator: "/").last ?? ""
        return name.split(separator: ".").first.map(String.init) ?? ""
    }

    /// The text without lines that are only a comment, so that prose is not taken for code.
    var code: String {
        lines.filter { !$0.trimming.hasPrefix("//") }.joined(separator: "\n")
    }

    /// The modules that are imported, one entry an import.
    var imports: [String] {
        lines.compactMap { line in
            guard line.first?.isLetter == true || line.first == "@" else { return nil }
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"),
                words[..<place].allSatisfy({ Self.importPrefixes.contains(Self.name($0)) })
            else { return nil }
            let rest = words[(place + 1)...].drop { Self.importKinds.contains($0) }
            return rest.first?.split(separator: ".").first.map(String.init)
        }
    }

    /// The names of the types declared here, nested ones too.
    var types: [String] {
        lines.compactMap { line in
            let words = line.trimming.split(separator: " ").drop { Self.modifiers.contains($0) }
            guard let keyword = words.first, Self.typeKeywords.contains(keyword),
                let name = words.dropFirst().first
            else { return nil }
            return String(name.prefix { $0.isLetter || $0.isNumber })
        }
    }

    struct Function {
        /// From 1.
        let line: Int
        let lineCount: Int
    }

    /// Functions, initialisers and subscripts that have a body, from the first line of their
    /// signature to their closing brace.
    var functions: [Function] {
        lines.indices.compactMap { start in
            guard lines[start].isFunctionStart, let body = bodyStart(of: start) else { return nil }
            let closing = lines[start].indent + "}"
            guard let end = lines[(body + 1)...].firstIndex(where: { $0 == closing }) else {
                return nil
            }
            return Function(line: start + 1, lineCount: end - start + 1)
        }
    }

    /// The line whose last character opens the body. A signature goes on as long as its lines are
    /// indented deeper, or close a list of parameters.
    private func bodyStart(of start: Int) -> Int? {
        let indent = lines[start].indent
        var current = start
        while !lines[current].hasSuffix("{") || lines[current].indent.count > indent.count {
            current += 1
            guard current < lines.endIndex else { return nil }
            let line = lines[current]
            let goesOn =
                line.indent.count > indent.count
                || [")", "{", "where ", "->"].contains { line.trimming.hasPrefix($0) }
            guard goesOn, line.indent.count >= indent.count, !line.isEmpty else { return nil }
        }
        return current
    }

    private static func name(_ word: Substring) -> Substring { word.prefix { $0 != "(" } }

    private static let importPrefixes: Set<Substring> = [
        "package", "public", "internal", "private", "fileprivate", "@testable", "@preconcurrency",
        "@_exported", "@_spi",
    ]
    private static let importKinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "func", "let", "var", "typealias",
    ]
    private static let typeKeywords: Set<Substring> = [
        "struct", "class", "enum", "protocol", "actor", "typealias",
    ]
    fileprivate static let modifiers: Set<Substring> = [
        "package", "internal", "private", "fileprivate", "public", "open", "final", "static",
        "class", "override", "mutating", "nonmutating", "nonisolated", "required", "convenience",
        "indirect", "borrowing", "consuming", "isolated", "async", "@discardableResult", "@Test",
        "@inlinable", "@inline(__always)", "@Suite", "@MainActor",
    ]
}

extension Substring {
    var indent: String { String(prefix { $0 == " " }) }

    var trimming: Substring {
        let start = drop { $0 == " " }
        return start.prefix(
            upTo: start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.startIndex
        )
    }

    fileprivate var isFunctionStart: Bool {
        var rest = trimming
        // `@Test(arguments: …) func …` and the like: the attribute ends before the keyword.
        if rest.hasPrefix("@"), let keyword = rest.range(of: "func ") {
            rest = rest[keyword.lowerBound...]
        }
        let words = rest.split(separator: " ")
        guard let word = words.first(where: { !SourceFile.modifiers.contains($0) }) else {
            return false
        }
        return ["func", "init", "subscript"].contains(word.prefix { $0.isLetter })
            && (word == "func" || word.contains("(") || word.contains("<"))
    }
}
