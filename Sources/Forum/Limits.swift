/// Every bound on what comes from outside, in one table. Discourse's default where it has one.
package enum Limits {
    // Text, in Unicode scalars unless the name says bytes.
    package static let titleMin = 15
    package static let titleMax = 255
    package static let postMin = 20
    package static let postMax = 32_000
    package static let usernameMin = 3
    package static let usernameMax = 20
    package static let nameMax = 255
    package static let emailMax = 254
    package static let passwordMin = 10
    package static let passwordMinAdmin = 15
    package static let passwordBytesMax = 256
    package static let bioMax = 3000
    package static let categoryNameMax = 50
    package static let tagMax = 20
    package static let tagsPerTopicMax = 5
    package static let editReasonMax = 255
    package static let searchTermMax = 1000

    // Pages.
    package static let topicsPerPage = 30
    package static let topicsPerPageMax = 100
    package static let postsPerChunk = 20
    package static let postsPerRequestMax = 1000
    package static let postIDsPerRequestMax = 1000
    package static let searchResultsPerPage = 50
    package static let notificationsPerPage = 60
    package static let rawPostsPerPage = 100

    // Live bus.
    package static let busBacklogPerChannel = 100
    package static let busChannelsPerPoll = 100
    package static let busPollSeconds = 25
    package static let settingsReloadSeconds = 5

    // Requests that are counted in memory.
    package static let requestCounts = 50_000
    package static let requestCountsShared = 1_000
    package static let requestCountsShareSeconds = 1

    // Work.
    package static let passwordHashesAtOnce = 2
    package static let passwordHashQueue = 50
    package static let outboxBatch = 100
    package static let outboxAttempts = 12
    package static let mailPerUserPerDay = 100

    // Time, in seconds.
    package static let sessionIdleSeconds = 60 * 86_400
    package static let editGraceSeconds = 300
    package static let replyKeyDays = 90
    package static let incomingMailKeptDays = 90
}
