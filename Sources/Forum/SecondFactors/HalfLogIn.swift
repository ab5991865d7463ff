import Cryptography
import Postgres

/// What proves for a few minutes that somebody gave the right password and only lacks the second
/// factor: for forms that ask for it on a page of its own. It counts for nothing once the password
/// is another one.
enum HalfLogIn {
    static func ticket(
        _ user: UserID,
        passwordHash: String,
        secret: [UInt8],
        until end: Timestamp
    ) -> String {
        let seconds = Int64(end.secondsSince1970)
        return "\(user)-\(seconds)-\(mac(user, passwordHash, seconds, secret))"
    }

    /// Whose it is, before it is known to be genuine.
    static func user(of ticket: String) -> UserID? {
        guard ticket.utf8.count <= 200 else { return nil }
        return ticket.split(separator: "-").first.flatMap { Int64($0) }.map { UserID($0) }
    }

    static func isGenuine(
        _ ticket: String,
        passwordHash: String,
        secret: [UInt8],
        at now: Timestamp
    ) -> Bool {
        let parts = ticket.split(separator: "-")
        guard parts.count == 3, let user = user(of: ticket), let seconds = Int64(parts[1]),
            Double(seconds) > now.secondsSince1970
        else { return false }
        return constantTimeEqual(
            Array(parts[2].utf8),
            Array(mac(user, passwordHash, seconds, secret).utf8)
        )
    }

    private static func mac(
        _ user: UserID,
        _ passwordHash: String,
        _ seconds: Int64,
        _ secret: [UInt8]
    ) -> String {
        Hex.encode(
            HMAC.sha256(key: secret, message: "half log-in:\(user):\(seconds):\(passwordHash)")
        )
    }
}
