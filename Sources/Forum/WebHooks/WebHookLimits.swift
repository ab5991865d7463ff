extension Limits {
    package static let webHooksMax = 100
    /// Rows of one page of webhooks, or of their deliveries.
    package static let webHooksPerPage = 50
    package static let webHookURLMax = 2000
    package static let webHookSecretMin = 12
    package static let webHookSecretMax = 500
    /// Entries of one filter.
    static let webHookFilterMax = 500
    /// Deliveries whose bodies are written at once, and that are asked for or redelivered at once.
    package static let requestsWrittenAtOnce = 20
    package static let requestsNamedAtOnce = 100
    /// Seconds that a worker holds what it sends; longer than one request takes.
    package static let requestLeaseSeconds = 15
    /// How long what was sent, or could not be, is kept.
    static let requestsKeptDays = 30
    /// Kept of the text of an answer, in characters.
    static let requestResponseMax = 16_384
    /// Deliveries given up one after the other that turn a webhook off.
    static let webHookGivenUpMax = 2
    /// Tries of something that the receiver understood and refused.
    package static let requestRefusalsMax = 5
    /// A notice is pushed within so many hours or not at all.
    static let pushKeptHours = 12
    /// Characters of a post in a pushed notice.
    package static let pushExcerptMax = 400
}
