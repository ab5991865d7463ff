import Postgres

/// Everything about an account that one request may change; `nil` leaves as it is.
package struct AccountChanges: Sendable {
    package var profile = ProfileChanges()
    package var options: [String: OptionValue] = [:]
    package var locale: String?
    /// The whole list of a level.
    package var categories: [NotificationLevel: [Int64]] = [:]
    package var tags: [NotificationLevel: [String]] = [:]
    /// How the posts of these come; others stay as they are.
    package var categoryDeliveries: [Int64: Delivery] = [:]
    package var tagDeliveries: [String: Delivery] = [:]
    package var schedule: NotificationSchedule?
    package var muted: [String]?
    package var ignored: [String]?
    package var allowed: [String]?
    package var customFields: [String: String?] = [:]
    package var userFields: [String: String?] = [:]
    /// Only administrators; empty takes the link away.
    package var externalIDs: [String: String] = [:]

    package init() {}

    fileprivate var needsAdmin: Bool { !externalIDs.isEmpty }
}

extension Community {
    /// Changes somebody's profile, choices and lists: all of it or nothing.
    ///
    /// - Throws: `.notFound`, `.forbidden`, `.invalid` with the field.
    package func changeAccount(
        of username: String,
        _ changes: AccountChanges,
        by principal: Principal
    ) async throws -> User {
        let profile = try await profile(named: username, for: .member(principal))
        let user = profile.user
        let permitted = try principal.may(.changeProfile, user)
        if principal.isSilenced { throw ForumError.silenced }
        if changes.needsAdmin, !principal.isAdmin { throw ForumError.forbidden }
        try UserOptions.check(changes.options)
        try Self.check(changes.locale)
        let people = try await relations(changes, of: user, by: principal)
        let viewer = try await self.principal(for: user.id).map(Viewer.member) ?? .anonymous
        let now = clock()
        let links = try changes.externalIDs.map { provider, id throws(ForumError) in
            (provider, id.isEmpty ? nil : try ExternalAccount(provider: provider, externalID: id))
        }
        let statements = try profileStatements(permitted, changes, at: now)
        do {
            try await database.transaction { transaction in
                let row = try await transaction.first(
                    ChangeAccountQueries.kept(permitted),
                    as: KeptFields.self
                )
                guard let row else { throw ForumError.notFound }
                _ = try await transaction.batch(
                    statements
                        + Self.fieldStatements(row, permitted, changes)
                        + SubscriptionQueries.replaceLists(
                            of: user.id,
                            changes.categories,
                            changes.tags,
                            for: viewer
                        )
                        + DeliveryQueries.setDeliveries(
                            of: user.id,
                            changes.categoryDeliveries,
                            changes.tagDeliveries,
                            for: viewer,
                            at: now
                        )
                )
                for (kind, ids) in people {
                    _ = try await transaction.batch(
                        RelationQueries.replace(permitted, kind, with: ids, at: now)
                    )
                }
                for (provider, account) in links {
                    try await transaction.execute(
                        account.map { ExternalAccountQueries.relink(user.id, $0, at: now) }
                            ?? ExternalAccountQueries.unlink(user.id, provider)
                    )
                }
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw ForumError.externalIDTaken
        }
        signals.committed(.site)
        guard let changed = try await self.user(user.id) else { throw ForumError.notFound }
        return changed
    }

    /// Puts a topic on somebody's profile, or takes it away (`nil`).
    ///
    /// - Throws: `.notFound` also for a topic that not everybody may read, `.forbidden`.
    package func featureTopic(
        _ topic: TopicID?,
        of username: String,
        by principal: Principal
    ) async throws {
        let user = try await profile(named: username, for: .member(principal)).user
        let permitted = try principal.may(.changeProfile, user)
        guard let topic else {
            try await database.execute(ChangeAccountQueries.clearFeatured(permitted))
            return
        }
        let changed = try await database.execute(ChangeAccountQueries.feature(topic, permitted))
        guard changed == 1 else { throw ForumError.notFound }
    }

    private func profileStatements(
        _ permitted: Permitted<ChangingProfile, User>,
        _ changes: AccountChanges,
        at now: Timestamp
    ) throws -> [SQL] {
        let cooked = try checkedProfile(
            changes.profile,
            of: permitted.resource,
            by: permitted.principal
        )
        var statements = [
            ProfileQueries.change(permitted, changes.profile, bioCooked: cooked, at: now)
        ]
        if let schedule = changes.schedule {
            try schedule.check()
            statements.append(ScheduleQueries.set(schedule, permitted))
        }
        if let locale = changes.locale {
            statements.append(ChangeAccountQueries.setLocale(permitted, locale))
        }
        if !changes.options.isEmpty {
            let json = try UserOptions.json(changes.options)
            statements.append(ChangeAccountQueries.mergeOptions(permitted, json))
        }
        return statements
    }

    private static func fieldStatements(
        _ kept: KeptFields,
        _ permitted: Permitted<ChangingProfile, User>,
        _ changes: AccountChanges
    ) throws(ForumError) -> [SQL] {
        var statements: [SQL] = []
        if !changes.customFields.isEmpty {
            let json = try StoredFields.merged(
                kept.customFields,
                with: changes.customFields,
                field: "custom_fields"
            )
            statements.append(ChangeAccountQueries.setCustomFields(permitted, json))
        }
        if !changes.userFields.isEmpty {
            let json = try StoredFields.merged(
                kept.userFields,
                with: changes.userFields,
                field: "user_fields"
            )
            statements.append(ChangeAccountQueries.setUserFields(permitted, json))
        }
        return statements
    }

    private static func check(_ locale: String?) throws(ForumError) {
        guard let locale, !locale.isEmpty else { return }
        let isTag = locale.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
        guard isTag, locale.utf8.count <= 20 else {
            throw ForumError(.invalid, "locale must be a language such as en.", field: "locale")
        }
    }

    private func relations(
        _ changes: AccountChanges,
        of user: User,
        by principal: Principal
    ) async throws -> [(UserRelation, [Int64])] {
        var lists: [(UserRelation, [Int64])] = []
        for (kind, names) in [
            (UserRelation.muted, changes.muted), (.ignored, changes.ignored),
            (.allowed, changes.allowed),
        ] {
            guard let names else { continue }
            guard names.count <= Limits.preferencesListed else {
                throw ForumError(
                    .invalid,
                    "At most \(Limits.preferencesListed) users in a list.",
                    field: "\(kind.rawValue)_usernames"
                )
            }
            guard let owner = try await account(for: user.id)?.principal else { continue }
            let keys = names.compactMap { UsernameRules.lookupKey($0) }
            let found: [User] = try await database.all(RelationQueries.users(keys))
            lists.append((kind, found.filter { owner.can(.relate(kind), $0) }.map(\.id.value)))
        }
        return lists
    }
}
