import Postgres

extension Community {
    /// Grants the forum's own badges: for the posts that were written, edited or liked since the last
    /// round, and once a day for everything. Any number of nodes may ask at once.
    package func grantEarnedBadges() async throws {
        guard settings.current.enableBadges else { return }
        let now = clock()
        let granted = try await database.transaction(
            timeoutSeconds: Limits.badgeStatementSeconds
        ) { [baseURL] transaction in
            guard
                let progress = try await transaction.query(EarnedBadgeQueries.progress())
                    .first(BadgeProgress.self)
            else { return 0 }
            let isComplete = progress.completeAt < now - Limits.badgeRoundSeconds
            var scope = EarnedBadgeQueries.Scope.everything
            if !isComplete {
                let touched = try await transaction.query(
                    EarnedBadgeQueries.touched(since: progress)
                ).values(Int64.self)
                guard !touched.isEmpty else { return 0 }
                scope = .posts(touched)
            }
            let answers = try await transaction.batch([
                EarnedBadgeQueries.grant(scope, baseURL: baseURL, at: now),
                EarnedBadgeQueries.advance(isComplete: isComplete, at: now),
            ])
            return try answers[0].firstValue(Int.self) ?? 0
        }
        if granted > 0 { signals.committed(.site) }
    }

    /// Gives members the trust that they have earned by reading and being here.
    package func promoteMembers() async throws {
        let promoted: [UserID] = try await database.values(EarnedBadgeQueries.promote(at: clock()))
        if !promoted.isEmpty { signals.committed(.site) }
    }
}
