import Forum
import ForumAPI
import HTTPTypes
import TestSupport
import Testing

@testable import ForumWeb

@Suite struct UploadRouteTests {
    private static func send(
        _ web: WebSite,
        _ filename: String,
        _ content: String,
        name: String = "file"
    ) async throws -> Answer {
        let body = """
            --b\r\nContent-Disposition: form-data; name="type"\r\n\r\ncomposer\r\n\
            --b\r\nContent-Disposition: form-data; name="\(name)"; filename="\(filename)"\r\n\
            Content-Type: text/html\r\n\r\n\(content)\r\n--b--\r\n
            """
        return try await web.send(
            .post,
            "/uploads.json",
            as: .member("mia"),
            form: body,
            headers: [.contentType: "multipart/form-data; boundary=b"]
        )
    }

    @Test(arguments: ["page.html", "picture.svg", "feed.xml", "paper.pdf", "data.json"])
    func `what a browser would run is only saved`(filename: String) async throws {
        try await WebSite.with(settings: ["authorized_extensions": "*"]) { web in
            _ = try await web.site.member("mia")
            let made = try await Self.send(web, filename, "<script>alert(1)</script>")
            #expect(made.status == 200, "\(made.text)")
            let url = try #require(try made.json["url"]?.stringValue)
            let answer = try await web.send(.get, url)
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "application/octet-stream")
            #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment;") == true)
            #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
            #expect(answer.headers[.contentTypeOptions] == "nosniff")
            let short = try #require(try made.json["short_path"]?.stringValue)
            #expect(try await web.send(.get, short).bytes == answer.bytes)
        }
    }

    @Test func `a file comes under each of its names, or not at all`() async throws {
        try await WebSite.with(settings: ["authorized_extensions": "txt"]) { web in
            _ = try await web.site.member("mia")
            let made = try await Self.send(web, "a.txt", "hello", name: "files[]")
            let short = try #require(try made.json["short_url"]?.stringValue)
            let found = try await web.send(
                .post,
                "/uploads/lookup-urls.json",
                as: .member("mia"),
                json: #"{"short_urls":["\#(short)","upload://none.png"]}"#
            )
            #expect(try found.json.arrayValue?.count == 1)
            #expect(try found.json.arrayValue?.first?["short_url"]?.stringValue == short)
            #expect(try await Self.send(web, "a.exe", "MZ").status == 422)
            let remote = try await web.send(
                .post,
                "/uploads.json",
                as: .member("mia"),
                json: #"{"type":"composer","url":"http://example.org/a.png"}"#
            )
            #expect(remote.status == 422)
        }
    }

    @Test func `an avatar's address changes with the picture`() async throws {
        try await WebSite.with { web in
            let mia = try await web.site.member("mia")
            let upload = try await web.community.createUpload(
                NewUpload(
                    filename: "m.png",
                    bytes: try await web.community.letter(of: "z", size: 90),
                    type: "avatar"
                ),
                by: mia
            )
            let picked = try await web.send(
                .put,
                "/u/mia/preferences/avatar/pick.json",
                as: .member("mia"),
                json: #"{"type":"uploaded","upload_id":\#(upload.id)}"#
            )
            #expect(picked.status == 200, "\(picked.text)")
            let user = try await web.send(.get, "/u/mia.json").json["user"]
            let template = try #require(user?["avatar_template"]?.stringValue)
            #expect(user?["uploaded_avatar_id"]?.intValue == Int(upload.id.value))
            let picture = try await web.send(.get, template.replacing("{size}", with: "48"))
            #expect(picture.status == 200)
            #expect(picture.headers[.contentType] == "image/png")
            #expect(try await web.send(.get, "/letter_avatar/mia/48/1.png").bytes == picture.bytes)
        }
    }

    @Test func `a calendar is folded and escaped`() async throws {
        try await WebSite.with { web in
            let mia = try await web.site.member("mia")
            let name = "Fair, with; everything " + String(repeating: "ü", count: 60)
            _ = try await web.community.createTopic(
                NewTopic(
                    title: "A topic with an event in it",
                    raw:
                        "[event start=\"2099-05-01 10:00\" name=\"\(name)\"]\n[/event]\n\nCome all."
                ),
                by: mia
            )
            let answer = try await web.send(.get, "/discourse-post-event/events.ics")
            #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
            let lines = answer.text.split(separator: "\r\n")
            #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
            #expect(lines.allSatisfy { $0.utf8.count <= 75 })
            let unfolded = answer.text.replacing("\r\n ", with: "")
            #expect(unfolded.contains("SUMMARY:Fair\\, with\\; everything üü"))
            #expect(unfolded.contains("DTSTART:20990501T100000Z"))
        }
    }
}
