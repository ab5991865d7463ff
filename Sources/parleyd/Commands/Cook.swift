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
        var status = stat()
        if fstat(STDIN_FILENO, &status) == 0 {
            bytes.reserveCapacity(min(Int(status.st_size), limit))
        }
        return try withUnsafeTemporaryAllocation(byteCount: 1_048_576, alignment: 16) { buffer in
            while true {
                let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else {
                    throw CommandFailure(
                        message: "The input cannot be read: \(String(cString: strerror(errno)))."
                    )
                }
                guard count > 0 else { return bytes }
                guard bytes.count + count <= limit else {
                    throw CommandFailure(message: "The input is larger than \(limit) bytes.")
                }
                bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }

    /// Bytes that are not UTF-8 become U+FFFD.
    static func text(limit: Int) throws -> String {
        String(decoding: try bytes(limit: limit), as: UTF8.self)
    }
}
