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
        private var page: ArraySlice<ArchivedPost> = []
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
            var bytes: [UInt8] = []
            while bytes.count < Self.pieceBytes {
                if page.isEmpty { try await turnPage() }
                guard let post = page.popFirst() else {
                    isAtEnd = true
                    return gzip.map { $0.write(bytes) + $0.finish() } ?? bytes
                }
                posts += 1
                let files = try await archive.community.files(of: post, for: archive.viewer)
                bytes += try composer.entry(post, files: files)
            }
            return gzip?.write(bytes) ?? bytes
        }

        private mutating func turnPage() async throws {
            let next = try await archive.community.archivedPosts(
                archive.scope,
                after: last,
                includingAddresses: archive.includesAddresses,
                for: archive.viewer
            )
            last = next.last?.postID ?? last
            page = next[...]
        }

        /// About so many are given at once, and whole mails: one may bring large files.
        private static let pieceBytes = 256 * 1024
    }
}
