/// An address of IPv4 (4 bytes) or IPv6 (16 bytes), in network order.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    package let bytes: [UInt8]

    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Four decimal numbers without leading zeros, or IPv6 as RFC 4291 §2.2 writes it, without a zone.
    package init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.six(text) : Self.four(text) else { return nil }
        self.bytes = bytes
    }

    package var isIPv4: Bool { bytes.count == 4 }

    package var description: String {
        if isIPv4 { return bytes.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }

    private static func four(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            // Elsewhere a leading zero means octal.
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(\.isDigit),
                part == "0" || !part.hasPrefix("0"), let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func six(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        let halves = text.split(
            separator: "::",
            maxSplits: 2,
            omittingEmptySubsequences: false
        )
        guard halves.count <= 2, let head = groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1]), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Groups between colons; the last may be an address of IPv4.
    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if part.contains("."), index == parts.count - 1 {
                guard let last = four(String(part)) else { return nil }
                bytes += last
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(\.isHexDigit),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 255)]
            }
        }
        return bytes
    }
}

extension IPAddress {
    /// Whether it belongs to the public internet: global unicast, and in no block that IANA set apart
    /// (RFC 6890 and its registries). Of IPv6 only 2000::/3 counts, less what carries other addresses
    /// within (6to4, Teredo), so that mapped and translated forms of IPv4 are none.
    package var isPublic: Bool {
        guard isIPv4 else {
            return has(prefix: [0x20], bits: 3) && !Self.setApartV6.contains(where: has)
        }
        return !Self.setApartV4.contains(where: has)
    }

    private typealias Block = (prefix: [UInt8], bits: Int)

    private func has(_ block: Block) -> Bool { has(prefix: block.prefix, bits: block.bits) }

    private func has(prefix: [UInt8], bits: Int) -> Bool {
        var left = bits
        for (own, wanted) in zip(bytes, prefix) where left > 0 {
            let mask: UInt8 = left >= 8 ? 255 : ~(255 >> UInt8(left))
            guard own & mask == wanted & mask else { return false }
            left -= 8
        }
        return true
    }

    private static let setApartV4: [Block] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12),
        ([192, 0, 0], 24), ([192, 0, 2], 24), ([192, 88, 99], 24), ([192, 168], 16),
        ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]

    private static let setApartV6: [Block] = [
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0d, 0xb8], 32), ([0x20, 0x02], 16),
        ([0x3f, 0xff, 0x00], 20),
    ]
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isHexDigit: Bool {
        isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
