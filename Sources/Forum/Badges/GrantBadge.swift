import Postgres

extension Community {
    /// Gives somebody a badge; who has it already keeps it as it is, unless it is given many times.
    ///
    /// - Parameter reason: The address of a post on this site, or nothing.
    /// - Throws: `.notFound`, `.forbidden`, `.invalid` for a reason that is no post.
    package func grantBadge(
        _ id: BadgeID,
        to username: String,
        reason: String? = nil,
        by principal: Principal
    ) async throws -> UserBadge {
        guard principal.isStaff else { throw ForumError.forbidden }
        guard let user = try await user(named: username), !user.isStaged else {
            throw ForumError.notFound
        }
        let badge = try await badge(id)
        let permitted = try principal.may(.grantBadge, BadgeGrant(badge: badge, user: user))
        let viewer = Viewer.member(principal)
        let post = try await post(inReason: reason, for: viewer)
        let action = StaffAction(.grantBadge, of: user.id, details: badge.name, post: post)
        let made = try await database.transaction { transaction -> UserBadgeID? in
            let made: UserBadgeID? = try await transaction.value(
                BadgeQueries.grant(permitted, post: post, at: clock())
            )
            if made != nil { try await transaction.execute(logLine(action, by: principal)) }
            return made
        }
        let known: UserBadgeID? = try await database.value(
            BadgeQueries.grantedID(id, to: user.id)
        )
        guard let grant = made ?? known,
            let granted: UserBadge = try await database.first(
                BadgeQueries.userBadge(grant, for: viewer)
            )
        else { throw ForumError(.bug, "The badge was not granted.") }
        signals.committed(.site)
        return granted
    }

    /// - Throws: `.notFound`, `.forbidden`.
    package func revokeBadge(_ id: UserBadgeID, by principal: Principal) async throws {
        guard principal.isStaff else { throw ForumError.forbidden }
        let granted = try await userBadge(id, for: .member(principal))
        guard let user = try await user(granted.holder.id) else { throw ForumError.notFound }
        let badge = try await badge(granted.badgeID)
        let permitted = try principal.may(.grantBadge, BadgeGrant(badge: badge, user: user))
        _ = try await database.batch([
            BadgeQueries.revoke(permitted, id),
            logLine(
                StaffAction(.revokeBadge, of: user.id, details: badge.name),
                by: principal
            ),
        ])
        signals.committed(.site)
    }

    /// Shows a badge first on one's profile, or no longer.
    ///
    /// - Throws: `.notFound`, `.forbidden`, `.invalid` when there are too many already.
    package func toggleFavoriteBadge(
        _ id: UserBadgeID,
        by principal: Principal
    ) async throws -> UserBadge {
        let viewer = Viewer.member(principal)
        let badge = try await userBadge(id, for: viewer)
        let permitted = try principal.may(.favorBadge, badge)
        guard try await database.execute(BadgeQueries.toggleFavorite(permitted)) > 0 else {
            throw ForumError(
                .invalid,
                "You can favour at most \(Limits.favoriteBadgesMax) badges."
            )
        }
        return try await userBadge(id, for: viewer)
    }

    private func userBadge(_ id: UserBadgeID, for viewer: Viewer) async throws -> UserBadge {
        guard
            let found: UserBadge = try await database.first(
                BadgeQueries.userBadge(id, for: viewer)
            )
        else { throw ForumError.notFound }
        return found
    }

    /// `…/t/slug/12/3` or `…/p/45`.
    private func post(inReason reason: String?, for viewer: Viewer) async throws -> PostID? {
        guard let reason, !reason.isEmpty else { return nil }
        let refusal = ForumError(
            .invalid,
            "The reason must be the address of a post on this site.",
            field: "reason"
        )
        let path = reason.hasPrefix(baseURL) ? reason.dropFirst(baseURL.count) : reason[...]
        let parts = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        do {
            if parts.first == "p", parts.count >= 2, let id = Int64(parts[1]) {
                return try await post(PostID(id), for: viewer).id
            }
            let numbers = parts.dropFirst().compactMap { Int64($0) }
            guard parts.first == "t", let topic = numbers.first else { throw refusal }
            let number = numbers.count > 1 ? Int(clamping: numbers[1]) : 1
            return try await post(TopicID(topic), number: number, for: viewer).id
        } catch let error as ForumError where error.code == .notFound {
            throw refusal
        }
    }
}
