/// The blocks of a GIF (GIF89a, appendix A), without comments, programs' own data and what follows
/// the end.
enum GIFBlocks {
    /// `nil` when the blocks do not fit together.
    static func bare(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 13 else { return nil }
        var place = 13 + colours(bytes[10])
        guard place < bytes.count else { return nil }
        var out = Array(bytes[..<place])
        var frames = 0
        while place < bytes.count {
            switch bytes[place] {
            case 0x3B:
                out.append(0x3B)
                return frames > 0 ? out : nil
            case 0x2C:
                guard place + 10 < bytes.count else { return nil }
                let data = place + 10 + colours(bytes[place + 9]) + 1
                guard let end = subBlocks(bytes, data) else { return nil }
                frames += 1
                guard frames <= Limits.frames else { return nil }
                out += bytes[place..<end]
                place = end
            case 0x21:
                guard place + 2 < bytes.count, let end = subBlocks(bytes, place + 2) else {
                    return nil
                }
                if isKept(bytes, place) { out += bytes[place..<end] }
                place = end
            default: return nil
            }
        }
        // Without its last byte; browsers show it all the same.
        return frames > 0 ? out + [0x3B] : nil
    }

    /// Bytes of a table of colours, by the byte that describes it.
    private static func colours(_ flags: UInt8) -> Int {
        flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
    }

    /// Where the blocks of data that begin at `start` end.
    private static func subBlocks(_ bytes: [UInt8], _ start: Int) -> Int? {
        var place = start
        while place < bytes.count, bytes[place] != 0 { place += 1 + Int(bytes[place]) }
        return place < bytes.count ? place + 1 : nil
    }

    /// Times and transparency, and how often an animation repeats.
    private static func isKept(_ bytes: [UInt8], _ place: Int) -> Bool {
        switch bytes[place + 1] {
        case 0xF9: true
        case 0xFF:
            place + 14 < bytes.count
                && bytes[(place + 3)..<(place + 14)].elementsEqual("NETSCAPE2.0".utf8)
        default: false
        }
    }
}
