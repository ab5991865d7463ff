/// An answer of the DNS (RFC 1035 §4), read without trust in it.
struct DNSMessage {
    private let bytes: [UInt8]

    private static let headerBytes = 12
    private static let recordsMax = 200
    /// Pointers that one name may follow.
    private static let pointersMax = 10
    private static let nameBytes = 255

    enum RecordType: Int {
        case a = 1
        case ptr = 12
        case mx = 15
        case txt = 16
        case aaaa = 28
    }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The TXT records among the answers, each with its strings joined; `nil` for what is no answer.
    var textRecords: [String]? { read(.txt) { strings(in: bytes[$0]) } }

    /// The addresses among the answers; `nil` for what is no answer.
    func addresses(_ type: RecordType) -> [[UInt8]]? {
        read(type) { $0.count == (type == .a ? 4 : 16) ? Array(bytes[$0]) : nil }
    }

    /// The names that PTR records point to; `nil` for what is no answer.
    var pointedNames: [String]? { read(.ptr) { name(at: $0.lowerBound) } }

    /// The hosts of MX records, the preferred first; `nil` for what is no answer. The host `.`, which
    /// takes no mail (RFC 7505), is an empty name.
    var mailServers: [String]? {
        let servers = read(.mx) { data -> (preference: Int, host: String)? in
            guard data.count > 2, let host = name(at: data.lowerBound + 2) else { return nil }
            return (number(at: data.lowerBound), host)
        }
        return servers?.sorted { ($0.preference, $0.host) < ($1.preference, $1.host) }.map(\.host)
    }

    /// - Parameter value: Of a record's data; `nil` makes the whole answer none.
    private func read<Value>(_ type: RecordType, _ value: (Range<Int>) -> Value?) -> [Value]? {
        guard bytes.count >= Self.headerBytes else { return nil }
        var index = Self.headerBytes
        for _ in 0..<number(at: 4) {
            guard let end = endOfName(at: index) else { return nil }
            index = end + 4
        }
        var found: [Value] = []
        for _ in 0..<min(number(at: 6), Self.recordsMax) {
            guard let end = endOfName(at: index), end + 10 <= bytes.count else { return nil }
            let start = end + 10
            let length = number(at: end + 8)
            guard start + length <= bytes.count else { return nil }
            if number(at: end) == type.rawValue {
                guard let value = value(start..<start + length) else { return nil }
                found.append(value)
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

    /// A name in lower case, its pointers followed (§4.1.4).
    private func name(at start: Int) -> String? {
        var labels: [String] = []
        var index = start
        var pointers = 0
        var length = 0
        while index < bytes.count {
            let count = Int(bytes[index])
            if count == 0 { return labels.joined(separator: ".") }
            if count >= 0xC0 {
                pointers += 1
                guard index + 1 < bytes.count, pointers <= Self.pointersMax else { return nil }
                index = number(at: index) & 0x3FFF
                continue
            }
            length += count + 1
            guard count < 0x40, index + 1 + count <= bytes.count, length <= Self.nameBytes else {
                return nil
            }
            labels.append(
                String(decoding: bytes[index + 1..<index + 1 + count], as: UTF8.self).lowercased()
            )
            index += count + 1
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
