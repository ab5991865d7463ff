import Markup
import Postgres

extension Community {
    package func createGroup(_ new: NewGroup, by principal: Principal) async throws -> Group {
        try await createGroup(new.fields, by: principal)
    }

    /// Makes a group; its name follows the rules of usernames and may be nobody's username.
    ///
    /// - Parameters:
    ///   - members: Usernames of who is in it from the start.
    ///   - owners: The same, as owners.
    /// - Throws: `.forbidden` for anybody but administrators, `.invalid`.
    package func createGroup(
        _ fields: GroupFields,
        members: [String] = [],
        owners: [String] = [],
        by principal: Principal
    ) async throws -> Group {
        let permitted = try principal.mayAdministerSite()
        var fields = fields
        fields.name = (fields.name ?? "").trimmingWhitespace
        let name = fields.name ?? ""
        try await checkName(name, except: nil)
        try fields.check()
        let founders = try await people(named: members + owners)
        let ownerKeys = Set(owners.map { UsernameRules.fold($0) })
        let now = clock()
        do throws(any Error) {
            let id = try await database.transaction { [fields] transaction -> GroupID in
                let inserted: GroupID? = try await transaction.value(
                    ChangeGroupQueries.insert(name: name, permitted, at: now)
                )
                guard let inserted else { throw ForumError(.bug, "The group was not stored.") }
                let viewer = Viewer.member(principal)
                guard
                    let made: Group = try await transaction.first(
                        GroupQueries.group(id: inserted, for: viewer)
                    )
                else { throw ForumError.notFound }
                let edited = try principal.may(.editGroup, made)
                try await transaction.batch(
                    statements(edited, fields)
                        + ChangeGroupQueries.giveToMembers(edited) + [
                            GroupEvents.record(.groupCreated, inserted, by: principal),
                            logLine(
                                StaffAction(.custom, subject: name, context: "create_group"),
                                by: principal
                            ),
                        ]
                )
                return inserted
            }
            for asOwners in [false, true] {
                let chosen = founders.filter {
                    ownerKeys.contains(UsernameRules.fold($0.username)) == asOwners
                }
                guard !chosen.isEmpty else { continue }
                try await addMembers(chosen.map(\.id), to: id, asOwners: asOwners, by: principal)
            }
            signals.committed(.site)
            return try await group(id, for: .member(principal))
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw Self.taken(error)
        }
    }

    /// Changes what a group is. What the principal may not decide is left as it is.
    ///
    /// - Parameter updatingMembers: Gives the new default notification level to those who are in
    ///   it already.
    /// - Throws: `.notFound`, `.forbidden`, `.invalid`.
    package func updateGroup(
        _ id: GroupID,
        _ fields: GroupFields,
        updatingMembers: Bool = false,
        by principal: Principal
    ) async throws -> Group {
        let viewer = Viewer.member(principal)
        let old = try await group(id, for: viewer)
        let edited = try principal.may(.editGroup, old)
        var fields = fields
        if old.isAutomatic {
            fields = fields.forAutomatic
        } else if !principal.isAdmin {
            fields = fields.forOwners
        }
        if let name = fields.name?.trimmingWhitespace {
            fields.name = name
            if name != old.name { try await checkName(name, except: old) }
        }
        try fields.check()
        do throws(any Error) {
            try await database.transaction { [fields] transaction in
                try await transaction.batch(statements(edited, fields))
                guard
                    let new: Group = try await transaction.first(
                        GroupQueries.group(id: id, for: .member(.system))
                    )
                else { throw ForumError.notFound }
                let changes = GroupChange.between(old, new)
                guard !changes.isEmpty else { return }
                var statements = ChangeGroupQueries.giveToMembers(edited)
                statements.append(ChangeGroupQueries.record(changes, of: edited, at: clock()))
                if updatingMembers, let level = fields.defaultNotificationLevel {
                    statements.append(GroupMemberQueries.setLevelOfAll(level, in: edited))
                }
                statements.append(GroupEvents.record(.groupUpdated, id, by: principal))
                if principal.isStaff {
                    let action = StaffAction(.custom, subject: old.name, context: "update_group")
                    statements.append(logLine(action, by: principal))
                }
                try await transaction.batch(statements)
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw Self.taken(error)
        }
        signals.committed(.site)
        return try await group(id, for: .member(.system))
    }

    /// Removes a group; the permissions it carried go with it.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    package func deleteGroup(_ id: GroupID, by principal: Principal) async throws {
        _ = try principal.mayAdministerSite()
        let permitted = try await managedGroup(id, by: principal)
        try await database.batch([
            GroupEvents.record(.groupDestroyed, id, by: principal),
            logLine(
                StaffAction(.deleteGroup, subject: permitted.resource.name),
                by: principal
            ),
            ChangeGroupQueries.delete(permitted),
        ])
        signals.committed(.site)
    }

    /// Whether a group of that name could be made; and a free name like it when it could not.
    package func groupNameProblem(
        _ name: String
    ) async throws -> (problems: [String], suggestion: String?) {
        let name = name.trimmingWhitespace
        let problems = Self.nameProblems(name)
        guard problems.isEmpty else { return (problems, nil) }
        let key = UsernameRules.fold(name)
        guard try await database.query(UserQueries.takenNames([key])).isEmpty else {
            return ([], try await freeUsername(like: name))
        }
        return ([], nil)
    }

    private func statements(
        _ edited: Permitted<EditingGroup, Group>,
        _ fields: GroupFields
    )
        -> [SQL]
    {
        let cooked = fields.bioRaw.map { raw in
            Markdown.cook(raw, options: CookOptions(baseURL: baseURL), context: CookContext()).html
        }
        var statements = [ChangeGroupQueries.update(edited, fields, bioCooked: cooked)]
        for (level, ids) in fields.categories {
            let ids = ids.prefix(Limits.groupDefaultsMax).map(\.value)
            statements += ChangeGroupQueries.setCategories(ids, level: level, of: edited)
        }
        for (level, names) in fields.tags {
            let names = names.prefix(Limits.groupDefaultsMax).map { $0.cleanedOfNUL.lowercased() }
            statements += ChangeGroupQueries.setTags(names, level: level, of: edited)
        }
        return statements
    }

    private static func nameProblems(_ name: String) -> [String] {
        UsernameRules.problems(name).map { "Name" + $0.dropFirst("Username".count) }
    }

    private func checkName(_ name: String, except old: Group?) async throws {
        let problems = Self.nameProblems(name)
        guard problems.isEmpty else { throw ForumError(.invalid, problems, field: "name") }
        let key = UsernameRules.fold(name)
        if let old, UsernameRules.fold(old.name) == key { return }
        guard try await database.query(UserQueries.takenNames([key])).isEmpty else {
            throw ForumError(.invalid, "Name has already been taken", field: "name")
        }
    }

    private static func taken(_ error: PostgresError) -> ForumError {
        error.constraint == "groups_by_incoming_email"
            ? ForumError(
                .invalid,
                "Incoming email is used by another group already",
                field: "incoming_email"
            )
            : ForumError(.invalid, "Name has already been taken", field: "name")
    }
}
