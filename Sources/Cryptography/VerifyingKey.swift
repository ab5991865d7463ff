import COpenSSL

/// The public half of a key that something was signed with.
package struct VerifyingKey: Sendable {
    private enum Form: Sendable {
        /// DER, as SubjectPublicKeyInfo or RSAPublicKey (RFC 8017 §A.1.1).
        case rsa([UInt8])
        /// 32 bytes (RFC 8032).
        case ed25519([UInt8])
    }

    private let form: Form

    /// - Returns: `nil` for what is no RSA key, or one too short or too long to be trusted.
    package init?(rsa der: [UInt8]) {
        guard !der.isEmpty, der.count <= Limits.publicKeyBytes else { return nil }
        form = .rsa(der)
        guard let key = parse() else { return nil }
        defer { EVP_PKEY_free(key) }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA,
            Limits.rsaBits.contains(EVP_PKEY_get_bits(key))
        else { return nil }
    }

    /// - Returns: `nil` for other than 32 bytes.
    package init?(ed25519 bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        form = .ed25519(bytes)
    }

    /// Whether `signature` was made of `message`: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2), or
    /// Ed25519 (RFC 8032 §5.1.7).
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let key = parse(), let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_PKEY_free(key)
            EVP_MD_CTX_free(context)
        }
        let digest = if case .rsa = form { EVP_sha256() } else { OpaquePointer?.none }
        guard EVP_DigestVerifyInit(context, nil, digest, nil, key) == 1,
            EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        else {
            ERR_clear_error()
            return false
        }
        return true
    }

    private func parse() -> OpaquePointer? {
        defer { ERR_clear_error() }
        switch form {
        case .ed25519(let bytes):
            return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        case .rsa(let der):
            return der.withUnsafeBufferPointer { buffer in
                var position = buffer.baseAddress
                if let key = d2i_PUBKEY(nil, &position, buffer.count) { return key }
                position = buffer.baseAddress
                return d2i_PublicKey(EVP_PKEY_RSA, nil, &position, buffer.count)
            }
        }
    }
}
