package import Cryptography
import Postgres

extension Community {
    /// Whether what a program asks for can be given at all; asked before anybody is asked.
    ///
    /// - Throws: `.malformed` for what is missing or cannot be, `.forbidden` for scopes and addresses
    ///   that the site does not allow.
    package func check(_ request: UserAPIKeyRequest) throws(ForumError) {
        let texts = [
            ("application_name", request.applicationName), ("client_id", request.clientID),
            ("nonce", request.nonce),
        ]
        for (name, text) in texts {
            guard !text.isEmpty, text.unicodeScalars.count <= Limits.userKeyTextMax,
                !text.unicodeScalars.contains(where: { $0.value < 0x20 })
            else {
                throw ForumError(
                    .malformed,
                    "\(name) must be a text of 1 to \(Limits.userKeyTextMax) characters.",
                    field: name
                )
            }
        }
        guard RSAPublicKey(pem: request.publicKeyPEM) != nil else {
            throw ForumError(
                .malformed,
                "public_key must be an RSA key in PEM (BEGIN PUBLIC KEY).",
                field: "public_key"
            )
        }
        guard !request.scopes.isEmpty else {
            throw ForumError(.malformed, "scopes must name at least one scope.", field: "scopes")
        }
        let allowed = settings.current.allowUserAPIKeyScopes.split(separator: "|").map(String.init)
        guard request.scopes.allSatisfy({ allowed.contains($0.rawValue) }) else {
            throw ForumError(.forbidden, "A scope is not allowed on this site.", field: "scopes")
        }
        if let seconds = request.expiresInSeconds {
            let longest = settings.current.maxUserAPIKeyExpiryDays * 86_400
            guard (1...longest).contains(seconds) else {
                throw ForumError(
                    .malformed,
                    "expires_in_seconds must be from 1 to \(longest).",
                    field: "expires_in_seconds"
                )
            }
        }
        if let redirect = request.authRedirect { try checkRedirect(redirect) }
    }

    /// - Throws: `.forbidden` where programs may not be called back at that address.
    package func checkRedirect(_ address: String) throws(ForumError) {
        let isPlain = address.unicodeScalars.allSatisfy {
            (0x21...0x7E).contains($0.value) && $0 != "\"" && $0 != "<" && $0 != ">" && $0 != ";"
                && $0 != "'" && $0 != "\\" && $0 != "#"
        }
        let patterns = settings.current.allowedUserAPIAuthRedirects.split(separator: "|")
        guard isPlain, address.utf8.count <= 2000, let colon = address.firstIndex(of: ":"),
            !["javascript", "data", "vbscript"].contains(address[..<colon].lowercased()),
            patterns.contains(where: { Wildcard.matches(address, pattern: String($0)) })
        else {
            throw ForumError(
                .forbidden,
                "The address to be called back at is not allowed on this site.",
                field: "auth_redirect"
            )
        }
    }

    /// Gives a program a key to act in the principal's name, in place of what it had before.
    ///
    /// - Throws: as `check(_:)`; `.forbidden` for who may not, `.invalid` when the program's own key is
    ///   too short for the answer.
    package func giveKey(
        for request: UserAPIKeyRequest,
        by principal: Principal
    ) async throws -> SealedUserAPIKey {
        try check(request)
        let settings = settings.current
        let permitted = try principal.may(.givingUserAPIKey(settings), WholeSite())
        let key = Random.hex(32)
        let now = clock()
        let expiresAt = request.expiresInSeconds.map { now + Double($0) }
        let pushes = settings.allowedUserAPIPushURLs.split(separator: "|").map(String.init)
        let pushURL =
            request.scopes.contains(.push)
            ? request.pushURL.flatMap { pushes.contains($0) ? $0 : nil } : nil
        var payload =
            #"{"key":"\#(key)","nonce":\#(JSONText.string(request.nonce)),"#
            + #""push":\#(pushURL != nil),"api":4"#
        if let expiresAt { payload += #","expires_at":"\#(expiresAt.iso8601)""# }
        payload += "}"
        let sealed = try Self.seal(payload, for: request)
        var statements = [
            UserAPIKeyQueries.give(
                hash: Digest.sha256(key),
                request,
                pushURL: pushURL,
                expiresAt: expiresAt,
                permitted,
                at: now
            )
        ]
        var password: String?
        if request.scopes.contains(.oneTimePassword) {
            let token = Random.hex(16)
            password = try Self.seal(token, for: request)
            statements.append(keep(token, for: principal))
        }
        try await database.batch(statements)
        return SealedUserAPIKey(payload: sealed, oneTimePassword: password)
    }

    /// A way in that works once, for a program that has a key already.
    package func giveOneTimePassword(
        publicKeyPEM: String,
        padding: RSAPublicKey.Padding,
        by principal: Principal
    ) async throws -> String {
        let allowed = settings.current.allowUserAPIKeyScopes.split(separator: "|")
        guard allowed.contains("one_time_password") else { throw ForumError.forbidden }
        let token = Random.hex(16)
        let request = UserAPIKeyRequest(
            applicationName: "",
            clientID: "",
            scopes: [.oneTimePassword],
            nonce: "",
            publicKeyPEM: publicKeyPEM,
            padding: padding
        )
        let sealed = try Self.seal(token, for: request)
        try await database.execute(keep(token, for: principal))
        return sealed
    }

    private func keep(_ token: String, for principal: Principal) -> SQL {
        UserAPIKeyQueries.keepOneTimePassword(
            Digest.sha256(token),
            of: principal.id,
            until: clock() + Limits.oneTimePasswordSeconds
        )
    }

    private static func seal(
        _ text: String,
        for request: UserAPIKeyRequest
    ) throws(ForumError) -> String {
        guard let key = RSAPublicKey(pem: request.publicKeyPEM) else {
            throw ForumError(
                .malformed,
                "public_key must be an RSA key in PEM (BEGIN PUBLIC KEY).",
                field: "public_key"
            )
        }
        guard let sealed = key.encrypt(Array(text.utf8), padding: request.padding) else {
            throw ForumError(
                .invalid,
                "The answer does not fit the public key: use one of 2048 bits and a short nonce.",
                field: "public_key"
            )
        }
        return lines(Base64.encode(sealed))
    }

    /// Lines of 60 characters, each with its end, as Ruby writes Base 64.
    private static func lines(_ text: String) -> String {
        var lines = ""
        var rest = text[...]
        while !rest.isEmpty {
            lines += rest.prefix(60) + "\n"
            rest = rest.dropFirst(60)
        }
        return lines
    }
}

/// Addresses with `*` in them.
enum Wildcard {
    /// Whether all of `text` is `pattern`, where a `*` stands for any number of characters. Goes back
    /// to the last star at most, so that the time is bounded by the product of both lengths.
    static func matches(_ text: String, pattern: String) -> Bool {
        let text = Array(text.utf8)
        let pattern = Array(pattern.utf8)
        var index = 0
        var place = 0
        var star: (place: Int, index: Int)?
        while index < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, index)
                place += 1
            } else if place < pattern.count, pattern[place] == text[index] {
                place += 1
                index += 1
            } else if let last = star {
                place = last.place + 1
                index = last.index + 1
                star = (last.place, last.index + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
