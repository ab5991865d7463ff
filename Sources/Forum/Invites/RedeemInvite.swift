import Cryptography
import Foundation
import Postgres

/// What a guest sees of an invitation.
package struct InviteOffer: Sendable {
    package let invite: Invite
    package let inviter: UserCard
    /// The link of the mail was used: the address is proved.
    package let isAddressProved: Bool
    package let suggestedUsername: String
}

/// Who comes by an invitation.
package struct NewGuest: Sendable {
    package var username: String
    package var password: String
    package var name: String?
    /// For a link; an invitation to an address is for that address.
    package var email: String?
    /// What the mail's link carries beside the key.
    package var emailToken: String?

    package init(
        username: String,
        password: String,
        name: String? = nil,
        email: String? = nil,
        emailToken: String? = nil
    ) {
        self.username = username
        self.password = password
        self.name = name
        self.email = email
        self.emailToken = emailToken
    }
}

extension Community {
    /// An invitation that can still be used.
    ///
    /// - Throws: `.notFound` for one that never was or is over.
    package func inviteOffer(key: String, emailToken: String?) async throws -> InviteOffer {
        let invite = try await openInvite(key)
        guard
            let inviter: UserCard = try await database.first(
                TopicQueries.userCards([invite.inviterID])
            )
        else { throw ForumError.notFound }
        let isProved = try await isProved(invite, by: emailToken)
        return InviteOffer(
            invite: invite,
            inviter: inviter,
            isAddressProved: isProved,
            suggestedUsername: isProved
                ? try await freeUsername(
                    like: UsernameRules.suggest(name: nil, email: invite.email)
                )
                : ""
        )
    }

    /// Makes the account of a guest; it is active when the mail's own link was used, and else when
    /// its address is confirmed.
    ///
    /// - Throws: `.notFound` for an invitation that is over, `.invalid` with the field.
    package func redeemInvite(key: String, _ guest: NewGuest) async throws -> User {
        let invite = try await openInvite(key)
        let address = invite.email ?? guest.email ?? ""
        guard let email = EmailAddressRules.normalise(address) else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        if let domain = invite.domain, !email.hasSuffix("@\(domain)") {
            throw ForumError(
                .invalid,
                "Only addresses of \(domain) can use this invite.",
                field: "email"
            )
        }
        guard let inviter = try await principal(for: invite.inviterID) else {
            throw ForumError.notFound
        }
        var new = NewUser(
            username: guest.username,
            email: email,
            password: guest.password,
            name: guest.name
        )
        new.active = try await isProved(invite, by: guest.emailToken)
        new.approved = inviter.isStaff
        let now = clock()
        do {
            return try await makeUser(new, by: nil, invited: true) { id in
                RedemptionQueries.redeem(invite, by: id, inviter, at: now)
            }
        } catch let error as PostgresError where error.sqlState == .checkViolation {
            // Somebody else was quicker.
            throw ForumError.notFound
        }
    }

    /// Lets a member use a link: they come into its groups and its topic.
    ///
    /// - Throws: `.notFound` for an invitation that is over or for somebody else, `.forbidden`.
    package func redeemInvite(key: String, by principal: Principal) async throws -> Invite {
        let invite = try await openInvite(key)
        guard let own = try await account(for: principal.id), own.isEmailVerified,
            let email = own.email?.lowercased()
        else { throw ForumError.forbidden }
        let isForThem =
            invite.email.map { $0 == email } ?? invite.domain.map { email.hasSuffix("@\($0)") }
            ?? true
        guard isForThem, principal.id != invite.inviterID else { throw ForumError.forbidden }
        guard let inviter = try await self.principal(for: invite.inviterID) else {
            throw ForumError.notFound
        }
        do {
            try await database.transaction { transaction in
                _ = try await transaction.batch(
                    RedemptionQueries.redeem(invite, by: principal.id, inviter, at: clock())
                )
            }
        } catch let error as PostgresError where error.sqlState == .checkViolation {
            throw ForumError.notFound
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            return invite
        }
        signals.committed(.site)
        return invite
    }

    func decideInvite(_ email: OutgoingEmail) async throws -> NotificationEmailDecision {
        let id = Int64(email.data.filter(\.isNumber)) ?? 0
        guard let invite: Invite = try await database.first(InviteQueries.invite(id)),
            invite.isOpen(at: clock()), invite.email == email.toAddress,
            let inviter = try await user(invite.inviterID)
        else { return .skip("the invite is gone or has another address") }
        let owner: AddressOwner? = try await database.first(
            EmailChangeQueries.owner(of: email.toAddress)
        )
        guard owner == nil || owner?.isStaged == true else {
            return .skip("the address has an account")
        }
        if settings.current.disableEmails == "non-staff" {
            return .skip("mail is disabled for members")
        }
        let token = Random.hex(32)
        try await database.execute(
            InviteQueries.setEmailToken(Digest.sha256(token), invite.id)
        )
        let title = settings.current.title
        let words = words()
        var paragraphs = [words(.inviteText, inviter.name ?? inviter.username, title)]
        if let message = invite.customMessage { paragraphs.append(message) }
        paragraphs.append(words(.inviteOpen))
        return .notice(
            NoticeEmail(
                recipientName: email.toAddress,
                subject: words(.inviteSubject, inviter.username, title),
                paragraphs: paragraphs,
                link: "\(baseURL)/invites/\(invite.key)?t=\(token)",
                closing: [words(.inviteClosing, String(invite.expiresAt.iso8601.prefix(10)))]
            )
        )
    }

    private func openInvite(_ key: String) async throws -> Invite {
        guard key.utf8.count <= 100,
            let invite: Invite = try await database.first(
                InviteQueries.invite(key: key.cleanedOfNUL)
            ),
            invite.isOpen(at: clock())
        else {
            throw ForumError(
                .notFound,
                "Your invite is no longer valid. Please ask for a new one."
            )
        }
        return invite
    }

    private func isProved(_ invite: Invite, by token: String?) async throws -> Bool {
        guard let token, token.utf8.count == 64, invite.email != nil else { return false }
        return try await database.value(
            InviteQueries.isEmailToken(Digest.sha256(token), invite.id),
            as: Bool.self
        ) ?? false
    }
}
