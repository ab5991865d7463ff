/// A media type or disposition with its parameters (RFC 2045 §5, RFC 2183, RFC 2231).
package struct MediaType: Sendable, Hashable {
    /// `text`, `multipart`, …; for a disposition its only word, e.g. `attachment`.
    package let type: String
    /// `plain`, `mixed`, …; empty for a disposition.
    package let subtype: String
    /// Parameters by their names in lower case, decoded.
    package let parameters: [String: String]

    /// `text/plain`.
    package var name: String { subtype.isEmpty ? type : "\(type)/\(subtype)" }

    package subscript(_ parameter: String) -> String? { parameters[parameter] }

    static let plainText = MediaType(type: "text", subtype: "plain", parameters: [:])
    static let message = MediaType(type: "message", subtype: "rfc822", parameters: [:])

    init(type: String, subtype: String, parameters: [String: String]) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
    }

    /// Reads a field's value; nil when it does not begin with `type/subtype`.
    package init?(contentType value: [UInt8]) {
        var reader = ParameterReader(value)
        let head = reader.head().split(separator: "/", omittingEmptySubsequences: false)
        guard head.count == 2, !head[0].isEmpty, !head[1].isEmpty else { return nil }
        self.init(type: String(head[0]), subtype: String(head[1]), parameters: reader.parameters())
    }

    /// Reads a Content-Disposition.
    package init?(disposition value: [UInt8]) {
        var reader = ParameterReader(value)
        let head = reader.head()
        guard !head.isEmpty else { return nil }
        self.init(type: head, subtype: "", parameters: reader.parameters())
    }
}

/// Splits `value; name=value; name*0="…"` and puts continued parameters together.
private struct ParameterReader {
    private let bytes: [UInt8]
    private var index = 0

    /// One segment of a parameter (RFC 2231 §3): `name*order*=value`.
    private struct Segment {
        let order: Int
        let isExtended: Bool
        let value: [UInt8]
    }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What stands before the first semicolon, in lower case, without white space and comments.
    mutating func head() -> String {
        var head: [UInt8] = []
        while index < bytes.count, bytes[index] != ASCII.semicolon {
            if bytes[index] == ASCII.openParenthesis {
                skipComment()
                continue
            }
            if !bytes[index].isWhitespace, bytes[index] > 32 {
                head.append(bytes[index].lowercased)
            }
            index += 1
            if head.count > 200 { break }
        }
        return String(decoding: head, as: UTF8.self)
    }

    mutating func parameters() -> [String: String] {
        var plain: [String: [UInt8]] = [:]
        var segments: [String: [Segment]] = [:]
        while index < bytes.count {
            guard let (name, value) = next() else { continue }
            guard let star = name.firstIndex(of: "*") else {
                if plain[name] == nil { plain[name] = value }
                continue
            }
            let base = String(name[..<star])
            let isExtended = name.hasSuffix("*")
            let order = Int(name[star...].filter(\.isNumber)) ?? 0
            let segment = Segment(order: order, isExtended: isExtended, value: value)
            guard (segments[base]?.count ?? 0) < Limits.parameterSegments else { continue }
            segments[base, default: []].append(segment)
        }
        var result = plain.mapValues(EncodedWord.decode)
        for (name, list) in segments { result[name] = Self.join(list) }
        return result
    }

    /// The next `name=value`; nil for a piece without a name.
    private mutating func next() -> (String, [UInt8])? {
        while index < bytes.count, bytes[index].isWhitespace || bytes[index] == ASCII.semicolon {
            index += 1
        }
        let start = index
        while index < bytes.count, bytes[index] != ASCII.equal, bytes[index] != ASCII.semicolon {
            if bytes[index] == ASCII.openParenthesis {
                skipComment()
            } else {
                index += 1
            }
        }
        let name = String(decoding: bytes[start..<min(index, bytes.count)].trimmed, as: UTF8.self)
        guard index < bytes.count, bytes[index] == ASCII.equal else { return nil }
        index += 1
        let value = value()
        return name.isEmpty ? nil : (name.asciiLowercased, value)
    }

    private mutating func value() -> [UInt8] {
        while index < bytes.count, bytes[index].isWhitespace { index += 1 }
        guard index < bytes.count, bytes[index] == ASCII.quote else {
            let start = index
            while index < bytes.count, bytes[index] != ASCII.semicolon { index += 1 }
            // A comment or garbage may follow a token; a name with spaces and no quotes may be meant.
            return Array(bytes[start..<index].trimmed)
        }
        index += 1
        var content: [UInt8] = []
        while index < bytes.count, bytes[index] != ASCII.quote {
            let escapes =
                bytes[index] == ASCII.backslash && index + 1 < bytes.count
                && (bytes[index + 1] == ASCII.quote || bytes[index + 1] == ASCII.backslash)
            if escapes { index += 1 }
            content.append(bytes[index])
            index += 1
        }
        while index < bytes.count, bytes[index] != ASCII.semicolon { index += 1 }
        return content
    }

    private mutating func skipComment() {
        var depth = 0
        while index < bytes.count {
            if bytes[index] == ASCII.backslash { index += 1 }
            guard index < bytes.count else { return }
            if bytes[index] == ASCII.openParenthesis { depth += 1 }
            if bytes[index] == ASCII.closeParenthesis { depth -= 1 }
            index += 1
            if depth <= 0 { return }
        }
    }

    /// Segments in their order; the charset of the first one holds for all that are percent-encoded.
    private static func join(_ segments: [Segment]) -> String {
        var charset: String?
        var output: [UInt8] = []
        for (position, segment) in segments.sorted(by: { $0.order < $1.order }).enumerated() {
            guard segment.isExtended else {
                output += segment.value
                continue
            }
            var value = segment.value[...]
            if position == 0 {
                let pieces = value.split(
                    separator: 0x27,
                    maxSplits: 2,
                    omittingEmptySubsequences: false
                )
                if pieces.count == 3 {
                    charset = String(decoding: pieces[0], as: UTF8.self)
                    value = pieces[2]
                }
            }
            output += percentDecoded(value)
        }
        let label = charset.flatMap { $0.isEmpty ? nil : $0 }
        let text = Charset.decode(output, label: label).text
        return charset == nil && text.contains("=?") ? EncodedWord.decode(output) : text
    }

    private static func percentDecoded(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var index = value.startIndex
        while index < value.endIndex {
            if value[index] == 0x25, index + 2 < value.endIndex,
                let high = value[index + 1].hexValue,
                let low = value[index + 2].hexValue
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(value[index])
                index += 1
            }
        }
        return output
    }
}
