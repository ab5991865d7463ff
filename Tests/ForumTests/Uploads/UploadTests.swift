import Postgres
import TestSupport
import Testing

@testable import Forum

@Suite struct UploadTests {
    private static func picture(_ site: TestCommunity) async throws -> [UInt8] {
        try await site.community.letter(of: "x", size: 48)
    }

    private static func send(
        _ site: TestCommunity,
        by principal: Principal,
        _ filename: String = "a picture.png",
        _ bytes: [UInt8]? = nil,
        type: String = "composer"
    ) async throws -> Upload {
        let content: [UInt8]
        if let bytes { content = bytes } else { content = try await picture(site) }
        return try await site.community.createUpload(
            NewUpload(filename: filename, bytes: content, type: type),
            by: principal
        )
    }

    @Test func `a name is the same in both forms`() throws {
        for _ in 0..<50 {
            let name = UploadName.random()
            #expect(UploadName(short: "upload://\(name.base62).png") == name)
            #expect(UploadName(hexFile: "\(name.hex).png") == name)
        }
        let most = String(repeating: "Z", count: 27)
        #expect(UploadName(short: most) == nil)
        #expect(UploadName(short: "a/b") == nil)
        #expect(UploadName(hexFile: "../../secret") == nil)
    }

    @Test func `a picture is kept and found again`() async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let upload = try await Self.send(site, by: anna, "../a\u{0}/b/my \u{202E}cat.PNG")
            #expect(upload.originalFilename == "my cat.PNG")
            #expect(upload.fileExtension == "png")
            #expect((upload.width, upload.height) == (48, 48))
            let found = try await site.community.upload(upload.name, for: .anonymous)
            #expect(found == upload)
            #expect(try await site.community.content(of: found).count == upload.size)
        }
    }

    @Test(arguments: [
        ("bad.exe", "MZ bad"), ("a.svg", "<svg onload='alert(1)'/>"), ("a.png", "no picture"),
        ("a.png", ""), ("a", "no extension"), ("a.png.html", "<script>"),
    ])
    func `what is not allowed or no picture is refused`(name: String, text: String) async throws {
        try await TestCommunity.with { site in
            let anna = try await site.member("anna")
            let error = await #expect(throws: ForumError.self) {
                try await Self.send(site, by: anna, name, Array(text.utf8))
            }
            #expect(error?.code == .invalid)
        }
    }

    @Test func `sizes and who may send`() async throws {
        try await TestCommunity.with(settings: [
            "max_attachment_size_kb": "1", "authorized_extensions": "png|txt",
        ]) { site in
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            _ = try await Self.send(site, by: anna, "a.txt", [UInt8](repeating: 65, count: 1024))
            await #expect(throws: ForumError.self) {
                try await Self.send(
                    site,
                    by: anna,
                    "a.txt",
                    [UInt8](repeating: 65, count: 1025)
                )
            }
            await #expect(throws: ForumError.self) {
                try await Self.send(site, by: anna, "a.txt", [65], type: "avatar")
            }
            let bytes = try await Self.picture(site)
            await #expect(throws: ForumError.forbidden) {
                try await site.community.createUpload(
                    NewUpload(filename: "a.png", bytes: bytes, type: "avatar", userID: ben.id),
                    by: anna
                )
            }
        }
    }

    @Test func `a file follows the permission of its posts`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let outsider = try await site.member("otto")
            let friend = try await site.member("fred")
            _ = try await site.group("friends", members: [anna, friend])
            let hidden = try await site.category("Hidden", permissions: ["friends": 1])
            let annaNow = try await site.refreshed(anna)
            let friendNow = try await site.refreshed(friend)
            let upload = try await Self.send(site, by: annaNow)
            let post = try await community.createTopic(
                NewTopic(
                    title: "A topic with a picture in it",
                    raw: "Look at this, please: ![cat|30x20](\(upload.shortURL))",
                    categoryID: hidden.id
                ),
                by: annaNow
            )
            #expect(post.cooked.contains("src=\"\(upload.url)\""))
            #expect(post.cooked.contains("width=\"30\" height=\"20\""))
            _ = try await community.upload(upload.name, for: .member(friendNow))
            for viewer in [Viewer.anonymous, .member(outsider)] {
                await #expect(throws: ForumError.notFound) {
                    try await community.upload(upload.name, for: viewer)
                }
            }
            // Whoever knows the address cannot open the file by posting it elsewhere.
            _ = try await community.createTopic(
                NewTopic(
                    title: "Another topic, open to all of us",
                    raw: "I have found this: ![cat](\(upload.shortURL)) somewhere."
                ),
                by: outsider
            )
            await #expect(throws: ForumError.notFound) {
                try await community.upload(upload.name, for: .member(outsider))
            }
            // Nor does it become public when it is taken out again.
            _ = try await community.editPost(
                post.id,
                raw: "There is no picture here any more, sorry.",
                by: annaNow
            )
            await #expect(throws: ForumError.notFound) {
                try await community.upload(upload.name, for: .member(friendNow))
            }
            _ = try await community.upload(upload.name, for: .member(annaNow))
        }
    }

    @Test func `an attachment is a link and a picture gets its size`() async throws {
        try await TestCommunity.with(settings: ["authorized_extensions": "*"]) { site in
            let anna = try await site.member("anna")
            let picture = try await Self.send(site, by: anna)
            let notes = try await Self.send(site, by: anna, "notes.txt", Array("hello".utf8))
            let post = try await site.community.createTopic(
                NewTopic(
                    title: "A topic with two files in it",
                    raw: "![cat](\(picture.shortURL)) and [notes|attachment](\(notes.shortURL))"
                ),
                by: anna
            )
            #expect(post.cooked.contains("width=\"48\" height=\"48\""))
            #expect(
                post.cooked.contains("<a href=\"\(notes.url)\" class=\"attachment\"")
                    || post.cooked.contains("class=\"attachment\" href=\"\(notes.url)\"")
            )
        }
    }

    @Test func `a picture of somebody is theirs to choose`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let ben = try await site.member("ben")
            let upload = try await Self.send(site, by: anna, type: "avatar")
            let letter = try await community.avatar(of: "anna", size: 48)
            await #expect(throws: ForumError.forbidden) {
                try await community.pickAvatar(upload.id, for: "anna", by: ben)
            }
            await #expect(throws: ForumError.forbidden) {
                try await community.pickAvatar(upload.id, for: "ben", by: ben)
            }
            try await community.pickAvatar(upload.id, for: "anna", by: anna)
            let profile = try await community.profile(named: "anna", for: .anonymous)
            #expect(profile.honours?.avatarUploadID == upload.id)
            #expect(try await community.avatar(of: "anna", size: 48) != letter)
            try await community.pickAvatar(nil, for: "anna", by: anna)
            #expect(try await community.avatar(of: "anna", size: 48) == letter)
            await #expect(throws: ForumError.self) {
                try await community.pickAvatar(UploadID(4711), for: "anna", by: anna)
            }
        }
    }

    @Test func `what nothing refers to goes after its time`() async throws {
        try await TestCommunity.with { site in
            let community = site.community
            let anna = try await site.member("anna")
            let orphan = try await Self.send(site, by: anna)
            let used = try await Self.send(site, by: anna)
            _ = try await community.createTopic(
                NewTopic(
                    title: "A topic that keeps its picture",
                    raw: "Here it is, as promised: ![cat](\(used.shortURL))"
                ),
                by: anna
            )
            try await community.cleanUpUploads()
            #expect(
                try await community.uploads([orphan.name, used.name], for: .anonymous).count == 2
            )
            site.clock.advance(seconds: 49 * 3600)
            try await community.cleanUpUploads()
            #expect(
                try await community.uploads([orphan.name, used.name], for: .anonymous) == [used]
            )
            #expect(try await community.files.read(orphan.file) == nil)
            #expect(try await community.files.read(used.file) != nil)
        }
    }
}
