/// What the screens know of the community.
package struct SiteInfo: Sendable, Hashable, Codable {
    package var title: String
    package var url: String
    /// The member who is logged in; nil for a guest, empty while a key is known and its member
    /// not yet.
    package var username: String?
    package var categories: [Category] = []
    /// Notifications that the member has not read.
    package var unreadNotifications = 0
    /// The member moderates or administers the site.
    package var isStaff = false
    /// Things that wait for the staff, as far as this member is of it.
    package var waitingForReview = 0
    package var limits = PostLimits()
    /// How posts can come by mail; nil where the site offers no choice, as Discourse.
    package var deliveries: [Delivery]?

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

/// The shortest texts that the site takes, in characters. Until it is known: Discourse's own.
package struct PostLimits: Sendable, Hashable, Codable {
    package var title = 15
    package var firstPost = 20
    package var post = 20
    package var message = 10

    package init() {}
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
    package var level = TrackingLevel.regular
    /// Where the site lets the member choose.
    package var delivery: Delivery?

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
        /// The reader gave up.
        case cancelled
        /// Not logged in, or not believed.
        case auth
        /// Not allowed.
        case forbidden
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

/// How closely a member follows something: Discourse's numbers, and one more for people.
package enum TrackingLevel: Int, Sendable, Hashable, Codable, Comparable {
    case muted = 0
    case regular = 1
    case tracking = 2
    case watching = 3
    case watchingFirstPost = 4
    /// Of people only: nothing of theirs is shown.
    case ignored = 5

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package var name: String {
        switch self {
        case .muted: "muted"
        case .regular: "regular"
        case .tracking: "tracking"
        case .watching: "watching"
        case .watchingFirstPost: "watching first posts"
        case .ignored: "ignored"
        }
    }

    /// What it does.
    package var summary: String {
        switch self {
        case .muted: "nothing of it in lists, no notifications"
        case .regular: "notified when you are mentioned or answered"
        case .tracking: "new replies are counted"
        case .watching: "notified of every reply"
        case .watchingFirstPost: "notified of every new topic"
        case .ignored: "their posts are hidden and they cannot reach you"
        }
    }
}
