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
        let words = kind.words(title: title, name: user.username)
        return NoticeEmail(
            recipientName: user.username,
            subject: "[\(title)] \(words.subject)",
            paragraphs: words.paragraphs,
            link: link,
            closing: words.closing
        )
    }
}

extension AccountEmail {
    /// What a mail says before and after its link.
    fileprivate func words(
        title: String,
        name: String
    ) -> (subject: String, paragraphs: [String], closing: [String]) {
        switch self {
        case .signup:
            (
                "Confirm your new account",
                ["Welcome to \(title), \(name)!", "Confirm your new account here:"],
                ["If you did not ask for an account, ignore this mail."]
            )
        case .forgotPassword:
            (
                "Password reset",
                [
                    "Somebody asked to reset your password on \(title).",
                    "If it was not you, ignore this mail. To choose a new password, open:",
                ],
                ["The link works once, within one hour."]
            )
        case .confirmNewEmail:
            (
                "Confirm your new email address",
                ["Confirm that \(name) on \(title) is to use this address:"],
                ["If you did not ask for this, ignore this mail."]
            )
        case .notifyOldEmail, .emailChanged, .secondFactorDisabled:
            warning(title: title, name: name)
        case .exportReady:
            (
                "Data export complete",
                ["The archive of your data on \(title) is made. Fetch it here:"],
                [
                    "The link works for two days, and only while you are logged in as \(name). If you "
                        + "did not ask for it, change your password: somebody uses your account."
                ]
            )
        case .accountExists, .invite:
            (
                "Account already exists",
                [
                    "Somebody just tried to use your address on \(title) for another account. "
                        + "You have one already; its name is \(name).",
                    "If you forgot your password, you can reset it on the site:",
                ],
                ["If it was not you, there is nothing to do."]
            )
        }
    }

    /// Those that tell somebody of a change that may not have been theirs.
    private func warning(
        title: String,
        name: String
    ) -> (subject: String, paragraphs: [String], closing: [String]) {
        switch self {
        case .notifyOldEmail:
            (
                "A new email address was asked for",
                [
                    "Somebody asked to change the address of your account \(name) on \(title). "
                        + "Nothing changes before the new address is confirmed.",
                    "If it was not you, change your password, or write to the staff of the site:",
                ],
                []
            )
        case .emailChanged:
            (
                "Your email address has been changed",
                [
                    "The address of your account \(name) on \(title) has been changed. "
                        + "Mails to this one end.",
                    "If it was not you, write to the staff of the site:",
                ],
                []
            )
        default:
            (
                "Two-factor authentication disabled",
                [
                    "Two-factor authentication of your account \(name) on \(title) has been turned "
                        + "off. Your password alone logs you in from now on.",
                    "If it was not you, reset your password and write to the staff of the site:",
                ],
                []
            )
        }
    }
}
