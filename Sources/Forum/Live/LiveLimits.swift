extension Limits {
    /// Messages in one answer.
    static let busMessagesAtOnce = 1000
    /// So many who wait for one channel are served from memory; fewer look for themselves.
    static let busReadersToShare = 16
    /// Kinds of viewers for whom one node reads a channel at once; others look for themselves.
    static let busViewerKinds = 64
    /// People whose rights changed, remembered one by one.
    static let accessChangesKept = 10_000
    /// Seconds between two looks at whose waiting is over.
    static let busTickSeconds = 0.25
    /// People whom one event tells, each on a channel of their own; those who were here last.
    static let toldAtOnceMax = 1000
    /// Hours after which somebody who was not here is told nothing live.
    static let liveHours = 24
    /// People who are told that a list of theirs hides, or shows, a topic by their own choice.
    static let toldOfMuting = 100
}
