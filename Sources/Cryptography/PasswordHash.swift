import COpenSSL
import Foundation

/// Why a password could not be hashed or compared.
package enum PasswordHashError: Error, Sendable, Hashable {
    /// The password is longer than `Limits.passwordBytes`.
    case passwordTooLong
    /// The stored string is no scrypt hash in PHC form.
    case malformed
    /// The stored string asks for more memory or time than `Limits` allows.
    case tooExpensive
    /// OpenSSL refused: usually because memory ran out.
    case failed
}

/// Password hashing by scrypt (RFC 7914), kept as `$scrypt$ln=16,r=8,p=2$salt$hash`
/// (PHC string format, base 64 without padding).
///
/// A computation at the standard parameters takes 64 MiB and about half a second of one
/// processor, synchronously: callers bound how many run at once.
package struct PasswordHash: Sendable {
    /// The price of one computation.
    package struct Parameters: Sendable, Hashable {
        /// Binary logarithm of the cost N.
        package var logN: Int
        /// Block size r: the memory is 128 × N × r bytes.
        package var blockSize: Int
        /// Parallelism p: the time is in proportion to it.
        package var parallelism: Int

        package init(logN: Int, blockSize: Int, parallelism: Int) {
            self.logN = logN
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// N = 2^16, r = 8, p = 2: 64 MiB, the equal of OWASP's 2^17, 8, 1 in time.
        package static let standard = Parameters(logN: 16, blockSize: 8, parallelism: 2)
        /// N = 2^4: for tests, where the price is not the point.
        package static let cheap = Parameters(logN: 4, blockSize: 8, parallelism: 1)

        /// Whether these stay within `Limits`.
        var isAffordable: Bool {
            (1...Limits.scryptLogN).contains(logN)
                && (1...Limits.scryptBlockSize).contains(blockSize)
                && (1...Limits.scryptParallelism).contains(parallelism)
                && 128 * blockSize * ((1 << logN) + parallelism + 2) <= Limits.scryptMemoryBytes
        }
    }

    let parameters: Parameters
    let salt: [UInt8]
    let key: [UInt8]

    /// Hashes a password with a new random salt of 16 bytes.
    package static func make(
        _ password: String,
        parameters: Parameters = .standard
    ) throws(PasswordHashError) -> String {
        let salt = Random.bytes(16)
        let key = try derive(normalised(password), salt: salt, parameters: parameters, length: 32)
        let costs =
            "ln=\(parameters.logN),r=\(parameters.blockSize),p=\(parameters.parallelism)"
        let parts = [salt, key].map { Base64.encode($0, padding: false) }
        return "$scrypt$\(costs)$\(parts[0])$\(parts[1])"
    }

    /// Whether `password` is the one behind `phc`. The comparison takes the same time whatever
    /// the answer.
    package static func verify(
        _ password: String,
        against phc: String
    ) throws(PasswordHashError) -> Bool {
        let stored = try PasswordHash(phc: phc)
        let key = try derive(
            normalised(password),
            salt: stored.salt,
            parameters: stored.parameters,
            length: stored.key.count
        )
        return constantTimeEqual(key, stored.key)
    }

    /// Whether a new hash should be made at the next login: the stored one is cheaper than the
    /// standard, or cannot be read.
    package static func needsRehash(
        _ phc: String,
        parameters: Parameters = .standard
    ) -> Bool {
        do throws(PasswordHashError) {
            return try PasswordHash(phc: phc).parameters != parameters
        } catch {
            return true
        }
    }

    /// Reads the stored form.
    init(phc: String) throws(PasswordHashError) {
        guard phc.utf8.count <= Limits.passwordHashBytes else {
            throw .malformed
        }
        let fields = phc.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0].isEmpty, fields[1] == "scrypt",
            let salt = Base64.decode(String(fields[3])),
            let key = Base64.decode(String(fields[4])),
            Limits.scryptSaltBytes.contains(salt.count),
            Limits.scryptKeyBytes.contains(key.count)
        else {
            throw .malformed
        }
        var numbers: [Int] = []
        for (item, name) in zip(fields[2].split(separator: ","), ["ln=", "r=", "p="]) {
            guard item.hasPrefix(name), item.utf8.count <= name.utf8.count + 6,
                let number = Int(item.dropFirst(name.count)), number > 0
            else {
                throw .malformed
            }
            numbers.append(number)
        }
        guard numbers.count == 3, fields[2].split(separator: ",").count == 3 else {
            throw .malformed
        }
        parameters = Parameters(logN: numbers[0], blockSize: numbers[1], parallelism: numbers[2])
        guard parameters.isAffordable else {
            throw .tooExpensive
        }
        self.salt = salt
        self.key = key
    }

    /// The scrypt function itself (RFC 7914 §6).
    static func derive(
        _ password: [UInt8],
        salt: [UInt8],
        parameters: Parameters,
        length: Int
    ) throws(PasswordHashError) -> [UInt8] {
        guard parameters.isAffordable else {
            throw .tooExpensive
        }
        var key = [UInt8](repeating: 0, count: length)
        let characters = password.map { CChar(bitPattern: $0) }
        let made = EVP_PBE_scrypt(
            characters,
            characters.count,
            salt,
            salt.count,
            1 << UInt64(parameters.logN),
            UInt64(parameters.blockSize),
            UInt64(parameters.parallelism),
            UInt64(Limits.scryptMemoryBytes),
            &key,
            length
        )
        guard made == 1 else {
            throw .failed
        }
        return key
    }

    /// The bytes that are hashed: UTF-8 in normal form C, so that a password typed on another
    /// system is the same password (NIST SP 800-63B §5.1.1.2).
    private static func normalised(_ password: String) throws(PasswordHashError) -> [UInt8] {
        // A bound before the work of normalising, and the exact one after it.
        guard password.utf8.count <= 4 * Limits.passwordBytes else {
            throw .passwordTooLong
        }
        let bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
        guard bytes.count <= Limits.passwordBytes else {
            throw .passwordTooLong
        }
        return bytes
    }
}
