/// One post as the screens need it. Times are seconds since 1970, UTC.
package struct Post: Sendable, Hashable, Codable {
    package var id: Int
    package var number: Int
    package var username: String
    package var createdAt: Int64
    /// HTML as the server cooked it.
    package var cooked: String
    /// What was written, where only that is known.
    package var markdown: String?
    package var replyToNumber: Int?
    package var replyCount = 0
    package var likeCount = 0
    package var isLiked = false
    package var canLike = false
    package var canEdit = false
    package var canDelete = false
    package var isWiki = false
    package var isHidden = false
    package var isDeleted = false
    package var bookmarkID: Int?
    /// Ways to flag it that the member has.
    package var flags: [FlagReason] = []
    package var polls: [Poll] = []
    /// The reply that solved the topic.
    package var isAnswer = false
    /// What happened, when this is a note of the system such as "closed" and nobody's words.
    package var smallAction: String?

    package init(id: Int, number: Int, username: String, createdAt: Int64, cooked: String) {
        self.id = id
        self.number = number
        self.username = username
        self.createdAt = createdAt
        self.cooked = cooked
    }

    /// The text laid out for `width` columns: the server's HTML, or what was written where there is none.
    /// `isOpen` shows what details and spoilers hide.
    package func render(
        width: Int,
        isOpen: Bool = true,
        withPolls: Bool = true
    ) -> RenderedPost {
        if cooked.isEmpty, let markdown {
            return MarkdownRenderer.render(markdown, width: width)
        }
        return CookedRenderer.render(
            cooked,
            width: width,
            isOpen: isOpen,
            withPolls: withPolls
        )
    }
}

/// A link of a post, under the number that the text shows.
package struct Link: Sendable, Hashable {
    package var number: Int
    package var url: String
    package var isImage: Bool
}

/// A post laid out for one width.
package struct RenderedPost: Sendable, Hashable {
    package var lines: [[Cell]]
    package var links: [Link]

    /// The lines as text, for output without a screen.
    package var text: String {
        lines.map { line in
            var text = line.text
            while text.last == " " {
                text.removeLast()
            }
            return text
        }.joined(separator: "\n")
    }
}
