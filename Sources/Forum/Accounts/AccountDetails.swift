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
        let answers = try await database.batch([
            DetailQueries.own(user.id, at: now),
            DetailQueries.relations(of: user.id, at: now),
            DetailQueries.categories(of: user.id, for: viewer),
            DetailQueries.tags(of: user.id, for: viewer),
            DetailQueries.sessions(of: user.id, current: session, at: now),
            EmailChangeQueries.waiting(of: user.id, at: now),
            DetailQueries.inviter(of: user.id),
            DetailQueries.featuredTopic(of: user.id, for: viewer),
            DetailQueries.attitude(of: viewer.principal?.id, to: user.id, at: now),
            ExternalAccountQueries.all(of: user.id),
            SecondFactorQueries.state(of: user.id),
            ScheduleQueries.schedule(of: user.id),
        ])
        var details = AccountDetails()
        guard let own = try answers[0].decode(OwnRow.self).first else { throw ForumError.notFound }
        let options = UserOptions(json: own.options)
        details.isHidden =
            !isOwn && !viewer.isStaff
            && (options.flag("hide_profile") == true
                || options.flag("hide_profile_and_presence") == true)
        details.recentReadMilliseconds = own.recentReadMilliseconds
        details.status = own.status(at: now)
        details.invitedBy = try answers[6].decode(UserCard.self).first
        details.featuredTopic = try answers[7].decode(FeaturedTopic.self).first
        let attitude = try answers[8].decode(Attitude.self).first
        details.isMuted = attitude?.isMuted ?? false
        details.isIgnored = attitude?.isIgnored ?? false
        if isOwn || viewer.isStaff {
            details.options = options.completed(by: settings.current)
            details.locale = own.locale
            details.customFields = StoredFields.read(own.customFields)
            details.userFields = StoredFields.read(own.userFields)
            details.doNotDisturbUntil = own.doNotDisturbUntil.flatMap { $0 > now ? $0 : nil }
            try details.addSubscriptions(answers[2].decode(), answers[3].decode())
            details.schedule = try answers[11].decode(NotificationSchedule.self).first ?? .usual
        } else {
            details.customFields = publicFields(StoredFields.read(own.customFields))
        }
        if isOwn {
            for row in try answers[1].decode(RelationRow.self) {
                switch row.kind {
                case "muted": details.mutedUsernames.append(row.username)
                case "ignored": details.ignoredUsernames.append(row.username)
                default: details.allowedUsernames.append(row.username)
                }
            }
            details.sessions = try answers[4].decode()
            details.unconfirmedEmails = try answers[5].values(String.self)
            details.externalAccounts = try answers[9].decode(ExternalAccountRow.self)
                .map { try $0.account }
            details.secondFactors = try answers[10].first() ?? details.secondFactors
        }
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

extension AccountDetails {
    fileprivate mutating func addSubscriptions(
        _ categories: [CategoryLevelRow],
        _ tags: [TagLevelRow]
    ) {
        for row in categories {
            if row.delivery != .each { categoryDeliveries[row.id] = row.delivery }
            guard let level = NotificationLevel(rawValue: row.level) else { continue }
            self.categories[level, default: []].append(row.id)
        }
        for row in tags {
            if row.delivery != .each { tagDeliveries[row.tag.name] = row.delivery }
            guard let level = NotificationLevel(rawValue: row.level) else { continue }
            self.tags[level, default: []].append(row.tag)
        }
    }
}
