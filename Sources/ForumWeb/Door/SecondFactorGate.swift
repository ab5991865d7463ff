import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// Keeps the sessions of those out who must have a second factor (`enforce_second_factor`) and have
/// none yet: they can set one up, and log out. Keys of programs are let through, as in Discourse.
struct SecondFactorGate: Sendable {
    let community: Community

    /// What setting one up needs, and what its page is made of.
    private static let open = [
        "/session", "/u/second_factor", "/u/create_second_factor_totp",
        "/u/enable_second_factor_totp", "/u/confirm-session", "/u/trusted-session",
        "/forms/second-factor/", "/forms/log-out", "/stylesheets/", "/assets/", "/site/", "/srv/",
    ]

    static func setUpPath(username: String) -> String {
        "/u/\(percentEncoded(username))/preferences/second-factor"
    }

    /// `nil` for a request that may go on; a browser is led to the page that sets one up.
    ///
    /// - Throws: `.forbidden` for anything else.
    func answer(
        _ request: Request,
        _ context: WebContext,
        isForPage: Bool
    ) async throws -> Response? {
        guard case .session = context.proof, let principal = context.viewer.principal,
            community.settings.current.enforceSecondFactor != "no"
        else { return nil }
        let path = request.uri.path
        guard !Self.open.contains(where: { path.hasPrefix($0) }),
            !path.hasSuffix("/preferences/second-factor"),
            try await community.mustSetUpSecondFactor(principal)
        else { return nil }
        guard isForPage, Authentication.isSafe(request.method) else {
            throw ForumError(
                .forbidden,
                "You must set up two-factor authentication before you go on: "
                    + community.baseURL + Self.setUpPath(username: principal.username)
            )
        }
        var response = Response.empty(.found)
        response.headers[.location] = Self.setUpPath(username: principal.username)
        return response
    }
}
