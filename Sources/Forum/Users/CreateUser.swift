import Postgres

/// What somebody gives to become a member.
package struct NewUser: Sendable {
    package var username: String
    package var email: String
    package var password: String?
    package var name: String?
    /// The address needs no confirmation; only an administrator can say so.
    package var active: Bool
    /// Staff's approval is given; only an administrator can say so.
    package var approved: Bool
    /// Only an administrator can make another.
    package var admin: Bool
    package var moderator: Bool
    /// `nil` takes the site's default; only an administrator can name one.
    package var trustLevel: Int?
    /// Who the person is elsewhere; only an administrator can say so.
    package var links: [ExternalAccount] = []

    package init(
        username: String,
        email: String,
        password: String? = nil,
        name: String? = nil,
        active: Bool = false,
        approved: Bool = false,
        admin: Bool = false,
        moderator: Bool = false,
        trustLevel: Int? = nil
    ) {
        self.username = username
        self.email = email
        self.password = password
        self.name = name
        self.active = active
        self.approved = approved
        self.admin = admin
        self.moderator = moderator
        self.trustLevel = trustLevel
    }
}

extension Community {
    /// Makes a member; who comes with the address of a staged user becomes that user.
    ///
    /// - Parameter creator: The administrator who makes the account, or `nil` for somebody who
    ///   signs up: then `active`, `approved`, `admin`, `moderator` and `trustLevel` count for nothing.
    /// - Throws: `.invalid` with the field and what is wrong with it (`reason` `.usernameTaken`,
    ///   `.emailTaken`), `.forbidden` when the site takes no new accounts, `.unavailable`.
    package func createUser(_ new: NewUser, by creator: Principal?) async throws -> User {
        try await makeUser(new, by: creator)
    }

    /// - Parameters:
    ///   - invited: Who comes by an invitation needs no open door.
    ///   - also: What is written in the same transaction, such as where the person belongs.
    func makeUser(
        _ new: NewUser,
        by creator: Principal?,
        invited: Bool = false,
        also: @Sendable (UserID) -> [SQL] = { _ in [] }
    ) async throws -> User {
        var new = new
        new.username = new.username.trimmingWhitespace
        new.name = new.name.map { $0.trimmingWhitespace }.flatMap { $0.isEmpty ? nil : $0 }
        let site = settings.current
        if creator?.isAdmin != true {
            if !invited { try Self.checkRegistration(open: site) }
            new.active = invited && new.active
            new.approved = invited && new.approved
            new.admin = false
            new.moderator = false
            new.trustLevel = nil
        }
        let email = try checkNewUser(new, by: creator)
        if creator?.isAdmin != true {
            try await screenSignUp(email: email, clientIP: RequestOrigin.clientIP)
        }
        try await checkIsFree(username: new.username, for: creator)
        let hash: String? =
            if let password = new.password { try await passwords.hash(password) } else { nil }
        let record = UserRecord(
            username: new.username,
            email: email,
            name: new.name,
            passwordHash: hash,
            isActive: new.active,
            isApproved: new.approved || !site.mustApproveUsers || new.admin || new.moderator,
            isAdmin: new.admin,
            isModerator: new.moderator,
            // An administrator vouches for whom they bring in: not a stranger, who starts at 0.
            trustLevel: new.trustLevel
                ?? max(site.defaultTrustLevel, creator?.isAdmin == true ? 1 : 0)
        )
        let more = creator?.isAdmin == true ? new.links : []
        let id = try await store(record, by: creator) { id in
            let linked = more.map { ExternalAccountQueries.link(id, $0, at: clock()) }
            return linked + also(id)
        }
        signals.committed(.site)
        signals.mailQueued()
        guard let user = try await database.first(UserQueries.user(id), as: User.self) else {
            throw ForumError(.conflict, "The account was deleted while it was made.")
        }
        return user
    }

    private static func checkRegistration(open site: SiteSettings) throws(ForumError) {
        guard site.allowNewRegistrations, !site.inviteOnly else {
            throw ForumError(
                .forbidden,
                "New account registrations are not allowed at this time."
            )
        }
    }

    /// - Returns: The address in the form in which it is kept.
    private func checkNewUser(
        _ new: NewUser,
        by creator: Principal?
    ) throws(ForumError) -> String {
        let problems = UsernameRules.problems(new.username)
        guard problems.isEmpty else {
            throw ForumError(.invalid, problems, field: "username")
        }
        // The administrator's own commands may name the first account "admin".
        if UsernameRules.isReserved(new.username),
            creator?.id != .system || new.username == "system"
        {
            throw ForumError(.invalid, "That username is not allowed.", field: "username")
        }
        guard let email = EmailAddressRules.normalise(new.email) else {
            throw ForumError(.invalid, "Email is invalid.", field: "email")
        }
        if let level = new.trustLevel, !(0...4).contains(level) {
            throw ForumError(.invalid, "Trust level must be from 0 to 4.", field: "trust_level")
        }
        try PersonNameRules.check(new.name)
        guard let password = new.password else {
            // Who signs up needs a way to come back; an administrator's account may get one later.
            guard creator != nil else {
                throw ForumError(.invalid, "Password can't be blank", field: "password")
            }
            return email
        }
        let weaknesses = PasswordRules.problems(
            password,
            username: new.username,
            email: email,
            name: new.name,
            isStaff: new.admin || new.moderator
        )
        guard weaknesses.isEmpty else {
            throw ForumError(.invalid, weaknesses, field: "password")
        }
        return email
    }

    /// The answer before the dear work; the constraint decides when two come at once. A visitor gets no name
    /// that could be taken for somebody else's.
    private func checkIsFree(username: String, for creator: Principal?) async throws {
        let key = UsernameRules.fold(username)
        let taken = try await database.values(
            creator == nil ? UserQueries.takenOrLookingAlike(key) : UserQueries.takenNames([key]),
            as: String.self
        )
        if !taken.isEmpty { throw ForumError.usernameTaken }
    }

    func store(
        _ record: UserRecord,
        by creator: Principal?,
        also: @Sendable (UserID) -> [SQL] = { _ in [] }
    ) async throws -> UserID {
        let now = clock()
        do {
            return try await database.transaction { transaction in
                let owner: AddressOwner? = try await transaction.first(
                    UserQueries.ownerForUpdate(ofEmail: record.email)
                )
                let id: UserID?
                if let owner {
                    guard owner.isStaged else { throw ForumError.emailTaken }
                    id = try await transaction.value(
                        UserQueries.claim(owner.id, by: record, at: now)
                    )
                } else {
                    id = try await transaction.value(UserQueries.insert(record, at: now))
                }
                guard let id else { throw ForumError.emailTaken }
                if creator == nil, let origin = ScreeningQueries.noteRegistration(of: id) {
                    try await transaction.execute(origin)
                }
                try await transaction.execute(
                    OutboxQueries.record(.userCreated, topic: nil, by: id)
                )
                if !record.isActive {
                    try await transaction.execute(
                        AccountEmailQueries.queue(.signup, user: id, to: record.email, at: now)
                    )
                }
                for statement in try SubscriptionQueries.giveDefaults(settings.current, to: id) {
                    try await transaction.execute(statement)
                }
                for statement in also(id) { try await transaction.execute(statement) }
                return id
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            switch error.constraint {
            case "users_username_lower_key": throw ForumError.usernameTaken
            case "external_accounts_pkey", "external_accounts_user_id_provider_key":
                throw ForumError.externalIDTaken
            default: throw ForumError.emailTaken
            }
        }
    }
}

/// What people may call themselves beside their username.
enum PersonNameRules {
    static func check(_ name: String?) throws(ForumError) {
        guard let name else { return }
        guard name.unicodeScalars.count <= Limits.nameMax else {
            throw ForumError(
                .invalid,
                "Name is too long (maximum is \(Limits.nameMax) characters)",
                field: "name"
            )
        }
        guard !name.unicodeScalars.contains(where: \.isUnfitForNames) else {
            throw ForumError(.invalid, "Name contains characters that do not show", field: "name")
        }
    }

    /// A name from elsewhere, such as the From of a mail, without what `check` refuses.
    static func cleaned(_ name: String?) -> String? {
        guard let name else { return nil }
        let scalars = name.unicodeScalars.filter { !$0.isUnfitForNames }.prefix(Limits.nameMax)
        let text = String(String.UnicodeScalarView(scalars)).trimmingWhitespace
        return text.isEmpty ? nil : text
    }
}

extension ForumError {
    static var usernameTaken: Self {
        ForumError(
            .invalid,
            "Username must be unique",
            reason: .usernameTaken,
            field: "username"
        )
    }

    static var emailTaken: Self {
        ForumError(
            .invalid,
            "Email has already been taken",
            reason: .emailTaken,
            field: "email"
        )
    }
}

extension Unicode.Scalar {
    /// Control characters, and those that turn the direction of other text around or do not show
    /// (Unicode Standard Annex 9, "explicit directional formatting characters").
    fileprivate var isUnfitForNames: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFEFF, 0xFFF9...0xFFFB:
            true
        default: false
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmingWhitespace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
