import COpenSSL

/// Keyed message authentication (RFC 2104).
package enum HMAC {
    /// HMAC with SHA-256: 32 bytes. Keys of any length are accepted.
    package static func sha256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        make(EVP_sha256(), length: 32, key: key, message: message)
    }

    /// HMAC with SHA-1: 20 bytes. For codes of authenticators, which know no other.
    package static func sha1(key: [UInt8], message: [UInt8]) -> [UInt8] {
        make(EVP_sha1(), length: 20, key: key, message: message)
    }

    private static func make(
        _ digest: OpaquePointer?,
        length expected: Int,
        key: [UInt8],
        message: [UInt8]
    ) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: expected)
        var length: UInt32 = 0
        // OpenSSL takes a null key pointer as "reuse the last key": an empty key passes one byte
        // of storage and the length zero.
        let storage = key.isEmpty ? [0] : key
        let made = COpenSSL.HMAC(
            digest,
            storage,
            Int32(key.count),
            message,
            message.count,
            &result,
            &length
        )
        guard made != nil, length == expected else {
            fatalError("HMAC is not available in this OpenSSL")
        }
        return result
    }

    /// HMAC with SHA-256 over the UTF-8 bytes of `message`.
    package static func sha256(key: [UInt8], message: String) -> [UInt8] {
        sha256(key: key, message: Array(message.utf8))
    }
}

/// Whether two values are equal, in a time that depends on their lengths alone.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else {
        return false
    }
    return CRYPTO_memcmp(left, right, left.count) == 0
}
