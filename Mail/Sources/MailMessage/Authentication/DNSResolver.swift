#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Asks for all that the checks of a sender need: the DNS, or a zone of a test. Nothing found is an empty
/// list; a name that does not exist and one without such records are the same to us.
package protocol DNSResolver: TXTResolver {
    /// The addresses of a name.
    func addresses(
        of name: String,
        _ family: IPAddress.Family
    ) async throws(TXTLookupFailure) -> [IPAddress]

    /// The mail servers of a domain, the preferred first.
    func mailServers(of name: String) async throws(TXTLookupFailure) -> [String]

    /// The names that an address says it has.
    func names(of address: IPAddress) async throws(TXTLookupFailure) -> [String]
}

/// A network address. IPv4 inside IPv6 is IPv4.
package struct IPAddress: Sendable, Hashable {
    package enum Family: Sendable, Hashable {
        case four
        case six
    }

    /// 4 or 16 of them.
    package let octets: [UInt8]

    package init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(octets: withUnsafeBytes(of: &four) { Array($0) })
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(octets: withUnsafeBytes(of: &six) { Array($0) })
        } else {
            return nil
        }
    }

    /// - Parameter octets: 4 or 16; anything else is nobody's address and fits nothing.
    package init(octets: [UInt8]) {
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
        self.octets =
            octets.count == 16 && octets.starts(with: mapped)
            ? Array(octets.dropFirst(12)) : octets
    }

    package var family: Family { octets.count == 4 ? .four : .six }

    /// Whether the first `bits` of both are the same.
    func isEqual(to other: IPAddress, bits: Int) -> Bool {
        guard octets.count == other.octets.count else { return false }
        let whole = min(bits / 8, octets.count)
        guard octets.prefix(whole) == other.octets.prefix(whole) else { return false }
        guard bits % 8 > 0, whole < octets.count else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - bits % 8))
        return octets[whole] & mask == other.octets[whole] & mask
    }

    /// `1.2.3.4`, or the digits of IPv6 with dots between (RFC 7208 §7.3, `i`).
    var dotted: String {
        guard family == .six else { return octets.map(String.init).joined(separator: ".") }
        return octets.flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }
            .joined(separator: ".")
    }

    /// `in-addr` or `ip6` (RFC 7208 §7.3, `v`).
    var arpaLabel: String { family == .four ? "in-addr" : "ip6" }

    /// The name that is asked for the names of the address.
    package var reverseName: String {
        "\(dotted.split(separator: ".").reversed().joined(separator: ".")).\(arpaLabel).arpa"
    }
}
