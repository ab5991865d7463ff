package import Postgres

/// One demand on the topics of a list; all of a list's demands hold at once.
package enum TopicCondition: Sendable, Equatable {
    /// A category by slug (`parent:child` for one within another) or number.
    package struct Place: Sendable, Equatable {
        package var slug: String
        package var includesSubcategories: Bool

        package init(slug: String, includesSubcategories: Bool = true) {
            self.slug = slug
            self.includesSubcategories = includesSubcategories
        }
    }

    package enum Metric: String, Sendable, CaseIterable {
        case likes
        case firstPostLikes = "likes-op"
        case posts
        case posters
        case views
    }

    package enum Moment: String, Sendable, CaseIterable {
        case activity
        case created
        case latestPost = "latest-post"
    }

    package enum Status: String, Sendable, CaseIterable {
        case open
        case closed
        case archived
        case listed
        case unlisted
        case deleted
        /// In a category that everyone can read.
        case `public`
        case noReplies = "noreplies"
        case singleUser = "single_user"
    }

    /// Where the viewer stands to the topic.
    package enum Relation: String, Sendable, CaseIterable {
        case pinned
        case bookmarked
        case muted
        case normal
        case tracking
        case watching
        case watchingFirstPost = "watching_first_post"
        case new
        case newTopics = "new-topics"
        case newReplies = "new-replies"
        case unread
        case unseen
        case posted
        case created
    }

    /// In one of the places; excluded: in none of them. `categories: []` holds for no topic.
    case places([Place], isExcluded: Bool)
    case notInCategories([CategoryID])
    /// Bears one of the tags, or all of them; excluded: none of them, or not all of them.
    case tags([String], all: Bool, isExcluded: Bool)
    case tagged
    case untagged
    /// Bears a tag of the tag group.
    case tagGroup(String, isExcluded: Bool)
    /// One of the people wrote in it; or all of them did.
    case writers([String], all: Bool)
    /// A member of one of the groups wrote in it; or a member of each.
    case groups([String], all: Bool)
    case creators([String])
    case status(Status)
    case relations([Relation])
    case number(Metric, isMinimum: Bool, Int)
    case time(Moment, isAfter: Bool, Timestamp)
    /// Words as PostgreSQL's `websearch_to_tsquery` reads them.
    case words(String)
    /// In the title alone.
    case titleWords(String)
    case ids([TopicID])
    case nothing
}

extension TopicCondition {
    /// Whether it asks for topics that lists otherwise leave out.
    var listing: Status? {
        switch self {
        case .status(.unlisted): .unlisted
        case .status(.deleted): .deleted
        default: nil
        }
    }

    var needsViewer: Bool {
        if case .relations(let relations) = self { return relations.contains { $0 != .pinned } }
        return false
    }
}
