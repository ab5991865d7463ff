package import Postgres

/// A word that does something to a post that has it.
package struct WatchedWord: Sendable, RowDecodable, Equatable {
    /// The numbers are Discourse's.
    package enum Action: Int, Sendable, CaseIterable {
        case block = 1
        case censor = 2
        case requireApproval = 3
        case flag = 4
        case replace = 5
        case tag = 6
        case silence = 7
        case link = 8

        /// Discourse's name.
        package var name: String {
            switch self {
            case .block: "block"
            case .censor: "censor"
            case .requireApproval: "require_approval"
            case .flag: "flag"
            case .replace: "replace"
            case .tag: "tag"
            case .silence: "silence"
            case .link: "link"
            }
        }

        package init?(name: String) {
            guard let action = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = action
        }

        var takesReplacement: Bool { self == .replace || self == .link || self == .tag }
    }

    package let id: Int64
    /// `*` in it stands for any characters but space.
    package let word: String
    package let action: Action
    package let replacement: String?
    package let isCaseSensitive: Bool
    package let isHTML: Bool

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        word = try row.next()
        let number: Int = try row.next()
        action = Action(rawValue: number) ?? .flag
        replacement = try row.next()
        isCaseSensitive = try row.next()
        isHTML = try row.next()
    }

    /// The word as a regular expression: whole words only, with `*` for a few characters that are
    /// no space. Bounded, because what members write is matched against it: unbounded, three stars
    /// would take time with the cube of the text.
    package var pattern: String {
        let parts = word.split(separator: "*", omittingEmptySubsequences: false)
        let body = parts.map { Self.escaped(String($0)) }.joined(separator: #"\S{0,50}"#)
        return #"(?<![\p{L}\p{N}_])"# + body + #"(?![\p{L}\p{N}_])"#
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if #"\.^$|?+()[]{}-/&"#.contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }
}
