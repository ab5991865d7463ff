import Forum
import ForumAPI

struct UserRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        let show = API.Users.show
        // `/users/…` is the older name of `/u/…`.
        for endpoint in [show, Endpoint<NoBody, UserReply>(.get, "/users/{username}")] {
            routes.serve(endpoint, .everybody) { call in
                let profile = try await community.profile(
                    named: call.requiredText("username"),
                    for: call.viewer
                )
                var body = UserPresenter.profile(
                    profile,
                    viewer: call.viewer,
                    now: community.clock()
                )
                UserPresenter.show(profile.honours, in: &body, host: community.host)
                return UserReply(user: body)
            }
        }
        let ofUser = Endpoint<NoBody, UserEmailsReply>(.get, "/u/{username}/emails")
        routes.serve(ofUser, .member) { call in try await emails(call) }
        for endpoint in [
            API.Users.create, Endpoint<CreateUserRequest, CreateUserReply>(.post, "/u"),
        ] {
            routes.serve(endpoint, .open) { call in try await create(call) }
        }
    }

    /// The addresses of one user, for themself and staff.
    private func emails(_ call: Call<NoBody>) async throws -> UserEmailsReply {
        let profile = try await community.profile(
            named: call.requiredText("username"),
            for: call.viewer
        )
        guard let email = profile.email else { throw ForumError.forbidden }
        return UserEmailsReply(email: email, secondaryEmails: profile.secondaryEmails)
    }

    /// What is wrong with the input is told with status 200 and `success: false`, as Discourse does;
    /// clients show `message`.
    private func create(_ call: Call<CreateUserRequest>) async throws -> CreateUserReply {
        let body = call.body
        var new = NewUser(
            username: body.username,
            email: body.email,
            password: body.password,
            name: body.name
        )
        new.active = body.active ?? false
        new.approved = body.approved ?? false
        do {
            let user = try await community.createUser(new, by: call.viewer.principal)
            return CreateUserReply(
                success: true,
                active: user.isActive,
                message: user.isActive
                    ? "Your account is activated and ready to use."
                    : "You’re almost done! Your account has to be activated.",
                userID: Int(user.id.value)
            )
        } catch let error as ForumError where error.code == .invalid || error.code == .conflict {
            return CreateUserReply(
                success: false,
                message: error.message,
                errors: [error.field ?? "base": error.messages],
                values: ["username": body.username, "email": body.email]
            )
        }
    }
}
