import Foundation
import Postgres

/// Reads users of another forum from text: one JSON object a line, or CSV (RFC 4180) whose first
/// line names the columns.
package struct UserList: Sendable {
    /// One user, or why the line is none.
    package struct Entry: Sendable {
        /// Of its first line, from 1.
        package let line: Int
        package let user: Result<ImportedUser, ForumError>
    }

    package let entries: [Entry]

    /// - Throws: `.malformed` for a CSV without the columns `username` and `email`.
    package init(_ text: String) throws(ForumError) {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        let isJSON = text.first { !$0.isWhitespace } == "{"
        entries = isJSON ? Self.fromJSON(text) : try Self.fromCSV(text)
    }

    // MARK: JSON

    private static func fromJSON(_ text: String) -> [Entry] {
        var entries: [Entry] = []
        var number = 0
        // By bytes: a line may be cut nowhere but at a line feed.
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            guard line.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { continue }
            entries.append(
                Entry(
                    line: number,
                    user: Result { () throws(ForumError) in
                        try user(json: Array(line))
                    }
                )
            )
        }
        return entries
    }

    private static func user(json: [UInt8]) throws(ForumError) -> ImportedUser {
        let object: Any
        do {
            object = try JSONSerialization.jsonObject(with: Data(json))
        } catch {
            throw ForumError(.malformed, "This line is no JSON object.")
        }
        guard let object = object as? [String: Any] else {
            throw ForumError(.malformed, "This line is no JSON object.")
        }
        var fields: [String: String] = [:]
        for (name, value) in object {
            switch value {
            case let text as String: fields[name] = text
            case let number as NSNumber: fields[name] = number.stringValue
            case is NSNull: continue
            default: throw ForumError(.malformed, "\(name) must be a single value.", field: name)
            }
        }
        return try user(fields)
    }

    // MARK: CSV

    private static func fromCSV(_ text: String) throws(ForumError) -> [Entry] {
        var rows = CSVRows(text)
        guard let header = rows.next() else { return [] }
        let names = header.fields.map { $0.lowercased().trimmingWhitespace }
        guard names.contains("username"), names.contains("email") else {
            throw ForumError(
                .malformed,
                "The first line must name the columns, username and email among them."
            )
        }
        var entries: [Entry] = []
        while let row = rows.next() {
            if row.fields == [""] { continue }
            entries.append(
                Entry(
                    line: row.line,
                    user: Result { () throws(ForumError) in
                        guard row.isWhole, row.fields.count == names.count else {
                            throw ForumError(
                                .malformed,
                                "This line has \(row.fields.count) fields, the first one \(names.count)."
                            )
                        }
                        return try user(
                            Dictionary(zip(names, row.fields).filter { !$0.1.isEmpty }) {
                                first,
                                _ in first
                            }
                        )
                    }
                )
            )
        }
        return entries
    }

    // MARK: Fields

    private static func user(_ fields: [String: String]) throws(ForumError) -> ImportedUser {
        func required(_ name: String) throws(ForumError) -> String {
            guard let text = fields[name], !text.isEmpty else {
                throw ForumError(.malformed, "\(name) is missing.", field: name)
            }
            return text
        }
        func flag(_ name: String, _ fallback: Bool) throws(ForumError) -> Bool {
            guard let text = fields[name]?.lowercased() else { return fallback }
            switch text {
            case "true", "t", "1", "yes": return true
            case "false", "f", "0", "no": return false
            default: throw ForumError(.malformed, "\(name) must be true or false.", field: name)
            }
        }
        var user = ImportedUser(username: try required("username"), email: try required("email"))
        user.name = fields["name"]
        user.passwordHash = fields["password_hash"] ?? fields["hash"]
        user.passwordSalt = fields["password_salt"] ?? fields["salt"]
        user.passwordAlgorithm = fields["password_algorithm"] ?? fields["algorithm"]
        user.isAdmin = try flag("admin", false)
        user.isModerator = try flag("moderator", false)
        user.isActive = try flag("active", true)
        user.isApproved = try flag("approved", true)
        if let text = fields["trust_level"] {
            guard let level = Int(text) else {
                throw ForumError(.malformed, "trust_level must be a number.", field: "trust_level")
            }
            user.trustLevel = level
        }
        user.createdAt = try time(fields["created_at"])
        return user
    }

    /// As ISO 8601 has it, or PostgreSQL, which leaves the zone away where it is UTC.
    private static func time(_ text: String?) throws(ForumError) -> Timestamp? {
        guard let text else { return nil }
        if let time = Timestamp(iso8601: text) ?? Timestamp(iso8601: text + "Z") { return time }
        throw ForumError(
            .malformed,
            "created_at must be a time such as 2019-01-31T12:00:00Z.",
            field: "created_at"
        )
    }
}

/// The rows of a CSV (RFC 4180): fields in quotes may hold commas, line ends and doubled quotes.
package struct CSVRows {
    package struct Row {
        package let line: Int
        package let fields: [String]
        /// False: the text ended within quotes.
        package let isWhole: Bool
    }

    private var rest: Substring.UTF8View
    private var line = 1

    package init(_ text: String) { rest = text[...].utf8 }

    package mutating func next() -> Row? {
        guard !rest.isEmpty else { return nil }
        let start = line
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        while let byte = rest.popFirst() {
            if byte == 0x0A { line += 1 }
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && rest.first == byte:
                field.append(byte)
                rest.removeFirst()
            case UInt8(ascii: "\"") where isQuoted || field.isEmpty: isQuoted.toggle()
            case _ where isQuoted: field.append(byte)
            case UInt8(ascii: ","):
                fields.append(String(decoding: field, as: UTF8.self))
                field = []
            case 0x0D where rest.first == 0x0A: continue
            case 0x0A:
                fields.append(String(decoding: field, as: UTF8.self))
                return Row(line: start, fields: fields, isWhole: true)
            default: field.append(byte)
            }
        }
        fields.append(String(decoding: field, as: UTF8.self))
        return Row(line: start, fields: fields, isWhole: !isQuoted)
    }
}
