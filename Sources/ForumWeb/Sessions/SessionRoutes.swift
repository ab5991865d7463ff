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
            if cookie != known { response.setCookie(community.cookie(SessionCookie.forum, cookie)) }
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
        let snare = API.People.snare
        routes.serve(snare.method, snare.path, .open) { call in
            let known = call.cookies[SessionCookie.forum]?.value
            let cookie = known.flatMap { $0.isEmpty ? nil : $0 } ?? Random.hex(32)
            let snare = SignUpSnare(community: community)
            var response = Response.json(
                SnareReply(value: snare.value(cookie), challenge: snare.challenge(cookie))
            )
            if cookie != known { response.setCookie(community.cookie(SessionCookie.forum, cookie)) }
            return response
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
            response.setCookie(community.endOfSessionCookie)
            return response
        }
    }

    private func logIn(_ call: Call<WireValue>, _ body: LogInRequest) async throws -> Response {
        let outcome = try await community.logIn(
            login: body.login,
            password: body.password,
            secondFactor: SecondFactorProof(
                token: body.secondFactorToken,
                method: body.secondFactorMethod
            ),
            clientIP: call.clientAddress,
            userAgent: call.headers[.userAgent]
        )
        switch outcome {
        case .loggedIn(let token, let principal):
            var response = Response.json(LogInReply(user: UserPresenter.basic(principal)))
            response.setCookie(community.sessionCookie(token))
            return response
        case .invalidCredentials:
            return .json(
                LogInReply(
                    error: "Incorrect username, email or password",
                    reason: "invalid_credentials"
                )
            )
        case .secondFactorWanted(let refusal, _):
            return .json(SecondFactorPresenter.logIn(refusal))
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
        case .suspended(let till, let reason):
            let day = till.iso8601.prefix(10)
            return .json(
                LogInReply(
                    error: reason.map { "Account suspended until \(day): \($0)" }
                        ?? "You can't log in until \(day).",
                    reason: "suspended"
                )
            )
        }
    }

    private func user(_ principal: Principal) async throws -> CurrentUserBody {
        let profile = try await community.profile(
            named: principal.username,
            for: .member(principal)
        )
        let notices = try await community.notifications(of: principal, limit: 1)
        let channel = "/notification/\(principal.id)"
        let position = try await bus.positions(of: [channel])[channel] ?? 0
        let details = try await community.details(of: profile.user, for: .member(principal))
        var body = CurrentUserPresenter.make(
            profile,
            details,
            principal,
            settings: community.settings.current
        )
        body.unreadNotifications = notices.unreadCount - notices.unreadHighPriorityCount
        body.unreadHighPriorityNotifications = notices.unreadHighPriorityCount
        body.allUnreadNotificationsCount = notices.unreadCount
        body.groupedUnreadNotifications = Dictionary(
            uniqueKeysWithValues: notices.unread.byKind.map { (String($0.key), $0.value) }
        )
        body.newPersonalMessagesNotificationsCount = notices.unread.newMessages
        body.readFirstNotification = notices.notifications.first?.isRead ?? false
        body.seenNotificationID = Int(notices.seenID.value)
        body.notificationChannelPosition = Int(position)
        body.secondFactorEnabled = details.secondFactors.isOn
        let drafts = try await community.draftCount(of: principal)
        body.draftCount = drafts.all
        body.hasTopicDraft = drafts.hasTopic
        return body
    }
}
