import Foundation
import MailMessage

/// A zip file, read by Info-ZIP's `unzip`: nothing of it is written to the disk.
struct ZipArchive {
    let path: String

    static func isZip(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { file.closeFile() }
        do {
            return try file.read(upToCount: 4) == Data([0x50, 0x4B, 0x03, 0x04])
        } catch {
            // A folder; what cannot be read is told of by the reader of mbox files.
            return false
        }
    }

    func names() throws(MboxError) -> [String] {
        try ProgramOutput("unzip", ["-Z1", path]).text().split(separator: "\n").map(String.init)
    }

    func open(_ entry: String) throws(MboxError) -> ProgramOutput {
        // The name is a pattern to unzip.
        var pattern = ""
        for character in entry {
            if "*?[]\\".contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
        return try ProgramOutput("unzip", ["-p", path, pattern])
    }
}

/// An mbox file within a zip.
final class ZippedMbox: MailSource {
    private let program: ProgramOutput
    private let reader: MboxReader

    init(_ zip: ZipArchive, entry: String) throws(MboxError) {
        program = try zip.open(entry)
        reader = try MboxReader(path: "/dev/fd/\(program.output.fileDescriptor)")
    }

    /// How large it is unpacked, the reader cannot know.
    var totalBytes: Int { 0 }
    var position: Int { reader.position }
    private(set) var damage: String?

    func next() -> MboxReader.Item? {
        if let item = reader.next() { return item }
        if damage == nil { damage = reader.damage ?? program.failure() }
        return nil
    }
}
