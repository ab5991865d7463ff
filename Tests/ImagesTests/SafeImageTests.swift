import Testing

@testable import Images

@Suite struct SafeImageTests {
    private static func picture(_ kind: ImageHeader.Kind) throws -> [UInt8] {
        let bytes = try #require(
            LetterPicture.png(letter: "a", colour: (red: 200, green: 10, blue: 10), size: 64)
        )
        guard kind != .png else { return bytes }
        return try #require(Canvas.decode(bytes, .png)?.encode(kind))
    }

    @Test(arguments: ImageHeader.Kind.allCases)
    func `a picture of each kind keeps its kind and size`(kind: ImageHeader.Kind) throws {
        let clean = try SafeImage(cleaning: Self.picture(kind))
        #expect(clean.kind == kind)
        #expect((clean.width, clean.height) == (64, 64))
        #expect(ImageHeader(of: clean.bytes)?.kind == kind)
    }

    @Test(arguments: ImageHeader.Kind.allCases)
    func `what is hidden behind or in a picture is gone`(kind: ImageHeader.Kind) throws {
        var bytes = try Self.picture(kind)
        let secret = Array("<script>alert(1)</script>".utf8)
        if kind == .jpeg {
            bytes.insert(contentsOf: [0xFF, 0xFE, 0, UInt8(secret.count + 2)] + secret, at: 2)
        }
        bytes += secret
        let clean = try SafeImage(cleaning: bytes)
        #expect(!String(decoding: clean.bytes, as: UTF8.self).contains("script"))
    }

    @Test func `a picture that says to be huge is not decoded`() throws {
        var bytes = try Self.picture(.png)
        bytes.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
        #expect(throws: ImageProblem.tooLarge(width: 30_000, height: 30_000)) {
            try SafeImage(cleaning: bytes)
        }
    }

    @Test func `what is no picture is refused`() throws {
        #expect(throws: ImageProblem.unknown) { try SafeImage(cleaning: Array("<svg/>".utf8)) }
        let cut = Array(try Self.picture(.png).prefix(60))
        #expect(throws: ImageProblem.damaged) { try SafeImage(cleaning: cut) }
    }

    @Test func `a square is cut from the middle`() throws {
        let wide = try #require(Canvas.empty(width: 90, height: 30)?.encode(.png))
        let square = try SafeImage.square(of: wide, size: 48)
        let header = try #require(ImageHeader(of: square))
        #expect((header.width, header.height) == (48, 48))
    }
}
