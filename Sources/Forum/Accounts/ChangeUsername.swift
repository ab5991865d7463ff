import Logging
package import Postgres

/// Changing what somebody is called.
package enum ChangingUsername {}

/// A person at one time, for rules that ask for the age of an account.
package struct UserNow: Sendable {
    package let user: User
    package let now: Timestamp
    /// Days after registration in which a member may choose another name.
    package let days: Int
}

extension Rule where Action == ChangingUsername, Resource == UserNow {
    /// Staff; a member soon after registration, or as long as nothing was posted.
    package static var changeUsername: Self {
        Self { resource, principal in
            let user = resource.user
            if user.id == .system || user.isStaged { return .deny(.forbidden) }
            if principal.isAdmin { return .allow }
            if principal.isModerator, !user.isAdmin { return .allow }
            guard principal.id == user.id, resource.days > 0 else { return .deny(.forbidden) }
            let isYoung = resource.now - user.createdAt < Double(resource.days) * 86_400
            let hasPosted = user.statistics.postCount + user.statistics.topicCount > 0
            return isYoung || !hasPosted ? .allow : .deny(.forbidden)
        }
    }
}

extension Community {
    /// Gives somebody another name. The old one stays theirs: nobody else can take it. Mentions and
    /// quotes in the posts of others follow in the background.
    ///
    /// - Throws: `.notFound`, `.forbidden`, `.invalid` with what is wrong with the name.
    package func changeUsername(
        of username: String,
        to newName: String,
        by principal: Principal
    ) async throws -> User {
        guard let user = try await user(named: username) else { throw ForumError.notFound }
        let resource = UserNow(
            user: user,
            now: clock(),
            days: settings.current.usernameChangePeriod
        )
        let permitted = try principal.may(.changeUsername, resource)
        if principal.isSilenced { throw ForumError.silenced }
        let name = newName.trimmingWhitespace
        let problems = UsernameRules.problems(name)
        guard problems.isEmpty else { throw ForumError(.invalid, problems, field: "new_username") }
        if UsernameRules.isReserved(name), !principal.isAdmin {
            throw ForumError(.invalid, "That username is not allowed.", field: "new_username")
        }
        guard name != user.username else { return user }
        do {
            try await database.transaction { transaction in
                let key = UsernameRules.fold(name)
                let taken = try await transaction.value(
                    UsernameQueries.takenByOthers(key, than: user.id),
                    as: String.self
                )
                guard taken == nil else { throw ForumError.usernameTaken }
                if !principal.isAdmin {
                    let alike = try await transaction.value(
                        UserQueries.lookingAlike(key, than: user.id),
                        as: String.self
                    )
                    guard alike == nil else { throw ForumError.usernameTaken }
                }
                _ = try await transaction.batch(UsernameQueries.change(permitted, to: name))
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw ForumError.usernameTaken
        }
        signals.committed(.site)
        await goOnRenaming()
        guard let changed = try await self.user(user.id) else { throw ForumError.notFound }
        return changed
    }

    /// Whether a user may be given another name by the viewer.
    package func mayChangeUsername(_ user: User, _ viewer: Viewer) -> Bool {
        let resource = UserNow(
            user: user,
            now: clock(),
            days: settings.current.usernameChangePeriod
        )
        return viewer.principal?.can(.changeUsername, resource) ?? false
    }

    /// What it does not reach, upkeep does.
    func goOnRenaming() async {
        do {
            try await renameInPosts()
        } catch {
            logger.warning("texts keep a former name", metadata: ["error": "\(error)"])
        }
    }

    /// Goes on with the posts that still name people by former names, for a short time.
    package func renameInPosts() async throws {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(Limits.usernameChangeSeconds) {
            guard
                let change = try await database.first(
                    UsernameQueries.nextChange,
                    as: UsernameChange.self
                )
            else { return }
            try await renameInNextPosts(change)
        }
    }

    /// What two nodes do at once they do alike: a post that changed meanwhile is left as it is.
    private func renameInNextPosts(_ change: UsernameChange) async throws {
        let batch = try await database.batch([
            UsernameQueries.endOfBatch(after: change.lastPostID),
            UsernameQueries.posts(naming: change),
        ])
        for post in try batch[1].decode(NamingPost.self) {
            let raw = FormerName.replace(change.old, by: change.new, in: post.raw)
            guard raw != post.raw else { continue }
            let cooked = try await cook(raw, forReadersOf: post.categoryID)
            try await database.execute(
                UsernameQueries.rewrite(post, raw: raw, cooked)
            )
        }
        let last = try batch[0].firstValue(Int64?.self) ?? nil
        try await database.execute(UsernameQueries.advance(change, to: last))
    }
}

/// How a text names somebody: `@name`, and `[quote="name, post:1, topic:2"]`.
enum FormerName {
    static func replace(_ old: String, by new: String, in raw: String) -> String {
        var result = ""
        var rest = raw[...]
        while let at = rest.firstIndex(where: { $0 == "@" || $0 == "\"" }) {
            let before = rest[..<at]
            let after = rest.index(after: at)
            result += before
            result.append(rest[at])
            let candidate = rest[after...].prefix(old.count)
            let end = candidate.endIndex
            rest = rest[after...]
            guard candidate.lowercased() == old.lowercased() else { continue }
            let next = end < rest.endIndex ? rest[end] : nil
            let fits =
                raw[at] == "@"
                ? isMention(before: result.dropLast().last, after: next, rest: rest[end...])
                : result.hasSuffix("[quote=\"") && (next == "," || next == "\"")
            guard fits else { continue }
            result += new
            rest = rest[end...]
        }
        return result + rest
    }

    /// A longer name is somebody else; a point that ends a sentence is none of the name.
    private static func isMention(
        before: Character?,
        after: Character?,
        rest: Substring
    ) -> Bool {
        if let before, isNamePart(before) || before == "@" || before == "/" { return false }
        guard let after else { return true }
        if after == "." || after == "-" || after == "_" {
            guard let next = rest.dropFirst().first else { return after != "_" }
            return after == "." && !isNamePart(next)
        }
        return !isNamePart(after)
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
