import Foundation
import NIOCore

/// A network address as octets, 4 or 16 of them. IPv4 inside IPv6 is IPv4.
struct PeerAddress: Sendable, Hashable, CustomStringConvertible {
    let octets: [UInt8]

    init?(_ text: String) {
        var four = in_addr()
        var sixteen = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(octets: withUnsafeBytes(of: &four) { Array($0) })
        } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
            self.init(octets: withUnsafeBytes(of: &sixteen) { Array($0) })
        } else {
            return nil
        }
    }

    init(octets: [UInt8]) {
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
        self.octets = octets.starts(with: mapped) ? Array(octets.dropFirst(12)) : octets
    }

    init?(_ address: SocketAddress?) {
        guard let text = address?.ipAddress else { return nil }
        self.init(text)
    }

    /// Whom limits are set for: who has one address of IPv6 has all of its network of 64 bits.
    var network: PeerAddress {
        octets.count == 16 ? PeerAddress(octets: Array(octets.prefix(8))) : self
    }

    var description: String {
        if octets.count == 4 { return octets.map(String.init).joined(separator: ".") }
        var address = in6_addr()
        withUnsafeMutableBytes(of: &address) { $0.copyBytes(from: octets.prefix(16)) }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(AF_INET6, &address, &text, socklen_t(INET6_ADDRSTRLEN))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`.
package struct AddressRange: Sendable, Hashable {
    private let base: [UInt8]
    private let bits: Int

    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2,
            let address = PeerAddress(String(first))
        else { return nil }
        base = address.octets
        guard parts.count == 2 else {
            bits = base.count * 8
            return
        }
        guard let bits = Int(parts[1]), (0...base.count * 8).contains(bits) else { return nil }
        self.bits = bits
    }

    /// This machine.
    package static let loopback = ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }

    func contains(_ address: PeerAddress) -> Bool {
        guard address.octets.count == base.count else { return false }
        let whole = bits / 8
        guard address.octets.prefix(whole) == base.prefix(whole) else { return false }
        guard bits % 8 > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - bits % 8))
        return address.octets[whole] & mask == base[whole] & mask
    }
}
