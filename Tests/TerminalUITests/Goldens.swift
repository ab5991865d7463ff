import Foundation
import Testing

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
