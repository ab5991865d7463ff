import COpenSSL

/// Codes of an authenticator, counted by time: TOTP (RFC 6238) with SHA-1, six digits and steps of
/// 30 seconds, which is what every authenticator can do.
package enum OneTimeCode {
    package static let digits = 6
    package static let stepSeconds = 30.0
    /// Bytes of a new secret, as many as SHA-1 gives (RFC 4226 §4, R6).
    package static let secretBytes = 20

    /// The number of the step that a time lies in.
    package static func step(at secondsSince1970: Double) -> Int64 {
        Int64((secondsSince1970 / stepSeconds).rounded(.down))
    }

    /// The code of one step (RFC 4226 §5.3).
    package static func code(secret: [UInt8], step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - 8 * $0)) }
        let hash = HMAC.sha1(key: secret, message: counter)
        let offset = Int(hash[19] & 15)
        let number = hash[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let text = String((number & 0x7FFF_FFFF) % 1_000_000)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// The step whose code this is, among the current one and its neighbours; later ones first. Every
    /// comparison takes the same time.
    package static func step(
        of code: String,
        secret: [UInt8],
        at secondsSince1970: Double
    ) -> Int64? {
        let given = Array(code.utf8)
        let now = step(at: secondsSince1970)
        var found: Int64?
        for step in (now - 1)...(now + 1)
        where constantTimeEqual(given, Array(Self.code(secret: secret, step: step).utf8)) {
            found = step
        }
        return found
    }
}
