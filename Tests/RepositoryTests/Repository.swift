import Foundation

/// The files of this repository, as the tests of its own shape see them.
enum Repository {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What builds and people leave behind, none of it part of the repository.
    private static let ignored: Set<String> = [
        ".git", ".build", ".venv", ".pytest_cache", ".swiftpm", ".vscode", ".idea", "__pycache__",
        "var", "bench-results", "Package.resolved", ".DS_Store",
    ]

    /// Every folder that holds the source of one module, with its path from the root.
    static func moduleFolders() throws -> [String] {
        try ["Sources", "Mail/Sources", "TUI/Sources"].flatMap { parent in
            try names(in: parent).map { "\(parent)/\($0)" }
        }
        .sorted()
    }

    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path())
            .filter { !isIgnored($0) }
            .sorted()
    }

    /// The paths of all files under a folder, from the root.
    static func files(under folder: String = "") throws -> [String] {
        let base = root.appending(path: folder).standardizedFileURL
        var found: [String] = []
        var folders = [base]
        while let next = folders.popLast() {
            let entries = try FileManager.default.contentsOfDirectory(
                at: next,
                includingPropertiesForKeys: [.isDirectoryKey, .isSymbolicLinkKey]
            )
            for entry in entries where !isIgnored(entry.lastPathComponent) {
                let values = try entry.resourceValues(
                    forKeys: [.isDirectoryKey, .isSymbolicLinkKey]
                )
                if values.isDirectory == true {
                    folders.append(entry)
                } else if values.isSymbolicLink != true {
                    found.append(path(of: entry))
                }
            }
        }
        return found.sorted()
    }

    static func swiftFiles(under folder: String) throws -> [SourceFile] {
        try files(under: folder).filter { $0.hasSuffix(".swift") }.map { try SourceFile($0) }
    }

    /// The Swift files of both programs and their libraries, without tests.
    static func sources() throws -> [SourceFile] {
        try ["Sources", "Mail/Sources", "TUI/Sources", "Migrations"].flatMap { folder in
            try swiftFiles(under: folder)
        }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func isIgnored(_ name: String) -> Bool {
        ignored.contains(name) || name.hasPrefix(".build")
    }

    private static func path(of file: URL) -> String {
        let rootPath = root.standardizedFileURL.path()
        return String(file.standardizedFileURL.path().dropFirst(rootPath.count))
            .trimmingPrefix("/")
            .description
    }
}
