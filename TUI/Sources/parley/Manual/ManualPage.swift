import Foundation
import TerminalUI

/// The pages of the manual, in mdoc(7). What the program knows of itself is written from it: the
/// commands from their definitions, the keys from the table by which they work.
enum ManualPage: String, CaseIterable, Sendable {
    case commands = "parley.1"
    case configuration = "parley-config.5"
    case keys = "parley-keys.7"
    case tutorial = "parley-tutorial.7"

    /// The name of the page without its section.
    var title: String { String(rawValue.dropLast(2)) }
    var section: String { String(rawValue.suffix(1)) }

    /// What the page is about, for apropos(1).
    private var summary: String {
        switch self {
        case .commands: "read and write in a Parley or Discourse forum"
        case .configuration: "files and environment of parley"
        case .keys: "keys of parley"
        case .tutorial: "the first ten minutes with parley"
        }
    }

    func text() -> String {
        let body =
            switch self {
            case .commands: CommandsPage.text()
            case .configuration: ConfigurationPage.text()
            case .keys: KeysPage.text()
            case .tutorial: TutorialPage.text
            }
        return """
            .Dd $Mdocdate$
            .Dt \(title.uppercased()) \(section)
            .Os Parley \(Version.number)
            .Sh NAME
            .Nm \(title)
            .Nd \(summary)
            \(body)
            .Sh SEE ALSO
            \(seeAlso)

            """
    }

    private var seeAlso: String {
        let others = ManualPage.allCases.filter { $0 != self }
            .sorted { ($0.section, $0.title) < ($1.section, $1.title) }
        return others.enumerated().map { index, page in
            ".Xr \(page.title) \(page.section)" + (index < others.count - 1 ? " ," : "")
        }.joined(separator: "\n")
    }
}

/// Text that roff takes as it is.
enum Roff {
    /// One line of text: no backslash, and no dot or apostrophe at its start, means anything.
    static func line(_ text: some StringProtocol) -> String {
        let plain = TextPolicy.plain(text).split(separator: "\\", omittingEmptySubsequences: false)
            .joined(separator: "\\e")
        let isCommand = plain.hasPrefix(".") || plain.hasPrefix("'")
        return isCommand ? "\\&" + plain : plain
    }

    /// A word after a macro, in quotes where it has to be.
    static func argument(_ text: some StringProtocol) -> String {
        // Punctuation alone would be taken for punctuation.
        let isWord = text.contains { $0.isLetter || $0.isNumber }
        return "\"" + (isWord ? "" : "\\&")
            + line(text).split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }

    /// Each sentence on a line of its own, by which roff sees where it ends.
    static func sentences(_ text: some StringProtocol) -> [String] {
        text.replacingOccurrences(of: ". ", with: ".\n").split(separator: "\n").map { line($0) }
    }

    /// Paragraphs; indented lines stay as they are written.
    static func paragraphs(_ text: String) -> String {
        var lines: [String] = []
        var isLiteral = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("  ") != isLiteral, !line.isEmpty {
                isLiteral.toggle()
                lines.append(isLiteral ? ".Bd -literal -offset indent" : ".Ed")
            }
            if line.isEmpty {
                if !isLiteral { lines.append(".Pp") }
            } else {
                lines += isLiteral ? [Roff.line(line.dropFirst(2))] : sentences(line)
            }
        }
        if isLiteral { lines.append(".Ed") }
        while lines.last == ".Pp" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
