package import Forum
import Foundation
import MailMessage

/// Reads the members of a mailing list from what other list servers write down of them:
///
/// - Mailman 3: CSV, or the JSON of its REST interface (`…/roster/member`);
/// - Mailman 2: lines of `list_members -f`, the text of `dumpdb`, or `config.pck` itself;
/// - Google Groups: the CSV of the members.
package struct SubscriberList: Sendable {
    package struct Entry: Sendable {
        /// Of its line, or its place in the list, from 1.
        package let number: Int
        package let subscriber: Result<ImportedSubscriber, ForumError>
    }

    package let entries: [Entry]

    /// - Parameter delivery: For members of whom the file does not say it.
    /// - Throws: `.malformed` for a file in which there are no members to be found.
    package init(_ bytes: [UInt8], delivery: Delivery = .each) throws(ForumError) {
        let text = String(decoding: bytes, as: UTF8.self)
        let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if let list = Self.mailmanList(bytes, start) {
            entries = list.enumerated().map { Entry(number: $0 + 1, subscriber: .success($1)) }
        } else if start.hasPrefix("{") || start.hasPrefix("[") {
            entries = try Self.fromJSON(String(start), delivery)
        } else {
            entries = Self.fromCSV(String(start), delivery) ?? Self.fromLines(text, delivery)
        }
        guard !entries.isEmpty else {
            throw ForumError(.malformed, "There are no addresses in this file.")
        }
    }

    private static func mailmanList(
        _ bytes: [UInt8],
        _ text: Substring
    ) -> [ImportedSubscriber]? {
        let isPickle = bytes.first == 0x7D || bytes.first == 0x80 || bytes.first == 0x28
        if isPickle, let list = PythonPickle.value(of: bytes), case .map = list["members"] {
            return MailmanList.subscribers(list)
        }
        guard text.hasPrefix("[-----") || text.hasPrefix("{"), text.contains("digest_members"),
            let list = PythonLiteral.dictionary(in: String(text)), case .map = list["members"]
        else { return nil }
        return MailmanList.subscribers(list)
    }

    // MARK: JSON

    private static func fromJSON(
        _ text: String,
        _ delivery: Delivery
    ) throws(ForumError) -> [Entry] {
        let whole = json(text)
        var objects: [Any]
        switch whole {
        case let list as [Any]: objects = list
        case let object as [String: Any]:
            objects = (object["entries"] ?? object["members"]) as? [Any] ?? [object]
        default:
            objects = text.split(separator: "\n").compactMap { json($0) }
        }
        objects.removeAll { !($0 is [String: Any]) }
        guard !objects.isEmpty else {
            throw ForumError(.malformed, "This file is no JSON with members in it.")
        }
        return objects.enumerated().map { index, object in
            var fields: [String: String] = [:]
            let object = object as? [String: Any] ?? [:]
            let preferences = object["preferences"] as? [String: Any] ?? [:]
            for (name, value) in object.merging(preferences, uniquingKeysWith: { own, _ in own }) {
                if let value = value as? String { fields[column(name)] = value }
            }
            return Entry(number: index + 1, subscriber: subscriber(fields, delivery))
        }
    }

    /// - Returns: `nil` for what is no JSON.
    private static func json(_ text: some StringProtocol) -> Any? {
        do {
            return try JSONSerialization.jsonObject(with: Data(text.utf8))
        } catch {
            return nil
        }
    }

    // MARK: CSV

    /// - Returns: `nil` for a text without a line that names columns.
    private static func fromCSV(_ text: String, _ delivery: Delivery) -> [Entry]? {
        var rows = CSVRows(text)
        var names: [String] = []
        // Google begins with a line about the group.
        for _ in 0..<5 {
            guard let row = rows.next() else { return nil }
            names = row.fields.map(column)
            if names.contains("email") { break }
        }
        guard names.contains("email") else { return nil }
        var entries: [Entry] = []
        while let row = rows.next() {
            let fields = Dictionary(zip(names, row.fields)) { first, _ in first }
            guard row.fields != [""] else { continue }
            entries.append(Entry(number: row.line, subscriber: subscriber(fields, delivery)))
        }
        return entries
    }

    /// What a column says, whatever it is called.
    private static func column(_ name: String) -> String {
        let key = name.trimmed.lowercased().replacing("_", with: " ")
        switch key {
        case "email", "email address", "e-mail", "mail", "address", "member email": return "email"
        case "display name", "name", "nickname", "full name", "realname", "member name":
            return "name"
        case "delivery mode", "email preference", "email settings", "delivery settings",
            "delivery":
            return "mode"
        case "delivery status", "email status": return "status"
        case "group status", "role", "member role": return "role"
        case "moderation action", "posting permissions": return "moderation"
        default: return key
        }
    }

    // MARK: Lines

    private static func fromLines(_ text: String, _ delivery: Delivery) -> [Entry] {
        var entries: [Entry] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = String(line).trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            var fields: [String: String] = [:]
            if let address = Address.parse(line).first {
                fields = ["email": address.address, "name": address.name]
            }
            entries.append(Entry(number: index + 1, subscriber: subscriber(fields, delivery)))
        }
        return entries
    }

    // MARK: What the words mean

    private static func subscriber(
        _ fields: [String: String],
        _ delivery: Delivery
    ) -> Result<ImportedSubscriber, ForumError> {
        guard let address = fields["email"]?.trimmed, address.contains("@") else {
            return .failure(ForumError(.invalid, "There is no address.", field: "email"))
        }
        return .success(
            ImportedSubscriber(
                address: address,
                name: fields["name"],
                delivery: self.delivery(fields["mode"], fields["status"], else: delivery),
                standing: standing(fields["role"], fields["moderation"])
            )
        )
    }

    /// Mailman 3 says `regular`, `plaintext_digests`, `mime_digests`, `summary_digests`, and
    /// `enabled`, `by_user`, `by_bounces`, `by_moderator`; Google `email`, `digest`, `abridged`,
    /// `no email`, and in its directory `ALL_MAIL`, `DAILY`, `DIGEST`, `NONE`, `DISABLED`.
    private static func delivery(
        _ mode: String?,
        _ status: String?,
        else fallback: Delivery
    ) -> Delivery {
        let status = status?.trimmed.lowercased() ?? ""
        if status.hasPrefix("by_") || status == "unknown" || status == "bouncing" { return .web }
        let mode = mode?.trimmed.lowercased() ?? ""
        if ["no email", "none", "disabled", "nomail", "web only"].contains(mode) { return .web }
        if mode.contains("digest") || ["abridged", "daily", "summary"].contains(mode) {
            return .daily
        }
        return mode.isEmpty ? fallback : .each
    }

    private static func standing(
        _ role: String?,
        _ moderation: String?
    ) -> ImportedSubscriber.Standing {
        if ["banned", "spam"].contains(role?.trimmed.lowercased()) { return .banned }
        let held = ["hold", "reject", "discard", "moderated", "not allowed"]
        return held.contains(moderation?.trimmed.lowercased() ?? "") ? .moderated : .member
    }
}
