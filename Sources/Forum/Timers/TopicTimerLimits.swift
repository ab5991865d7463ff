extension Limits {
    /// Timers that are handed to the queue at once.
    static let timersAtOnce = 500
    static let timerMinutesMax = 20 * 366 * 24 * 60
    static let expiredRepliesAtOnce = 500
    /// A reply that so many like is not deleted by a timer (Discourse's
    /// `skip_auto_delete_reply_likes`).
    static let likesThatKeepReplies = 5
}
