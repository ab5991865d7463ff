/// The chunks of a PNG (PNG §5.3) that make the picture, and no others.
enum PNGChunks {
    private static let kept: Set<String> = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "sRGB"]

    /// `nil` when the chunks do not fit together.
    static func bare(_ bytes: [UInt8]) -> [UInt8]? {
        var out = Array(bytes.prefix(8))
        var place = 8
        while place + 12 <= bytes.count {
            let length = ImageHeader.big(bytes, place, 4)
            let end = place + 12 + length
            guard end <= bytes.count else { return nil }
            let name = String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self)
            if kept.contains(name) { out += bytes[place..<end] }
            if name == "IEND" { return out }
            place = end
        }
        return nil
    }
}
