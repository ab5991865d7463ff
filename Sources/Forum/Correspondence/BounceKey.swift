import Cryptography

/// The secret in the envelope sender of one mail (a variable envelope return path): reports of what
/// became of it come to it, and nobody else can know it.
///
/// It holds the mail's number, so that nothing has to be kept for it.
package struct BounceKey: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits, as Discourse's `verp-` addresses have.
    package let text: String
    package let mail: OutgoingEmailID

    package init(mail: OutgoingEmailID, secret: [UInt8]) {
        self.mail = mail
        let seal = Self.seal(mail.value, secret)
        text = Hex.encode(
            seal + zip(Self.bytes(mail.value), Self.mask(seal, secret)).map { $0 ^ $1 }
        )
    }

    /// - Parameter text: From an address; case does not matter there.
    /// - Returns: `nil` for what this forum never gave out.
    package init?(_ text: some StringProtocol, secret: [UInt8]) {
        guard text.utf8.count == 32, let bytes = Hex.decode(text.lowercased()) else { return nil }
        let seal = Array(bytes.prefix(8))
        let number = zip(bytes.suffix(8), Self.mask(seal, secret)).map { $0 ^ $1 }
            .reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard constantTimeEqual(seal, Self.seal(number, secret)) else { return nil }
        self.text = text.lowercased()
        mail = OutgoingEmailID(number)
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    private static func seal(_ number: Int64, _ secret: [UInt8]) -> [UInt8] {
        Array(HMAC.sha256(key: secret, message: Array("bounce:\(number)".utf8)).prefix(8))
    }

    /// Hides how many mails there have been.
    private static func mask(_ seal: [UInt8], _ secret: [UInt8]) -> [UInt8] {
        Array(HMAC.sha256(key: secret, message: Array("bounce mask:".utf8) + seal).prefix(8))
    }
}
