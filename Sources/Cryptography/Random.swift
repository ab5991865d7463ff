import COpenSSL

/// Random bytes of the operating system's quality, from OpenSSL's generator.
package enum Random {
    /// `count` unpredictable bytes. A process whose generator fails cannot make a secret,
    /// so it stops here rather than go on with a guessable one.
    package static func bytes(_ count: Int) -> [UInt8] {
        guard count > 0 else {
            return []
        }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard RAND_bytes(buffer.baseAddress, Int32(count)) == 1 else {
                fatalError("the random generator failed")
            }
            initialized = count
        }
    }

    /// `count` random bytes in lower-case hexadecimal: twice as many characters.
    package static func hex(_ count: Int) -> String {
        Hex.encode(bytes(count))
    }

    /// `count` random bytes in lower-case base 32, for what people and mail systems copy.
    package static func base32(_ count: Int) -> String {
        Base32.encode(bytes(count))
    }
}
