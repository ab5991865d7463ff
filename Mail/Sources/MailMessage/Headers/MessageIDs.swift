/// Message identifiers in headers (RFC 5322 §3.6.4), without their angle brackets.
enum MessageIDs {
    /// The identifiers of a field. What stands in brackets counts. Some programs leave the brackets out; without
    /// any, the field counts if it holds nothing but identifiers: old ones tell of the answered mail in a
    /// sentence, with its sender's address (obs-in-reply-to, RFC 5322 §4.5.4), which is no identifier. Of more than `limit` the first and the last ones are
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
            let isSentence = words.count > 1 && words.contains { !$0.contains(ASCII.at) }
            for word in isSentence ? [] : words {
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
