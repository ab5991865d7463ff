extension Limits {
    package static let usersPerAdminPage = 100
    package static let staffActionsPerPage = 50
    package static let reviewablesPerPage = 10
    package static let adminLogsPerPage = 50
    package static let penaltyReasonMax = 1000
    package static let bulkApprovalsMax = 100
    package static let reviewNotesMax = 2000
    /// Posts of one deleted user that are deleted one after the other in one request.
    package static let deletedPostsPerBatch = 100
    /// Days after somebody's first post in which staff may still delete them with their posts.
    package static let userDeletionDays = 60.0
    package static let userDeletionPosts = 5
    package static let flagsPerDay = 20
    package static let undoFlagSeconds = 600
    package static let flagMessageMin = 10
    package static let flagMessageMax = 10_000
    package static let watchedWordsMax = 1000
    package static let watchedWordStars = 2
    package static let watchedWordMax = 100
    package static let pendingPostsPerMember = 20
    package static let screenedRowsListed = 200
    package static let reportDays = 366.0
}
