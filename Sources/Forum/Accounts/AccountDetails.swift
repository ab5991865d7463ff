package import Postgres

/// What a profile tells beside the person: choices, relations and places, each as far as the viewer
/// may see it.
package struct AccountDetails: Sendable {
    package var options = UserOptions()
    package var locale: String?
    package var customFields: [String: String] = [:]
    package var userFields: [String: String] = [:]
    package var mutedUsernames: [String] = []
    package var ignoredUsernames: [String] = []
    package var allowedUsernames: [String] = []
    /// Category ids by level.
    package var categories: [NotificationLevel: [Int64]] = [:]
    package var tags: [NotificationLevel: [TagCard]] = [:]
    /// How posts of these come, where that is not a mail for each.
    package var categoryDeliveries: [Int64: Delivery] = [:]
    package var tagDeliveries: [String: Delivery] = [:]
    package var groups: [GroupMembership] = []
    package var schedule = NotificationSchedule.usual
    package var sessions: [UserSession] = []
    package var unconfirmedEmails: [String] = []
    package var invitedBy: UserCard?
    package var featuredTopic: FeaturedTopic?
    package var recentReadMilliseconds: Int64 = 0
    package var status: UserStatus?
    package var doNotDisturbUntil: Timestamp?
    package var externalAccounts: [ExternalAccount] = []
    package var secondFactors = SecondFactorState(authenticators: 0, backupCodes: 0)
    /// The viewer has muted or ignored the person.
    package var isMuted = false
    package var isIgnored = false
    package var mayMute = false
    package var mayIgnore = false
    package var mayMessage = false
    package var mayChangeUsername = false
    package var mayChangeEmail = false
    package var mayDelete = false
    /// The person shows nothing to others.
    package var isHidden = false

    package init() {}
}

/// A group that somebody is in, and how they hear of its messages.
package struct GroupMembership: Sendable, RowDecodable {
    package let id: GroupID
    package let name: String
    package let level: Int
    package let isOwner: Bool

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        name = try row.next()
        level = try row.next()
        isOwner = try row.next()
    }
}

/// A topic that somebody put on their profile.
package struct FeaturedTopic: Sendable, RowDecodable {
    package let id: TopicID
    package let title: String
    package let fancyTitle: String
    package let slug: String
    package let postsCount: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        id = try row.next()
        title = try row.next()
        fancyTitle = try row.next()
        slug = try row.next()
        postsCount = try row.next()
    }
}

/// What somebody says of themselves at the moment.
package struct UserStatus: Sendable, Equatable {
    package let description: String
    package let emoji: String
    package let endsAt: Timestamp?
}

/// A place where somebody is logged in.
package struct UserSession: Sendable {
    package let id: Int64
    package let clientIP: String?
    package let userAgent: String?
    package let createdAt: Timestamp
    package let lastUsedAt: Timestamp
    /// The one that asks.
    package let isCurrent: Bool
}

extension Community {
    /// What the viewer may see of somebody beside `UserProfile`.
    ///
    /// - Parameter session: The token of the viewer's own session, to tell it from the others.
    package func details(
        of user: User,
        for viewer: Viewer,
        session: String? = nil
    ) async throws -> AccountDetails {
        let now = clock()
        let isSelf = viewer.principal?.id == user.id
        let isOwn = isSelf || viewer.isAdmin
        var batch = Batch()
        let ownRow = batch.add(DetailQueries.own(user.id, at: now), as: OwnRow.self)
        let asked = DetailQuestions(&batch, of: user, for: viewer, session: session, at: now)
        let answers = try await database.answers(to: batch)
        var details = AccountDetails()
        guard let own = try answers.first(ownRow) else { throw ForumError.notFound }
        let options = UserOptions(json: own.options)
        details.isHidden =
            !isOwn && !viewer.isStaff
            && (options.flag("hide_profile") == true
                || options.flag("hide_profile_and_presence") == true)
        details.recentReadMilliseconds = own.recentReadMilliseconds
        details.status = own.status(at: now)
        try details.addPublic(asked, answers)
        if isOwn || viewer.isStaff {
            details.options = options.completed(by: settings.current)
            details.locale = own.locale
            details.customFields = StoredFields.read(own.customFields)
            details.userFields = StoredFields.read(own.userFields)
            details.doNotDisturbUntil = own.doNotDisturbUntil.flatMap { $0 > now ? $0 : nil }
            try details.addSubscriptions(asked, answers)
        } else {
            details.customFields = publicFields(StoredFields.read(own.customFields))
        }
        if isOwn { try details.addOwn(asked, answers) }
        addPermissions(to: &details, options, of: user, for: viewer)
        return details
    }

    private func addPermissions(
        to details: inout AccountDetails,
        _ options: UserOptions,
        of user: User,
        for viewer: Viewer
    ) {
        guard let principal = viewer.principal else { return }
        details.mayMute = principal.can(.relate(.muted), user)
        details.mayIgnore = principal.can(.relate(.ignored), user)
        details.mayChangeUsername = mayChangeUsername(user, viewer)
        details.mayChangeEmail = principal.can(.changeEmail, user)
        details.mayDelete = principal.can(.deleteOwnAccount, user)
        let takesMessages = options.flag("allow_private_messages") ?? true
        details.mayMessage =
            principal.id != user.id && !principal.isSilenced && !user.isStaged
            && (principal.isStaff || (takesMessages && principal.trustLevel >= 1))
    }

    private func publicFields(_ fields: [String: String]) -> [String: String] {
        let names = Set(
            settings.current.publicUserCustomFields.split(separator: "|").map(String.init)
        )
        return fields.filter { names.contains($0.key) }
    }
}

/// What is asked of the database about one account.
private struct DetailQuestions {
    let relations: Batch.Answer<RelationRow>
    let categories: Batch.Answer<CategoryLevelRow>
    let tags: Batch.Answer<TagLevelRow>
    let groups: Batch.Answer<GroupMembership>
    let sessions: Batch.Answer<UserSession>
    let unconfirmedEmails: Batch.Column<String>
    let inviter: Batch.Answer<UserCard>
    let featuredTopic: Batch.Answer<FeaturedTopic>
    let attitude: Batch.Answer<Attitude>
    let externalAccounts: Batch.Answer<ExternalAccountRow>
    let secondFactors: Batch.Answer<SecondFactorState>
    let schedule: Batch.Answer<NotificationSchedule>

    init(
        _ batch: inout Batch,
        of user: User,
        for viewer: Viewer,
        session: String?,
        at now: Timestamp
    ) {
        let id = user.id
        relations = batch.add(DetailQueries.relations(of: id, at: now), as: RelationRow.self)
        categories = batch.add(
            DetailQueries.categories(of: id, for: viewer),
            as: CategoryLevelRow.self
        )
        tags = batch.add(DetailQueries.tags(of: id, for: viewer), as: TagLevelRow.self)
        groups = batch.add(DetailQueries.groups(of: id, for: viewer), as: GroupMembership.self)
        sessions = batch.add(
            DetailQueries.sessions(of: id, current: session, at: now),
            as: UserSession.self
        )
        unconfirmedEmails = batch.add(
            EmailChangeQueries.waiting(of: id, at: now),
            valuesOf: String.self
        )
        inviter = batch.add(DetailQueries.inviter(of: id), as: UserCard.self)
        featuredTopic = batch.add(
            DetailQueries.featuredTopic(of: id, for: viewer),
            as: FeaturedTopic.self
        )
        attitude = batch.add(
            DetailQueries.attitude(of: viewer.principal?.id, to: id, at: now),
            as: Attitude.self
        )
        externalAccounts = batch.add(
            ExternalAccountQueries.all(of: id),
            as: ExternalAccountRow.self
        )
        secondFactors = batch.add(SecondFactorQueries.state(of: id), as: SecondFactorState.self)
        schedule = batch.add(ScheduleQueries.schedule(of: id), as: NotificationSchedule.self)
    }
}

extension AccountDetails {
    fileprivate mutating func addPublic(_ asked: DetailQuestions, _ answers: Batch.Answers) throws {
        invitedBy = try answers.first(asked.inviter)
        featuredTopic = try answers.first(asked.featuredTopic)
        let attitude = try answers.first(asked.attitude)
        isMuted = attitude?.isMuted ?? false
        isIgnored = attitude?.isIgnored ?? false
    }

    fileprivate mutating func addSubscriptions(
        _ asked: DetailQuestions,
        _ answers: Batch.Answers
    ) throws {
        for row in try answers.all(asked.categories) {
            if row.delivery != .each { categoryDeliveries[row.id] = row.delivery }
            guard let level = NotificationLevel(rawValue: row.level) else { continue }
            categories[level, default: []].append(row.id)
        }
        for row in try answers.all(asked.tags) {
            if row.delivery != .each { tagDeliveries[row.tag.name] = row.delivery }
            guard let level = NotificationLevel(rawValue: row.level) else { continue }
            tags[level, default: []].append(row.tag)
        }
        groups = try answers.all(asked.groups)
        schedule = try answers.first(asked.schedule) ?? .usual
    }

    fileprivate mutating func addOwn(_ asked: DetailQuestions, _ answers: Batch.Answers) throws {
        for row in try answers.all(asked.relations) {
            switch row.kind {
            case "muted": mutedUsernames.append(row.username)
            case "ignored": ignoredUsernames.append(row.username)
            default: allowedUsernames.append(row.username)
            }
        }
        sessions = try answers.all(asked.sessions)
        unconfirmedEmails = try answers.all(asked.unconfirmedEmails)
        externalAccounts = try answers.all(asked.externalAccounts).map { try $0.account }
        secondFactors = try answers.first(asked.secondFactors) ?? secondFactors
    }
}
