import Foundation

@testable import MailMessage

/// The collection of other people's mails beside the repository, and the fixtures inside it.
enum Corpus {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let folder = root.appending(path: "../shared/corpus").standardizedFileURL
    static let fixtures = root.appending(path: "Tests/Fixtures/mail")

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func json<Value: Decodable>(
        _ name: String,
        as type: Value.Type = Value.self
    ) throws -> Value {
        let data = try Data(contentsOf: folder.appending(path: name))
        return try JSONDecoder().decode(Value.self, from: data)
    }

    static func discourse(_ name: String) throws -> Message {
        Message.parse(try bytes(folder.appending(path: "discourse-emails/\(name).eml")))
    }

    /// A fixture of this repository.
    static func fixture(_ name: String) throws -> Message {
        Message.parse(try bytes(fixtures.appending(path: name)))
    }

    static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    static func files(in folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}

/// A message from its text; line ends are made CRLF.
func message(_ text: String) -> Message {
    Message.parse(
        Array(
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\r\n").utf8
        )
    )
}
