/// Makes addresses within the site whole: a mail has no page that they could be relative to.
enum AbsoluteLinks {
    /// - Parameter cooked: HTML as the forum's own cooking writes it: attributes in double quotes, and
    ///   no bare `<` in text.
    static func html(_ cooked: String, baseURL: String) -> String {
        let bytes = Array(cooked.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var isInTag = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            output.append(byte)
            index += 1
            switch byte {
            case UInt8(ascii: "<"): isInTag = true
            case UInt8(ascii: ">"): isInTag = false
            case UInt8(ascii: "\"") where isInTag:
                if isAddress(output), isLocal(bytes[index...]) { output += Array(baseURL.utf8) }
                let close = bytes[index...].firstIndex(of: UInt8(ascii: "\""))
                let end = close.map { $0 + 1 } ?? bytes.count
                output += bytes[index..<end]
                index = end
            default: break
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func isAddress(_ output: [UInt8]) -> Bool {
        [" href=\"", " src=\""].contains { name in
            output.suffix(name.utf8.count).elementsEqual(name.utf8)
        }
    }

    /// `/path`, not `//host/path`.
    private static func isLocal(_ value: ArraySlice<UInt8>) -> Bool {
        value.first == UInt8(ascii: "/") && value.dropFirst().first != UInt8(ascii: "/")
    }
}
