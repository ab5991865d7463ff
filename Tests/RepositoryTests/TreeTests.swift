import Foundation
import Testing

/// What lies in the repository, and where.
@Suite struct TreeTests {
    @Test func `the top level holds what belongs there`() throws {
        let allowed: Set<String> = [
            ".ci", ".gitignore", ".swift-format", "ARCHITECTURE.md", "Benchmarks", "CHANGELOG.md",
            "LICENSE", "Mail", "Makefile", "Migrations", "Package.swift", "README.md", "Scripts",
            "Sources", "TUI", "Tests",
        ]
        #expect(Set(try Repository.names(in: "")).subtracting(allowed) == [])
    }

    @Test func `no file is larger than 256 KiB`() throws {
        for path in try Repository.files() {
            let file = Repository.root.appending(path: path)
            let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            if size > 256 * 1024 { Issue.record("\(path): \(size) bytes") }
        }
    }

    @Test func `ARCHITECTURE.md can be read at one sitting`() throws {
        let lines = try Repository.text("ARCHITECTURE.md").split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        #expect(lines.count <= 300)
    }

    /// Written apart, so that this file does not find itself.
    private static let forbidden = [
        "/wo" + "rk/", "/tmp/con" + "tract", "/ro" + "ot/", "TO" + "DO", "FIX" + "ME",
    ]

    @Test func `nothing names the machine it was written on or work left undone`() throws {
        let endings = [".swift", ".sql", ".py", ".sh", ".md", ".h", ".modulemap"]
        let files = try Repository.files().filter { path in
            endings.contains { path.hasSuffix($0) } || ["Makefile", ".ci/run"].contains(path)
        }
        for path in files where !path.hasPrefix("Tests/Fixtures/") {
            let text = try Repository.text(path)
            for word in Self.forbidden where text.contains(word) {
                Issue.record("\(path) says \(word)")
            }
        }
    }

    @Test func `every variable of the process configuration is in the README`() throws {
        let source = try Repository.text(
            "Sources/parleyd/Composition/ProcessConfiguration.swift"
        )
        let readme = try Repository.text("README.md")
        let keys = source.matches(of: #/text\("([a-z.]+)"\)/#).map(\.output.1)
        #expect(keys.count > 5)
        for key in keys {
            let variable = "PARLEY_" + key.uppercased().replacing(".", with: "_")
            #expect(readme.contains("`\(variable)`"), "\(variable)")
        }
    }
}
