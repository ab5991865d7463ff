import Cryptography
import Postgres

/// What came of a log-in through another site.
package enum ConnectOutcome: Sendable {
    case loggedIn(sessionToken: String, returnPath: String)
    /// The nonce is unknown, used, too old, or of another browser.
    case expired
    case suspended
    case notApproved
    case notActivated
}

extension Community {
    /// Where a browser is sent to log in.
    ///
    /// - Parameter browser: The value of its `_forum_session` cookie: what comes back counts for
    ///   this browser only.
    /// - Throws: `.notFound` while log-in through another site is off.
    package func connectAddress(returnTo path: String?, browser: String) async throws -> String {
        let site = settings.current
        guard site.enableDiscourseConnect, !site.discourseConnectURL.isEmpty,
            !site.discourseConnectSecret.isEmpty
        else { throw ForumError.notFound }
        let nonce = Random.hex(16)
        let back = Self.localPath(path)
        try await database.execute(
            ConnectQueries.keepNonce(
                Digest.sha256("\(nonce):\(browser)"),
                returnTo: back,
                until: clock() + Limits.ssoNonceSeconds
            )
        )
        let payload = ConnectPayload(fields: [
            "nonce": nonce, "return_sso_url": "\(baseURL)/session/sso_login",
        ])
        let address = site.discourseConnectURL
        let joint = address.contains("?") ? "&" : "?"
        return address + joint + payload.query(secret: site.discourseConnectSecret)
    }

    /// Lets somebody in whom the other site sends back.
    ///
    /// - Throws: `.notFound` while it is off, `.invalid` for a bad signature or unfit fields.
    package func connectLogIn(
        sso: String,
        sig: String,
        browser: String,
        clientIP: String?,
        userAgent: String?
    ) async throws -> ConnectOutcome {
        let site = settings.current
        guard site.enableDiscourseConnect else { throw ForumError.notFound }
        let payload = try ConnectPayload(sso: sso, sig: sig, secret: site.discourseConnectSecret)
        guard let nonce = payload["nonce"] else { return .expired }
        let path = try await database.value(
            ConnectQueries.takeNonce(Digest.sha256("\(nonce):\(browser)"), at: clock()),
            as: String.self
        )
        guard let path else { return .expired }
        let user = try await connectedUser(payload)
        if user.isSuspended(at: clock()) { return .suspended }
        if !user.isApproved { return .notApproved }
        guard user.isActive, let principal = try await principal(for: user.id) else {
            return .notActivated
        }
        let token = try await openSession(
            for: principal,
            clientIP: clientIP,
            userAgent: userAgent
        )
        return .loggedIn(sessionToken: token, returnPath: path)
    }

    /// What this site tells another one of whoever is logged in here; its address to go back to.
    ///
    /// - Parameter viewer: Nobody: the answer says so (`failed`), for `prompt=none` only.
    /// - Returns: `nil` when the visitor has to log in first.
    /// - Throws: `.notFound` while it is off, `.malformed` for a site this one does not know,
    ///   `.invalid` for a bad signature.
    package func connectProvider(
        sso: String,
        sig: String,
        viewer: Viewer
    ) async throws -> (address: String, logsOut: Bool)? {
        let site = settings.current
        guard site.enableDiscourseConnectProvider else { throw ForumError.notFound }
        guard sso.utf8.count <= Limits.ssoPayloadBytes,
            let bytes = Base64.decode(sso.filter { !$0.isWhitespace }),
            let back = ConnectPayload(query: String(decoding: bytes, as: UTF8.self))[
                "return_sso_url"
            ],
            let secret = Self.secret(for: back, in: site.discourseConnectProviderSecrets)
        else {
            throw ForumError(
                .malformed,
                "This site may not ask here for who you are.",
                field: "return_sso_url"
            )
        }
        let asked = try ConnectPayload(sso: sso, sig: sig, secret: secret)
        let joint = back.contains("?") ? "&" : "?"
        var answer = ConnectPayload()
        answer["nonce"] = asked["nonce"]
        answer["return_sso_url"] = back
        if asked.flag("logout") == true { return (back, true) }
        guard let principal = viewer.principal else {
            guard asked["prompt"] == "none" else { return nil }
            answer["failed"] = "true"
            return (back + joint + answer.query(secret: secret), false)
        }
        let profile = try await profile(named: principal.username, for: viewer)
        answer["external_id"] = "\(principal.id)"
        answer["username"] = principal.username
        answer["name"] = profile.user.name
        answer["email"] = profile.email
        answer["admin"] = String(principal.isAdmin)
        answer["moderator"] = String(principal.isModerator)
        answer["groups"] = profile.groups.map(\.name).joined(separator: ",")
        return (back + joint + answer.query(secret: secret), false)
    }

    /// The secret of the line whose domain is that of the address: `domain|secret`, `*.domain|secret`.
    private static func secret(for address: String, in lines: String) -> String? {
        guard let host = host(of: address) else { return nil }
        for line in lines.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "|", maxSplits: 1).map {
                String($0).trimmingWhitespace
            }
            guard parts.count == 2, parts[1].utf8.count >= 10 else { continue }
            let domain = parts[0].lowercased()
            let fits =
                domain.hasPrefix("*.")
                ? host.hasSuffix(domain.dropFirst()) : host == domain
            if fits { return parts[1] }
        }
        return nil
    }

    private static func host(of address: String) -> String? {
        guard address.hasPrefix("https://") || address.hasPrefix("http://"),
            !address.contains(where: { $0.isWhitespace || $0 == "\\" })
        else { return nil }
        let authority = address.split(separator: "/", omittingEmptySubsequences: true).dropFirst()
            .first?.prefix { $0 != "?" && $0 != "#" }
        guard let authority, !authority.contains("@") else { return nil }
        return authority.prefix { $0 != ":" }.lowercased()
    }

    /// A path on this site; anything else leads to the front page.
    private static func localPath(_ path: String?) -> String {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), path.utf8.count <= 500,
            !path.contains("\\"),
            path.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
        else { return "/" }
        return path
    }
}
