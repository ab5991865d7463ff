import Foundation
import Testing

@testable import TerminalUI

/// Pictures kept as text files beside the tests. `UPDATE_GOLDENS=1` writes them anew.
enum Goldens {
    private static var folder: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
    }

    static func check(
        _ picture: String,
        _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try Data((picture + "\n").utf8).write(to: file)
            return
        }
        let kept = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(picture + "\n" == kept, "\(name) looks different", sourceLocation: sourceLocation)
    }
}

extension Grid {
    /// The styles of each row from left to right, each with the text that has it; the colours that
    /// they get are up to the painter.
    var styles: String {
        (0..<size.rows).map { row in
            var runs: [(style: Style, text: String)] = []
            for column in 0..<size.columns {
                let cell = self[column: column, row: row]
                if cell.style == runs.last?.style {
                    runs[runs.count - 1].text += cell.text
                } else {
                    runs.append((cell.style, cell.text))
                }
            }
            let parts = runs.filter { $0.style != .text || $0.text.contains { $0 != " " } }
            return "\(row):" + parts.map { " \($0.style.words)[\($0.text)]" }.joined()
        }.joined(separator: "\n")
    }
}

extension Style {
    fileprivate var words: String {
        let names: [(Emphasis, String)] = [
            (.strong, "strong"), (.slanted, "slanted"), (.underlined, "underlined"),
            (.selected, "selected"), (.struck, "struck"), (.dimmed, "dimmed"),
        ]
        return "\(role)" + names.filter { emphasis.contains($0.0) }.map { "+" + $0.1 }.joined()
    }
}
