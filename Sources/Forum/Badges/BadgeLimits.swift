extension Limits {
    static let badgeNameMax = 100
    static let badgeDescriptionMax = 1000
    static let badgeLongDescriptionMax = 5000
    static let badgeIconMax = 100
    /// Badges of one community.
    static let badgesMax = 500
    /// Badges that are listed of one person.
    static let userBadgesMax = 500
    static let badgeHoldersPerPage = 96
    static let badgeHoldersOffsetMax = 100_000
    static let favoriteBadgesMax = 2
    /// Seconds between two rounds in which all badges are granted that nobody's act caused.
    static let badgeRoundSeconds = 86_400.0
    /// Only those who were here in so many days are told of a badge.
    static let badgeNoticeDays = 60
    /// Posts that one round looks at; the rest is found by the daily one.
    static let touchedPostsMax = 20_000
    static let badgeStatementSeconds = 120.0
}
