import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Markup

/// What is proved by a link in a mail: a forgotten password, a new account, a new address.
///
/// A GET shows a page with a button and changes nothing: a mail scanner that follows links uses
/// none of them up.
struct RecoveryRoutes: Sendable {
    let community: Community

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
            guard try await community.isPasswordLink(token) else { return spent() }
            return page(
                "Choose a new password",
                """
                <form method="post" action="\(prefix)/password-reset/\(Escape.html(token))">
                <p><label>New password<br>
                <input type="password" name="password" autocomplete="new-password" required>
                </label></p>\(try await codeField(token))<button>Set password</button></form>
                """
            )
        }
        routes.serve(.post, path, .open) { call in
            try await answer("Your password is changed. You can log in now.") {
                _ = try await community.resetPassword(
                    token: call.requiredText("token"),
                    to: call.requiredText("password"),
                    secondFactor: SecondFactorProof(anyOf: call.text("code")),
                    clientIP: call.clientAddress
                )
            }
        }
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
            guard try await community.isActivationLink(token) else { return spent() }
            return button(
                "Activate your account",
                "\(prefix)/activate-account/\(Escape.html(token))",
                "Activate"
            )
        }
        routes.serve(.post, path, .open) { call in
            try await answer("Your account is confirmed. You can log in now.") {
                _ = try await community.activateUser(token: call.requiredText("token"))
            }
        }
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
            guard try await community.isEmailLink(token) else { return spent() }
            return button(
                "Confirm your new address",
                "\(prefix)/confirm-new-email/\(Escape.html(token))",
                "Confirm",
                fields: try await codeField(token)
            )
        }
        routes.serve(.post, path, .open) { call in
            try await answer("Your new address is confirmed.") {
                try await community.confirmEmail(
                    token: call.requiredText("token"),
                    secondFactor: SecondFactorProof(anyOf: call.text("code")),
                    keepingSession: call.sessionToken,
                    clientIP: call.clientAddress
                )
            }
        }
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

    private func answer(_ done: String, _ work: () async throws -> Void) async throws -> Response {
        do {
            try await work()
            return page("Done", "<p>\(Escape.html(done))</p><p><a href=\"/\">Go on</a></p>")
        } catch let error as ForumError where error.code == .invalid {
            return page(
                "That did not work",
                "<p>\(Escape.html(error.message))</p>",
                status: .badRequest
            )
        } catch let refusal as SecondFactorRefusal {
            return page(
                "That did not work",
                "<p>\(Escape.html(refusal.message)) Go back to try again.</p>",
                status: .forbidden
            )
        }
    }

    /// The field for a second factor, in the forms of those who have one.
    private func codeField(_ token: String) async throws -> String {
        guard try await community.secondFactors(ofLink: token)?.isOn == true else { return "" }
        return """
            <p><label>Code of your authenticator, or a backup code<br>
            <input name="code" autocomplete="one-time-code" required></label></p>
            """
    }

    private func spent() -> Response {
        page(
            "This link does not work",
            "<p>It is too old or was used already. Please ask for a new one.</p>",
            status: .notFound
        )
    }

    private func button(
        _ title: String,
        _ action: String,
        _ word: String,
        fields: String = ""
    ) -> Response {
        page(
            title,
            "<form method=\"post\" action=\"\(action)\">\(fields)<button>\(word)</button></form>"
        )
    }

    private func page(
        _ title: String,
        _ body: String,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let site = Escape.html(community.settings.current.title)
        return .page(title: title, body: "<h1>\(site)</h1><h2>\(title)</h2>\(body)", status: status)
    }
}
