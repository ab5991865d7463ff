import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// What is proved by a link in a mail: a forgotten password, a new account, a new address.
///
/// A GET shows a page with a button and changes nothing: a mail scanner that follows links uses
/// none of them up.
struct RecoveryRoutes: Sendable {
    let community: Community
    let pages: PageWriter

    /// Addresses that hold a secret of their own: a foreign page cannot know them, so a form there
    /// needs no other token.
    static let provenByAddress = [
        "/u/password-reset/", "/users/password-reset/", "/u/activate-account/",
        "/users/activate-account/", "/u/confirm-new-email/", "/users/confirm-new-email/",
        "/invites/accept/",
    ]

    func add(to routes: RouteTable) {
        routes.serve(API.Accounts.forgotPassword, .open) { call in
            let isFound = try await community.requestPasswordReset(login: call.body.login)
            let isTold =
                call.viewer.isAdmin || !community.settings.current.hideEmailAddressTaken
            return ForgotPasswordReply(userFound: isTold ? isFound : nil)
        }
        for prefix in ["/u", "/users"] {
            addPassword(to: routes, prefix)
            addActivation(to: routes, prefix)
            addEmail(to: routes, prefix)
        }
        routes.serve(API.Accounts.resendActivation, .open) { call in
            try await community.resendActivation(login: call.body.username)
            return NoReply()
        }
        routes.serve(API.Accounts.changeActivationEmail, .open) { call in
            try await community.changeActivationEmail(
                login: call.body.username,
                password: call.body.password,
                to: call.body.email,
                clientIP: call.clientAddress
            )
            return SuccessReply()
        }
    }

    private func addPassword(to routes: RouteTable, _ prefix: String) {
        let path = "\(prefix)/password-reset/{token}"
        let put = Endpoint<ResetPasswordRequest, AccountReply>(.put, path)
        routes.serve(put, .open) { call in
            try await reply {
                _ = try await community.resetPassword(
                    token: call.requiredText("token"),
                    to: call.body.password,
                    username: call.body.username,
                    secondFactor: SecondFactorProof(
                        token: call.body.secondFactorToken,
                        method: call.body.secondFactorMethod
                    ),
                    clientIP: call.clientAddress
                )
                return "You successfully changed your password. You can log in now."
            }
        }
        routes.serve(.get, path, .open) { call in
            let token = try call.requiredText("token")
            guard try await community.isPasswordLink(token) else { return try await spent(call) }
            return try await pages.response(
                passwordPage(prefix, token),
                for: call
            )
        }
        routes.serve(.post, path, .open) { call in
            let token = try call.requiredText("token")
            let page = try await passwordPage(prefix, token)
            return try await answer("Your password is changed. You can log in now.", page, call) {
                _ = try await community.resetPassword(
                    token: token,
                    to: call.requiredText("password"),
                    secondFactor: SecondFactorProof(anyOf: call.text("code")),
                    clientIP: call.clientAddress
                )
            }
        }
    }

    private func passwordPage(_ prefix: String, _ token: String) async throws -> PlainPage {
        Self.page(
            "Choose a new password",
            "\(prefix)/password-reset/\(percentEncoded(token))",
            "Set password",
            [SignUpPages.newPassword("New password")] + (try await codeField(token))
        )
    }

    private func addActivation(to routes: RouteTable, _ prefix: String) {
        let path = "\(prefix)/activate-account/{token}"
        let put = Endpoint<NoBody, AccountReply>(.put, path)
        routes.serve(put, .open) { call in
            try await reply {
                let user = try await community.activateUser(token: call.requiredText("token"))
                return user.isApproved
                    ? "Your new account is confirmed; you can log in now."
                    : "A moderator must approve your new account before you can log in."
            }
        }
        routes.serve(.get, path, .open) { call in
            let token = try call.requiredText("token")
            guard try await community.isActivationLink(token) else { return try await spent(call) }
            return try await pages.response(Self.activationPage(prefix, token), for: call)
        }
        routes.serve(.post, path, .open) { call in
            let token = try call.requiredText("token")
            let page = Self.activationPage(prefix, token)
            return try await answer("Your account is confirmed. You can log in now.", page, call) {
                _ = try await community.activateUser(token: token)
            }
        }
    }

    private static func activationPage(_ prefix: String, _ token: String) -> PlainPage {
        page(
            "Activate your account",
            "\(prefix)/activate-account/\(percentEncoded(token))",
            "Activate"
        )
    }

    private func addEmail(to routes: RouteTable, _ prefix: String) {
        let path = "\(prefix)/confirm-new-email/{token}"
        let put = Endpoint<ConfirmEmailRequest, SecondFactorReply>(.put, path)
        routes.serve(put, .open) { call in
            do {
                try await community.confirmEmail(
                    token: call.requiredText("token"),
                    secondFactor: SecondFactorProof(
                        token: call.body.secondFactorToken,
                        method: call.body.secondFactorMethod
                    ),
                    keepingSession: call.sessionToken,
                    clientIP: call.clientAddress
                )
                return SecondFactorReply(success: "OK")
            } catch let refusal as SecondFactorRefusal {
                return SecondFactorPresenter.reply(refusal)
            }
        }
        routes.serve(.get, path, .open) { call in
            let token = try call.requiredText("token")
            guard try await community.isEmailLink(token) else { return try await spent(call) }
            return try await pages.response(emailPage(prefix, token), for: call)
        }
        routes.serve(.post, path, .open) { call in
            let token = try call.requiredText("token")
            let page = try await emailPage(prefix, token)
            return try await answer("Your new address is confirmed.", page, call) {
                try await community.confirmEmail(
                    token: token,
                    secondFactor: SecondFactorProof(anyOf: call.text("code")),
                    keepingSession: call.sessionToken,
                    clientIP: call.clientAddress
                )
            }
        }
    }

    private func emailPage(_ prefix: String, _ token: String) async throws -> PlainPage {
        Self.page(
            "Confirm your new address",
            "\(prefix)/confirm-new-email/\(percentEncoded(token))",
            "Confirm",
            try await codeField(token)
        )
    }

    /// Refusals have status 200, as in Discourse; its clients show `message`.
    private func reply(_ work: () async throws -> String) async throws -> AccountReply {
        do {
            let message = try await work()
            return AccountReply(success: true, message: message, redirectTo: "/")
        } catch let error as ForumError where error.code == .invalid {
            return AccountReply(
                success: false,
                message: error.message,
                errors: error.field.map { [$0: error.messages] }
            )
        } catch let refusal as SecondFactorRefusal {
            return AccountReply(
                success: false,
                message: refusal.message,
                secondFactorRequired: true,
                backupEnabled: refusal.state.hasBackupCodes
            )
        }
    }

    /// Says that it is done, or shows its page again with what was wrong.
    private func answer(
        _ done: String,
        _ page: PlainPage,
        _ call: Call<WireValue>,
        _ work: () async throws -> Void
    ) async throws -> Response {
        var page = page
        do {
            try await work()
            page = PlainPage("Done")
            page.paragraphs = [done]
            page.links = [("Log in", "/login"), ("Front page", "/")]
            return try await pages.response(page, for: call)
        } catch let error as ForumError where error.code == .invalid {
            page.form = page.form?.refused(error)
            return try await pages.response(page, .badRequest, for: call)
        } catch let refusal as SecondFactorRefusal {
            let error = ForumError(.forbidden, refusal.message, field: "code")
            page.form = page.form?.refused(error)
            return try await pages.response(page, .forbidden, for: call)
        }
    }

    /// The field for a second factor, in the forms of those who have one.
    private func codeField(_ token: String) async throws -> [FormField] {
        guard try await community.secondFactors(ofLink: token)?.isOn == true else { return [] }
        return [LogInPages.codeField]
    }

    private func spent(_ call: Call<WireValue>) async throws -> Response {
        var page = PlainPage("This link does not work")
        page.paragraphs = ["It is too old or was used already. Please ask for a new one."]
        page.links = [("Choose a new password", "/password-reset"), ("Log in", "/login")]
        return try await pages.response(page, .notFound, for: call)
    }

    /// A page that does one thing when its button is pressed.
    private static func page(
        _ title: String,
        _ action: String,
        _ button: String,
        _ inputs: [FormField] = []
    ) -> PlainPage {
        var page = PlainPage(title)
        page.form = PageForm(action, button, inputs)
        return page
    }
}
