import Cryptography
import Postgres

extension Community {
    /// Invites somebody by mail, or makes a link.
    ///
    /// Where `hide_email_address_taken` is on, only staff learns that an address has an account.
    ///
    /// - Throws: `.forbidden`, `.invalid`, `.notFound` for a topic or group the inviter may not see,
    ///   `.rateLimited`.
    package func createInvite(
        _ wish: InviteWish,
        by principal: Principal
    ) async throws -> InviteView {
        let permitted = try principal.may(.invite(settings.current), WholeSite())
        let now = clock()
        let site = settings.current
        let email = try await inviteAddress(wish.email, by: principal)
        let groups = try await inviteGroups(wish, by: principal)
        let topic = try await inviteTopic(wish.topicID, by: principal)
        let texts = try Self.checkedTexts(wish)
        let end = wish.expiresAt ?? now + Double(site.inviteExpiryDays) * 86_400
        try Self.check(end, at: now)
        try await checkInviteRate(of: principal, at: now)
        let invite = InviteRecord(
            key: Random.base32(16).lowercased(),
            email: email,
            domain: texts.domain,
            description: texts.description,
            customMessage: texts.message,
            maxRedemptions: try maxRedemptions(wish.maxRedemptions, email: email, by: principal),
            topicID: topic,
            groupIDs: groups ?? [],
            expiresAt: end
        )
        let id = try await database.transaction { transaction in
            if let email {
                try await transaction.execute(InviteQueries.withdraw(email, of: principal))
            }
            let id = try await transaction.value(
                InviteQueries.insert(invite, permitted, at: now),
                as: ID<Invite>.self
            )
            guard let id else { throw ForumError(.bug, "The invite was not made.") }
            if let email, !wish.skipsEmail {
                _ = try await transaction.batch(InviteQueries.mail(id, to: email, at: now))
            }
            return id
        }
        signals.mailQueued()
        return try await inviteView(id, by: principal)
    }

    /// Changes an invitation that nobody has redeemed to its end.
    ///
    /// - Parameter sendsEmail: Whether the mail is to go out again.
    /// - Throws: As `createInvite`.
    package func changeInvite(
        _ id: Int64,
        _ wish: InviteWish,
        sendsEmail: Bool,
        by principal: Principal
    ) async throws -> InviteView {
        let old = try await invite(id)
        let permitted = try principal.may(.changeInvite, old)
        let now = clock()
        var email = old.email
        if let wanted = wish.email, old.redemptionCount == 0 {
            email = wanted.isEmpty ? nil : try await inviteAddress(wanted, by: principal)
        }
        let texts = try Self.checkedTexts(wish)
        let end = wish.expiresAt ?? old.expiresAt
        if wish.expiresAt != nil { try Self.check(end, at: now) }
        let record = InviteRecord(
            key: old.key,
            email: email,
            domain: wish.domain == nil ? old.domain : texts.domain,
            description: wish.description == nil ? old.description : texts.description,
            customMessage: wish.customMessage == nil ? old.customMessage : texts.message,
            maxRedemptions: max(
                try maxRedemptions(
                    wish.maxRedemptions ?? (email == nil ? old.maxRedemptions : nil),
                    email: email,
                    by: principal
                ),
                old.redemptionCount
            ),
            topicID: wish.topicID == nil
                ? old.topicID : try await inviteTopic(wish.topicID, by: principal),
            groupIDs: try await inviteGroups(wish, by: principal) ?? old.groupIDs,
            expiresAt: end
        )
        var statements = [InviteQueries.change(permitted, record, at: now)]
        if let email, sendsEmail { statements += InviteQueries.mail(old.id, to: email, at: now) }
        _ = try await database.batch(statements)
        signals.mailQueued()
        return try await inviteView(old.id, by: principal)
    }

    func invite(_ id: Int64) async throws -> Invite {
        guard let found: Invite = try await database.first(InviteQueries.invite(id)) else {
            throw ForumError.notFound
        }
        return found
    }

    private func inviteView(_ id: ID<Invite>, by principal: Principal) async throws -> InviteView {
        let view = try await inviteViews([try await invite(id.value)], for: principal).first
        guard let view else { throw ForumError.notFound }
        return view
    }

    /// Invitations with their topics and groups, as far as the viewer may see them.
    func inviteViews(_ invites: [Invite], for principal: Principal) async throws -> [InviteView] {
        let viewer = Viewer.member(principal)
        let answers = try await database.batch([
            InviteQueries.topics(invites.compactMap { $0.topicID?.value }, for: viewer),
            GroupQueries.groups(for: viewer),
        ])
        let topics = try answers[0].decode(FeaturedTopic.self)
        let groups = try answers[1].decode(Group.self)
        return invites.map { invite in
            InviteView(
                invite: invite,
                topic: topics.first { $0.id == invite.topicID },
                groups: groups.filter { invite.groupIDs.contains($0.id.value) }
            )
        }
    }

    private func inviteAddress(_ text: String?, by principal: Principal) async throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard let email = EmailAddressRules.normalise(text) else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        let owner: AddressOwner? = try await database.first(EmailChangeQueries.owner(of: email))
        if let owner, !owner.isStaged, principal.isStaff || !settings.current.hideEmailAddressTaken
        {
            throw ForumError(
                .invalid,
                "There's no need to invite \(email), they already have an account!",
                reason: .emailTaken,
                field: "email"
            )
        }
        return email
    }

    /// - Returns: `nil` when none were named. Only administrators and owners bring people into groups.
    private func inviteGroups(_ wish: InviteWish, by principal: Principal) async throws -> [Int64]?
    {
        guard wish.groupIDs != nil || wish.groupNames != nil else { return nil }
        let names = (wish.groupNames ?? []).filter { !$0.isEmpty }.map { UsernameRules.fold($0) }
        let ids = wish.groupIDs ?? []
        guard ids.count + names.count <= Limits.inviteGroupsMax else {
            throw ForumError(
                .invalid,
                "At most \(Limits.inviteGroupsMax) groups.",
                field: "group_ids"
            )
        }
        let all: [Group] = try await database.all(GroupQueries.groups(for: .member(principal)))
        let found = all.filter {
            ids.contains($0.id.value) || names.contains(UsernameRules.fold($0.name))
        }
        guard found.count >= Set(ids).count, found.count >= Set(names).count else {
            throw ForumError.notFound
        }
        guard found.allSatisfy({ !$0.isAutomatic && (principal.isAdmin || $0.isOwner) }) else {
            throw ForumError(.forbidden, "You cannot invite people to that group.")
        }
        return found.map(\.id.value)
    }

    private func inviteTopic(_ id: TopicID?, by principal: Principal) async throws -> TopicID? {
        guard let id else { return nil }
        return try await topicAccess(id, for: .member(principal)).id
    }

    private func maxRedemptions(
        _ wanted: Int?,
        email: String?,
        by principal: Principal
    ) throws(ForumError) -> Int {
        guard let wanted, email == nil else { return 1 }
        let site = settings.current
        let limit =
            principal.isStaff
            ? site.inviteLinkMaxRedemptionsLimit : site.inviteLinkMaxRedemptionsLimitUsers
        guard (1...limit).contains(wanted) else {
            throw ForumError(
                .invalid,
                "max_redemptions_allowed must be from 1 to \(limit).",
                field: "max_redemptions_allowed"
            )
        }
        return wanted
    }

    private static func check(_ end: Timestamp, at now: Timestamp) throws(ForumError) {
        guard end > now, end - now < 10 * 366 * 86_400 else {
            throw ForumError(.invalid, "expires_at must be a time to come.", field: "expires_at")
        }
    }

    private static func checkedTexts(
        _ wish: InviteWish
    ) throws(ForumError) -> (domain: String?, description: String?, message: String?) {
        func checked(
            _ text: String?,
            _ maximum: Int,
            _ field: String
        ) throws(ForumError) -> String? {
            guard let text = text?.trimmingWhitespace, !text.isEmpty else { return nil }
            guard text.unicodeScalars.count <= maximum else {
                throw ForumError(
                    .invalid,
                    "\(field) is too long (maximum is \(maximum) characters)",
                    field: field
                )
            }
            return text
        }
        var domain = try checked(wish.domain, Limits.emailMax, "domain")?.lowercased()
        if let name = domain {
            domain = name.hasPrefix("@") ? String(name.dropFirst()) : name
            guard let name = domain, EmailAddressRules.normalise("a@\(name)") != nil else {
                throw ForumError(.invalid, "domain must be a domain.", field: "domain")
            }
        }
        return (
            domain,
            try checked(wish.description, Limits.inviteDescriptionMax, "description"),
            try checked(wish.customMessage, Limits.inviteMessageMax, "custom_message")
        )
    }

    private func checkInviteRate(of principal: Principal, at now: Timestamp) async throws {
        guard !principal.isStaff else { return }
        let made = try await database.value(
            InviteQueries.madeToday(by: principal, at: now),
            as: Int.self
        )
        guard (made ?? 0) < settings.current.maxInvitesPerDay else {
            throw ForumError(
                .rateLimited,
                "You have sent as many invites as one day allows. Please wait a while.",
                retryAfterSeconds: 3600
            )
        }
    }
}
