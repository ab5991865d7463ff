import Forum
import ForumAPI

struct UserRoutes: Sendable {
    let community: Community

    func add(to routes: RouteTable) {
        let show = API.Users.show
        // `/users/…` is the older name of `/u/…`.
        for endpoint in [show, Endpoint<NoBody, UserReply>(.get, "/users/{username}")] {
            routes.serve(endpoint, .everybody) { call in
                try await ProfileReply.make(
                    community,
                    named: call.requiredText("username"),
                    viewer: call.viewer,
                    proof: call.proof
                )
            }
        }
        for endpoint in [
            API.Users.create, Endpoint<CreateUserRequest, CreateUserReply>(.post, "/u"),
        ] {
            routes.serve(endpoint, .open) { call in try await create(call) }
        }
    }

    /// What is wrong with the input is told with status 200 and `success: false`, as Discourse does;
    /// clients show `message`.
    private func create(_ call: Call<CreateUserRequest>) async throws -> CreateUserReply {
        let body = call.body
        // Discourse's very words, also to a program that fell into the snare.
        let almost = CreateUserReply(
            success: true,
            message: "You’re almost done! We sent an activation mail to \(body.email). "
                + "Please follow the instructions in the mail to activate your account."
        )
        guard SignUpSnare(community: community).passes(call) else { return almost }
        var new = NewUser(
            username: body.username,
            email: body.email,
            password: body.password,
            name: body.name
        )
        new.active = body.active ?? false
        new.approved = body.approved ?? false
        do {
            new.links = try (body.externalIDs ?? [:]).map { provider, id throws(ForumError) in
                try ExternalAccount(provider: provider, externalID: id)
            }
            let outcome = try await community.signUp(new, by: call.viewer.principal)
            guard case .made(let user) = outcome else { return almost }
            try await keepFields(body, of: user, call)
            // A number would tell a new account from one that was there.
            guard call.viewer.isAdmin else { return almost }
            var reply = almost
            reply.userID = Int(user.id.value)
            guard user.isActive else { return reply }
            reply.active = true
            reply.message = "Your account is activated and ready to use."
            return reply
        } catch let error as ForumError where error.code == .invalid || error.code == .conflict {
            return CreateUserReply(
                success: false,
                message: error.message,
                errors: [error.field ?? "base": error.messages],
                values: ["username": body.username, "email": body.email]
            )
        }
    }

    /// What an administrator says about a new account beside what makes it one.
    private func keepFields(
        _ body: CreateUserRequest,
        of user: User,
        _ call: Call<CreateUserRequest>
    ) async throws {
        guard let fields = body.userFields, !fields.isEmpty,
            let principal = call.viewer.principal, principal.isAdmin
        else { return }
        var changes = AccountChanges()
        changes.userFields = fields
        _ = try await community.changeAccount(of: user.username, changes, by: principal)
    }
}
