import Cryptography
import Postgres

extension Community {
    /// Makes or changes the account of somebody as the site that signs people in says.
    ///
    /// - Throws: `.notFound` while `enable_discourse_connect` is off, `.invalid` for a bad
    ///   signature or unfit fields, `.forbidden`.
    package func syncConnect(sso: String, sig: String, by principal: Principal) async throws -> User
    {
        _ = try principal.mayAdministerSite()
        let site = settings.current
        guard site.enableDiscourseConnect else { throw ForumError.notFound }
        let payload = try ConnectPayload(sso: sso, sig: sig, secret: site.discourseConnectSecret)
        return try await connectedUser(payload)
    }

    /// Finds or makes who the payload speaks of, and brings the account up to date.
    func connectedUser(_ payload: ConnectPayload) async throws -> User {
        let account = try connectAccount(payload)
        let email = try connectEmail(payload)
        let known = try await database.value(
            ExternalAccountQueries.user(account.provider, account.externalID),
            as: UserID.self
        )
        let isNew = known == nil
        let id: UserID
        if let known {
            id = known
        } else {
            id = try await matchOrMake(payload, account, email)
        }
        guard let user = try await user(id) else { throw ForumError.notFound }
        try await update(user, from: payload, email: email, isNew: isNew)
        signals.committed(.site)
        guard let changed = try await self.user(id) else { throw ForumError.notFound }
        return changed
    }

    private func connectAccount(_ payload: ConnectPayload) throws(ForumError) -> ExternalAccount {
        let none = ["none", "nil", "blank", "null"]
        guard let id = payload["external_id"]?.trimmingWhitespace, !id.isEmpty,
            !none.contains(id.lowercased())
        else {
            throw ForumError(.invalid, "The payload has no external_id.", field: "external_id")
        }
        return try ExternalAccount(provider: ExternalAccount.connect, externalID: id)
    }

    private func connectEmail(_ payload: ConnectPayload) throws(ForumError) -> String {
        guard let email = EmailAddressRules.normalise(payload["email"] ?? "") else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        return email
    }

    /// An address that the other site vouches for leads to the account that has it.
    private func matchOrMake(
        _ payload: ConnectPayload,
        _ account: ExternalAccount,
        _ email: String
    ) async throws -> UserID {
        let isVouchedFor = payload.flag("require_activation") != true
        let now = clock()
        let owner: AddressOwner? = try await database.first(EmailChangeQueries.owner(of: email))
        if let owner, !owner.isStaged {
            guard isVouchedFor, owner.id != .system else { throw ForumError.emailTaken }
            try await database.execute(ExternalAccountQueries.relink(owner.id, account, at: now))
            return owner.id
        }
        var new = NewUser(
            username: try await connectUsername(payload, email),
            email: email,
            name: PersonNameRules.cleaned(payload["name"])
        )
        new.active = isVouchedFor
        new.approved = true
        new.links = [account]
        let user = try await makeUser(new, by: .system)
        return user.id
    }

    private func connectUsername(_ payload: ConnectPayload, _ email: String) async throws -> String
    {
        if let name = payload["username"], UsernameRules.problems(name).isEmpty,
            !UsernameRules.isReserved(name)
        {
            return try await freeUsername(like: name)
        }
        return try await freeUsername(
            like: UsernameRules.suggest(
                name: payload["username"] ?? payload["name"],
                email: email
            )
        )
    }

    private func update(
        _ user: User,
        from payload: ConnectPayload,
        email: String,
        isNew: Bool
    ) async throws {
        let site = settings.current
        let now = clock()
        let permitted = try Principal.system.may(.changeProfile, user)
        var profile = ProfileChanges()
        func take(_ field: String, _ old: String?, _ overrides: Bool) -> String? {
            guard let value = payload[field], overrides || (old ?? "").isEmpty else { return nil }
            return value
        }
        profile.name = PersonNameRules.cleaned(
            take("name", user.name, site.discourseConnectOverridesName)
        )
        profile.bioRaw = take("bio", user.bioRaw, site.discourseConnectOverridesBio)
        profile.location = take("location", user.location, site.discourseConnectOverridesLocation)
        profile.website = take("website", user.website, site.discourseConnectOverridesWebsite)
        profile.title = payload["title"]
        let cooked = try checkedProfile(profile, of: user, by: .system)
        var statements = [
            ProfileQueries.change(permitted, profile, bioCooked: cooked, at: now)
        ]
        statements += ConnectQueries.groups(
            of: user.id,
            exactly: payload.names("groups"),
            adding: payload.names("add_groups") ?? [],
            removing: payload.names("remove_groups") ?? []
        )
        if let locale = payload["locale"], locale.utf8.count <= 20 {
            statements.append(ChangeAccountQueries.setLocale(permitted, locale))
        }
        if site.discourseConnectOverridesEmail, payload.flag("require_activation") != true, !isNew {
            statements += EmailChangeQueries.apply(
                EmailChange(email: email, isPrimary: true),
                to: user.id,
                at: now
            )
        }
        try await write(statements, payload, permitted)
        if let isAdmin = payload.flag("admin"), isAdmin != user.isAdmin {
            try await grantAdmin(user.id, isAdmin, by: .system)
        }
        if let isModerator = payload.flag("moderator"), isModerator != user.isModerator {
            try await grantModeration(user.id, isModerator, by: .system)
        }
        if site.discourseConnectOverridesUsername, !isNew, let name = payload["username"],
            UsernameRules.fold(name) != UsernameRules.fold(user.username)
        {
            _ = try await changeUsername(of: user.username, to: name, by: .system)
        }
    }

    private func write(
        _ statements: [SQL],
        _ payload: ConnectPayload,
        _ permitted: Permitted<ChangingProfile, User>
    ) async throws {
        let custom: [String: String?] = Dictionary(
            payload.fields.filter { $0.key.hasPrefix("custom.") }
                .map { (String($0.key.dropFirst("custom.".count)), $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        do {
            try await database.transaction { transaction in
                var statements = statements
                let kept = try await transaction.first(
                    ChangeAccountQueries.kept(permitted),
                    as: KeptFields.self
                )
                if !custom.isEmpty, let kept {
                    let json = try StoredFields.merged(
                        kept.customFields,
                        with: custom,
                        field: "custom"
                    )
                    statements.append(ChangeAccountQueries.setCustomFields(permitted, json))
                }
                _ = try await transaction.batch(statements)
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw ForumError.emailTaken
        }
    }
}
