import Forum
import ForumAPI
import Hummingbird

/// Keys for programs without a browser: the program shows a code, somebody types it in elsewhere.
struct DeviceRoutes: Sendable {
    let community: Community
    let forms: FormGuard
    private let pages: UserAPIKeyPages

    init(community: Community, authentication: Authentication) {
        self.community = community
        forms = FormGuard(authentication: authentication)
        pages = UserAPIKeyPages(community: community)
    }

    func add(to routes: RouteTable) {
        routes.serve(API.UserAPIKeys.startDevice, .open) { call in try await start(call) }
        routes.serve(API.UserAPIKeys.pollDevice, .open) { call in
            var reply = DevicePollReply()
            switch try await community.pollDevice(call.body.deviceCode) {
            case .pending: reply.status = DevicePollReply.Status.pending.rawValue
            case .denied: reply.status = DevicePollReply.Status.denied.rawValue
            case .expired: reply.status = DevicePollReply.Status.expired.rawValue
            case .authorized(let payload):
                reply.status = DevicePollReply.Status.authorized.rawValue
                reply.payload = payload
            }
            return reply
        }
        routes.serve(.get, "/user-api-key/activate", .open) { call in try await ask(call) }
        routes.serve(.post, "/user-api-key/activate", .member) { call in
            try forms.check(call)
            return try await confirm(call)
        }
        for (verb, isAccepted) in [("authorize", true), ("deny", false)] {
            routes.serve(.post, "/user-api-key/activate/\(verb)", .member) { call in
                try forms.check(call)
                guard call.grant.isUnrestricted else { throw ForumError.forbidden }
                let device = try await community.waitingDevice(
                    userCode: call.requiredText("user_code"),
                    by: call.principal
                )
                try await community.decideDevice(
                    device,
                    accept: isAccepted,
                    by: call.principal
                )
                let name = device.request.applicationName
                return try await pages.done(
                    isAccepted
                        ? "Done. “\(name)” goes on by itself." : "“\(name)” was not let in.",
                    call
                )
            }
        }
    }

    private func start(_ call: Call<DeviceRequest>) async throws -> DeviceReply {
        let body = call.body
        let request = UserAPIKeyRequest(
            applicationName: body.applicationName,
            clientID: body.clientID,
            scopes: try UserAPIKeyForm.scopes(body.scopes),
            nonce: body.nonce,
            publicKeyPEM: body.publicKey,
            padding: try UserAPIKeyForm.padding(body.padding),
            pushURL: body.pushURL,
            expiresInSeconds: body.expiresInSeconds
        )
        let device = try await community.startDevice(request, clientIP: call.clientAddress)
        let page = community.baseURL + "/user-api-key/activate"
        var reply = DeviceReply()
        reply.deviceCode = device.deviceCode
        reply.userCode = device.userCode
        reply.verificationURI = page
        reply.verificationURIWithRequest = page + "?user_code=\(device.userCode)"
        reply.expiresIn = device.expiresInSeconds
        reply.interval = Forum.Limits.devicePollSeconds
        return reply
    }

    private func ask(_ call: Call<WireValue>) async throws -> Response {
        let code = try call.text("user_code") ?? ""
        if call.viewer.principal != nil { return try await pages.code(code, for: call) }
        let query = code.isEmpty ? "" : "?user_code=\(percentEncoded(code))"
        return try await pages.logIn("/user-api-key/activate" + query, call)
    }

    private func confirm(_ call: Call<WireValue>) async throws -> Response {
        let code = try call.requiredText("user_code")
        let principal = try call.principal
        do throws(any Error) {
            let device = try await community.waitingDevice(userCode: code, by: principal)
            let fields = [(name: "user_code", value: device.userCode)]
            return try await pages.consent(
                device.request,
                principal,
                action: "/user-api-key/activate/authorize",
                fields: fields,
                denial: ("/user-api-key/activate/deny", fields),
                for: call
            )
        } catch let error as ForumError where error.code == .notFound {
            let problem = ForumError(
                .notFound,
                "No program waits with this code. It may have run out.",
                field: "user_code"
            )
            return try await pages.code(code, problem: problem, for: call)
        }
    }
}
