/// `POST /admin/users/sync_sso`.
package struct SyncConnectRequest: Codable, Sendable, Equatable {
    /// A query string in Base64.
    package var sso: String
    /// Its HMAC-SHA256 in hexadecimal.
    package var sig: String

    package init(
        sso: String,
        sig: String
    ) {
        self.sso = sso
        self.sig = sig
    }

    private enum CodingKeys: String, CodingKey {
        case sso
        case sig
    }
}
