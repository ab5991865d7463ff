import Markup
package import Postgres

/// What an archive holds.
package enum ArchiveScope: Sendable, Hashable {
    case topic(TopicID)
    /// With its subcategories.
    case category(CategoryID)
    /// Every topic, but no private message.
    case site
}

/// A post with everything that a mail about it says.
package struct ArchivedPost: Sendable, RowDecodable {
    package let postID: PostID
    package let postNumber: Int
    package let raw: String
    package let createdAt: Timestamp
    package let authorUsername: String
    package let authorName: String?
    /// The author's own address; only for whoever administers the site.
    package let authorAddress: String?
    package let topicTitle: String
    package let topicID: TopicID
    package let topicSlug: String
    package let categoryName: String?
    package let categorySlug: String?
    package let parentCategorySlug: String?
    package let categoryListID: String?
    package let tags: [String]
    /// Set when the post came by mail and keeps that mail's Message-ID.
    package let ownMessageID: String?
    package let firstPostID: PostID?
    package let firstMessageID: String?
    package let parentPostID: PostID?
    package let parentMessageID: String?

    package init(from row: inout RowReader) throws(PostgresError) {
        postID = try row.next()
        postNumber = try row.next()
        raw = try row.next()
        createdAt = try row.next()
        authorUsername = try row.next()
        authorName = try row.next()
        authorAddress = try row.next()
        topicTitle = try row.next()
        topicID = try row.next()
        topicSlug = try row.next()
        categoryName = try row.next()
        categorySlug = try row.next()
        parentCategorySlug = try row.next()
        categoryListID = try row.next()
        tags = try row.next()
        ownMessageID = try row.next()
        firstPostID = try row.next()
        firstMessageID = try row.next()
        parentPostID = try row.next()
        parentMessageID = try row.next()
    }
}

/// A file that a post of an archive shows or links to.
package struct ArchivedFile: Sendable {
    package let upload: Upload
    package let bytes: [UInt8]
}

extension Community {
    /// The files of a post that the viewer may have, and that are still there.
    package func files(of post: ArchivedPost, for viewer: Viewer) async throws -> [ArchivedFile] {
        guard post.raw.contains("upload://") else { return [] }
        let names = Markdown.references(in: post.raw).uploads.compactMap(UploadName.init(short:))
        var files: [ArchivedFile] = []
        for upload in try await uploads(names, for: viewer) {
            do {
                files.append(ArchivedFile(upload: upload, bytes: try await content(of: upload)))
            } catch let error as ForumError where error.code == .notFound {
                continue
            }
        }
        return files
    }

    /// How many posts an archive holds for somebody.
    ///
    /// - Throws: `.notFound` for a topic or category that they may not see.
    package func archiveSize(_ scope: ArchiveScope, for viewer: Viewer) async throws -> Int {
        switch scope {
        case .topic(let id):
            guard
                try await database.value(ArchiveQueries.sees(id, viewer), as: Bool.self) == true
            else { throw ForumError.notFound }
        case .category(let id): _ = try await category(id, for: viewer)
        case .site: break
        }
        return try await database.value(ArchiveQueries.count(scope, viewer), as: Int.self) ?? 0
    }

    /// The next posts of an archive, in the order in which they were made.
    ///
    /// Whispers and what moderators have hidden are in no archive, whoever asks: archives are passed on.
    ///
    /// - Parameters:
    ///   - last: The post after which to go on; nil for the beginning.
    ///   - includingAddresses: With the addresses of the authors.
    /// - Throws: `.forbidden` when addresses are wanted by anybody but an administrator.
    package func archivedPosts(
        _ scope: ArchiveScope,
        after last: PostID?,
        includingAddresses: Bool = false,
        for viewer: Viewer
    ) async throws -> [ArchivedPost] {
        if includingAddresses {
            guard let principal = viewer.principal else { throw ForumError.forbidden }
            _ = try principal.mayAdministerSite()
        }
        return try await database.all(
            ArchiveQueries.posts(scope, after: last, includingAddresses, viewer)
        )
    }
}
