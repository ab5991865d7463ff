import COpenSSL

/// What both halves of an RSA key do: read themselves, and turn one message into another.
enum RSAOperation {
    /// Begins an operation, as `EVP_PKEY_encrypt_init` does.
    typealias Begin = (OpaquePointer) -> Int32
    /// Carries it out, as `EVP_PKEY_encrypt` does.
    typealias Work = (
        OpaquePointer, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>?,
        UnsafePointer<UInt8>?, Int
    ) -> Int32

    /// `nil` for a message that the key cannot take.
    static func run(
        _ message: [UInt8],
        with key: OpaquePointer,
        padding: RSAPublicKey.Padding,
        begin: Begin,
        work: Work
    ) -> [UInt8]? {
        guard let context = EVP_PKEY_CTX_new(key, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var length = Int(EVP_PKEY_get_size(key))
        var result = [UInt8](repeating: 0, count: length)
        guard begin(context) == 1,
            EVP_PKEY_CTX_set_rsa_padding(context, padding.number) == 1,
            work(context, &result, &length, message, message.count) == 1
        else {
            ERR_clear_error()
            return nil
        }
        return Array(result.prefix(length))
    }

    /// The key in a text of PEM; `nil` for what is none.
    static func parse(_ pem: [UInt8], by read: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer?
    {
        pem.withUnsafeBytes { buffer in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else {
                return nil
            }
            defer { BIO_free(bio) }
            let key = read(bio)
            // What is no key leaves its reasons behind; nobody asks for them.
            if key == nil { ERR_clear_error() }
            return key
        }
    }
}
