package import Cryptography
import Postgres

/// What a member lets a program do in their name (Discourse's words).
package enum UserAPIKeyScope: String, Sendable, CaseIterable {
    case read
    case write
    case messageBus = "message_bus"
    case push
    case oneTimePassword = "one_time_password"
    case notifications
    case sessionInfo = "session_info"
    case bookmarksCalendar = "bookmarks_calendar"
    case userStatus = "user_status"

    /// For the person who is asked.
    package var meaning: String {
        switch self {
        case .read: "Read everything that you can read"
        case .write: "Write in your name: posts, messages, likes, settings"
        case .messageBus: "Hear of changes while they happen"
        case .push: "Send notices to an outside service"
        case .oneTimePassword: "Log you in on its device, once"
        case .notifications: "Read and clear your notices"
        case .sessionInfo: "Read who you are and what is new for you"
        case .bookmarksCalendar: "Read the reminders of your bookmarks"
        case .userStatus: "Read and change your status"
        }
    }
}

/// What a program asks for.
package struct UserAPIKeyRequest: Sendable {
    package var applicationName: String
    package var clientID: String
    package var scopes: [UserAPIKeyScope]
    /// The program's word, given back with the key.
    package var nonce: String
    package var publicKeyPEM: String
    package var padding: RSAPublicKey.Padding
    package var authRedirect: String?
    package var pushURL: String?
    package var expiresInSeconds: Int?

    package init(
        applicationName: String,
        clientID: String,
        scopes: [UserAPIKeyScope],
        nonce: String,
        publicKeyPEM: String,
        padding: RSAPublicKey.Padding = .pkcs1,
        authRedirect: String? = nil,
        pushURL: String? = nil,
        expiresInSeconds: Int? = nil
    ) {
        self.applicationName = applicationName
        self.clientID = clientID
        self.scopes = scopes
        self.nonce = nonce
        self.publicKeyPEM = publicKeyPEM
        self.padding = padding
        self.authRedirect = authRedirect
        self.pushURL = pushURL
        self.expiresInSeconds = expiresInSeconds
    }
}

/// A key that was made, as only the program can read it.
package struct SealedUserAPIKey: Sendable {
    /// Base 64 of what only the program's private key opens.
    package let payload: String
    /// The same for a way in that works once, when that was asked for.
    package let oneTimePassword: String?
}

/// The actions of giving a key to a program, and taking it back.
package enum GivingUserAPIKey {}

extension Rule where Action == GivingUserAPIKey, Resource == WholeSite {
    static func givingUserAPIKey(_ settings: SiteSettings) -> Self {
        Self { _, principal in
            principal.isStaff || principal.trustLevel >= settings.minTrustLevelForUserAPIKey
                ? .allow
                : .deny(
                    ForumError(
                        .forbidden,
                        "You do not have the required trust level to use the user API.",
                        reason: .trustLevel
                    )
                )
        }
    }
}
