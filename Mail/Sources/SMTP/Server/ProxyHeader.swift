/// The header that a proxy puts before a connection to tell who is behind it: version 1 (text) and 2
/// (binary) of HAProxy's PROXY protocol.
struct ProxyHeader: Equatable {
    struct Malformed: Error, Equatable {}

    /// nil when the proxy speaks for itself (`UNKNOWN`, `LOCAL`).
    let source: PeerAddress?
    /// Octets of the header.
    let length: Int

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    /// Of version 1, with its CRLF.
    private static let longestLine = 107
    /// Of version 2; addresses need 36, the rest are its extensions.
    private static let longestBlock = 2048

    /// - Returns: nil while the header is not complete.
    static func parse(_ bytes: [UInt8]) throws(Malformed) -> ProxyHeader? {
        let head = bytes.prefix(signature.count)
        if head.elementsEqual(signature.prefix(head.count)) {
            return try parseBlock(bytes)
        }
        guard bytes.prefix(6).elementsEqual("PROXY ".utf8.prefix(bytes.count)) else {
            throw Malformed()
        }
        return try parseLine(bytes)
    }

    private static func parseLine(_ bytes: [UInt8]) throws(Malformed) -> ProxyHeader? {
        guard let end = bytes.prefix(longestLine).firstIndex(of: Octet.lineFeed) else {
            guard bytes.count < longestLine else { throw Malformed() }
            return nil
        }
        guard end > 0, bytes[end - 1] == Octet.carriageReturn else { throw Malformed() }
        let words = bytes[..<(end - 1)].split(separator: Octet.space).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard words.count >= 2 else { throw Malformed() }
        if words[1] == "UNKNOWN" { return ProxyHeader(source: nil, length: end + 1) }
        guard words.count == 6, ["TCP4", "TCP6"].contains(words[1]),
            let source = PeerAddress(words[2]), PeerAddress(words[3]) != nil
        else { throw Malformed() }
        return ProxyHeader(source: source, length: end + 1)
    }

    private static func parseBlock(_ bytes: [UInt8]) throws(Malformed) -> ProxyHeader? {
        guard bytes.count >= 16 else { return nil }
        let count = Int(bytes[14]) << 8 | Int(bytes[15])
        guard bytes[12] >> 4 == 2, count <= longestBlock else { throw Malformed() }
        guard bytes.count >= 16 + count else { return nil }
        switch (bytes[12] & 0x0F, bytes[13]) {
        case (0, _): return ProxyHeader(source: nil, length: 16 + count)
        case (1, 0x11) where count >= 12:
            return ProxyHeader(
                source: PeerAddress(octets: Array(bytes[16..<20])),
                length: 16 + count
            )
        case (1, 0x21) where count >= 36:
            return ProxyHeader(
                source: PeerAddress(octets: Array(bytes[16..<32])),
                length: 16 + count
            )
        case (1, _): return ProxyHeader(source: nil, length: 16 + count)
        default: throw Malformed()
        }
    }
}
