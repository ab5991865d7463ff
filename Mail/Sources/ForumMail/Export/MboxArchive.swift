package import Forum
import MailMessage

/// An archive as an mbox file (mboxrd), written piece by piece as it is read from the database: it
/// never is in memory as a whole.
package struct MboxArchive: AsyncSequence, Sendable {
    private let community: Community
    private let scope: ArchiveScope
    private let viewer: Viewer
    private let includesAddresses: Bool
    private let isCompressed: Bool

    /// - Parameters:
    ///   - includesAddresses: With the real addresses of the authors; for administrators.
    ///   - isCompressed: As gzip.
    package init(
        _ scope: ArchiveScope,
        of community: Community,
        for viewer: Viewer,
        includesAddresses: Bool = false,
        isCompressed: Bool = false
    ) {
        self.community = community
        self.scope = scope
        self.viewer = viewer
        self.includesAddresses = includesAddresses
        self.isCompressed = isCompressed
    }

    package func makeAsyncIterator() -> Iterator { Iterator(archive: self) }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let archive: MboxArchive
        private let composer: ArchiveComposer
        private var gzip: GzipWriter?
        private var last: PostID?
        private var isAtEnd = false
        /// Posts so far.
        package private(set) var posts = 0

        fileprivate init(archive: MboxArchive) {
            self.archive = archive
            composer = ArchiveComposer(community: archive.community)
        }

        /// The next bytes, maybe none; nil at the end.
        package mutating func next() async throws -> [UInt8]? {
            guard !isAtEnd else { return nil }
            if archive.isCompressed, gzip == nil { gzip = try GzipWriter() }
            let page = try await archive.community.archivedPosts(
                archive.scope,
                after: last,
                includingAddresses: archive.includesAddresses,
                for: archive.viewer
            )
            guard let end = page.last else {
                isAtEnd = true
                return gzip?.finish() ?? []
            }
            last = end.postID
            posts += page.count
            var bytes: [UInt8] = []
            for post in page { bytes += try composer.entry(post) }
            return gzip?.write(bytes) ?? bytes
        }
    }
}
