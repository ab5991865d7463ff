import Postgres

/// All badges with what orders them.
package struct BadgeCatalogue: Sendable {
    package let badges: [Badge]
    package let types: [BadgeType]
    package let groupings: [BadgeGrouping]
    /// Those that the viewer has.
    package let held: Set<BadgeID>
}

extension Community {
    /// - Throws: `.notFound`.
    package func badge(_ id: BadgeID) async throws -> Badge {
        guard let badge: Badge = try await database.first(BadgeQueries.badge(id)) else {
            throw ForumError.notFound
        }
        return badge
    }

    /// A badge as everybody may see it: one that is off, or not listed, is there for staff alone.
    ///
    /// - Throws: `.notFound`.
    package func badge(_ id: BadgeID, for viewer: Viewer) async throws -> Badge {
        let badge = try await badge(id)
        guard viewer.isStaff || badge.isEnabled else { throw ForumError.notFound }
        return badge
    }

    /// - Parameter isComplete: Also what is off or not listed, for the administration.
    package func badgeCatalogue(
        for viewer: Viewer,
        isComplete: Bool = false
    ) async throws -> BadgeCatalogue {
        let answers = try await database.batch([
            BadgeQueries.list(), BadgeQueries.types(), BadgeQueries.groupings(),
            BadgeQueries.heldBadgeIDs(by: viewer.principal?.id ?? UserID(0)),
        ])
        let all = try answers[0].decode(Badge.self)
        return BadgeCatalogue(
            badges: isComplete ? all : all.filter { $0.isEnabled && $0.isListable },
            types: try answers[1].decode(),
            groupings: try answers[2].decode(),
            held: Set(try answers[3].values(BadgeID.self))
        )
    }

    /// What somebody has been honoured with.
    ///
    /// - Throws: `.notFound` for those whose profile the viewer may not see.
    package func userBadges(
        of username: String,
        for viewer: Viewer
    ) async throws -> (held: [UserBadge], catalogue: BadgeCatalogue) {
        let user = try await profile(named: username, for: viewer).user
        let held: [UserBadge] = try await database.all(
            BadgeQueries.badges(of: user.id, for: viewer)
        )
        return (held, try await badgeCatalogue(for: viewer, isComplete: true))
    }

    /// Who has a badge, newest first.
    ///
    /// - Throws: `.notFound`.
    package func badgeHolders(
        of id: BadgeID,
        username: String?,
        offset: Int,
        for viewer: Viewer
    ) async throws -> (badge: Badge, holders: [UserBadge]) {
        let badge = try await badge(id, for: viewer)
        var user: User?
        if let username { user = try await profile(named: username, for: viewer).user }
        let holders: [UserBadge] = try await database.all(
            BadgeQueries.holders(
                of: id,
                user: user?.id,
                offset: min(max(offset, 0), Limits.badgeHoldersOffsetMax),
                for: viewer
            )
        )
        return (badge, holders)
    }
}
