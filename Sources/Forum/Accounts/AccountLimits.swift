extension Limits {
    /// Mails of one kind about accounts to one address in an hour; more are not sent.
    static let accountMailsPerHour = 6
    static let emailChangeSeconds = 48.0 * 3600
    /// Addresses of one person, the primary one and those that wait among them.
    static let emailsPerUser = 10
    /// How long a name stays taken that somebody asked for with an address that has an account.
    static let usernameHoldSeconds = 48.0 * 3600
    /// Users, categories or tags in one list of preferences.
    package static let preferencesListed = 1_000
    static let fieldsPerUser = 100
    static let fieldNameMax = 100
    static let fieldValueMax = 2_000
    static let externalIDMax = 1_000
    /// People that a list of one request names, such as `user_ids` of cards.
    package static let usersPerRequest = 50
    package static let directoryPerPage = 50
    package static let directoryPagesMax = 10_000
    package static let userActionsPerPage = 30
    package static let userActionsDeepest = 10_000
    package static let userSearchResults = 20
    static let ignoreSecondsMax = 5 * 366.0 * 86_400
    package static let statusMax = 100
    static let doNotDisturbMinutesMax = 7 * 1440
    static let summaryListed = 6
    package static let inviteMessageMax = 1_000
    package static let inviteDescriptionMax = 100
    package static let invitesPerRequest = 100
    package static let invitesPerPage = 40
    static let inviteGroupsMax = 20
    static let usernameChangeBatch = 2_000
    static let usernameChangeSeconds = 2.0
    /// Posts with fewer than so many do not keep somebody from deleting the own account.
    static let ownPostsForDeletion = 2
    static let ssoNonceSeconds = 600.0
    static let ssoPayloadBytes = 16_384
}
