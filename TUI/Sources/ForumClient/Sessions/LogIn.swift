package import ForumAPI

/// How a login ended.
package enum LogInOutcome: Sendable, Equatable {
    case loggedIn(BasicUserBody)
    /// The password was right; the site wants a code as well.
    case secondFactorNeeded(message: String)
}

extension SiteClient {
    /// Logs in with a name (or address) and a password. Afterwards ``credentials`` is the session.
    ///
    /// Wrong credentials are ``ClientError/loginRefused(message:)``, with the site's words.
    package func logIn(
        _ login: String,
        password: Secret,
        secondFactor: Secret? = nil
    ) async throws(ClientError) -> LogInOutcome {
        use(.anonymous)
        let reply = try await call(
            API.Sessions.create,
            body: LogInRequest(
                login: login,
                password: password.value,
                secondFactorToken: secondFactor?.value,
                secondFactorMethod: secondFactor == nil ? nil : 1
            )
        )
        if let user = reply.user {
            nameSession(user.username)
            return .loggedIn(user)
        }
        let message = reply.error ?? "The site refused the login."
        let asksForCode =
            reply.totpEnabled == true || reply.reason?.hasPrefix("invalid_second_factor") == true
        if asksForCode, secondFactor == nil { return .secondFactorNeeded(message: message) }
        throw .loginRefused(message: message)
    }

    /// Ends the session on the site and here.
    package func logOut() async throws(ClientError) {
        defer { use(.anonymous) }
        guard case .session(let username, _) = credentials, !username.isEmpty else { return }
        _ = try await call(API.Sessions.delete, path: ["username": username])
    }

    /// Who calls, nil for a guest. Works with keys as well.
    package func currentUser() async throws(ClientError) -> CurrentUserBody? {
        do {
            return try await call(API.Sessions.current).currentUser
        } catch .notFound {
            return nil
        } catch {
            throw error
        }
    }
}
