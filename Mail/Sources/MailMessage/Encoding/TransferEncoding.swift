/// How the bytes of a body were made fit for transport (RFC 2045 §6).
package enum TransferEncoding: String, Sendable {
    case sevenBit = "7bit"
    case eightBit = "8bit"
    case binary
    case base64
    case quotedPrintable = "quoted-printable"
    /// A name that RFC 2045 does not know: the body stays as it is.
    case unknown

    init(_ value: [UInt8]) {
        let word = value.prefix { !$0.isWhitespace && $0 != ASCII.semicolon }
        let name = String(decoding: word, as: UTF8.self).asciiLowercased
        switch name {
        case "", "7bit", "7-bit": self = .sevenBit
        case "8bit", "8-bit": self = .eightBit
        default: self = TransferEncoding(rawValue: name) ?? .unknown
        }
    }

    /// The decoded bytes, at most `limit` of them.
    func decode(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int = .max) -> [UInt8] {
        switch self {
        case .base64: Base64.decode(bytes, limit: limit)
        case .quotedPrintable: QuotedPrintable.decode(bytes, limit: limit)
        case .sevenBit, .eightBit, .binary, .unknown: Array(bytes.prefix(limit))
        }
    }

    /// How many bytes decoding gives, without keeping them.
    func decodedCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        switch self {
        case .base64: Base64.decodedCount(bytes)
        case .quotedPrintable: QuotedPrintable.decode(bytes).count
        case .sevenBit, .eightBit, .binary, .unknown: bytes.count
        }
    }
}
