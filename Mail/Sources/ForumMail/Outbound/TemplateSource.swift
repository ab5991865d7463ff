import Foundation
import Markup
import Mustache

/// Why a template of the administrator's is refused.
package struct TemplateFailure: Error, CustomStringConvertible {
    package let description: String
}

/// One template: the built-in text, or a file of the same name in the folder of the administrator's.
///
/// A template that could send nonsense does not get that far: every tag must be one of those there are,
/// and nothing may come unescaped into HTML but what was made safe before.
struct TemplateSource: Sendable {
    /// `notification.txt.mustache`
    let name: String
    let builtIn: String
    /// What may stand in tags.
    let tags: Set<String>
    /// Those that may stand in `{{{…}}}`; nil for a text, in which everything has to.
    let safe: Set<String>?

    /// - Throws: `TemplateFailure` with file and line.
    func template(in folder: String?) throws -> MustacheTemplate {
        let path = folder.map { "\($0)/\(name)" }
        guard let path, FileManager.default.fileExists(atPath: path) else {
            return try Self.parse(builtIn)
        }
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(data: data, encoding: .utf8)
        else { throw TemplateFailure(description: "\(path) cannot be read as UTF-8.") }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if let fault = fault(in: line) {
                throw TemplateFailure(description: "\(path), line \(index + 1): \(fault)")
            }
        }
        do {
            return try Self.parse(text)
        } catch let error as MustacheTemplate.ParserError {
            throw TemplateFailure(
                description: "\(path), line \(error.context.lineNumber): \(error.error)"
            )
        }
    }

    /// Values are escaped byte by byte: the package's own rules escape whole characters, so that a quote
    /// with an accent on it would pass and end an attribute.
    private static func parse(_ text: String) throws -> MustacheTemplate {
        try MustacheTemplate(string: "{{% CONTENT_TYPE:\(escaping)}}\(text)")
    }

    private static let escaping: String = {
        MustacheContentTypes.register(EscapedValue(), named: "MAIL")
        return "MAIL"
    }()

    private struct EscapedValue: MustacheContentType {
        func escapeText(_ text: String) -> String { Escape.document(text) }
    }

    /// What is wrong with the tags of a line.
    private func fault(in line: Substring) -> String? {
        var rest = line
        while let open = rest.firstRange(of: "{{") {
            let isVerbatim = rest[open.upperBound...].hasPrefix("{")
            let start = isVerbatim ? rest.index(after: open.upperBound) : open.upperBound
            guard let close = rest[start...].firstRange(of: isVerbatim ? "}}}" : "}}") else {
                return "a tag does not end in its line"
            }
            if let fault = fault(of: rest[start..<close.lowerBound], isVerbatim: isVerbatim) {
                return fault
            }
            rest = rest[close.upperBound...]
        }
        return nil
    }

    private func fault(of tag: Substring, isVerbatim: Bool) -> String? {
        if tag.first == "!" { return nil }
        let isSection = !isVerbatim && ["#", "^", "/"].contains(tag.first)
        let name = (isSection ? tag.dropFirst() : tag).trimmingCharacters(in: .whitespaces)
        guard tags.contains(name) else {
            return "there is no “\(name)”; known are \(tags.sorted().joined(separator: ", "))"
        }
        if isSection { return nil }
        switch safe {
        case nil where !isVerbatim: return "a text needs {{{\(name)}}}: {{\(name)}} writes HTML"
        case let safe? where isVerbatim && !safe.contains(name):
            return "{{{\(name)}}} would not be escaped: write {{\(name)}}"
        default: return nil
        }
    }
}
