import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// The pages on which a member is asked whether a program may act in their name.
struct UserAPIKeyPages: Sendable {
    let community: Community
    let pages: PageWriter

    /// Hidden fields of a form, in order.
    typealias Fields = [(name: String, value: String)]

    init(community: Community) {
        self.community = community
        pages = PageWriter(community: community)
    }

    /// Asks who is there; leads back to `destination`.
    func logIn<Body>(_ destination: String, _ call: Call<Body>) async throws -> Response {
        let entry = LogInPages(community: community, pages: pages)
        return try await pages.response(entry.page(returningTo: destination), for: call)
    }

    /// Asks whether the program may; `action` is where the answer goes.
    func consent<Body>(
        _ request: UserAPIKeyRequest,
        _ principal: Principal,
        action: String,
        fields: Fields,
        denial: (action: String, fields: Fields)? = nil,
        for call: Call<Body>
    ) async throws -> Response {
        var page = PlainPage(try await community.say(.userAPIKeyTitle))
        let site = community.settings.current.title
        page.paragraphs = [
            "“\(request.applicationName)” asks to act as \(principal.username) on \(site). "
                + "It could:"
        ]
        page.list = request.scopes.map(\.meaning)
        var form = PageForm(action, try await community.say(.userAPIKeyAuthorize))
        form.hidden = fields
        page.form = form
        if let denial {
            var refuse = PageForm(denial.action, "Deny")
            refuse.buttons[0].isPlain = true
            refuse.hidden = denial.fields
            page.second = refuse
        }
        if let redirect = request.authRedirect {
            page.paragraphs.insert("Then you are sent to \(redirect).", at: 1)
            // Browsers also hold the address that the form's answer leads to against this list.
            page.head.formTargets = [Self.source(of: redirect)]
        }
        return try await pages.response(page, for: call)
    }

    /// `https://host` or `scheme:`; the address was checked to be plain.
    private static func source(of address: String) -> String {
        let scheme = address.prefix { $0 != ":" }
        guard ["http", "https"].contains(scheme.lowercased()) else { return "\(scheme):" }
        let rest = address.dropFirst(scheme.count).drop { $0 == ":" || $0 == "/" }
        return "\(scheme)://\(rest.prefix { $0 != "/" && $0 != "?" })"
    }

    /// Shows the sealed key to be copied.
    func key<Body>(
        _ payload: String,
        for applicationName: String,
        _ call: Call<Body>
    ) async throws -> Response {
        var page = PlainPage(try await community.say(.userAPIKeyTitle))
        page.paragraphs = [
            try await community.say(
                .userAPIKeyInstructions,
                ["application_name": applicationName]
            )
        ]
        page.secret = payload
        return try await pages.response(page, for: call)
    }

    /// Asks for the code that a device shows.
    func code<Body>(
        _ code: String,
        problem: ForumError? = nil,
        for call: Call<Body>
    ) async throws -> Response {
        var page = PlainPage("Connect a program")
        let form = PageForm(
            "/user-api-key/activate",
            "Continue",
            [
                FormField(
                    "user_code",
                    "Code that the program shows",
                    value: code,
                    hint: "Such as XXXX-XXXX.",
                    autocomplete: "off",
                    isRequired: true
                )
            ]
        )
        page.form = problem.map { form.refused($0) } ?? form
        return try await pages.response(page, problem == nil ? .ok : .notFound, for: call)
    }

    func done<Body>(_ text: String, _ call: Call<Body>) async throws -> Response {
        var page = PlainPage("Connect a program")
        page.paragraphs = [text]
        if let principal = call.viewer.principal {
            page.links = [
                (
                    "Programs that may act for you",
                    PreferencePages.address(.apps, principal)
                )
            ]
        }
        return try await pages.response(page, for: call)
    }

    /// Asks whether to be logged in by a way that works once: programs that look at links in advance
    /// must not use it up.
    func oneTimePassword<Body>(
        _ password: String,
        _ principal: Principal,
        for call: Call<Body>
    ) async throws -> Response {
        var page = PlainPage(
            try await community.say(
                .otpTitle,
                ["site_name": community.settings.current.title]
            )
        )
        page.form = PageForm("/session/otp/\(password)", "Log in as \(principal.username)")
        return try await pages.response(page, for: call)
    }
}
