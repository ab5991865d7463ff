import Cryptography
import Postgres
import TestSupport
import Testing

@testable import Forum

@Suite struct DirectUploadTests {
    /// What an address says of itself.
    private static func signed(_ address: String) throws -> (expires: Int64, signature: String) {
        let query = try #require(address.split(separator: "?").last)
        var values: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=")
            values[String(parts[0])] = String(parts[1])
        }
        return (
            try #require(Int64(values["expires"] ?? "")), try #require(values["signature"])
        )
    }

    private static func put(
        _ site: TestCommunity,
        _ upload: ExternalUpload,
        _ part: Int,
        _ bytes: [UInt8]
    ) async throws -> String {
        let (expires, signature) = try signed(
            site.community.signedAddress(of: upload, part: part)
        )
        return try await site.community.putPart(
            part,
            of: upload.uniqueIdentifier,
            bytes,
            expires: expires,
            signature: signature
        )
    }

    @Test func `a file in parts becomes an upload, once`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let picture = try await community.letter(of: "x", size: 48)
            let half = picture.count / 2
            let upload = try await community.announceUpload(
                UploadAnnouncement(
                    filename: "x.png",
                    filesize: picture.count,
                    type: "composer",
                    sha1: Hex.encode(Digest.sha1(picture))
                ),
                isMultipart: true,
                by: anna
            )
            let first = try await Self.put(site, upload, 1, Array(picture[..<half]))
            var parts = [UploadedPart(number: 1, etag: first)]
            // Not whole, not with another tag, not by somebody else.
            for (who, named) in [
                (anna, parts), (anna, parts + [UploadedPart(number: 2, etag: "0")]), (ben, parts),
            ] {
                await #expect(throws: ForumError.self) {
                    try await community.completeUpload(
                        upload.uniqueIdentifier,
                        parts: named,
                        by: who
                    )
                }
            }
            let second = try await Self.put(site, upload, 2, Array(picture[half...]))
            parts.append(UploadedPart(number: 2, etag: "\"\(second)\""))
            let made = try await community.completeUpload(
                upload.uniqueIdentifier,
                parts: parts.reversed(),
                by: anna
            )
            #expect((made.width, made.userID) == (48, anna.id))
            #expect(try await community.files.list(upload.folder).isEmpty)
            await #expect(throws: ForumError.notFound) {
                try await community.completeUpload(
                    upload.uniqueIdentifier,
                    parts: parts,
                    by: anna
                )
            }
        }
    }

    @Test func `an address is good for its part, its size and its time alone`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let announcement = UploadAnnouncement(
                filename: "x.png",
                filesize: 10,
                type: "composer",
                sha1: nil
            )
            let upload = try await community.announceUpload(
                announcement,
                isMultipart: true,
                by: anna
            )
            let (expires, signature) = try Self.signed(
                community.signedAddress(of: upload, part: 1)
            )
            await #expect(throws: ForumError.notFound) {
                try await community.putPart(
                    2,
                    of: upload.uniqueIdentifier,
                    [1],
                    expires: expires,
                    signature: signature
                )
            }
            _ = try await Self.put(site, upload, 1, [1, 2, 3, 4, 5, 6])
            let error = await #expect(throws: ForumError.self) {
                try await Self.put(site, upload, 2, [1, 2, 3, 4, 5])
            }
            #expect(error?.code == .tooLarge)
            site.clock.advance(seconds: 700)
            await #expect(throws: ForumError.notFound) {
                try await community.putPart(
                    1,
                    of: upload.uniqueIdentifier,
                    [1],
                    expires: expires,
                    signature: signature
                )
            }
            site.clock.advance(seconds: 86_400)
            try await community.expireExternalUploads()
            await #expect(throws: ForumError.notFound) {
                try await community.externalUpload(upload.uniqueIdentifier, by: anna)
            }
            #expect(try await community.files.list(upload.folder).isEmpty)
            try await community.settings.set("enable_direct_s3_uploads", to: "false")
            await #expect(throws: ForumError.notFound) {
                try await community.announceUpload(announcement, isMultipart: false, by: anna)
            }
        }
    }

    @Test(arguments: [
        ("a.exe", 10, nil), ("a.png", 0, nil), ("a.png", 100_000_000, nil), ("a.png", 10, "x"),
    ])
    func `what would be refused later is refused at once`(
        name: String,
        size: Int,
        sha1: String?
    ) async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let error = await #expect(throws: ForumError.self) {
                try await site.community.announceUpload(
                    UploadAnnouncement(
                        filename: name,
                        filesize: size,
                        type: "composer",
                        sha1: sha1
                    ),
                    isMultipart: false,
                    by: anna
                )
            }
            #expect(error?.code == .invalid)
        }
    }
}
