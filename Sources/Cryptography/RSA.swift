import COpenSSL

/// Encrypting something short for whoever has the private key (RFC 8017 §7).
package struct RSAPublicKey: Sendable {
    package enum Padding: String, Sendable, CaseIterable {
        /// RSAES-PKCS1-v1_5 (§7.2).
        case pkcs1
        /// RSAES-OAEP with SHA-1 (§7.1), as Ruby's and JavaScript's libraries default to.
        case oaep

        var number: Int32 {
            switch self {
            case .pkcs1: RSA_PKCS1_PADDING
            case .oaep: RSA_PKCS1_OAEP_PADDING
            }
        }

        /// What the padding takes of the key's size, in bytes.
        fileprivate var overhead: Int {
            switch self {
            case .pkcs1: 11
            case .oaep: 42
            }
        }
    }

    private let pem: [UInt8]
    /// The size of the key, in bytes: that of what is encrypted.
    private let size: Int

    /// A key in PEM, as SubjectPublicKeyInfo (`BEGIN PUBLIC KEY`, RFC 7468 §13).
    ///
    /// - Returns: `nil` for what is no such key, no RSA key, or one too short or too long.
    package init?(pem text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= Limits.publicKeyBytes,
            let key = Self.parse(bytes)
        else { return nil }
        defer { EVP_PKEY_free(key) }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA,
            Limits.rsaBits.contains(EVP_PKEY_get_bits(key))
        else { return nil }
        pem = bytes
        size = Int(EVP_PKEY_get_size(key))
    }

    /// `message`, encrypted; `nil` when it is too long for the key.
    package func encrypt(_ message: [UInt8], padding: Padding) -> [UInt8]? {
        guard message.count <= size - padding.overhead, let key = Self.parse(pem) else {
            return nil
        }
        defer { EVP_PKEY_free(key) }
        return RSAOperation.run(
            message,
            with: key,
            padding: padding,
            begin: { EVP_PKEY_encrypt_init($0) },
            work: { EVP_PKEY_encrypt($0, $1, $2, $3, $4) }
        )
    }

    private static func parse(_ pem: [UInt8]) -> OpaquePointer? {
        RSAOperation.parse(pem) { PEM_read_bio_PUBKEY($0, nil, nil, nil) }
    }
}
