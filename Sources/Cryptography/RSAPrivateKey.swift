import COpenSSL

/// A private key that lives as long as one question: a program makes it, sends the public half
/// away, and opens the one answer that comes back (RFC 8017 §7).
package struct RSAPrivateKey: Sendable {
    private let pem: [UInt8]
    /// The public half as SubjectPublicKeyInfo in PEM.
    package let publicPEM: String

    /// Makes a key of ``bits`` bits. `nil` when the library fails, which it does only for want of
    /// memory or randomness.
    package init?() {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_rsa_keygen_bits(context, Self.bits) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else {
            ERR_clear_error()
            return nil
        }
        defer { EVP_PKEY_free(key) }
        guard
            let privatePEM = Self.written({
                PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil)
            }),
            let publicPEM = Self.written({ PEM_write_bio_PUBKEY($0, key) })
        else { return nil }
        pem = privatePEM
        self.publicPEM = String(decoding: publicPEM, as: UTF8.self)
    }

    /// Bits of a new key.
    private static let bits: Int32 = 2_048

    /// What was encrypted for this key; `nil` for anything else.
    package func decrypt(_ message: [UInt8], padding: RSAPublicKey.Padding) -> [UInt8]? {
        guard let key = Self.parse(pem) else { return nil }
        defer { EVP_PKEY_free(key) }
        return RSAOperation.run(
            message,
            with: key,
            padding: padding,
            begin: { EVP_PKEY_decrypt_init($0) },
            work: { EVP_PKEY_decrypt($0, $1, $2, $3, $4) }
        )
    }

    private static func parse(_ pem: [UInt8]) -> OpaquePointer? {
        RSAOperation.parse(pem) { PEM_read_bio_PrivateKey($0, nil, nil, nil) }
    }

    /// What `write` puts into a buffer in memory.
    private static func written(_ write: (OpaquePointer) -> Int32) -> [UInt8]? {
        guard let bio = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(bio) }
        guard write(bio) == 1 else {
            ERR_clear_error()
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: Limits.publicKeyBytes)
        let count = BIO_read(bio, &bytes, Int32(bytes.count))
        return count > 0 ? Array(bytes.prefix(Int(count))) : nil
    }
}
