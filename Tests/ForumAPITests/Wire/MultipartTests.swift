import Testing

@testable import ForumAPI

struct MultipartTests {
    private func body(_ parts: [String], boundary: String = "XX") -> [UInt8] {
        Array((parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n").utf8)
    }

    @Test func `reads fields and files`() throws {
        let value = try WireValue.parse(
            body: body([
                "Content-Disposition: form-data; name=\"title\"\r\n\r\nHëllo\r\n--X not a boundary",
                "content-disposition: form-data; name=\"tags[]\"\r\n\r\na",
                "Content-Disposition: form-data; name=\"tags[]\"\r\n\r\n",
                "Content-Disposition: form-data; name=file; filename=\"a\\\"b%22.txt\"\r\n"
                    + "Content-Type: text/plain\r\n\r\nbytes\r\n",
            ]),
            contentType: "multipart/form-data; boundary=\"XX\""
        )
        #expect(value["title"] == "Hëllo\r\n--X not a boundary")
        #expect(value["tags"] == ["a", ""])
        let file = WireFile(
            filename: "a\"b\".txt",
            contentType: "text/plain",
            bytes: Array("bytes\r\n".utf8)
        )
        #expect(value["file"] == .file(file))
    }

    @Test func `a file keeps every byte`() throws {
        let bytes = [UInt8](0...255)
        let header = "Content-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n"
        let whole = Array("preamble\r\n--B\r\n\(header)".utf8) + bytes + Array("\r\n--B--".utf8)
        guard case .file(let file) = try WireValue.parse(multipart: whole, boundary: "B")["f"]
        else {
            Issue.record("there is no file")
            return
        }
        #expect(file.bytes == bytes)
        #expect(file.contentType == "application/octet-stream")
    }

    @Test(arguments: [
        "", "--XX", "--XX\r\n", "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--XY--",
        "--XX\r\n\r\nno name\r\n--XX--", "--XX junk\r\n\r\n--XX--",
        "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n--XX--",
        "--XX\r\nX: \(String(repeating: "x", count: 9_000))\r\n\r\nb\r\n--XX--",
    ])
    func `refuses a broken body`(text: String) {
        #expect(throws: WireError.self) {
            try WireValue.parse(multipart: Array(text.utf8), boundary: "XX")
        }
    }

    @Test func `text must be UTF-8, and parts are counted`() {
        let header = Array("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8)
        #expect(throws: WireError.self) {
            try WireValue.parse(
                multipart: header + [0xFF] + Array("\r\n--XX--".utf8),
                boundary: "XX"
            )
        }
        let part = "Content-Disposition: form-data; name=\"a\"\r\n\r\nb"
        #expect(throws: WireError.tooMuch("A multipart body has more than 256 parts.")) {
            try WireValue.parse(
                multipart: body(Array(repeating: part, count: 257)),
                boundary: "XX"
            )
        }
    }

    @Test func `no changed byte traps`() throws {
        let source = body([
            "Content-Disposition: form-data; name=\"a[b]\"\r\n\r\nx",
            "Content-Disposition: form-data; name=f; filename=y\r\nContent-Type: a/b\r\n\r\nz",
        ])
        var random = SeededGenerator(seed: 11)
        var refused = 0
        for _ in 0..<5_000 {
            var changed = source
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            changed.removeLast(Int.random(in: 0...10, using: &random))
            do throws(WireError) {
                _ = try WireValue.parse(multipart: changed, boundary: "XX")
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }
}
