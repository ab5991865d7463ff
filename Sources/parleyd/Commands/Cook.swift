import ArgumentParser
import Foundation
import Markup

struct Cook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn the Markdown on standard input into the HTML a post would show."
    )

    func run() async throws {
        let raw = try StandardInput.text(limit: 1024 * 1024)
        let cooked = Markdown.cook(raw, options: CookOptions(), context: CookContext())
        print(cooked.html)
    }
}

struct HTMLToMarkdownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "html-to-markdown",
        abstract: "Turn the HTML on standard input into Markdown, as for an HTML mail."
    )

    func run() async throws {
        print(HTMLToMarkdown.convert(try StandardInput.text(limit: 25 * 1024 * 1024)))
    }
}

/// What a command is given on standard input.
enum StandardInput {
    static func bytes(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let part = try FileHandle.standardInput.read(upToCount: 65_536), !part.isEmpty {
            guard bytes.count + part.count <= limit else {
                throw CommandFailure(message: "The input is larger than \(limit) bytes.")
            }
            bytes.append(contentsOf: part)
        }
        return bytes
    }

    /// Bytes that are not UTF-8 become U+FFFD.
    static func text(limit: Int) throws -> String {
        String(decoding: try bytes(limit: limit), as: UTF8.self)
    }
}
