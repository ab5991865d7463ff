/// What this module accepts at most. Everything here guards against a hostile or damaged stored
/// value.
enum Limits {
    /// Longest password that is hashed, in bytes of UTF-8 after normalisation.
    static let passwordBytes = 1_024
    /// Longest stored hash string that is parsed, in bytes.
    static let passwordHashBytes = 512
    /// Largest scrypt cost exponent that a stored hash may ask for (N = 2^17).
    static let scryptLogN = 17
    /// Largest scrypt block size that a stored hash may ask for.
    static let scryptBlockSize = 16
    /// Largest scrypt parallelism that a stored hash may ask for.
    static let scryptParallelism = 8
    /// Most memory that one scrypt computation may take, in bytes: 2^17 × 8 × 128 and its margin.
    static let scryptMemoryBytes = 136 * 1_024 * 1_024
    /// Shortest and longest derived key that is accepted, in bytes.
    static let scryptKeyBytes = 16...64
    /// Shortest and longest salt that is accepted, in bytes.
    static let scryptSaltBytes = 8...64
    /// How dear a hash of another forum may be, and how long its salt.
    static let foreignIterations = 1...2_000_000
    static let foreignSaltBytes = 8...128
    /// Longest public key that is parsed, in bytes of PEM text.
    static let publicKeyBytes = 8_192
    /// Longest private key that is parsed, in bytes of PEM text.
    static let privateKeyBytes = 16_384
    /// Sizes of RSA keys that something is encrypted for, in bits.
    static let rsaBits: ClosedRange<Int32> = 1_024...8_192
}
