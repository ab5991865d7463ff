/// Something that waits for the staff. Times are seconds since 1970, UTC.
package struct ReviewItem: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case flaggedPost
        case queuedPost
        case account
        /// Discourse's name of a kind that this program does not know.
        case other(String)
    }

    package var id: Int
    /// What the reviewer saw, so that two do not decide at once.
    package var version: Int
    package var kind: Kind
    package var author: String
    package var createdAt: Int64
    package var title = ""
    /// Plain text of what waits.
    package var text = ""
    /// Why it waits, each with who said so.
    package var reasons: [String] = []
    package var topic: Int?
    package var postNumber: Int?
    package var claimedBy: String?
    package var actions: [ReviewAction] = []

    package init(id: Int, version: Int, kind: Kind, author: String, createdAt: Int64) {
        self.id = id
        self.version = version
        self.kind = kind
        self.author = author
        self.createdAt = createdAt
    }
}

/// What can be decided.
package struct ReviewAction: Sendable, Hashable {
    /// The name for the server.
    package var id: String
    package var label: String
    package var warning: String?

    package init(id: String, label: String, warning: String? = nil) {
        self.id = id
        self.label = label
        self.warning = warning
    }
}

/// A decision about something that waits.
package struct ReviewDecision: Sendable, Hashable {
    package var item: Int
    package var version: Int
    package var action: String
    /// Words for whoever wrote it, where the action wants some.
    package var reason: String?

    package init(item: Int, version: Int, action: String, reason: String? = nil) {
        self.item = item
        self.version = version
        self.action = action
        self.reason = reason
    }

    /// A person is turned away or a text goes back: the reason is told.
    package var wantsReason: Bool {
        reason == nil && (action.contains("reject_user") || action.hasPrefix("revise"))
    }
}

/// The queue on the screen.
struct ReviewState: Sendable {
    var items: [ReviewItem] = []
    var selected = 0
    var top = 0
    var isLoading = true
    var failure: Failure?

    var selectedItem: ReviewItem? {
        items.indices.contains(selected) ? items[selected] : nil
    }

    mutating func take(_ new: [ReviewItem]) {
        items = Array(new.prefix(Limits.choices))
        isLoading = false
        failure = nil
        selected = max(0, min(selected, items.count - 1))
    }

    mutating func move(to index: Int, height: Int) {
        selected = max(0, min(items.count - 1, index))
        top = ListWindow.top(top, showing: selected, of: items.count, height: height)
    }

    /// What the status line says.
    var information: String {
        items.isEmpty
            ? "" : items.count == 1 ? "1 thing waits" : "\(items.count) things wait"
    }
}
