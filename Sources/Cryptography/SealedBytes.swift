import COpenSSL

/// Authenticated encryption with AES-256-GCM (NIST SP 800-38D): what is sealed can only be read, and
/// only be changed, by whoever has the key.
package enum SealedBytes {
    /// Bytes of a key.
    package static let keyLength = 32
    private static let nonceLength = 12
    private static let tagLength = 16

    /// A random nonce of 12 bytes, the encrypted bytes, and a tag of 16 bytes.
    ///
    /// - Parameter context: What the bytes are and whose; opening them needs the same, so that a
    ///   sealed value cannot be put in another one's place.
    package static func seal(_ plain: [UInt8], key: [UInt8], context: String) -> [UInt8] {
        precondition(key.count == keyLength, "a key has 32 bytes")
        let nonce = Random.bytes(nonceLength)
        var sealed = [UInt8](repeating: 0, count: plain.count)
        var tag = [UInt8](repeating: 0, count: tagLength)
        let isSealed = withCipher { cipher in
            var length: Int32 = 0
            let added = Array(context.utf8)
            return EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce) == 1
                && EVP_EncryptUpdate(cipher, nil, &length, added, Int32(added.count)) == 1
                && EVP_EncryptUpdate(cipher, &sealed, &length, plain, Int32(plain.count)) == 1
                && EVP_EncryptFinal_ex(cipher, &tag, &length) == 1
                && EVP_CIPHER_CTX_ctrl(
                    cipher,
                    EVP_CTRL_AEAD_GET_TAG,
                    Int32(tagLength),
                    &tag
                ) == 1
        }
        guard isSealed else { fatalError("AES-256-GCM is not available in this OpenSSL") }
        return nonce + sealed + tag
    }

    /// The bytes, or `nil` for another key or context, and for what was changed.
    package static func open(_ sealed: [UInt8], key: [UInt8], context: String) -> [UInt8]? {
        guard key.count == keyLength, sealed.count >= nonceLength + tagLength else { return nil }
        let nonce = Array(sealed.prefix(nonceLength))
        var tag = Array(sealed.suffix(tagLength))
        let body = Array(sealed.dropFirst(nonceLength).dropLast(tagLength))
        var plain = [UInt8](repeating: 0, count: body.count)
        var rest = [UInt8](repeating: 0, count: tagLength)
        let isWhole = withCipher { cipher in
            var length: Int32 = 0
            let added = Array(context.utf8)
            return EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce) == 1
                && EVP_DecryptUpdate(cipher, nil, &length, added, Int32(added.count)) == 1
                && EVP_DecryptUpdate(cipher, &plain, &length, body, Int32(body.count)) == 1
                && EVP_CIPHER_CTX_ctrl(
                    cipher,
                    EVP_CTRL_AEAD_SET_TAG,
                    Int32(tagLength),
                    &tag
                ) == 1
                && EVP_DecryptFinal_ex(cipher, &rest, &length) == 1
        }
        return isWhole ? plain : nil
    }

    private static func withCipher(_ work: (OpaquePointer) -> Bool) -> Bool {
        guard let cipher = EVP_CIPHER_CTX_new() else { return false }
        defer { EVP_CIPHER_CTX_free(cipher) }
        return work(cipher)
    }
}
