import Forum
import ForumMail
import Foundation
import MailMessage
import Postgres
import TestSupport
import Testing

struct MboxArchiveTests {
    private static func bytes(_ archive: MboxArchive) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in archive { bytes += piece }
        return bytes
    }

    /// A file with an archive, gone afterwards.
    private static func withFile(
        _ bytes: [UInt8],
        _ body: (String) async throws -> Void
    ) async throws {
        let path = "/tmp/forum-archive-test-\(UInt64.random(in: .min ... .max)).mbox"
        #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
        defer { unlink(path) }
        try await body(path)
    }

    private static let difficult = """
        From here on it is *Markdown*:

        > From a quote
        >From without a blank

        ```
        From code
        -- 
        On Monday Anna wrote:
        ```

        On Tuesday Bert wrote:
        > kept
        """

    /// A topic of five posts: 2 and 3 answer the first, 4 answers 2, 5 answers 4.
    private static func thread(_ site: MailSite) async throws -> CreatedPost {
        let anna = try await site.site.member("anna")
        let bert = try await site.site.member("bert")
        let topic = try await site.topic("A thread to be exported", raw: difficult, by: anna)
        try await site.reply(to: topic, "The second post says enough.", by: bert)
        try await site.reply(to: topic, "The third post says enough too.", number: 1, by: anna)
        try await site.reply(to: topic, "The fourth post says: ünïcode.", number: 2, by: anna)
        try await site.reply(to: topic, "The fifth post ends it all.", number: 4, by: bert)
        return topic
    }

    /// `number raw author answered` of every post in a topic's order.
    private static func shape(_ site: MailSite) async throws -> [String] {
        try await site.site.database.pool.values(
            """
            SELECT p.post_number || ' ' || greatest(coalesce(p.reply_to_post_number, 1),
                    least(p.post_number - 1, 1)) || ' ' || t.title || ' ' || p.raw
            FROM posts p JOIN topics t ON t.id = p.topic_id
            WHERE t.title = 'A thread to be exported' ORDER BY t.id, p.post_number
            """
        )
    }

    @Test func `an archive moves to another forum with its threads, and adds nothing to its own`()
        async throws
    {
        try await MailSite.with { site in
            let topic = try await Self.thread(site)
            let archive = MboxArchive(
                .topic(topic.topicID),
                of: site.community,
                for: .anonymous,
                isCompressed: true
            )
            let bytes = try await Self.bytes(archive)
            let shape = try await Self.shape(site)
            #expect(shape.count == 5)
            try await Self.withFile(bytes) { path in
                let own = ArchiveImport(
                    community: site.community,
                    destination: .categoryOfListID(fallback: nil),
                    name: "own"
                )
                let again = try await own.run(files: [path]) { _ in }
                #expect(again.mails == 5)
                #expect(again.known == 5)
                #expect(again.posts == 0)
                #expect(try await Self.shape(site) == shape)
                try await MailSite.with { other in
                    // The ids of the other forum's own posts are other ids.
                    let work = ArchiveImport(
                        community: other.community,
                        destination: .category(CategoryID(4)),
                        name: "other"
                    )
                    try await other.site.database.pool.execute("DELETE FROM posts")
                    let summary = try await work.run(files: [path]) { _ in }
                    #expect(summary.posts == 5)
                    #expect(summary.topics.count == 1)
                    #expect(try await Self.shape(other) == shape)
                }
            }
        }
    }

    @Test func `who exports gets what they may see, and no addresses`() async throws {
        try await MailSite.with { site in
            let topic = try await Self.thread(site)
            try await site.site.database.pool.execute(
                """
                UPDATE posts SET post_type = CASE post_number WHEN 2 THEN 4 ELSE post_type END,
                    hidden = post_number = 3
                """
            )
            let boss = Viewer.member(.system)
            for viewer in [Viewer.anonymous, boss] {
                let archive = MboxArchive(.site, of: site.community, for: viewer)
                let text = String(decoding: try await Self.bytes(archive), as: UTF8.self)
                #expect(text.contains("fourth post"))
                #expect(!text.contains("second post"))
                #expect(!text.contains("third post"))
                #expect(!text.contains("anna@example.com"))
                #expect(text.contains("@forum.example.invalid"))
            }
            let open = MboxArchive(
                .topic(topic.topicID),
                of: site.community,
                for: boss,
                includesAddresses: true
            )
            #expect(
                String(decoding: try await Self.bytes(open), as: UTF8.self)
                    .contains("anna@example.com")
            )
            let anna = try #require(try await site.community.principal(named: "anna"))
            let forbidden = MboxArchive(
                .site,
                of: site.community,
                for: .member(anna),
                includesAddresses: true
            )
            await #expect(throws: ForumError.self) { try await Self.bytes(forbidden) }
        }
    }
}
