import Foundation

/// Which addresses the forum takes, and the one form in which it keeps them.
package enum EmailAddressRules {
    /// The address in lower case without white space around it, or `nil` when it is none.
    ///
    /// The shape is RFC 5321's dot-atom at a host name: lengths 64 and 254 (RFC 5321 §4.5.3.1,
    /// erratum 1690), no quoted strings, no address literals, no comments. A host name has two
    /// labels unless `allowingLocalDomains`, for mail from inside one organisation.
    package static func normalise(
        _ text: String,
        allowingLocalDomains: Bool = false
    ) -> String? {
        guard text.utf8.count <= Limits.emailMax + 64 else { return nil }
        let address = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let bytes = Array(address.utf8)
        guard bytes.count <= Limits.emailMax,
            let at = bytes.lastIndex(of: UInt8(ascii: "@")),
            isDotAtom(bytes[..<at]),
            isHostName(bytes[(at + 1)...], labels: allowingLocalDomains ? 1 : 2)
        else { return nil }
        return address.lowercased()
    }

    private static func isDotAtom(_ local: ArraySlice<UInt8>) -> Bool {
        guard (1...64).contains(local.count) else { return false }
        let atoms = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomText) }
    }

    private static func isHostName(_ host: ArraySlice<UInt8>, labels minimum: Int) -> Bool {
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= minimum else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
                && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// RFC 5322 §3.2.3.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || atomSpecials.contains(byte)
    }

    private static let atomSpecials = Set("!#$%&'*+-/=?^_`{|}~".utf8)
}
