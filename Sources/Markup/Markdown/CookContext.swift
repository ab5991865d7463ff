/// How Markdown is cooked for one community.
package struct CookOptions: Sendable {
    /// The site's address without a slash at its end: links to its host count as own links.
    package var baseURL: String
    /// Whether a single line end is only a space, as in CommonMark. Discourse's
    /// `traditional_markdown_linebreaks`, off by default.
    package var traditionalLineBreaks: Bool
    /// Deepest nesting of quotes and lists.
    package var maxNesting: Int

    package init(
        baseURL: String = "",
        traditionalLineBreaks: Bool = false,
        maxNesting: Int = 100
    ) {
        self.baseURL = baseURL
        self.traditionalLineBreaks = traditionalLineBreaks
        self.maxNesting = maxNesting
    }
}

/// What the names in a text stand for. The caller looks them up first (`Markdown.references`) and
/// gives only what every reader of the text may see.
package struct CookContext: Sendable {
    /// A category or a tag.
    package struct Hashtag: Sendable, Hashable {
        package var id: Int
        package var name: String
        package var slug: String
        /// Path of its page.
        package var url: String

        package init(id: Int, name: String, slug: String, url: String) {
            self.id = id
            self.name = name
            self.slug = slug
            self.url = url
        }
    }

    /// A topic that is quoted from.
    package struct Topic: Sendable, Hashable {
        package var title: String
        /// Path of the topic, without a post number.
        package var url: String

        package init(title: String, url: String) {
            self.title = title
            self.url = url
        }
    }

    /// Names of users, in lower case, to the names as they are written.
    package var users: [String: String]
    /// Names of groups that may be mentioned, in lower case, to the names as they are written.
    package var groups: [String: String]
    /// Slugs of categories, `parent:child` for those within another.
    package var categories: [String: Hashtag]
    /// Names of tags in lower case.
    package var tags: [String: Hashtag]
    /// Addresses of small avatars for the titles of quotes, by name in lower case.
    package var avatars: [String: String]
    /// Other topics than this one that are quoted from, by id.
    package var topics: [Int: Topic]
    /// Addresses of uploads by their short form `upload://…`.
    package var uploads: [String: String]
    /// Width and height at which pictures among them are shown, in pixels.
    package var uploadSizes: [String: ImageSize] = [:]

    /// In pixels.
    package struct ImageSize: Sendable, Hashable {
        package var width: Int
        package var height: Int

        package init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    package init(
        users: [String: String] = [:],
        groups: [String: String] = [:],
        categories: [String: Hashtag] = [:],
        tags: [String: Hashtag] = [:],
        avatars: [String: String] = [:],
        topics: [Int: Topic] = [:],
        uploads: [String: String] = [:]
    ) {
        self.users = users
        self.groups = groups
        self.categories = categories
        self.tags = tags
        self.avatars = avatars
        self.topics = topics
        self.uploads = uploads
    }
}

/// Whom a `[quote]` names.
package struct QuoteReference: Sendable, Hashable {
    /// The name as written, or nothing.
    package var username: String
    package var postNumber: Int?
    package var topicID: Int?

    package init(username: String, postNumber: Int?, topicID: Int?) {
        self.username = username
        self.postNumber = postNumber
        self.topicID = topicID
    }
}

/// What a text may refer to, to be looked up before it is cooked. It may hold more than is cooked.
package struct References: Sendable, Hashable {
    /// Names after an at sign, of users or groups, in lower case.
    package var usernames: [String] = []
    /// Slugs after a number sign, in lower case, with `::tag` or `::category` taken off.
    package var hashtags: [String] = []
    package var quotes: [QuoteReference] = []
    /// Short addresses `upload://…`.
    package var uploads: [String] = []

    package init() {}
}

/// Cooked text and what was found in it.
package struct Cooked: Sendable, Hashable {
    /// Safe HTML.
    package var html = ""
    /// Users mentioned, in lower case, in order.
    package var mentions: [String] = []
    /// Groups mentioned, in lower case, in order.
    package var groupMentions: [String] = []
    /// How many different names stand after an at sign, known or not.
    package var mentionCount = 0
    /// Addresses of links other than mentions and hashtags.
    package var links: [String] = []
    /// Addresses of images.
    package var images: [String] = []
    /// Categories and tags that hashtags led to, in lower case.
    package var hashtags: [String] = []
    package var quotes: [QuoteReference] = []
    /// Polls, unchecked; at most twenty.
    package var polls: [PollSource] = []
    /// Words of the source, as Discourse counts them.
    package var wordCount = 0

    package init() {}
}
