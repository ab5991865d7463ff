import Cryptography
import Forum
import ForumAPI

/// What a program sends when it asks for a key, in a query or a form.
enum UserAPIKeyForm {
    static func request(_ call: Call<WireValue>) throws -> UserAPIKeyRequest {
        UserAPIKeyRequest(
            applicationName: try call.requiredText("application_name"),
            clientID: try call.requiredText("client_id"),
            scopes: try scopes(call.requiredText("scopes")),
            nonce: try call.requiredText("nonce"),
            publicKeyPEM: try call.requiredText("public_key"),
            padding: try padding(call),
            authRedirect: try call.text("auth_redirect"),
            pushURL: try call.text("push_url"),
            expiresInSeconds: try call.int("expires_in_seconds")
        )
    }

    static func scopes(_ text: String) throws(ForumError) -> [UserAPIKeyScope] {
        var scopes: [UserAPIKeyScope] = []
        for name in text.split(separator: ",").prefix(50) {
            let name = String(name.filter { !$0.isWhitespace })
            guard let scope = UserAPIKeyScope(rawValue: name) else {
                throw ForumError(
                    .forbidden,
                    "There is no scope \(name.prefix(50)).",
                    field: "scopes"
                )
            }
            if !scopes.contains(scope) { scopes.append(scope) }
        }
        return scopes
    }

    static func padding<Body>(_ call: Call<Body>) throws(ForumError) -> RSAPublicKey.Padding {
        try padding(call.text("padding"))
    }

    static func padding(_ text: String?) throws(ForumError) -> RSAPublicKey.Padding {
        guard let text else { return .pkcs1 }
        guard let padding = RSAPublicKey.Padding(rawValue: text) else {
            throw ForumError(.malformed, "padding must be pkcs1 or oaep.", field: "padding")
        }
        return padding
    }

    /// The same again, for a form that hands it on.
    static func fields(of request: UserAPIKeyRequest) -> UserAPIKeyPages.Fields {
        var fields: UserAPIKeyPages.Fields = [
            ("application_name", request.applicationName), ("client_id", request.clientID),
            ("scopes", request.scopes.map(\.rawValue).joined(separator: ",")),
            ("nonce", request.nonce), ("public_key", request.publicKeyPEM),
            ("padding", request.padding.rawValue),
        ]
        if let redirect = request.authRedirect { fields.append(("auth_redirect", redirect)) }
        if let url = request.pushURL { fields.append(("push_url", url)) }
        if let seconds = request.expiresInSeconds {
            fields.append(("expires_in_seconds", String(seconds)))
        }
        return fields
    }

    static func query(of request: UserAPIKeyRequest) -> String {
        fields(of: request).map { "\($0.name)=\(percentEncoded($0.value))" }
            .joined(separator: "&")
    }

    static func passwordFields(_ call: Call<WireValue>) throws -> UserAPIKeyPages.Fields {
        [
            ("application_name", try call.requiredText("application_name")),
            ("public_key", try call.requiredText("public_key")),
            ("auth_redirect", try call.requiredText("auth_redirect")),
            ("padding", try padding(call).rawValue),
        ]
    }

    /// - Throws: `.notFound` for what cannot be one.
    static func password(_ call: Call<WireValue>) throws -> String {
        let text = try call.requiredText("token")
        guard text.utf8.count == 32,
            text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { throw ForumError.notFound }
        return text
    }
}
