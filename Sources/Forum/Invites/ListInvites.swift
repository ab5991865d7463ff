package import Postgres

package enum InviteFilter: String, Sendable, CaseIterable {
    case pending, expired
}

/// Somebody who came by an invitation.
package struct InvitedUser: Sendable, RowDecodable {
    package let user: UserCard
    package let redeemedAt: Timestamp
    package let lastSeenAt: Timestamp?
    package let topicsEntered: Int
    package let postsRead: Int
    package let timeReadMilliseconds: Int64
    package let createdAt: Timestamp
    package let inviteID: ID<Invite>

    package init(from row: inout RowReader) throws(PostgresError) {
        user = try UserCard(from: &row)
        redeemedAt = try row.next()
        lastSeenAt = try row.next()
        topicsEntered = try row.next()
        postsRead = try row.next()
        timeReadMilliseconds = try row.next()
        createdAt = try row.next()
        inviteID = try row.next()
    }
}

/// How many invitations of each state somebody made.
package struct InviteCounts: Sendable, RowDecodable {
    package let pending: Int
    package let expired: Int
    package let redeemed: Int

    package init(from row: inout RowReader) throws(PostgresError) {
        pending = try row.next()
        expired = try row.next()
        redeemed = try row.next()
    }
}

extension Community {
    /// The invitations of somebody that nobody has used to their end.
    ///
    /// - Throws: `.notFound`, `.forbidden` for anybody but the person and staff.
    package func invites(
        of username: String,
        _ filter: InviteFilter,
        search: String? = nil,
        offset: Int,
        by principal: Principal
    ) async throws -> (invites: [InviteView], counts: InviteCounts) {
        let user = try await inviter(username, by: principal)
        let now = clock()
        let answers = try await database.batch([
            InviteQueries.list(of: user, filter, search: search, offset: offset, at: now),
            InviteQueries.counts(of: user, at: now),
        ])
        let views = try await inviteViews(try answers[0].decode(), for: principal)
        guard let counts = try answers[1].decode(InviteCounts.self).first else {
            throw ForumError.notFound
        }
        return (views, counts)
    }

    /// Who came by the invitations of somebody.
    package func invitedUsers(
        of username: String,
        offset: Int,
        by principal: Principal
    ) async throws -> (users: [InvitedUser], counts: InviteCounts) {
        let user = try await inviter(username, by: principal)
        let answers = try await database.batch([
            InviteQueries.redeemed(of: user, offset: offset),
            InviteQueries.counts(of: user, at: clock()),
        ])
        guard let counts = try answers[1].decode(InviteCounts.self).first else {
            throw ForumError.notFound
        }
        return (try answers[0].decode(), counts)
    }

    /// One's invitation to an address.
    ///
    /// - Throws: `.notFound`.
    package func invite(email address: String, by principal: Principal) async throws -> InviteView {
        guard let email = EmailAddressRules.normalise(address) else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        let found: Invite? = try await database.first(
            InviteQueries.invite(email: email, of: principal)
        )
        guard let found, let view = try await inviteViews([found], for: principal).first else {
            throw ForumError.notFound
        }
        return view
    }

    /// - Throws: `.notFound`.
    package func deleteInvite(_ id: Int64, by principal: Principal) async throws {
        let permitted = try principal.may(.changeInvite, try await invite(id))
        try await database.execute(InviteQueries.delete(permitted))
    }

    /// Removes one's own invitations that nobody used in time.
    package func deleteExpiredInvites(by principal: Principal) async throws {
        try await database.execute(InviteQueries.deleteExpired(of: principal, at: clock()))
    }

    /// Mails an invitation again, and lets it hold as long as a new one.
    ///
    /// - Parameter email: `nil` for all of one's own.
    /// - Throws: `.notFound`, `.forbidden`, `.invalid`.
    package func remindOfInvites(email: String?, by principal: Principal) async throws {
        _ = try principal.may(.invite(settings.current), WholeSite())
        let now = clock()
        let invites: [Invite]
        if let email {
            invites = [try await invite(email: email, by: principal).invite]
        } else {
            invites = try await database.all(InviteQueries.toRemind(of: principal, at: now))
        }
        let end = now + Double(settings.current.inviteExpiryDays) * 86_400
        for invite in invites {
            guard let address = invite.email, invite.redemptionCount == 0 else { continue }
            _ = try await database.batch(
                [InviteQueries.prolong(invite.id, until: end, at: now)]
                    + InviteQueries.mail(invite.id, to: address, at: now)
            )
        }
        signals.mailQueued()
    }

    private func inviter(_ username: String, by principal: Principal) async throws -> UserID {
        let user = try await profile(named: username, for: .member(principal)).user
        guard user.id == principal.id || principal.isStaff else { throw ForumError.forbidden }
        return user.id
    }
}
