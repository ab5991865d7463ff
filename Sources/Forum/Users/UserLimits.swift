extension Limits {
    /// What the database keeps: names from other systems may be longer than Discourse's 20.
    package static let usernameStoredMax = 60
    package static let locationMax = 255
    package static let websiteMax = 255
    package static let userTitleMax = 255
    /// Numbers tried behind a suggested username before chance decides.
    static let usernameNumbers = 40
    /// Attempts to make a staged user while others make users at the same time.
    static let stagedUserAttempts = 20

    /// Wrong passwords from one network for one login name, and from everywhere for it.
    static let logInFailuresPerNetwork = 5
    static let logInFailuresPerLogin = 50
    static let logInFailureWindowSeconds = 900.0
    /// Names and networks remembered; when there are more, the oldest are forgotten.
    static let logInFailuresRemembered = 20_000
    package static let userAgentMax = 255
    /// However much it is used, a session ends after so many seconds.
    static let sessionSeconds = 365.0 * 86_400
    /// How stale "last used" and "last seen" may be.
    static let touchSeconds = 60.0
    /// Seconds of absence after which somebody's next request begins another visit (Discourse's
    /// `previous_visit_timeout_hours`).
    static let visitSeconds = 3600.0
    package static let apiKeyDescriptionMax = 255
    static let activationSeconds = 48.0 * 3600
    static let passwordResetSeconds = 3600.0

    package static let groupNameMax = 20
    package static let groupMembersPerPage = 50
    package static let usersPerPage = 100
}
