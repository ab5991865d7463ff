import Foundation
import TerminalUI

/// Patterns that kill and highlight, in `patterns.json` of the state folder.
enum PatternFile {
    private struct Kept: Codable {
        var kill: [String]
        var highlight: [String]
    }

    private static let largestFile = 1_000_000

    private static var file: URL { StateFolder.url.appending(path: "patterns.json") }

    /// The patterns; none when there is no file or it cannot be read.
    static func load() -> Patterns {
        guard let kept = PrivateFile.read(Kept.self, from: file, atMost: largestFile) else {
            return Patterns()
        }
        return Patterns(killed: kept.kill, highlighted: kept.highlight)
    }

    static func save(_ patterns: Patterns) throws {
        let kept = Kept(kill: patterns.killed, highlight: patterns.highlighted)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try PrivateFile.write(try encoder.encode(kept), to: file)
    }
}
