/// What the first bytes of a picture say: its kind and its size. Nothing is decoded.
package struct ImageHeader: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case png
        case jpeg
        case gif
        case webp

        /// How a file of this kind is called.
        package var fileExtension: String { self == .jpeg ? "jpg" : rawValue }
        package var contentType: String { "image/\(rawValue)" }

        /// The kind that an extension in lower case promises.
        package init?(fileExtension: String) {
            switch fileExtension {
            case "png": self = .png
            case "jpg", "jpeg": self = .jpeg
            case "gif": self = .gif
            case "webp": self = .webp
            default: return nil
            }
        }
    }

    package let kind: Kind
    package let width: Int
    package let height: Int

    init(_ kind: Kind, _ width: Int, _ height: Int) {
        self.kind = kind
        self.width = width
        self.height = height
    }

    /// `nil` for what is none of the four kinds, or ends before it says its size.
    package init?(of bytes: [UInt8]) {
        let header: ImageHeader?
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            header = Self.png(bytes)
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            header = Self.jpeg(bytes)
        } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
            header = Self.gif(bytes)
        } else if bytes.count > 30, bytes.starts(with: "RIFF".utf8),
            bytes[8..<12].elementsEqual("WEBP".utf8)
        {
            header = Self.webp(bytes)
        } else {
            header = nil
        }
        guard let header, header.width > 0, header.height > 0 else { return nil }
        self = header
    }

    /// Whether decoding it stays within the limits.
    package var isWithinLimits: Bool {
        width <= Limits.side && height <= Limits.side && width * height <= Limits.pixels
    }

    /// PNG §11.2.2: the size stands in the first chunk.
    private static func png(_ bytes: [UInt8]) -> ImageHeader? {
        guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else { return nil }
        return ImageHeader(.png, big(bytes, 16, 4), big(bytes, 20, 4))
    }

    private static func gif(_ bytes: [UInt8]) -> ImageHeader? {
        guard bytes.count >= 13 else { return nil }
        return ImageHeader(.gif, little(bytes, 6, 2), little(bytes, 8, 2))
    }

    /// ITU T.81 §B: markers up to the start of the frame, which says the size.
    private static func jpeg(_ bytes: [UInt8]) -> ImageHeader? {
        var place = 2
        while place + 9 < bytes.count {
            guard bytes[place] == 0xFF else { return nil }
            let marker = bytes[place + 1]
            switch marker {
            case 0xFF: place += 1
            case 0x01, 0xD0...0xD8: place += 2
            case 0xC4, 0xC8, 0xCC: place += 2 + big(bytes, place + 2, 2)
            case 0xC0...0xCF:
                return ImageHeader(.jpeg, big(bytes, place + 7, 2), big(bytes, place + 5, 2))
            case 0xD9, 0xDA: return nil
            default: place += 2 + big(bytes, place + 2, 2)
            }
        }
        return nil
    }

    /// RFC 9649 §2: lossy, lossless or extended.
    private static func webp(_ bytes: [UInt8]) -> ImageHeader? {
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8 ":
            return ImageHeader(
                .webp,
                little(bytes, 26, 2) & 0x3FFF,
                little(bytes, 28, 2) & 0x3FFF
            )
        case "VP8L":
            let bits = little(bytes, 21, 4)
            return ImageHeader(.webp, bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        case "VP8X":
            return ImageHeader(.webp, little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1)
        default: return nil
        }
    }

    static func big(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<min(start + count, bytes.count)].reduce(0) { $0 << 8 | Int($1) }
    }

    static func little(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<min(start + count, bytes.count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
