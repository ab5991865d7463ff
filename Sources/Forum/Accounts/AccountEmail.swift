import Postgres

/// The kinds of mail about accounts, under Discourse's names. They stand in the queue.
enum AccountEmail: String, Sendable, CaseIterable {
    case signup
    case forgotPassword = "forgot_password"
    case confirmNewEmail = "confirm_new_email"
    case notifyOldEmail = "notify_old_email"
    case emailChanged = "email_changed"
    case accountExists = "account_exists"
    case invite = "invite_forum_mailer"
    case secondFactorDisabled = "account_second_factor_disabled"
    case exportReady = "csv_export_succeeded"

    /// Those that bring their reader a secret.
    static let withLink: [AccountEmail] = [.signup, .forgotPassword, .confirmNewEmail]
}

extension Community {
    /// Writes a queued mail about an account from what is true now. The secret of its link is made
    /// here, so that it stands nowhere but in the mail.
    func decide(
        _ kind: AccountEmail,
        _ email: OutgoingEmail
    ) async throws -> NotificationEmailDecision {
        if settings.current.disableEmails == "yes" { return .skip("mail is disabled") }
        if email.toAddress.hasSuffix(".invalid") { return .skip("the address is none") }
        if kind == .invite { return try await decideInvite(email) }
        guard let id = email.userID, let user = try await user(id) else {
            return .skip("the user is gone")
        }
        let owner = try await account(for: id)
        if settings.current.disableEmails == "non-staff", !user.isStaff {
            return .skip("mail is disabled for members")
        }
        switch kind {
        case .signup:
            guard !user.isActive, let owner, owner.email == email.toAddress else {
                return .skip("the account is active or has another address")
            }
        case .forgotPassword:
            guard let owner, owner.obstacle(at: clock()) == nil, owner.email == email.toAddress
            else { return .skip("the account may not log in or has another address") }
        case .confirmNewEmail:
            let waiting = try await database.values(
                EmailChangeQueries.waiting(of: id, at: clock()),
                as: String.self
            )
            guard waiting.contains(email.toAddress.lowercased()) else {
                return .skip("the address is not asked for any more")
            }
        case .notifyOldEmail, .emailChanged, .accountExists, .invite, .secondFactorDisabled,
            .exportReady:
            break
        }
        var secret: String?
        if kind == .exportReady {
            secret = try await issueExportToken(for: id)
            guard secret != nil else { return .skip("the export is over") }
        }
        return .notice(try await write(kind, to: user, email, exportToken: secret))
    }

    private func write(
        _ kind: AccountEmail,
        to user: User,
        _ email: OutgoingEmail,
        exportToken: String?
    ) async throws -> NoticeEmail {
        func secret(_ purpose: TokenPurpose, _ path: String) async throws -> String {
            let token = try await issueToken(purpose, for: user.id, about: email.toAddress)
            return "\(baseURL)/u/\(path)/\(token)"
        }
        let link =
            switch kind {
            case .signup: try await secret(.activate, "activate-account")
            case .forgotPassword: try await secret(.password, "password-reset")
            case .confirmNewEmail: try await secret(.changeEmail, "confirm-new-email")
            case .notifyOldEmail, .emailChanged: "\(baseURL)/about"
            case .exportReady: "\(baseURL)/export_csv/download/\(exportToken ?? "")"
            case .accountExists, .invite, .secondFactorDisabled: baseURL
            }
        let title = settings.current.title
        let words = try await words(for: user.id)
        let texts = kind.texts(words, title: title, name: user.username)
        return NoticeEmail(
            recipientName: user.username,
            subject: words(.noticeSubject, subjectPrefix, texts.subject),
            paragraphs: texts.paragraphs,
            link: link,
            closing: texts.closing
        )
    }
}

extension AccountEmail {
    /// What a mail says before and after its link.
    fileprivate func texts(
        _ words: MailWords,
        title: String,
        name: String
    ) -> (subject: String, paragraphs: [String], closing: [String]) {
        switch self {
        case .signup:
            (
                words(.signupSubject),
                [words(.signupWelcome, title, name), words(.signupOpen)], [words(.signupClosing)]
            )
        case .forgotPassword:
            (
                words(.passwordSubject), [words(.passwordAsked, title), words(.passwordOpen)],
                [words(.passwordClosing)]
            )
        case .confirmNewEmail:
            (
                words(.newAddressSubject), [words(.newAddressOpen, name, title)],
                [words(.newAddressClosing)]
            )
        case .notifyOldEmail:
            (
                words(.oldAddressSubject),
                [words(.oldAddressAsked, name, title), words(.oldAddressOpen)], []
            )
        case .emailChanged:
            (
                words(.addressChangedSubject),
                [words(.addressChangedText, name, title), words(.addressChangedOpen)], []
            )
        case .secondFactorDisabled:
            (
                words(.factorOffSubject),
                [words(.factorOffText, name, title), words(.factorOffOpen)], []
            )
        case .exportReady:
            (
                words(.exportSubject), [words(.exportOpen, title)], [words(.exportClosing, name)]
            )
        case .accountExists, .invite:
            (
                words(.accountExistsSubject),
                [words(.accountExistsText, title, name), words(.accountExistsOpen)],
                [words(.accountExistsClosing)]
            )
        }
    }
}
