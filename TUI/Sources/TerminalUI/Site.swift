/// What the screens know of the community.
package struct SiteInfo: Sendable, Hashable, Codable {
    package var title: String
    package var url: String
    /// The member who is logged in; nil for a guest.
    package var username: String?
    package var categories: [Category] = []
    /// Notifications that the member has not read.
    package var unreadNotifications = 0

    package init(title: String, url: String, username: String? = nil, categories: [Category] = []) {
        self.title = title
        self.url = url
        self.username = username
        self.categories = categories
    }

    package func category(_ id: Int?) -> Category? {
        categories.first { $0.id == id }
    }
}

/// A category of the site.
package struct Category: Sendable, Hashable, Codable {
    package var id: Int
    package var name: String
    package var slug: String
    package var parentID: Int?
    package var summary: String = ""
    package var topicCount = 0
    package var canCreate = true

    package init(id: Int, name: String, slug: String) {
        self.id = id
        self.name = name
        self.slug = slug
    }
}

/// Why something could not be done, in words for the reader.
package struct Failure: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// No answer came.
        case network
        /// Not logged in, or not allowed.
        case auth
        case notFound
        /// Too many requests; the seconds to wait when the server said so.
        case rateLimited(seconds: Int?)
        /// The server refused what was sent.
        case refused
        /// The server answered what cannot be understood, or failed itself.
        case server
    }

    package var kind: Kind
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// How closely a member follows a topic: Discourse's numbers.
package enum TrackingLevel: Int, Sendable, Hashable, Codable {
    case muted = 0
    case regular = 1
    case tracking = 2
    case watching = 3

    package var name: String {
        switch self {
        case .muted: "muted"
        case .regular: "regular"
        case .tracking: "tracking"
        case .watching: "watching"
        }
    }
}
