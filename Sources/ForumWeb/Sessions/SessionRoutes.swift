import Cryptography
import Forum
import ForumAPI
import HTTPTypes
import Hummingbird
import Postgres

/// Logging in and out with a password, and who one is.
struct SessionRoutes: Sendable {
    let community: Community
    let authentication: Authentication
    let bus: LiveBus

    func add(to routes: RouteTable) {
        let csrf = API.Sessions.csrf
        routes.serve(csrf.method, csrf.path, .open) { call in
            let known = call.cookies[SessionCookie.forum]?.value
            let cookie = known.flatMap { $0.isEmpty ? nil : $0 } ?? Random.hex(32)
            var response = Response.json(
                CSRFReply(token: authentication.csrfToken(for: cookie))
            )
            if cookie != known { response.setCookie(make(SessionCookie.forum, cookie)) }
            return response
        }
        let current = API.Sessions.current
        routes.serve(current.method, current.path, .open) { call in
            // Discourse answers an empty 404, which clients take for “not logged in”.
            guard let principal = call.viewer.principal else {
                return .empty(.notFound)
            }
            return .json(CurrentSessionReply(currentUser: try await user(principal)))
        }
        // Discourse's snare for programs that fill in every field: clients ask for it before they make
        // an account, and send it back. Nothing is decided by it here.
        routes.serve(.get, "/session/hp", .open) { _ in
            let snare: [(String, WireValue)] = [
                ("value", .string(Random.hex(16))), ("challenge", .string(Random.hex(16))),
            ]
            return .json(WireValue.object(WireObject(snare)))
        }
        let create = API.Sessions.create
        routes.serve(create.method, create.path, .open) { call in
            try await logIn(call, decodeRequest(LogInRequest.self, from: call.body))
        }
        let delete = API.Sessions.delete
        routes.serve(delete.method, delete.path, .member) { call in
            if case .session(let token) = call.proof {
                try await community.logOut(sessionToken: token)
            }
            var response = Response.json(LogOutReply(redirectURL: "/"))
            response.setCookie(make(SessionCookie.session, "", maxAge: 0))
            return response
        }
    }

    private func logIn(_ call: Call<WireValue>, _ body: LogInRequest) async throws -> Response {
        let outcome = try await community.logIn(
            login: body.login,
            password: body.password,
            clientIP: call.clientAddress,
            userAgent: call.headers[.userAgent]
        )
        switch outcome {
        case .loggedIn(let token, let principal):
            var response = Response.json(LogInReply(user: UserPresenter.basic(principal)))
            let seconds = Forum.Limits.sessionIdleSeconds
            response.setCookie(make(SessionCookie.session, token, maxAge: seconds))
            return response
        case .invalidCredentials:
            return .json(
                LogInReply(
                    error: "Incorrect username, email or password",
                    reason: "invalid_credentials"
                )
            )
        case .notActivated(let address):
            return .json(
                LogInReply(
                    error: "You can't log in yet: the account has not been activated.",
                    reason: "not_activated",
                    sentToEmail: address,
                    currentEmail: address
                )
            )
        case .notApproved:
            return .json(
                LogInReply(
                    error: "Your account hasn't been approved yet.",
                    reason: "not_approved"
                )
            )
        case .suspended(let till):
            return .json(
                LogInReply(
                    error: "You can't log in until \(till.iso8601.prefix(10)).",
                    reason: "suspended"
                )
            )
        }
    }

    private func make(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: community.baseURL.hasPrefix("https:"),
            httpOnly: true,
            sameSite: .lax
        )
    }

    private func user(_ principal: Principal) async throws -> CurrentUserBody {
        let profile = try await community.profile(
            named: principal.username,
            for: .member(principal)
        )
        let notices = try await community.notifications(of: principal, limit: 1)
        let channel = "/notification/\(principal.id)"
        let position = try await bus.positions(of: [channel])[channel] ?? 0
        var body = CurrentUserBody()
        body.id = Int(principal.id.value)
        body.username = principal.username
        body.name = profile.user.name
        body.avatarTemplate = AvatarTemplate.make(principal.username)
        body.email = profile.email
        body.unreadNotifications = notices.unreadCount
        body.unreadHighPriorityNotifications = notices.unreadHighPriorityCount
        body.allUnreadNotificationsCount = notices.unreadCount
        body.seenNotificationID = notices.notifications.first.map { Int($0.id.value) } ?? 0
        body.notificationChannelPosition = Int(position)
        body.admin = principal.isAdmin
        body.moderator = principal.isModerator
        body.staff = principal.isStaff
        body.title = profile.user.title
        body.trustLevel = principal.trustLevel
        body.canCreateTopic = !principal.isSilenced
        body.topicCount = profile.user.statistics.topicCount
        body.userOption.userID = body.id
        body.userOption.emailLevel = profile.user.emailLevel
        let drafts = try await community.draftCount(of: principal)
        body.draftCount = drafts.all
        body.hasTopicDraft = drafts.hasTopic
        body.groups = profile.groups.map { GroupReferenceBody(id: Int($0.id.value), name: $0.name) }
        return body
    }
}
