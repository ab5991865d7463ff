import Cryptography
import Markup
package import Postgres

/// A file that somebody sent.
package struct Upload: Sendable, Equatable, RowDecodable {
    package let id: UploadID
    /// Random; names the file and its short address.
    package let name: UploadName
    /// Lower case, without a dot; may be empty.
    package let fileExtension: String
    package let originalFilename: String
    package let userID: UserID
    package let type: String
    package let size: Int
    /// Of a picture, in pixels.
    package let width: Int?
    package let height: Int?
    package let createdAt: Timestamp

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = UploadName(hex: try row.next())
        fileExtension = try row.next()
        originalFilename = try row.next()
        userID = try row.next()
        type = try row.next()
        size = try row.next()
        width = try row.next()
        height = try row.next()
        createdAt = try row.next()
    }

    private var suffix: String { fileExtension.isEmpty ? "" : ".\(fileExtension)" }

    /// Where the file is served.
    package var url: String { "/uploads/default/original/1X/\(name.hex)\(suffix)" }

    /// How a post refers to it.
    package var shortURL: String { "upload://\(name.base62)\(suffix)" }
    package var shortPath: String { "/uploads/short-url/\(name.base62)\(suffix)" }

    /// Where it stands in the community's folder.
    package var file: String { Self.file(name) }

    static func file(_ name: UploadName) -> String {
        "uploads/default/original/1X/\(name.hex.prefix(2))/\(name.hex)"
    }

    /// Whether it is a picture that was cleaned, and may be shown by a browser.
    package var isImage: Bool { width != nil }

    /// A picture's size in a post: shrunk to what is shown there.
    package var shown: (width: Int, height: Int)? {
        guard let width, let height else { return nil }
        let scale = min(
            1,
            Double(Limits.shownImageWidth) / Double(width),
            Double(Limits.shownImageHeight) / Double(height)
        )
        return (max(1, Int(Double(width) * scale)), max(1, Int(Double(height) * scale)))
    }

    var shownSize: CookContext.ImageSize? {
        shown.map { CookContext.ImageSize(width: $0.width, height: $0.height) }
    }
}

/// The random name of a file: 160 bits, as many as Discourse's hashes have.
package struct UploadName: Sendable, Hashable {
    /// Forty digits in lower case.
    package let hex: String

    package init(hex: String) { self.hex = hex }

    static func random() -> UploadName { UploadName(hex: Random.hex(20)) }

    private static let letters = Array(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8
    )

    /// From `abc.png`, or a name without an extension.
    package init?(hexFile text: String) {
        let hex = text.prefix { $0 != "." }
        guard hex.utf8.count == 40,
            hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.hex = String(hex)
    }

    /// From a short address: base 62, with or without `upload://` and an extension.
    package init?(short text: String) {
        let bare = text.hasPrefix("upload://") ? text.dropFirst(9) : text[...]
        let digits = bare.prefix { $0 != "." }
        guard (1...27).contains(digits.utf8.count) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 20)
        for letter in digits.utf8 {
            guard let value = Self.letters.firstIndex(of: letter) else { return nil }
            var carry = value
            for index in bytes.indices.reversed() {
                carry += Int(bytes[index]) * 62
                bytes[index] = UInt8(carry & 255)
                carry >>= 8
            }
            guard carry == 0 else { return nil }
        }
        hex = Hex.encode(bytes)
    }

    package var base62: String {
        guard var bytes = Hex.decode(hex) else { return "" }
        var out: [UInt8] = []
        while bytes.contains(where: { $0 != 0 }) {
            var rest = 0
            for index in bytes.indices {
                rest = rest << 8 | Int(bytes[index])
                bytes[index] = UInt8(rest / 62)
                rest %= 62
            }
            out.append(Self.letters[rest])
        }
        return String(decoding: out.reversed(), as: UTF8.self)
    }
}
