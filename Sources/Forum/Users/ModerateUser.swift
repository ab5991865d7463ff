package import Postgres

/// Why somebody is suspended or silenced, and what becomes of the post it is about.
package struct Penalty: Sendable {
    package var until: Timestamp
    /// What is told to the person.
    package var reason: String
    /// More for the log alone.
    package var message: String?
    package var postID: PostID?

    package init(
        until: Timestamp,
        reason: String,
        message: String? = nil,
        postID: PostID? = nil
    ) {
        self.until = until
        self.reason = reason
        self.message = message
        self.postID = postID
    }
}

/// A penalty as it stands.
package struct ImposedPenalty: Sendable {
    package let reason: String
    package let till: Timestamp
    package let at: Timestamp
    package let by: UserReference
}

extension Community {
    /// Makes somebody an administrator, or no longer one.
    ///
    /// - Throws: `.forbidden` for anybody but administrators, and about oneself; `.notFound`;
    ///   `.conflict` when no other administrator would be left.
    package func grantAdmin(
        _ id: UserID,
        _ isAdmin: Bool = true,
        by principal: Principal
    ) async throws {
        let permitted = try await appointment(of: id, by: principal)
        let kind: StaffAction.Kind = isAdmin ? .grantAdmin : .revokeAdmin
        let answers = try await database.batch([
            ModerationQueries.lockOffices,
            ModerationQueries.setAdmin(isAdmin, permitted, at: clock()),
            StaffLogQueries.record(StaffAction(kind, of: id), by: principal, at: clock()),
        ])
        signals.committed(.site)
        guard answers[1].affected > 0 else {
            throw ForumError(.conflict, "The last administrator cannot be revoked.")
        }
    }

    /// As `grantAdmin`, for moderators.
    package func grantModeration(
        _ id: UserID,
        _ isModerator: Bool = true,
        by principal: Principal
    ) async throws {
        let permitted = try await appointment(of: id, by: principal)
        let kind: StaffAction.Kind = isModerator ? .grantModeration : .revokeModeration
        _ = try await database.batch([
            ModerationQueries.setModerator(isModerator, permitted, at: clock()),
            StaffLogQueries.record(StaffAction(kind, of: id), by: principal, at: clock()),
        ])
        signals.committed(.site)
    }

    /// Gives staff's approval to a new account.
    package func approveUser(_ id: UserID, by principal: Principal) async throws {
        try await administer(id, by: principal, StaffAction(.approveUser, of: id)) {
            [ModerationQueries.approve($0, at: $1)]
        }
    }

    /// Sets the trust level by hand.
    ///
    /// - Throws: `.invalid` for a level that is not 0 to 4, `.forbidden`, `.notFound`.
    package func setTrustLevel(_ level: Int, of id: UserID, by principal: Principal) async throws {
        guard (0...4).contains(level) else {
            throw ForumError(.invalid, "Trust level must be from 0 to 4.", field: "level")
        }
        let old = try await user(id)?.trustLevel
        let action = StaffAction(
            .changeTrustLevel,
            of: id,
            details: "old trust level: \(old ?? 0)\nnew trust level: \(level)",
            from: old.map(String.init),
            to: String(level)
        )
        try await administer(id, by: principal, action) {
            [ModerationQueries.setTrustLevel(level, $0, at: $1)]
        }
    }

    /// Keeps the trust level as it is, or lets it move again.
    package func lockTrustLevel(
        _ isLocked: Bool,
        of id: UserID,
        by principal: Principal
    ) async throws {
        let kind: StaffAction.Kind = isLocked ? .lockTrustLevel : .unlockTrustLevel
        try await administer(id, by: principal, StaffAction(kind, of: id)) {
            [ModerationQueries.lockTrustLevel(isLocked, $0, at: $1)]
        }
    }

    /// Keeps somebody out until `end` and ends their sessions; `nil` lets them in again.
    package func suspendUser(
        _ id: UserID,
        until end: Timestamp?,
        by principal: Principal
    ) async throws {
        guard let end else { return try await unsuspendUser(id, by: principal) }
        try await suspendUser(id, Penalty(until: end, reason: ""), by: principal)
    }

    /// Keeps somebody out: their sessions end at once, and no key acts for them.
    ///
    /// - Throws: `.invalid` for an end that is past or a reason that is too long, `.forbidden` for
    ///   staff, `.conflict` when they are suspended already, `.notFound`.
    @discardableResult
    package func suspendUser(
        _ id: UserID,
        _ penalty: Penalty,
        by principal: Principal
    ) async throws -> ImposedPenalty {
        let (permitted, now) = try await self.penalty(penalty, on: id, by: principal)
        let user = permitted.resource
        if user.isSuspended(at: now), !penalty.reason.isEmpty {
            throw ForumError(.conflict, "User has already been suspended.")
        }
        _ = try await database.batch([
            ModerationQueries.suspend(permitted, penalty, at: now),
            SessionQueries.deleteAll(of: id),
            StaffLogQueries.record(
                Self.logged(.suspendUser, penalty, of: id),
                by: principal,
                at: now
            ),
        ])
        signals.committed(.site)
        return Self.imposed(penalty, at: now, by: principal)
    }

    package func unsuspendUser(_ id: UserID, by principal: Principal) async throws {
        let permitted = try await penalising(id, by: principal)
        _ = try await database.batch([
            ModerationQueries.unsuspend(permitted, at: clock()),
            StaffLogQueries.record(StaffAction(.unsuspendUser, of: id), by: principal, at: clock()),
        ])
        signals.committed(.site)
    }

    /// Lets somebody read but not write until `end`; `nil` lets them write again.
    package func silenceUser(
        _ id: UserID,
        until end: Timestamp?,
        by principal: Principal
    ) async throws {
        guard let end else { return try await unsilenceUser(id, by: principal) }
        try await silenceUser(id, Penalty(until: end, reason: ""), by: principal)
    }

    /// Lets somebody read but not write.
    ///
    /// - Throws: As `suspendUser`.
    @discardableResult
    package func silenceUser(
        _ id: UserID,
        _ penalty: Penalty,
        by principal: Principal
    ) async throws -> ImposedPenalty {
        let (permitted, now) = try await self.penalty(penalty, on: id, by: principal)
        if permitted.resource.isSilenced(at: now), !penalty.reason.isEmpty {
            throw ForumError(.conflict, "User has already been silenced.")
        }
        _ = try await database.batch([
            ModerationQueries.silence(permitted, penalty, at: now),
            StaffLogQueries.record(
                Self.logged(.silenceUser, penalty, of: id),
                by: principal,
                at: now
            ),
        ])
        signals.committed(.site)
        return Self.imposed(penalty, at: now, by: principal)
    }

    package func unsilenceUser(_ id: UserID, by principal: Principal) async throws {
        let permitted = try await penalising(id, by: principal)
        _ = try await database.batch([
            ModerationQueries.unsilence(permitted, at: clock()),
            StaffLogQueries.record(StaffAction(.unsilenceUser, of: id), by: principal, at: clock()),
        ])
        signals.committed(.site)
    }

    private func penalty(
        _ penalty: Penalty,
        on id: UserID,
        by principal: Principal
    ) async throws -> (Permitted<PenalisingUser, User>, Timestamp) {
        let permitted = try await penalising(id, by: principal)
        let now = clock()
        guard penalty.until > now else {
            throw ForumError(.invalid, "The end must lie in the future.", field: "suspend_until")
        }
        guard penalty.reason.unicodeScalars.count <= Limits.penaltyReasonMax else {
            throw ForumError(
                .invalid,
                "Reason is too long (maximum is \(Limits.penaltyReasonMax) characters)",
                field: "reason"
            )
        }
        return (permitted, now)
    }

    private func penalising(
        _ id: UserID,
        by principal: Principal
    ) async throws -> Permitted<PenalisingUser, User> {
        guard principal.isStaff else { throw ForumError.forbidden }
        guard let user = try await user(id) else { throw ForumError.notFound }
        return try principal.may(.penaliseUser, user)
    }

    private static func logged(
        _ kind: StaffAction.Kind,
        _ penalty: Penalty,
        of id: UserID
    ) -> StaffAction {
        StaffAction(
            kind,
            of: id,
            details: penalty.reason.isEmpty ? nil : penalty.reason,
            context: penalty.message,
            post: penalty.postID
        )
    }

    private static func imposed(
        _ penalty: Penalty,
        at now: Timestamp,
        by principal: Principal
    ) -> ImposedPenalty {
        ImposedPenalty(
            reason: penalty.reason,
            till: penalty.until,
            at: now,
            by: UserReference(id: principal.id, username: principal.username, name: nil)
        )
    }

    func administer(
        _ id: UserID,
        by principal: Principal,
        _ action: StaffAction,
        _ statements: (Permitted<AdministeringUser, User>, Timestamp) -> [SQL]
    ) async throws {
        guard principal.isStaff else { throw ForumError.forbidden }
        guard let user = try await user(id) else { throw ForumError.notFound }
        let permitted = try principal.may(.administerUser, user)
        let now = clock()
        _ = try await database.batch(
            statements(permitted, now) + [StaffLogQueries.record(action, by: principal, at: now)]
        )
        signals.committed(.site)
    }

    private func appointment(
        of id: UserID,
        by principal: Principal
    ) async throws -> Permitted<AppointingStaff, User> {
        _ = try principal.mayAdministerSite()
        guard let user = try await user(id) else { throw ForumError.notFound }
        return try principal.may(.appointStaff, user)
    }
}
