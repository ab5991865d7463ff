import COpenSSL

/// Message digests. SHA-256 is the one to use; the others exist for formats that name them.
package enum Digest {
    /// SHA-256 (FIPS 180-4): 32 bytes.
    package static func sha256(_ message: [UInt8]) -> [UInt8] {
        digest(message, EVP_sha256())
    }

    /// SHA-256 of the UTF-8 bytes of `text`.
    package static func sha256(_ text: String) -> [UInt8] {
        sha256(Array(text.utf8))
    }

    /// SHA-1 (FIPS 180-4): 20 bytes. Names content; protects nothing.
    package static func sha1(_ message: [UInt8]) -> [UInt8] {
        digest(message, EVP_sha1())
    }

    /// SHA-1 of the UTF-8 bytes of `text`.
    package static func sha1(_ text: String) -> [UInt8] {
        sha1(Array(text.utf8))
    }

    /// MD5 (RFC 1321): 16 bytes. Names a message that has no Message-ID; protects nothing.
    package static func md5(_ message: [UInt8]) -> [UInt8] {
        digest(message, EVP_md5())
    }

    /// MD5 of the UTF-8 bytes of `text`.
    package static func md5(_ text: String) -> [UInt8] {
        md5(Array(text.utf8))
    }

    private static func digest(_ message: [UInt8], _ algorithm: OpaquePointer?) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard EVP_Digest(message, message.count, &result, &length, algorithm, nil) == 1 else {
            fatalError("the digest is not available in this OpenSSL")
        }
        result.removeLast(result.count - Int(length))
        return result
    }
}
