package import Postgres

/// What somebody did or what was done to them (Discourse's numbers).
package enum UserActionKind: Int, Sendable, CaseIterable {
    case like = 1
    case wasLiked = 2
    case newTopic = 4
    case reply = 5
    case response = 6
    case mention = 7
    case quote = 9
    case edit = 11
    case newPrivateMessage = 12
    case gotPrivateMessage = 13

    /// What only the person and administrators see.
    var isPrivate: Bool {
        switch self {
        case .like, .newTopic, .reply: false
        default: true
        }
    }
}

/// One action, as the viewer may see it. The author is of the post, the actor did something, and
/// the target is whose action it is.
package struct UserAction: Sendable {
    package let kind: Int
    package let createdAt: Timestamp
    package let topicID: TopicID
    package let title: String
    package let slug: String
    package let categoryID: CategoryID?
    package let isClosed: Bool
    package let isArchived: Bool
    package let postID: PostID
    package let postNumber: Int
    package let postType: Int
    package let isHidden: Bool
    package let cooked: String
    package let author: UserCard
    package let actor: UserCard
    package let target: UserCard
}

extension Community {
    /// The actions of somebody, latest first.
    ///
    /// - Parameter kinds: Empty stands for all. Kinds that the viewer may not see are left out.
    /// - Throws: `.notFound` for nobody, and for those who hide their profile.
    package func userActions(
        of username: String,
        kinds: Set<UserActionKind>,
        offset: Int,
        limit: Int = Limits.userActionsPerPage,
        for viewer: Viewer
    ) async throws -> [UserAction] {
        let profile = try await profile(named: username, for: viewer)
        let user = profile.user
        let isOwn = viewer.principal?.id == user.id || viewer.isAdmin
        try await checkIsShown(user, to: viewer)
        let wanted = (kinds.isEmpty ? Set(UserActionKind.allCases) : kinds)
            .filter { isOwn || !$0.isPrivate }
        guard !wanted.isEmpty, offset < Limits.userActionsDeepest else { return [] }
        let queries = UserActionQueries(
            user: user.id,
            viewer: viewer,
            offset: offset,
            limit: min(limit, Limits.userActionsPerPage)
        )
        return try await database.all(queries.page(of: wanted.sorted { $0.rawValue < $1.rawValue }))
    }

    /// - Throws: `.notFound` when the person hides what they do from the viewer.
    func checkIsShown(_ user: User, to viewer: Viewer) async throws {
        if viewer.principal?.id == user.id || viewer.isStaff { return }
        let json = try await database.value(UserActionQueries.options(of: user.id), as: String.self)
        let options = UserOptions(json: json ?? "{}")
        if options.flag("hide_profile") == true || options.flag("hide_profile_and_presence") == true
        {
            throw ForumError.notFound
        }
    }
}
