/// Asks for TXT records: the DNS, or a zone of a test.
package protocol TXTResolver: Sendable {
    /// The records of a name, each with its strings joined; none when the name has none.
    ///
    /// - Throws: `TXTLookupFailure` when there is no answer now.
    func records(of name: String) async throws(TXTLookupFailure) -> [String]
}

/// The DNS did not answer: that proves nothing.
package struct TXTLookupFailure: Error, Sendable, Equatable {
    package let name: String

    package init(name: String) { self.name = name }
}

/// Names of hosts, as far as authentication compares them.
enum DomainName {
    /// Whether a name is made of labels such as names of hosts and keys have.
    static func isPlain(_ name: String) -> Bool {
        consists(name, of: { $0.isAlphanumeric || $0 == ASCII.hyphen || $0 == ASCII.underscore })
    }

    /// Whether the DNS can be asked for a name: labels of it may hold anything that is shown.
    static func canBeAsked(_ name: String) -> Bool {
        consists(name, of: { $0 >= 0x20 && $0 < 0x7F })
    }

    private static func consists(_ name: String, of isWanted: (UInt8) -> Bool) -> Bool {
        guard (1...253).contains(name.utf8.count) else { return false }
        return name.utf8.split(separator: ASCII.dot, omittingEmptySubsequences: false).allSatisfy {
            (1...63).contains($0.count) && $0.allSatisfy(isWanted)
        }
    }
}
