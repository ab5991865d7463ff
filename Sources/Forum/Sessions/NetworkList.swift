/// Addresses and networks, as an administrator lists them.
package struct NetworkList: Sendable {
    private struct Network: Sendable {
        let bytes: [UInt8]
        let bits: Int

        func contains(_ address: [UInt8]) -> Bool {
            guard address.count == bytes.count else { return false }
            for place in 0..<bytes.count {
                let left = bits - place * 8
                if left <= 0 { return true }
                let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
                if address[place] & mask != bytes[place] & mask { return false }
            }
            return true
        }
    }

    private var networks: [Network] = []

    /// - Parameter text: Addresses and networks (`10.0.0.0/8`), by comma or space.
    /// - Returns: `nil` when one of them is neither.
    package init?(parsing text: String) {
        for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            let pieces = part.split(separator: "/", maxSplits: 1)
            guard let bytes = ClientNetwork.bytes(String(pieces[0])) else { return nil }
            let bits = pieces.count == 2 ? Int(pieces[1]) : bytes.count * 8
            guard let bits, (0...bytes.count * 8).contains(bits) else { return nil }
            networks.append(Network(bytes: bytes, bits: bits))
        }
    }

    package func contains(_ address: String) -> Bool {
        guard !networks.isEmpty, let bytes = ClientNetwork.bytes(address) else { return false }
        return networks.contains { $0.contains(bytes) }
    }
}
