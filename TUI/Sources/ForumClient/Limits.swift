/// What this module accepts from a server, and how long it waits, in one table.
enum Limits {
    /// Bytes of one reply, after decompression.
    static let replyBytes = 32 * 1_024 * 1_024
    /// Bytes of one chunk of the live stream.
    static let chunkBytes = 4 * 1_024 * 1_024
    /// Seconds until a connection stands.
    static let connectSeconds: Int64 = 10
    /// Seconds for a whole call.
    static let callSeconds: Int64 = 60
    /// Seconds without a byte before a call is given up.
    static let idleSeconds: Int64 = 40
    /// Redirects that one call follows, all on the same host.
    static let redirects = 5
    /// Cookies of one site, and bytes of each.
    static let cookies = 32
    static let cookieBytes = 8_192
    /// Posts that a server gives by their ids at once (Discourse: TopicView.chunk_size).
    static let postsPerCall = 20
    /// Seconds between two polls that brought nothing, and the longest wait after failures.
    static let pollPauseSeconds = 15
    static let longestPauseSeconds = 60
    /// Channels of one live stream.
    static let channels = 64
    /// Messages that wait for a slow reader; the oldest go first, a reader can load anew.
    static let waitingMessages = 1_024
    /// Bytes of one file of the credential store.
    static let credentialBytes = 65_536
    /// Messages of one refusal, and characters of each.
    static let errorMessages = 8
    static let errorCharacters = 500
    /// Characters of a sealed key that somebody pastes.
    static let payloadBytes = 16_384
    /// Bytes of a picture that is shown.
    static let imageBytes = 16 * 1_024 * 1_024
    /// Bytes of a piece of an upload that is written at once.
    static let uploadPieceBytes = 64 * 1_024
    /// Seconds for one upload.
    static let uploadSeconds: Int64 = 600
    /// Bytes of what a command prints as a credential, and seconds that it may take.
    static let commandBytes = 8_192
}
