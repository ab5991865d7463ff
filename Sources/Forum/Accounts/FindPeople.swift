import Postgres

/// Whether somebody could take a name.
package enum NameVerdict: Sendable, Equatable {
    case free
    /// Somebody has it already, the person who asks.
    case own
    case taken(suggestion: String)
    case wrong([String])
}

/// What a search for people looks at.
package struct PeopleQuery: Sendable {
    package var term = ""
    /// Who wrote in this topic comes first.
    package var topicID: TopicID?
    /// Only those who may read the category.
    package var categoryID: CategoryID?
    package var groups: [String] = []
    /// Exactly these names.
    package var usernames: [String] = []
    package var limit = Limits.userSearchResults

    package init() {}
}

extension Community {
    /// Whether a name is free, and else one that is.
    ///
    /// - Parameter user: Whose name is to become it; that they have it is no obstacle.
    package func verdict(
        onName username: String,
        for user: UserID? = nil
    ) async throws -> NameVerdict {
        let name = username.trimmingWhitespace
        let problems = UsernameRules.problems(name)
        guard problems.isEmpty else { return .wrong(problems) }
        let key = UsernameRules.fold(name)
        if let user, let own = try await self.user(user), UsernameRules.fold(own.username) == key {
            return .own
        }
        let taken = try await database.values(
            UserQueries.takenOrLookingAlike(key, than: user),
            as: String.self
        )
        guard !taken.isEmpty || UsernameRules.isReserved(name) else { return .free }
        return .taken(
            suggestion: try await freeUsername(
                like: UsernameRules.isReserved(name)
                    ? UsernameRules.numbered(name, 1) : name
            )
        )
    }

    /// A free name like that of an address.
    package func suggestedUsername(for email: String) async throws -> String {
        try await freeUsername(like: UsernameRules.suggest(name: nil, email: email))
    }

    /// What is wrong with an address for a new account, in Discourse's words; `nil` when nothing is.
    ///
    /// - Throws: `.forbidden` where only staff may know whether an address has an account.
    package func problem(ofEmail address: String, for viewer: Viewer) async throws -> String? {
        guard let email = EmailAddressRules.normalise(address) else { return "is invalid." }
        guard viewer.isAdmin || !settings.current.hideEmailAddressTaken else { return nil }
        let owner: AddressOwner? = try await database.first(EmailChangeQueries.owner(of: email))
        return owner.map { !$0.isStaged } == true ? "has already been taken." : nil
    }

    /// Which of the names are people that everybody may know of.
    package func knownUsernames(_ names: [String]) async throws -> [String] {
        let keys = names.compactMap { UsernameRules.lookupKey($0) }
        return try await database.values(PeopleQueries.known(keys), as: String.self)
    }

    /// People by the beginning of their username or of a word of their name; none that only staff
    /// may know of.
    ///
    /// - Throws: `.notFound` for a topic, category or group that the viewer may not know of.
    package func people(_ query: PeopleQuery, for viewer: Viewer) async throws -> [UserCard] {
        if let topic = query.topicID { _ = try await topicAccess(topic, for: viewer) }
        if let category = query.categoryID {
            _ = try await database.first(
                SubscriptionQueries.visibleCategory(category, for: viewer),
                as: FoundID.self
            ).orNotFound()
        }
        var groups: [Int64] = []
        for name in query.groups {
            let group = try await group(named: name, for: viewer)
            let members = try await members(of: group, for: viewer, limit: 1)
            guard members.total > 0 || group.userCount == 0 else { throw ForumError.notFound }
            groups.append(group.id.value)
        }
        return try await database.all(PeopleQueries.search(query, groups: groups, at: clock()))
    }

    /// Profiles of several people at once; those that the viewer may not see are left out.
    package func visibleNames(of ids: [Int64], for viewer: Viewer) async throws -> [String] {
        try await database.values(PeopleQueries.names(of: ids), as: String.self)
    }
}

extension Optional {
    func orNotFound() throws(ForumError) -> Wrapped {
        guard let self else { throw .notFound }
        return self
    }
}
