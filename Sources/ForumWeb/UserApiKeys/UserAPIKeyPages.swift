import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Markup

/// The pages on which a member is asked whether a program may act in their name. They run nothing
/// and load nothing.
struct UserAPIKeyPages: Sendable {
    let community: Community

    /// Hidden fields of a form, in order.
    typealias Fields = [(name: String, value: String)]

    static func hidden(_ fields: Fields) -> String {
        fields.map { field in
            "<input type=\"hidden\" name=\"\(Escape.html(field.name))\" "
                + "value=\"\(Escape.html(field.value))\">"
        }.joined()
    }

    /// Asks who is there; leads back to `destination`.
    func logIn(token: String, destination: String, problem: String? = nil) -> Response {
        let site = Escape.html(community.settings.current.title)
        let note = problem.map { "<p><strong>\(Escape.html($0))</strong></p>" } ?? ""
        return .page(
            title: "Log in",
            body: """
                <h1>\(site)</h1><p>Log in to go on.</p>\(note)
                <form method="post" action="/user-api-key/log-in">
                \(Self.hidden([
                    ("authenticity_token", token), ("destination", destination),
                ]))
                <p><label>Username or e-mail <input name="login" required></label></p>
                <p><label>Password <input type="password" name="password" required></label></p>
                <p><button>Log in</button></p></form>
                """,
            status: problem == nil ? .ok : .forbidden
        )
    }

    /// Asks those who have a second factor for it, after the password.
    ///
    /// - Parameter ticket: Stands for the password.
    func secondFactor(
        token: String,
        destination: String,
        ticket: String,
        problem: String? = nil
    ) -> Response {
        let site = Escape.html(community.settings.current.title)
        let note = problem.map { "<p><strong>\(Escape.html($0))</strong></p>" } ?? ""
        return .page(
            title: "Second factor",
            body: """
                <h1>\(site)</h1>\(note)
                <form method="post" action="/user-api-key/log-in">
                \(Self.hidden([
                    ("authenticity_token", token), ("destination", destination),
                    ("ticket", ticket),
                ]))
                <p><label>Code of your authenticator, or a backup code
                <input name="code" autocomplete="one-time-code" required autofocus></label></p>
                <p><button>Log in</button></p></form>
                """,
            status: problem == nil ? .ok : .forbidden
        )
    }

    /// Asks whether the program may; `action` is where the answer goes.
    func consent(
        _ request: UserAPIKeyRequest,
        _ principal: Principal,
        action: String,
        denial: (action: String, fields: Fields)? = nil,
        fields: Fields
    ) async throws -> Response {
        let title = Escape.html(try await community.say(.userAPIKeyTitle))
        let button = Escape.html(try await community.say(.userAPIKeyAuthorize))
        let scopes = request.scopes.map { "<li>\(Escape.html($0.meaning))</li>" }.joined()
        let redirect =
            request.authRedirect.map {
                "<p>Then you are sent to <code>\(Escape.html($0))</code>.</p>"
            } ?? ""
        let refuse =
            denial.map { denial in
                """
                <form method="post" action="\(denial.action)">\(Self.hidden(denial.fields))
                <p><button>Deny</button></p></form>
                """
            } ?? ""
        var response = Response.page(
            title: title,
            body: """
                <h1>\(title)</h1>
                <p>“\(Escape.html(request.applicationName))” asks to act as
                <strong>\(Escape.html(principal.username))</strong> on
                \(Escape.html(community.settings.current.title)). It could:</p>
                <ul>\(scopes)</ul>\(redirect)
                <form method="post" action="\(action)">\(Self.hidden(fields))
                <p><button>\(button)</button></p></form>\(refuse)
                """
        )
        if let redirect = request.authRedirect {
            // Browsers also hold the address that the form's answer leads to against this list.
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; form-action 'self' \(Self.source(of: redirect)); "
                + "base-uri 'none'; frame-ancestors 'none'"
        }
        return response
    }

    /// `https://host` or `scheme:`; the address was checked to be plain.
    private static func source(of address: String) -> String {
        let scheme = address.prefix { $0 != ":" }
        guard ["http", "https"].contains(scheme.lowercased()) else { return "\(scheme):" }
        let rest = address.dropFirst(scheme.count).drop { $0 == ":" || $0 == "/" }
        return "\(scheme)://\(rest.prefix { $0 != "/" && $0 != "?" })"
    }

    /// Shows the sealed key to be copied.
    func key(_ payload: String, for applicationName: String) async throws -> Response {
        let text = try await community.say(
            .userAPIKeyInstructions,
            ["application_name": applicationName]
        )
        return .page(
            title: Escape.html(try await community.say(.userAPIKeyTitle)),
            body: "<p>\(Escape.html(text))</p><pre>\(Escape.html(payload))</pre>"
        )
    }

    /// Asks for the code that a device shows.
    func code(token: String, code: String, problem: String? = nil) -> Response {
        let note = problem.map { "<p><strong>\(Escape.html($0))</strong></p>" } ?? ""
        return .page(
            title: "Connect a program",
            body: """
                <h1>Connect a program</h1>\(note)
                <form method="post" action="/user-api-key/activate">
                \(Self.hidden([("authenticity_token", token)]))
                <p><label>Code that the program shows
                <input name="user_code" value="\(Escape.html(code))" placeholder="XXXX-XXXX"
                autocomplete="off" required></label></p>
                <p><button>Continue</button></p></form>
                """,
            status: problem == nil ? .ok : .notFound
        )
    }

    func done(_ text: String) -> Response {
        .page(title: "Connect a program", body: "<p>\(Escape.html(text))</p>")
    }

    /// Asks whether to be logged in by a way that works once: programs that look at links in advance
    /// must not use it up.
    func oneTimePassword(
        token: String,
        password: String,
        _ principal: Principal
    ) async throws
        -> Response
    {
        let title = try await community.say(
            .otpTitle,
            ["site_name": community.settings.current.title]
        )
        return .page(
            title: Escape.html(title),
            body: """
                <h1>\(Escape.html(title))</h1>
                <form method="post" action="/session/otp/\(Escape.html(password))">
                \(Self.hidden([("authenticity_token", token)]))
                <p><button>Log in as \(Escape.html(principal.username))</button></p></form>
                """
        )
    }
}
