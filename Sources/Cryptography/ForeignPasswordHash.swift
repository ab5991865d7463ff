import COpenSSL

/// A password hash that another forum made: PBKDF2 with HMAC-SHA-256 (RFC 8018), as Discourse keeps
/// it, in the form `$pbkdf2-sha256$i=600000,l=32$salt$hash` (base 64 without padding).
///
/// Only ever compared with; a log-in replaces it by a hash of this program's own.
package struct ForeignPasswordHash: Sendable {
    /// What Discourse used before it wrote the algorithm beside the hash.
    package static let formerIterations = 64_000
    package static let prefix = "$pbkdf2-sha256$"

    package let iterations: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Reads the stored form.
    package init?(stored: String) {
        guard stored.utf8.count <= Limits.passwordHashBytes, stored.hasPrefix(Self.prefix) else {
            return nil
        }
        let fields = stored.split(separator: "$")
        guard fields.count == 4, let iterations = Self.iterations(fields[1]),
            let salt = Base64.decode(String(fields[2])),
            let key = Base64.decode(String(fields[3]))
        else { return nil }
        self.init(iterations: iterations, salt: salt, key: key)
    }

    /// Reads Discourse's columns.
    ///
    /// - Parameters:
    ///   - hash: 64 hexadecimal digits.
    ///   - salt: The text of the column: its characters are the salt, whatever they stand for.
    ///   - algorithm: `$pbkdf2-sha256$i=600000,l=32$`; `nil` is what it was before there was one.
    package init?(hash: String, salt: String, algorithm: String?) {
        guard let key = Hex.decode(hash) else { return nil }
        var iterations = Self.formerIterations
        if let algorithm {
            let fields = algorithm.split(separator: "$")
            guard fields.count == 2, fields[0] == "pbkdf2-sha256",
                let named = Self.iterations(fields[1])
            else { return nil }
            iterations = named
        }
        self.init(iterations: iterations, salt: Array(salt.utf8), key: key)
    }

    private init?(iterations: Int, salt: [UInt8], key: [UInt8]) {
        guard Limits.foreignIterations.contains(iterations), key.count == 32,
            Limits.foreignSaltBytes.contains(salt.count)
        else { return nil }
        self.iterations = iterations
        self.salt = salt
        self.key = key
    }

    private static func iterations(_ text: Substring) -> Int? {
        let parts = text.split(separator: ",")
        guard parts.count == 2, parts[0].hasPrefix("i="), parts[1] == "l=32" else { return nil }
        return Int(parts[0].dropFirst(2))
    }

    /// As it is kept.
    package var stored: String {
        let parts = [salt, key].map { Base64.encode($0, padding: false) }
        return "\(Self.prefix)i=\(iterations),l=32$\(parts[0])$\(parts[1])"
    }

    /// The comparison takes the same time whatever the answer. The password counts as it was typed.
    package func matches(_ password: String) -> Bool {
        guard password.utf8.count <= 4 * Limits.passwordBytes else { return false }
        return constantTimeEqual(
            Self.derive(Array(password.utf8), salt: salt, iterations: iterations),
            key
        )
    }

    /// Takes the time of so many iterations, for nothing.
    package static func spend(iterations: Int) {
        guard iterations > 0 else { return }
        _ = derive([], salt: [0], iterations: min(iterations, Limits.foreignIterations.upperBound))
    }

    private static func derive(_ password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: 32)
        // An empty array has no address to pass.
        let storage = password.isEmpty ? [0] : password.map { CChar(bitPattern: $0) }
        let made = PKCS5_PBKDF2_HMAC(
            storage,
            Int32(password.count),
            salt,
            Int32(salt.count),
            Int32(iterations),
            EVP_sha256(),
            32,
            &key
        )
        guard made == 1 else { fatalError("PBKDF2 is not available in this OpenSSL") }
        return key
    }
}
