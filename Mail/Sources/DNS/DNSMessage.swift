/// An answer of the DNS (RFC 1035 §4), read without trust in it.
struct DNSMessage {
    private let bytes: [UInt8]

    private static let headerBytes = 12
    private static let typeTXT = 16
    private static let recordsMax = 200

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The TXT records among the answers, each with its strings joined; `nil` for what is no answer.
    var textRecords: [String]? {
        guard bytes.count >= Self.headerBytes else { return nil }
        var index = Self.headerBytes
        for _ in 0..<number(at: 4) {
            guard let end = endOfName(at: index) else { return nil }
            index = end + 4
        }
        var found: [String] = []
        for _ in 0..<min(number(at: 6), Self.recordsMax) {
            guard let end = endOfName(at: index), end + 10 <= bytes.count else { return nil }
            let start = end + 10
            let length = number(at: end + 8)
            guard start + length <= bytes.count else { return nil }
            if number(at: end) == Self.typeTXT {
                guard let text = strings(in: bytes[start..<start + length]) else { return nil }
                found.append(text)
            }
            index = start + length
        }
        return found
    }

    private func number(at index: Int) -> Int {
        Int(bytes[index]) << 8 | Int(bytes[index + 1])
    }

    /// Behind a name: its labels, or a pointer to others, which need not be followed to step over it.
    private func endOfName(at start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            let length = Int(bytes[index])
            if length == 0 { return index + 1 }
            if length >= 0xC0 { return index + 2 <= bytes.count ? index + 2 : nil }
            guard length < 0x40 else { return nil }
            index += length + 1
        }
        return nil
    }

    /// Character strings (§3.3.14), joined.
    private func strings(in data: ArraySlice<UInt8>) -> String? {
        var text: [UInt8] = []
        var rest = data
        while let length = rest.popFirst() {
            guard rest.count >= Int(length) else { return nil }
            text += rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        return String(decoding: text, as: UTF8.self)
    }
}
