package import Postgres

extension Community {
    /// The user of that number, whatever its state, or `nil`.
    package func user(_ id: UserID) async throws(PostgresError) -> User? {
        try await database.first(UserQueries.user(id))
    }

    /// The user of that name, in any case and normal form, or `nil`.
    package func user(named username: String) async throws(PostgresError) -> User? {
        guard let key = UsernameRules.lookupKey(username) else { return nil }
        return try await database.first(UserQueries.user(usernameKey: key))
    }

    /// Users by number, for the authors of many posts; those that do not exist are left out.
    package func users(_ ids: [UserID]) async throws(PostgresError) -> [User] {
        guard !ids.isEmpty else { return [] }
        return try await database.all(UserQueries.users(ids.map(\.value)))
    }

    /// A person as the viewer sees them.
    ///
    /// - Throws: `.notFound` for nobody, and for accounts that only staff may know of: staged ones
    ///   and those never activated.
    package func profile(named username: String, for viewer: Viewer) async throws -> UserProfile {
        guard let user = try await user(named: username) else { throw ForumError.notFound }
        let isSelf = viewer.principal?.id == user.id
        let isPresentable = !user.isStaged && user.isActive && user.isApproved
        guard isPresentable || isSelf || viewer.isStaff else { throw ForumError.notFound }
        let answers = try await database.batch([
            UserQueries.emails(of: user.id),
            GroupQueries.groups(of: user.id, for: viewer),
            ProfileQueries.activity(of: user.id, for: viewer),
            BadgeQueries.honours(of: user.id),
        ])
        guard let activity = try answers[2].first(VisibleActivity.self) else {
            throw ForumError(.bug, "A count has no row.")
        }
        let emails = try answers[0].decode(EmailRow.self)
        let seesEmails = isSelf || viewer.isStaff
        return UserProfile(
            user: user,
            email: seesEmails ? emails.first { $0.isPrimary }?.email : nil,
            secondaryEmails: seesEmails ? emails.filter { !$0.isPrimary }.map(\.email) : [],
            groups: try answers[1].decode(),
            canEdit: viewer.principal?.can(.changeProfile, user) ?? false,
            activity: activity,
            honours: try answers[3].first(UserHonours.self)
        )
    }
}
