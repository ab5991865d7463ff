/// Message identifiers in headers (RFC 5322 §3.6.4), without their angle brackets.
enum MessageIDs {
    /// The identifiers of a field. What stands in brackets counts; if there is nothing in brackets,
    /// words with white space or commas between. Of more than `limit` the first and the last ones are
    /// kept.
    static func parse(_ value: [UInt8], limit: Int) -> [String] {
        var found: [String] = []
        var index = 0
        while let open = value[index...].firstIndex(of: ASCII.less) {
            let close = end(of: value, from: open + 1)
            let inside = value[(open + 1)..<close].filter { !$0.isWhitespace && $0 != ASCII.less }
            append(inside, to: &found)
            index = min(close + 1, value.count)
        }
        if found.isEmpty {
            let words = value.split {
                $0.isWhitespace || $0 == ASCII.comma || $0 == ASCII.semicolon
            }
            for word in words where word.contains(ASCII.at) || words.count == 1 {
                append(word.filter { $0 != ASCII.greater && $0 != ASCII.less }, to: &found)
            }
        }
        guard found.count > limit else { return found }
        return Array(found.prefix(1)) + found.suffix(limit - 1)
    }

    /// Where the bracket closes: at `>`, else before the next `<`, else at the end.
    private static func end(of value: [UInt8], from start: Int) -> Int {
        value[start...].firstIndex { $0 == ASCII.greater || $0 == ASCII.less } ?? value.count
    }

    private static func append(_ bytes: [UInt8], to found: inout [String]) {
        guard !bytes.isEmpty, bytes.count <= 998 else { return }
        let id = Charset.decode(bytes, label: nil).text
        if !id.isEmpty, found.last != id { found.append(id) }
    }
}
