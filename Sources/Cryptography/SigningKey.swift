import COpenSSL

/// The private half of a key pair: what it signs, a `VerifyingKey` verifies.
package struct SigningKey: Sendable {
    package enum Algorithm: String, Sendable, CaseIterable {
        /// RSASSA-PKCS1-v1_5 with SHA-256, of 2048 bits.
        case rsa
        case ed25519

        fileprivate var number: Int32 {
            switch self {
            case .rsa: EVP_PKEY_RSA
            case .ed25519: EVP_PKEY_ED25519
            }
        }
    }

    package let algorithm: Algorithm
    /// As PKCS #8 in PEM (`BEGIN PRIVATE KEY`, RFC 7468 §10).
    package let pem: String

    /// - Returns: `nil` for what is no private key of a known kind, or an RSA key too short or too long.
    package init?(pem text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= Limits.privateKeyBytes,
            let key = Self.parse(bytes)
        else { return nil }
        defer { EVP_PKEY_free(key) }
        let number = EVP_PKEY_get_base_id(key)
        guard let algorithm = Algorithm.allCases.first(where: { $0.number == number }),
            algorithm != .rsa || Limits.rsaBits.contains(EVP_PKEY_get_bits(key))
        else { return nil }
        self.algorithm = algorithm
        pem = text
    }

    /// A new key; `nil` when the machine has no randomness.
    package static func generate(_ algorithm: Algorithm) -> SigningKey? {
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new_id(algorithm.number, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            algorithm != .rsa || EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else { return nil }
        defer { EVP_PKEY_free(key) }
        guard let bio = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(bio) }
        guard PEM_write_bio_PrivateKey(bio, key, nil, nil, 0, nil, nil) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
        let count = BIO_read(bio, &bytes, Int32(bytes.count))
        return SigningKey(pem: String(decoding: bytes.prefix(Int(count)), as: UTF8.self))
    }

    /// What `VerifyingKey` takes: SubjectPublicKeyInfo in DER for RSA, 32 bytes for Ed25519.
    package var publicKey: [UInt8] {
        guard let key = Self.parse(Array(pem.utf8)) else { return [] }
        defer { EVP_PKEY_free(key) }
        switch algorithm {
        case .ed25519:
            var length = 32
            var bytes = [UInt8](repeating: 0, count: length)
            return EVP_PKEY_get_raw_public_key(key, &bytes, &length) == 1 ? bytes : []
        case .rsa:
            var bytes = [UInt8](repeating: 0, count: max(0, Int(i2d_PUBKEY(key, nil))))
            let written = bytes.withUnsafeMutableBufferPointer { buffer in
                var position = buffer.baseAddress
                return i2d_PUBKEY(key, &position)
            }
            return written > 0 ? bytes : []
        }
    }

    /// - Returns: `nil` when the library fails.
    package func sign(_ message: [UInt8]) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let key = Self.parse(Array(pem.utf8)), let context = EVP_MD_CTX_new() else {
            return nil
        }
        defer {
            EVP_PKEY_free(key)
            EVP_MD_CTX_free(context)
        }
        let digest = algorithm == .rsa ? EVP_sha256() : nil
        var length = 0
        guard EVP_DigestSignInit(context, nil, digest, nil, key) == 1,
            EVP_DigestSign(context, nil, &length, message, message.count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else {
            return nil
        }
        return Array(signature.prefix(length))
    }

    private static func parse(_ pem: [UInt8]) -> OpaquePointer? {
        pem.withUnsafeBytes { buffer in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else {
                return nil
            }
            defer { BIO_free(bio) }
            let key = PEM_read_bio_PrivateKey(bio, nil, nil, nil)
            if key == nil { ERR_clear_error() }
            return key
        }
    }
}
