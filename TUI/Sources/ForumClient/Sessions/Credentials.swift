/// Something that must not be seen: it prints as dots everywhere.
package struct Secret: Sendable, Hashable {
    /// The secret itself, for the request that needs it.
    package let value: String

    package init(_ value: String) {
        self.value = value
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// As whom a client calls.
package enum Credentials: Sendable, Hashable {
    case anonymous
    /// Logged in with name and password: the site's cookies by name.
    case session(username: String, cookies: [String: Secret])
    /// A key that an administrator gave out, acting as `username`; a key of one person needs none.
    case apiKey(Secret, username: String?)
    /// A key that its owner approved on the site.
    case userAPIKey(Secret, clientID: String?)

    /// Whom these belong to, where they say so.
    package var username: String? {
        switch self {
        case .anonymous, .userAPIKey: nil
        case .session(let username, _): username
        case .apiKey(_, let username): username
        }
    }
}
