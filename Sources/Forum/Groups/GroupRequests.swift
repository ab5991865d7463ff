package import Postgres

/// Somebody who asks to be let into a group.
package struct GroupRequest: Sendable, Equatable, RowDecodable {
    package let user: UserCard
    package let reason: String
    package let requestedAt: Timestamp

    package init(from row: inout RowReader) throws(PostgresError) {
        user = try UserCard(from: &row)
        reason = try row.next()
        requestedAt = try row.next()
    }
}

extension Community {
    /// Asks the owners of a group to be let in; they get a message.
    ///
    /// - Returns: The message, when there is somebody to get it.
    /// - Throws: `.forbidden`, `.malformed` without a reason, `.conflict` when the principal has
    ///   asked before or is in it.
    package func requestMembership(
        of group: Group,
        reason: String,
        by principal: Principal
    ) async throws -> CreatedPost? {
        let permitted = try principal.may(.requestGroup, group)
        let reason = PostText.cleaned(reason)
        guard !reason.isEmpty else {
            throw ForumError(.malformed, "reason must be present.", field: "reason")
        }
        guard reason.unicodeScalars.count <= Limits.groupRequestReasonMax else {
            throw ForumError(
                .invalid,
                "Reason is too long (maximum is \(Limits.groupRequestReasonMax) characters)",
                field: "reason"
            )
        }
        guard !group.isMember else {
            throw ForumError(.conflict, "You are already a member of this group.")
        }
        let query = GroupRequestQueries.insert(permitted, reason: reason, at: clock())
        guard try await database.execute(query) > 0 else {
            throw ForumError(
                .conflict,
                "You have already requested to join this group.",
                field: "reason"
            )
        }
        let message = try await tellOwners(of: group, reason: reason, by: principal)
        if let message {
            _ = try await write(GroupRequestQueries.sent(permitted, as: message.topicID))
            signals.committed()
        }
        return message
    }

    private func tellOwners(
        of group: Group,
        reason: String,
        by principal: Principal
    ) async throws -> CreatedPost? {
        let owners = try await database.values(
            GroupRequestQueries.owners(of: group.id),
            as: String.self
        )
        guard !owners.isEmpty else { return nil }
        // To ask takes no trust, other than writing messages to anybody.
        let writer = Principal(
            id: principal.id,
            username: principal.username,
            trustLevel: max(1, principal.trustLevel),
            groupIDs: principal.groupIDs
        )
        let message = NewTopic(
            title: try await say(.membershipRequestTitle, ["group_name": group.name]),
            raw: reason,
            recipients: owners
        )
        return try await createTopic(message, by: writer, source: .importer)
    }

    /// Who asks to be let in, for those who decide.
    ///
    /// - Throws: `.forbidden`.
    package func requests(
        for group: Group,
        limit: Int,
        offset: Int,
        by principal: Principal
    ) async throws -> (requests: [GroupRequest], total: Int) {
        let permitted = try principal.may(.manageGroup, group)
        let answers = try await database.batch(
            GroupRequestQueries.list(
                permitted,
                limit: min(max(limit, 1), Limits.groupMembersPerPageMax),
                offset: min(max(offset, 0), 1_000_000)
            )
        )
        return (try answers[1].decode(), try answers[0].firstValue() ?? 0)
    }

    /// Lets somebody in who asked, or not; who is let in is told.
    ///
    /// - Throws: `.notFound` when they have not asked, `.forbidden`.
    package func decideRequest(
        of user: UserID,
        for group: Group,
        accept: Bool,
        by principal: Principal
    ) async throws {
        let permitted = try principal.may(.manageGroup, group)
        let query = GroupRequestQueries.delete(user, permitted)
        guard try await database.execute(query) > 0 else { throw ForumError.notFound }
        guard accept else { return }
        try await addMembers([user], to: group.id, by: principal)
        try await database.execute(GroupRequestQueries.tellAccepted(user, permitted))
    }
}
