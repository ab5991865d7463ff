/// Somebody's page. Times are seconds since 1970, UTC.
package struct Person: Sendable, Hashable {
    package var id: Int
    package var username: String
    package var name: String?
    package var title: String?
    /// HTML.
    package var bio = ""
    package var joinedAt: Int64?
    package var lastSeenAt: Int64?
    package var postCount = 0
    package var topicCount = 0
    package var trustLevel = 0
    package var isAdmin = false
    package var isModerator = false
    package var level = TrackingLevel.regular
    package var canMute = false
    package var canMessage = false
    package var isSuspended = false
    package var isSilenced = false
    package var suspendReason: String?
    /// The person shows nothing of themselves.
    package var isHidden = false
    /// What they wrote last, the newest first.
    package var activity: [ActivityRow] = []

    package init(id: Int, username: String) {
        self.id = id
        self.username = username
    }
}

/// A post that somebody wrote.
package struct ActivityRow: Sendable, Hashable {
    package var topic: Int
    package var postNumber: Int
    package var title: String
    package var excerpt: String
    package var createdAt: Int64

    package init(topic: Int, postNumber: Int, title: String, excerpt: String, createdAt: Int64) {
        self.topic = topic
        self.postNumber = postNumber
        self.title = title
        self.excerpt = excerpt
        self.createdAt = createdAt
    }
}

/// The page of somebody on the screen.
struct PersonState: Sendable {
    let username: String
    var person: Person?
    var selected = 0
    var top = 0
    var failure: Failure?

    init(username: String) {
        self.username = username
    }

    var isLoading: Bool { person == nil && failure == nil }
    var rows: [ActivityRow] { person?.activity ?? [] }

    mutating func move(to index: Int, height: Int) {
        selected = max(0, min(rows.count - 1, index))
        reveal(height: height)
    }

    mutating func reveal(height: Int) {
        top = ListWindow.top(top, showing: selected, of: rows.count, height: height)
    }
}
