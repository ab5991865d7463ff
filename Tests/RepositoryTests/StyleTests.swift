import Foundation
import Testing

/// The rules of style that the formatter cannot hold.
@Suite struct StyleTests {
    static let longestFunction = 70

    @Test func `no function is longer than 70 lines`() throws {
        let files = try Repository.sources() + Repository.swiftFiles(under: "Tests")
        var measured = 0
        for file in files {
            for function in file.functions {
                measured += 1
                guard function.lineCount > Self.longestFunction else { continue }
                Issue.record("\(file.path):\(function.line): \(function.lineCount) lines")
            }
        }
        // So that a change of the format cannot blind the measure.
        #expect(measured > files.count)
    }

    @Test func `functions are measured from the signature to the closing brace`() {
        let file = SourceFile(
            path: "A.swift",
            text: """
                protocol A {
                    func required(_ a: Int) -> Int
                    func also(
                        _ a: Int
                    ) -> Int
                }
                struct B {
                    func short() { print("") }
                    package static func long(
                        _ a: Int
                    ) async throws -> Int {
                        if a > 0 {
                            return 1
                        }
                        return 2
                    }
                    init?(_ a: Int) {
                        self.a = a
                    }
                    func constrained<T>(_ a: T) -> Int
                    where T: Sendable {
                        3
                    }
                }
                """
        )
        #expect(file.functions.map(\.line) == [9, 17, 20])
        #expect(file.functions.map(\.lineCount) == [8, 3, 4])
    }

    @Test func `no error is thrown away`() throws {
        let dropped = [#/\btry\?/#, #/\bcatch\b[^{}\n]*\{\s*\}/#]
        for file in try Repository.sources() {
            // With comments: a handler that does nothing has to say why that is right.
            for match in dropped.flatMap({ file.text.matches(of: $0) }) {
                Issue.record("\(file.path): \(match.output) drops an error")
            }
        }
    }

    @Test func `nothing is public, modules share by package access`() throws {
        for file in try Repository.sources() {
            for line in file.lines {
                let words = line.trimming.split(separator: " ")
                let isOpen =
                    words.first == "open"
                    && ["class", "func", "var"].contains(words.dropFirst().first)
                guard words.first == "public" || isOpen else { continue }
                Issue.record("\(file.path): \(line.trimming)")
            }
        }
    }

    /// Names that say nothing about what is in them.
    private static let emptyNames = [
        "Util", "Utils", "Utilities", "Helper", "Helpers", "Common", "Manager", "Misc", "Stuff",
    ]

    /// “New…” beside the same name without it says that one of the two should be gone. These are
    /// something else.
    private static let legitimatelyNew = [
        "NewCategory": "what somebody asks to be made; Category is what is there",
        "NewGroup": "what somebody asks to be made; Group is what is there",
        "NewPost": "what somebody asks to be written; Post is what is there",
        "NewTopic": "what somebody asks to be opened; Topic is what is there",
        "NewUpload": "what somebody sends; Upload is what is kept",
        "NewUser": "who wants an account; User is who has one",
    ]

    @Test func `names say what a thing is`() throws {
        let files = try Repository.sources()
        let types = Set(files.flatMap(\.types))
        for file in files {
            for name in Set(file.types + [file.stem]) {
                if Self.isEmpty(name) { Issue.record("\(file.path): \(name) says nothing") }
                guard name.hasPrefix("New"), types.contains(String(name.dropFirst(3))),
                    Self.legitimatelyNew[name] == nil
                else { continue }
                Issue.record("\(file.path): \(name) beside \(name.dropFirst(3))")
            }
        }
    }

    @Test(arguments: [
        ("Utils", true), ("StringUtils", true), ("PoolManager", true), ("Common", true),
        ("CommonPasswords", false), ("Posts", false), ("CommonMark", false),
    ])
    func `empty names are told from names that only contain such a word`(
        name: String,
        isEmpty: Bool
    ) {
        #expect(Self.isEmpty(name) == isEmpty)
    }

    private static func isEmpty(_ name: String) -> Bool {
        emptyNames.contains { $0 != "Common" && name.hasSuffix($0) || name == $0 }
    }
}
