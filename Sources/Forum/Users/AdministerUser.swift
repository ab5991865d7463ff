import Postgres

extension Community {
    /// Puts an account to rest: its sessions end and nothing acts for it until it is activated.
    ///
    /// - Throws: `.forbidden` for oneself and, for moderators, for administrators; `.notFound`.
    package func deactivateUser(_ id: UserID, by principal: Principal) async throws {
        guard id != principal.id else { throw ForumError.forbidden }
        try await administer(id, by: principal, StaffAction(.deactivateUser, of: id)) {
            ModerationQueries.deactivate($0, at: $1)
        }
    }

    /// What staff gave as the reason of a suspension.
    func suspendReason(of id: UserID) async throws(PostgresError) -> String? {
        try await database.query(ModerationQueries.suspendReason(of: id))
            .firstValue(String?.self) ?? nil
    }

    /// Staff ends every session of somebody.
    package func logOutUser(_ id: UserID, by principal: Principal) async throws {
        try await administer(id, by: principal, StaffAction(.logOutUser, of: id)) { user, _ in
            [SessionQueries.deleteAll(of: user.resource.id)]
                + LivePresence.loggedOut(user.resource.id)
        }
    }

    /// Approves several accounts; those that cannot be approved are left as they are.
    package func approveUsers(_ ids: [UserID], by principal: Principal) async throws {
        guard ids.count <= Limits.bulkApprovalsMax else {
            throw ForumError(
                .malformed,
                "At most \(Limits.bulkApprovalsMax) users can be approved at once.",
                field: "users"
            )
        }
        for id in ids {
            do {
                try await approveUser(id, by: principal)
            } catch let error as ForumError where error.code == .notFound {
                continue
            }
        }
    }

    /// Names the group that somebody is shown with; `nil` for none.
    ///
    /// - Throws: `.invalid` for a group they are not in.
    package func setPrimaryGroup(
        _ group: GroupID?,
        of id: UserID,
        by principal: Principal
    ) async throws {
        if let group {
            let groups = try await database.all(
                GroupQueries.groups(of: id, for: .member(principal)),
                as: Group.self
            )
            guard groups.contains(where: { $0.id == group && !$0.isAutomatic }) else {
                throw ForumError(
                    .invalid,
                    "The user is not a member of that group.",
                    field: "primary_group_id"
                )
            }
        }
        let action = StaffAction(
            .changePrimaryGroup,
            of: id,
            to: group.map { "\($0)" }
        )
        try await administer(id, by: principal, action) {
            [ModerationQueries.setPrimaryGroup(group, $0, at: $1)]
        }
    }

    /// Forgets that mails to somebody came back.
    package func resetBounceScore(of id: UserID, by principal: Principal) async throws {
        try await administer(id, by: principal, StaffAction(.resetBounceScore, of: id)) {
            [ModerationQueries.resetBounceScore($0, at: $1)]
        }
    }
}
