/// What one request to the outside may cost.
package enum EgressLimits {
    /// Longest address, in characters.
    package static let urlBytes = 2_000
    /// Seconds until a connection stands, names resolved.
    static let connectSeconds = 5.0
    /// Seconds until everything is over.
    package static let totalSeconds = 10.0
    /// Addresses of one name that are tried.
    static let addressesTried = 2
    /// Most that is sent, in bytes.
    static let requestBytes = 4 * 1_024 * 1_024
    /// What is read of an answer, in bytes; the rest is not waited for.
    package static let responseBytes = 16 * 1_024
    /// What is kept of the headers of an answer.
    static let responseHeaders = 50
    static let responseHeaderBytes = 1_024
}
