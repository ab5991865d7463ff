import Postgres

extension Principal {
    /// Whether the addresses of others are shown: to administrators, and to moderators where the
    /// site says so.
    func seesEmails(_ settings: SiteSettings) -> Bool {
        isAdmin || (isModerator && settings.moderatorsViewEmails)
    }
}

extension Community {
    /// Users as the administration lists them, a page of `Limits.usersPerAdminPage`. Showing their
    /// addresses is written down.
    ///
    /// - Throws: `.notFound` for anybody but staff.
    package func staffUsers(
        _ filter: StaffUserFilter,
        for principal: Principal
    ) async throws -> [StaffUserRow] {
        guard principal.isStaff else { throw ForumError.notFound }
        var filter = filter
        filter.text = filter.text?.cleanedOfNUL
        filter.email = filter.email?.cleanedOfNUL
        if let address = filter.clientIP, !ClientNetwork.isAddress(address) {
            throw ForumError(.malformed, "ip is not an address.", field: "ip")
        }
        let seesEmails = principal.seesEmails(settings.current)
        if !seesEmails { filter.clientIP = nil }
        let now = clock()
        var statements = [
            StaffUserQueries.list(
                filter,
                seesEmails: seesEmails,
                for: .member(principal),
                at: now
            )
        ]
        if seesEmails, filter.showsEmails {
            let action = StaffAction(.checkEmail, context: "/admin/users/list/\(filter.flag)")
            statements.append(StaffLogQueries.record(action, by: principal, at: now))
        }
        return try await database.batch(statements)[0].decode()
    }

    /// Everything staff is shown of one user.
    ///
    /// - Throws: `.notFound`.
    package func staffUser(
        _ id: UserID,
        for principal: Principal
    ) async throws -> StaffUserDetail {
        guard principal.isStaff, let user = try await user(id), id != .system else {
            throw ForumError.notFound
        }
        let sees = principal.seesEmails(settings.current)
        let answers = try await database.batch([
            StaffUserQueries.row(id, includingEmails: false, for: .member(principal)),
            StaffUserQueries.penalties(id),
            StaffUserQueries.counts(id, includingAddresses: sees, for: .member(principal)),
            GroupQueries.groups(of: id, for: .member(principal)),
            SecondFactorQueries.state(of: id),
        ])
        guard let row = try answers[0].first(StaffUserRow.self),
            let penalties = try answers[1].first(StaffUserDetail.Penalties.self),
            let counts = try answers[2].first(StaffUserDetail.Counts.self)
        else { throw ForumError.notFound }
        var permissions = permissions(on: user, counts, for: principal)
        permissions.canDisableSecondFactor =
            try principal.isAdmin && principal.can(.administerUser, user)
            && answers[4].first(SecondFactorState.self)?.isOn == true
        return StaffUserDetail(
            row: row,
            user: user,
            penalties: penalties,
            counts: counts,
            groups: try answers[3].decode(),
            permissions: permissions,
            showsAddresses: sees
        )
    }

    private func permissions(
        on user: User,
        _ counts: StaffUserDetail.Counts,
        for principal: Principal
    ) -> StaffUserDetail.Permissions {
        let administers = principal.can(.administerUser, user)
        let appoints = principal.can(.appointStaff, user)
        let removes = principal.can(.removeUser, user)
        let isOld =
            counts.firstPostAt.map { $0 < clock() - Limits.userDeletionDays * 86_400 } ?? false
        let mayGo = user.statistics.postCount <= Limits.userDeletionPosts || !isOld
        return StaffUserDetail.Permissions(
            canActivate: administers && !user.isActive,
            canDeactivate: administers && user.isActive && user.id != principal.id,
            canGrantAdmin: appoints && !user.isAdmin,
            canRevokeAdmin: appoints && user.isAdmin,
            canGrantModeration: appoints && !user.isModerator,
            canRevokeModeration: appoints && user.isModerator,
            canSuspend: principal.can(.penaliseUser, user),
            canDelete: removes && mayGo,
            canDeleteAllPosts: removes && mayGo,
            canAnonymize: removes,
            canMerge: removes && principal.isAdmin,
            canChangeTrustLevel: administers,
            canViewLogs: principal.isStaff
        )
    }
}
