/// A mailing list that was brought in.
package struct ImportBody: Codable, Sendable, Equatable {
    package var id: Int
    package var name: String
    package var createdAt: String
    /// `null` while only staff sees what it made.
    package var publishedAt: String?
    package var topics: Int
    package var posts: Int

    package init(
        id: Int,
        name: String,
        createdAt: String,
        publishedAt: String?,
        topics: Int,
        posts: Int
    ) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.publishedAt = publishedAt
        self.topics = topics
        self.posts = posts
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case createdAt = "created_at"
        case publishedAt = "published_at"
        case topics
        case posts
    }
}

/// `GET /admin/imports`: those that wait first, then the newest.
package struct ImportListReply: Codable, Sendable, Equatable {
    package var imports: [ImportBody]

    package init(imports: [ImportBody]) { self.imports = imports }
}

/// An import that was published or taken back, as it was before.
package struct ImportReply: Codable, Sendable, Equatable {
    package var `import`: ImportBody

    package init(import body: ImportBody) { self.import = body }
}
