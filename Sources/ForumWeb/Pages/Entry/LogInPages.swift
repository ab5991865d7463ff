import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Postgres

/// Logging in and out in a browser.
struct LogInPages: Sendable {
    let community: Community
    let pages: PageWriter

    /// The log-in page that leads back to an address afterwards.
    static func address(returningTo path: String?) -> String {
        guard let path, path != "/" else { return "/login" }
        return "/login?return_path=\(percentEncoded(path))"
    }

    func add(to routes: RouteTable) {
        routes.serve(.html, "/login", .open) { call in
            var page = page(returningTo: try ReturnAddress.of(call))
            if try call.bool("done") {
                page.notice = "You are logged out."
            } else if let principal = call.viewer.principal {
                page.notice = "You are logged in as \(principal.username)."
            }
            return try await pages.document(page, for: call)
        }
        routes.form("log-in", .open, pages, again: FormAgain { try await again($0, $1) }) { call in
            try await logIn(call)
        }
        routes.form("log-out", .open, pages) { call in
            if case .session(let token) = call.proof {
                try await community.logOut(sessionToken: token)
            }
            var response = Response.seeOther("/login?done=true")
            response.setCookie(community.endOfSessionCookie)
            return response
        }
    }

    /// - Parameter destination: Where to go on; the front page otherwise.
    func page(returningTo destination: String?) -> PlainPage {
        var page = PlainPage("Log in")
        let settings = community.settings.current
        page.paragraphs = ["Log in to \(settings.title)."]
        page.form = form(returningTo: destination)
        page.links = [("I forgot my password", "/password-reset")]
        if settings.allowNewRegistrations, !settings.inviteOnly {
            page.links.append(("Sign up", "/signup"))
        }
        if settings.enableDiscourseConnect {
            page.links.append(("Log in through the main site", "/session/sso"))
        }
        return page
    }

    private func form(returningTo destination: String?) -> PageForm {
        var form = PageForm(
            "/forms/log-in",
            "Log in",
            [
                FormField(
                    "login",
                    "User name or e-mail",
                    autocomplete: "username",
                    isRequired: true
                ),
                FormField(
                    "password",
                    "Password",
                    .line("password"),
                    autocomplete: "current-password",
                    isRequired: true
                ),
            ]
        )
        if let destination { form.hidden = [("return_path", destination)] }
        return form
    }

    /// The field for a second factor.
    static var codeField: FormField {
        FormField(
            "code",
            "Code",
            hint: "Of your authenticator, or a backup code.",
            autocomplete: "one-time-code",
            isRequired: true
        )
    }

    private func again(_ call: Call<WireValue>, _ error: ForumError) async throws -> Document {
        if let ticket = try call.text("ticket"), error.field == "code" {
            return try await pages.document(
                secondStep(ticket, ReturnAddress.of(call), error),
                for: call
            )
        }
        var page = page(returningTo: try ReturnAddress.of(call))
        page.form = try page.form?.filled(from: call).refused(error)
        if error.reason == .inactive {
            var resend = PageForm("/forms/resend-activation", "Send the activation mail again")
            resend.hidden = [("login", try call.text("login") ?? "")]
            page.second = resend
        }
        return try await pages.document(page, for: call)
    }

    /// Asks those who have a second factor for it, after the password.
    ///
    /// - Parameter ticket: Stands for the password.
    private func secondStep(
        _ ticket: String,
        _ destination: String?,
        _ error: ForumError? = nil
    ) -> PlainPage {
        var page = PlainPage("Second factor")
        page.paragraphs = ["Your account asks for a code beside the password."]
        var form = PageForm("/forms/log-in", "Log in", [Self.codeField])
        form.hidden = [("ticket", ticket)]
        if let destination { form.hidden.append(("return_path", destination)) }
        page.form = error.map { form.refused($0) } ?? form
        page.links = [("Begin again", Self.address(returningTo: destination))]
        return page
    }

    private func logIn(_ call: Call<WireValue>) async throws -> Response {
        let destination = try ReturnAddress.of(call)
        switch try await outcome(call) {
        case .loggedIn(let session, _):
            var response = Response.seeOther(destination ?? "/")
            response.setCookie(community.sessionCookie(session))
            return response
        case .secondFactorWanted(let refusal, let ticket):
            guard try call.text("code") == nil else {
                throw ForumError(.forbidden, refusal.message, field: "code")
            }
            return try await pages.response(secondStep(ticket, destination), for: call)
        case let refusal: throw LogInRefusal.error(refusal)
        }
    }

    /// By name and password, or by what stands for them once they were right.
    private func outcome(_ call: Call<WireValue>) async throws -> LogInOutcome {
        let secondFactor = SecondFactorProof(anyOf: try call.text("code"))
        if let ticket = try call.text("ticket") {
            return try await community.logIn(
                ticket: ticket,
                secondFactor: secondFactor,
                clientIP: call.clientAddress,
                userAgent: call.headers[.userAgent]
            )
        }
        return try await community.logIn(
            login: call.requiredText("login"),
            password: call.requiredText("password"),
            secondFactor: secondFactor,
            clientIP: call.clientAddress,
            userAgent: call.headers[.userAgent]
        )
    }
}

/// Why somebody was not let in, in Discourse's words.
enum LogInRefusal {
    static func error(_ outcome: LogInOutcome) -> ForumError {
        switch outcome {
        case .loggedIn, .invalidCredentials, .secondFactorWanted:
            return ForumError(.forbidden, "Incorrect username, email or password")
        case .notActivated:
            return ForumError(
                .forbidden,
                "You can't log in yet: the account has not been activated.",
                reason: .inactive
            )
        case .notApproved:
            return ForumError(.forbidden, "Your account hasn't been approved yet.")
        case .suspended(let till, let reason):
            let day = till.iso8601.prefix(10)
            return ForumError(
                .forbidden,
                reason.map { "Account suspended until \(day): \($0)" }
                    ?? "You can't log in until \(day)."
            )
        }
    }
}
