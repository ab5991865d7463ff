/// `POST /user-api-key`.
package struct UserAPIKeyReply: Codable, Sendable, Equatable {
    /// Base 64 of what the program's private key opens.
    package var payload: String
    package var instructions: String

    package init(payload: String, instructions: String) {
        self.payload = payload
        self.instructions = instructions
    }
}

/// `POST /user-api-key/revoke`, `…/undo-revoke`.
package struct UserAPIKeyIDRequest: Codable, Sendable, Equatable {
    /// The key that asks, when it is left out.
    package var id: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case id
    }
}

/// `POST /user-api-key/device`.
package struct DeviceRequest: Codable, Sendable, Equatable {
    package var applicationName: String = ""
    package var clientID: String = ""
    /// By comma.
    package var scopes: String = ""
    package var nonce: String = ""
    /// RSA, in PEM.
    package var publicKey: String = ""
    /// `pkcs1` (the default) or `oaep`.
    package var padding: String?
    package var pushURL: String?
    package var expiresInSeconds: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case applicationName = "application_name"
        case clientID = "client_id"
        case scopes
        case nonce
        case publicKey = "public_key"
        case padding
        case pushURL = "push_url"
        case expiresInSeconds = "expires_in_seconds"
    }
}

/// What a program without a browser shows, and asks with.
package struct DeviceReply: Codable, Sendable, Equatable {
    package var deviceCode: String = ""
    /// `XXXX-XXXX`.
    package var userCode: String = ""
    package var verificationURI: String = ""
    package var verificationURIWithRequest: String = ""
    /// Seconds.
    package var expiresIn: Int = 0
    /// Seconds between two polls.
    package var interval: Int = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case deviceCode = "device_code"
        case userCode = "user_code"
        case verificationURI = "verification_uri"
        case verificationURIWithRequest = "verification_uri_with_request"
        case expiresIn = "expires_in"
        case interval
    }
}

/// `POST /user-api-key/device/poll`.
package struct DevicePollRequest: Codable, Sendable, Equatable {
    package var deviceCode: String = ""

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case deviceCode = "device_code"
    }
}

/// How it stands with a program that waits.
package struct DevicePollReply: Codable, Sendable, Equatable {
    package enum Status: String, Codable, Sendable, CaseIterable {
        case pending = "authorization_pending"
        case authorized
        case denied = "access_denied"
        case expired = "expired_token"
    }

    /// A `Status`.
    package var status: String = ""
    @IfPresent package var payload: String?

    package init() {}
}
