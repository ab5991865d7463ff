import NIOCore

/// What this door accepts, in one table.
enum WebLimits {
    static let bodyBytes = 2 * 1024 * 1024
    /// A mail of 25 MiB in Base64, with room for its form.
    static let mailBodyBytes = 36 * 1024 * 1024
    static let bodySeconds = 30
    static let bodyBytesOfReads = 64 * 1024
    /// From the first byte of a request to the end of its headers.
    static let headerSeconds: Int64 = 15
    static let headerBytes = 16 * 1024
    static let headerFields = 100
    static let idleSeconds: Int64 = 60
    static let connections = 12_000
    static let uriBytes = 8 * 1024
    /// Topics shown below another one, and how long a choice of them is kept.
    static let suggestedTopics = 5
    static let suggestedSeconds = 60
    static let suggestedLists = 500
    /// How long a client may leave what is sent to it unread.
    static let stalledSeconds: Int64 = 60
    /// After an answer to a request that is not read to its end: time for the answer to arrive.
    static let lingerSeconds: Int64 = 2
    /// Whole answers kept in memory for readers who are not logged in.
    static let cachedBytes = 32 * 1024 * 1024
    static let cachedAnswerBytes = 1024 * 1024
    static let cachedSeconds = 60
}
