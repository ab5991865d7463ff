import Cryptography
import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// Keys that members give to programs: asked for in a browser, given back by the program.
struct UserAPIKeyRoutes: Sendable {
    let community: Community
    let forms: FormGuard
    private let pages: UserAPIKeyPages

    init(community: Community, authentication: Authentication) {
        self.community = community
        forms = FormGuard(authentication: authentication)
        pages = UserAPIKeyPages(community: community)
    }

    func add(to routes: RouteTable) {
        routes.serve(.get, "/user-api-key/new", .open) { call in
            var response = try await new(call)
            // By these two a program learns what it can ask for here.
            response.headers[.authAPIVersion] = "4"
            response.headers[.authAPIDeviceCode] = "true"
            return response
        }
        routes.serve(.post, "/user-api-key", .member) { call in try await give(call) }
        routes.serve(API.UserAPIKeys.revoke, .member) { call in
            try await setRevoked(true, call)
            return SuccessReply()
        }
        routes.serve(API.UserAPIKeys.undoRevoke, .member) { call in
            try await setRevoked(false, call)
            return SuccessReply()
        }
        addOneTimePasswords(to: routes)
    }

    // MARK: In a browser

    private func new(_ call: Call<WireValue>) async throws -> Response {
        let names = ["application_name", "client_id", "scopes", "public_key", "nonce"]
        guard names.contains(where: { call.parameters[$0] != nil }) else {
            return try await pages.done("Programs ask here for a key to act in your name.", call)
        }
        let request = try UserAPIKeyForm.request(call)
        try community.check(request)
        let fields = UserAPIKeyForm.fields(of: request)
        guard let principal = call.viewer.principal else {
            let query = UserAPIKeyForm.query(of: request)
            return try await pages.logIn("/user-api-key/new?" + query, call)
        }
        return try await pages.consent(
            request,
            principal,
            action: "/user-api-key",
            fields: fields,
            for: call
        )
    }

    private func give(_ call: Call<WireValue>) async throws -> Response {
        try forms.check(call)
        // A key that is for something is not for making others.
        guard call.grant.isUnrestricted else { throw ForumError.forbidden }
        let request = try UserAPIKeyForm.request(call)
        let sealed = try await community.giveKey(for: request, by: call.principal)
        if let address = request.authRedirect {
            var query = "payload=\(percentEncoded(sealed.payload))"
            if let password = sealed.oneTimePassword {
                query += "&oneTimePassword=\(percentEncoded(password))"
            }
            return Self.redirect(to: address, adding: query)
        }
        if call.headers[.accept]?.contains("text/html") == true {
            return try await pages.key(sealed.payload, for: request.applicationName, call)
        }
        return .json(
            UserAPIKeyReply(
                payload: sealed.payload,
                instructions: try await community.say(
                    .userAPIKeyInstructions,
                    ["application_name": request.applicationName]
                )
            )
        )
    }

    private static func redirect(to address: String, adding query: String) -> Response {
        var response = Response(status: .found)
        response.headers[.location] = address + (address.contains("?") ? "&" : "?") + query
        response.headers[.contentType] = "text/plain; charset=utf-8"
        return response
    }

    // MARK: Taking back

    /// The key that asks, or with `id` another one of its member's.
    private func setRevoked(_ isRevoked: Bool, _ call: Call<UserAPIKeyIDRequest>) async throws {
        try forms.check(call)
        if case .user(let key) = call.grant {
            guard isRevoked, call.body.id == nil || call.body.id == Int(key.keyID) else {
                throw ForumError.forbidden
            }
            try await community.setUserAPIKey(key.keyID, revoked: true, by: call.principal)
            return
        }
        guard let id = call.body.id else { throw WireError.missing(parameter: "id") }
        try await community.setUserAPIKey(Int64(id), revoked: isRevoked, by: call.principal)
    }

    // MARK: Ways in that work once

    private func addOneTimePasswords(to routes: RouteTable) {
        routes.serve(.get, "/user-api-key/otp", .open) { call in
            try await askForOneTimePassword(call)
        }
        routes.serve(.post, "/user-api-key/otp", .member) { call in
            try forms.check(call)
            guard call.grant.isUnrestricted else { throw ForumError.forbidden }
            let redirect = try call.requiredText("auth_redirect")
            try community.checkRedirect(redirect)
            let password = try await community.giveOneTimePassword(
                publicKeyPEM: call.requiredText("public_key"),
                padding: UserAPIKeyForm.padding(call),
                by: call.principal
            )
            return Self.redirect(
                to: redirect,
                adding: "oneTimePassword=\(percentEncoded(password))"
            )
        }
        routes.serve(.get, "/session/otp/{token}", .open) { call in
            let password = try UserAPIKeyForm.password(call)
            let principal = try await community.ownerOfOneTimePassword(password)
            return try await pages.oneTimePassword(password, principal, for: call)
        }
        routes.serve(.post, "/session/otp/{token}", .open) { call in
            try forms.check(call)
            let (session, _) = try await community.logIn(
                oneTimePassword: UserAPIKeyForm.password(call),
                clientIP: call.clientAddress,
                userAgent: call.headers[.userAgent]
            )
            var response = Response(status: .seeOther)
            response.headers[.location] = "/"
            response.headers[.contentType] = "text/plain; charset=utf-8"
            response.setCookie(community.sessionCookie(session))
            return response
        }
    }

    private func askForOneTimePassword(_ call: Call<WireValue>) async throws -> Response {
        let fields = try UserAPIKeyForm.passwordFields(call)
        let redirect = try call.requiredText("auth_redirect")
        try community.checkRedirect(redirect)
        guard let principal = call.viewer.principal else {
            let query = fields.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
            return try await pages.logIn("/user-api-key/otp?" + query, call)
        }
        let request = UserAPIKeyRequest(
            applicationName: try call.requiredText("application_name"),
            clientID: "",
            scopes: [.oneTimePassword],
            nonce: "",
            publicKeyPEM: try call.requiredText("public_key"),
            authRedirect: redirect
        )
        return try await pages.consent(
            request,
            principal,
            action: "/user-api-key/otp",
            fields: fields,
            for: call
        )
    }
}

extension HTTPField.Name {
    fileprivate static let authAPIVersion = named("Auth-Api-Version")
    fileprivate static let authAPIDeviceCode = named("Auth-Api-Device-Code")
}
