import Foundation
import MailMessage

/// Reads the mails of a git repository of public-inbox, through the program `git`.
///
/// In its first format each mail is a file of the tree, named after its Message-ID; in the second each
/// commit of an epoch writes one mail to the file `m`, and one that takes a mail back writes it to the
/// file `d` (public-inbox-v1-format(5), public-inbox-v2-format(5)).
final class PublicInboxReader: MailSource {
    private struct Entry {
        let object: String
        /// When the mail was added: seconds since 1970.
        let added: Int64
    }

    private(set) var damage: String?
    let totalBytes: Int
    var position: Int { number }

    private let entries: [Entry]
    private let objects: ProgramOutput
    private let limit: Int
    private var number = 0

    /// The repositories of a path: itself, or the epochs in it, the oldest first.
    static func repositories(at path: String) -> [String] {
        if isRepository(path) { return [path] }
        for folder in ["\(path)/git", path] {
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: folder)
            } catch {
                // No folder: there are no epochs in it.
                continue
            }
            let epochs = names.compactMap { name in
                name.hasSuffix(".git") ? Int(name.dropLast(4)) : nil
            }
            let found = epochs.sorted().map { "\(folder)/\($0).git" }.filter(isRepository)
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func isRepository(_ path: String) -> Bool {
        let files = FileManager.default
        return files.fileExists(atPath: "\(path)/.git")
            || ["HEAD", "objects", "refs"].allSatisfy {
                files.fileExists(atPath: "\(path)/\($0)")
            }
    }

    /// - Throws: `MboxError` when git cannot read it.
    init(repository: String, limits: Limits = .standard) throws(MboxError) {
        limit = limits.messageBytes
        let log = try ProgramOutput(
            "git",
            Self.options(repository) + [
                "log", "--reverse", "--raw", "--no-abbrev", "--no-renames", "--root",
                "--format=@%at", "HEAD", "--",
            ]
        )
        entries = try Self.entries(log.text())
        totalBytes = entries.count
        objects = try ProgramOutput(
            "git",
            Self.options(repository) + ["cat-file", "--batch"],
            isAsked: true
        )
    }

    /// Whoever owns the repository: git only reads it, and runs nothing of what is configured there.
    private static func options(_ repository: String) -> [String] {
        [
            "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.pager=cat", "-C",
            repository,
        ]
    }

    /// Lines `@seconds`, one a commit, and `:modes old new status<tab>path`, one a file of it.
    private static func entries(_ log: String) -> [Entry] {
        var entries: [Entry] = []
        var withdrawn: Set<String> = []
        var added: Int64 = 0
        for line in log.split(separator: "\n") {
            if line.hasPrefix("@") {
                added = Int64(line.dropFirst()) ?? added
                continue
            }
            let parts = line.split(separator: "\t", maxSplits: 1)
            let fields = parts[0].split(separator: " ")
            guard parts.count == 2, fields.count == 5, line.hasPrefix(":") else { continue }
            let path = parts[1]
            switch fields[4] {
            case "D":
                // Of the first format; an epoch's mails stay in its history.
                if path.contains("/") { withdrawn.insert(String(fields[2])) }
            case _ where path == "d": withdrawn.insert(String(fields[3]))
            case _ where path == "m" || isMail(path):
                entries.append(Entry(object: String(fields[3]), added: added))
            default: continue
            }
        }
        return entries.filter { !withdrawn.contains($0.object) }
    }

    /// `f2/8c6c…`: the digest of a Message-ID, by its first two digits in folders.
    private static func isMail(_ path: Substring) -> Bool {
        let name = path.split(separator: "/", maxSplits: 1)
        return name.count == 2 && name[0].count == 2
            && name[0].allSatisfy(\.isHexDigit) && name[1].prefix(38).count == 38
            && name[1].prefix(38).allSatisfy(\.isHexDigit)
    }

    func next() -> MboxReader.Item? {
        guard damage == nil, number < entries.count else { return nil }
        let entry = entries[number]
        number += 1
        do throws(MboxError) {
            let bytes = try object(entry.object)
            return MboxReader.Item(
                raw: bytes ?? [],
                number: number,
                offset: number,
                envelopeSender: nil,
                envelopeDate: MailDate(seconds: entry.added),
                skippedBytes: bytes == nil ? skipped : nil
            )
        } catch {
            damage = error.description
            return nil
        }
    }

    private var skipped = 0

    /// The content of an object; `nil` for one that is too large.
    private func object(_ name: String) throws(MboxError) -> [UInt8]? {
        try objects.ask(name)
        let head = try line().split(separator: " ")
        guard head.count == 3, let size = Int(head[2]) else {
            throw MboxError(description: "object \(name) is missing")
        }
        guard size <= limit else {
            skipped = size
            var rest = size + 1
            while rest > 0 { rest -= try read(min(rest, 1 << 20)).count }
            return nil
        }
        return try Array(read(size + 1).dropLast())
    }

    private func line() throws(MboxError) -> String {
        var line: [UInt8] = []
        while let byte = try read(1).first, byte != 0x0A { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    private var buffer: [UInt8] = []
    private var head = 0

    /// Exactly so many bytes of what git writes.
    private func read(_ count: Int) throws(MboxError) -> ArraySlice<UInt8> {
        while buffer.count - head < count {
            buffer.removeFirst(head)
            head = 0
            let more = objects.output.availableData
            guard !more.isEmpty else { throw MboxError(description: "git has ended early") }
            buffer += more
        }
        defer { head += count }
        return buffer[head..<(head + count)]
    }
}
