package import Postgres

/// How somebody stands to somebody else.
package enum UserRelation: String, Sendable, CaseIterable {
    /// Hears nothing of them.
    case muted
    /// Does not see them either; for a time.
    case ignored
    /// May write them messages, where that is not open to all.
    case allowed
}

/// Keeping somebody at a distance.
package enum RelatingToUser {}

extension Rule where Action == RelatingToUser, Resource == User {
    /// Not oneself, and not staff: what they say concerns everybody. Ignoring takes trust level 2.
    package static func relate(_ relation: UserRelation) -> Self {
        Self { user, principal in
            guard user.id != principal.id, user.id.value > 0 else { return .deny(.forbidden) }
            switch relation {
            case .allowed: return .allow
            case .muted: return user.isStaff ? .deny(.forbidden) : .allow
            case .ignored:
                let mayIgnore = principal.isStaff || principal.trustLevel >= 2
                return mayIgnore && !user.isStaff ? .allow : .deny(.forbidden)
            }
        }
    }
}

extension Community {
    /// Mutes somebody, ignores them until a time, or neither (`nil`).
    ///
    /// - Throws: `.notFound`, `.forbidden`, `.invalid` for a time that is none.
    package func setRelation(
        _ relation: UserRelation?,
        to username: String,
        until end: Timestamp? = nil,
        by principal: Principal
    ) async throws {
        let user = try await profile(named: username, for: .member(principal)).user
        let now = clock()
        guard let relation else {
            try await database.execute(RelationQueries.clear(user.id, by: principal))
            return
        }
        let permitted = try principal.may(.relate(relation), user)
        if relation == .ignored {
            guard let end, end > now, end - now <= Limits.ignoreSecondsMax else {
                throw ForumError(
                    .invalid,
                    "expiring_at must be a time to come.",
                    field: "expiring_at"
                )
            }
        }
        _ = try await database.batch([
            RelationQueries.clear(user.id, by: principal),
            RelationQueries.set(
                permitted,
                relation,
                until: relation == .ignored ? end : nil,
                at: now
            ),
        ])
    }
}
