import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// Making an account in a browser, and what a forgotten password needs.
struct SignUpPages: Sendable {
    let community: Community
    let pages: PageWriter

    func add(to routes: RouteTable) {
        routes.serve(.html, "/signup", .open) { call in
            guard isOpen else { return try await pages.document(closed, for: call) }
            return try await pages.document(page(call), for: call)
        }
        routes.form("sign-up", .open, pages, again: FormAgain { try await again($0, $1) }) { call in
            try await signUp(call)
        }
        routes.form("resend-activation", .open, pages) { call in
            try await community.resendActivation(login: call.requiredText("login"))
            return try await told(
                "Look into your mail",
                "If there is such an account that waits to be activated, a mail is on its way.",
                call
            )
        }
        addForgottenPassword(to: routes)
    }

    private var isOpen: Bool {
        let settings = community.settings.current
        return settings.allowNewRegistrations && !settings.inviteOnly
            && !settings.enableDiscourseConnect
    }

    private var closed: PlainPage {
        var page = PlainPage("Sign up")
        page.paragraphs = ["New members come by invitation here."]
        page.links = [("Log in", "/login")]
        return page
    }

    private func page(_ call: Call<WireValue>) -> PlainPage {
        var page = PlainPage("Sign up")
        let token = pages.forms.token(for: call)
        page.head.token = token
        page.form = form(token.browser)
        page.paragraphs = ["Make an account on \(community.settings.current.title)."]
        page.links = [("I have an account already", "/login")]
        return page
    }

    /// The last field is Discourse's snare: people do not see it, and send it back as it is.
    private func form(_ browser: String) -> PageForm {
        let words = SignUpSnare(community: community)
        var snare = FormField(
            "password_confirmation",
            "Leave this as it is",
            value: words.value(browser),
            autocomplete: "off"
        )
        snare.isSnare = true
        var form = PageForm(
            "/forms/sign-up",
            "Sign up",
            [
                FormField(
                    "email",
                    "E-mail",
                    .line("email"),
                    hint: "Never shown to others. A mail with a link goes there.",
                    autocomplete: "email",
                    isRequired: true
                ),
                FormField("username", "User name", autocomplete: "username", isRequired: true),
                FormField("name", "Name", hint: "As you want to be called.", autocomplete: "name"),
                Self.newPassword("Password"),
                snare,
            ]
        )
        form.hidden = [("challenge", String(words.challenge(browser).reversed()))]
        return form
    }

    private func again(_ call: Call<WireValue>, _ error: ForumError) async throws -> Document {
        var page = page(call)
        page.form = try page.form?.filled(from: call).refused(error)
        return try await pages.document(page, for: call)
    }

    private func signUp(_ call: Call<WireValue>) async throws -> Response {
        let email = try call.text("email") ?? ""
        // A program that fills in everything is told what everybody is told.
        let isPerson = SignUpSnare(community: community).passes(
            call,
            try call.text("password_confirmation"),
            challenge: try call.text("challenge")
        )
        if isPerson {
            let new = NewUser(
                username: try call.text("username") ?? "",
                email: email,
                password: try call.text("password") ?? "",
                name: try call.text("name")
            )
            _ = try await community.signUp(new, by: nil)
        }
        return try await told(
            "You’re almost done!",
            "We sent an activation mail to \(email). Please follow the instructions in the mail to "
                + "activate your account.",
            call
        )
    }

    private func told(
        _ title: String,
        _ text: String,
        _ call: Call<WireValue>
    ) async throws -> Response {
        var page = PlainPage(title)
        page.paragraphs = [text]
        page.links = [("Front page", "/"), ("Log in", "/login")]
        return try await pages.response(page, for: call)
    }

    static func newPassword(_ label: String) -> FormField {
        FormField(
            "password",
            label,
            .line("password"),
            hint: "At least 10 characters; a few words are good.",
            autocomplete: "new-password",
            isRequired: true
        )
    }

    // MARK: Forgotten passwords

    private func addForgottenPassword(to routes: RouteTable) {
        let page: @Sendable () -> PlainPage = {
            var page = PlainPage("Choose a new password")
            page.paragraphs = ["A mail with a link to choose a new password is sent to you."]
            page.form = PageForm(
                "/forms/forgot-password",
                "Send the mail",
                [
                    FormField(
                        "login",
                        "User name or e-mail",
                        autocomplete: "username",
                        isRequired: true
                    )
                ]
            )
            page.links = [("Log in", "/login")]
            return page
        }
        routes.serve(.html, "/password-reset", .open) { call in
            try await pages.document(page(), for: call)
        }
        routes.form(
            "forgot-password",
            .open,
            pages,
            again: FormAgain { call, error in
                var page = page()
                page.form = try page.form?.filled(from: call).refused(error)
                return try await pages.document(page, for: call)
            }
        ) { call in
            let isFound = try await community.requestPasswordReset(
                login: call.requiredText("login")
            )
            guard isFound || community.settings.current.hideEmailAddressTaken else {
                throw ForumError(.notFound, "There is no such account.", field: "login")
            }
            return try await told(
                "Look into your mail",
                "If there is an account with this name or address, a mail is on its way to it.",
                call
            )
        }
    }
}
