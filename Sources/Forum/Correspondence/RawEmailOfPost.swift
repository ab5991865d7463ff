import Postgres

extension Community {
    /// The mail that a post came by, as it arrived, for who sent it and for administrators: its header
    /// tells more of its sender than their post does.
    ///
    /// - Throws: `.notFound` also for a post that was not mailed, or whose mail is not kept any more.
    package func rawEmail(of post: PostID, for principal: Principal) async throws -> [UInt8] {
        guard
            let raw = try await database.value(
                IncomingEmailQueries.raw(of: post, for: principal),
                as: [UInt8].self
            )
        else { throw ForumError.notFound }
        return raw
    }
}
