/// `tag=value; tag=value` (RFC 6376 §3.2): signatures, records of keys and of policies.
package struct TagList: Sendable, Equatable {
    private var values: [String: String]
    /// The name that stands first: some records have to begin with their version.
    package let firstName: String?

    /// - Returns: `nil` for a list with a malformed tag, or one that bears a name twice.
    package init?(_ bytes: some Sequence<UInt8>) {
        values = [:]
        var first: String?
        let pieces = Array(bytes).split(
            separator: ASCII.semicolon,
            omittingEmptySubsequences: false
        )
        guard pieces.count <= Self.mostTags else { return nil }
        for (index, piece) in pieces.enumerated() {
            let tag = piece.trimmed
            if tag.isEmpty {
                // Only what stands behind the last semicolon may be nothing.
                guard index == pieces.count - 1 else { return nil }
                continue
            }
            guard let equal = tag.firstIndex(of: ASCII.equal) else { return nil }
            let name = tag[..<equal].trimmed
            guard let head = name.first, head.isLetter,
                name.allSatisfy({ $0.isAlphanumeric || $0 == ASCII.underscore })
            else { return nil }
            let key = String(decoding: name, as: UTF8.self)
            guard values[key] == nil else { return nil }
            values[key] = String(decoding: tag[(equal + 1)...].trimmed, as: UTF8.self)
            first = first ?? key
        }
        firstName = first
    }

    /// The value without the white space at its ends. Names are case-sensitive.
    package subscript(name: String) -> String? { values[name] }

    /// The value without any white space, as Base64 and lists of names are read.
    package func compact(_ name: String) -> String? {
        values[name].map { String(decoding: $0.utf8.filter { !$0.isWhitespace }, as: UTF8.self) }
    }

    /// The value as a list with colons between.
    package func list(_ name: String) -> [String]? {
        compact(name)?.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }

    private static let mostTags = 50
}
