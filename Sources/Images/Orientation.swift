/// How a camera was held (EXIF 2.32 §4.6.4, tag 274): 1 to 8, 1 being upright.
enum Orientation {
    /// Of a JPEG; 1 when it does not say.
    static func of(jpeg bytes: [UInt8]) -> Int {
        var place = 2
        while place + 4 < bytes.count, bytes[place] == 0xFF {
            let marker = bytes[place + 1]
            if marker == 0xDA || marker == 0xD9 { return 1 }
            let length = ImageHeader.big(bytes, place + 2, 2)
            let end = min(place + 2 + length, bytes.count)
            let content = place + 4
            if marker == 0xE1, content + 14 < end,
                bytes[content..<content + 6].elementsEqual("Exif\0\0".utf8)
            {
                return tag(Array(bytes[(content + 6)..<end]))
            }
            guard length >= 2 else { return 1 }
            place = end
        }
        return 1
    }

    private static func tag(_ tiff: [UInt8]) -> Int {
        let isLittle = tiff.starts(with: "II".utf8)
        func number(_ start: Int, _ count: Int) -> Int {
            guard start >= 0, start + count <= tiff.count else { return 0 }
            return isLittle
                ? ImageHeader.little(tiff, start, count) : ImageHeader.big(tiff, start, count)
        }
        let directory = number(4, 4)
        for entry in 0..<min(number(directory, 2), 64) {
            let start = directory + 2 + entry * 12
            guard number(start, 2) == 0x0112 else { continue }
            let value = number(start + 8, 2)
            return (1...8).contains(value) ? value : 1
        }
        return 1
    }
}
