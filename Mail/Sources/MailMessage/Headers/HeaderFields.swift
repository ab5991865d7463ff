/// One field of a header, as ranges of the bytes it was read from.
package struct HeaderField: Sendable, Hashable {
    let nameRange: Range<Int>
    let valueRange: Range<Int>
}

/// The fields of one header in their order. Values are decoded when they are asked for.
package struct HeaderFields: Sendable {
    let source: [UInt8]
    package let fields: [HeaderField]

    static let empty = HeaderFields(source: [], fields: [])

    package var count: Int { fields.count }

    /// The name as it was written.
    package func name(of field: HeaderField) -> String {
        String(decoding: source[field.nameRange], as: UTF8.self)
    }

    /// The value unfolded (RFC 5322 §2.2.3): no line ends, no blanks at the ends, not decoded.
    package func bytes(of field: HeaderField) -> [UInt8] {
        let value = source[field.valueRange].trimmed
        guard value.contains(where: { $0 == ASCII.lf || $0 == ASCII.cr }) else {
            return Array(value)
        }
        return value.filter { $0 != ASCII.lf && $0 != ASCII.cr }
    }

    /// The value as text: unfolded, encoded words decoded (RFC 2047), tabs as spaces, no NUL.
    package func text(of field: HeaderField) -> String {
        EncodedWord.decode(bytes(of: field))
    }

    /// The fields with this name, in any case.
    package func all(_ name: String) -> [HeaderField] {
        fields.filter { source[$0.nameRange].equalsIgnoringCase(name) }
    }

    package func first(_ name: String) -> HeaderField? {
        fields.first { source[$0.nameRange].equalsIgnoringCase(name) }
    }

    /// The first field with this name, unfolded and not decoded.
    package func bytes(_ name: String) -> [UInt8]? { first(name).map(bytes(of:)) }

    /// The first field with this name, as text.
    package func text(_ name: String) -> String? { first(name).map(text(of:)) }

    /// Every field with this name, as text.
    package func texts(_ name: String) -> [String] { all(name).map(text(of:)) }

    /// Name and text of every field, for a view of the whole header.
    package var decoded: [(name: String, value: String)] {
        fields.map { (name(of: $0), text(of: $0)) }
    }
}

/// Reads the header at the head of a range of bytes.
struct HeaderReader {
    let limits: Limits

    /// The fields, and where the body begins. Never fails: a line that is no field ends the header.
    func read(
        _ source: [UInt8],
        range: Range<Int>,
        problems: inout ProblemList
    ) -> (fields: HeaderFields, body: Int) {
        var fields: [HeaderField] = []
        let body = source.withUnsafeBufferPointer { bytes in
            read(bytes, range: range, fields: &fields, problems: &problems)
        }
        return (HeaderFields(source: source, fields: fields), body)
    }

    private func read(
        _ bytes: UnsafeBufferPointer<UInt8>,
        range: Range<Int>,
        fields: inout [HeaderField],
        problems: inout ProblemList
    ) -> Int {
        var position = range.lowerBound
        let budget = range.lowerBound + limits.headerBytes
        while position < range.upperBound {
            let line = bytes.line(at: position, end: range.upperBound)
            if line.content.isEmpty { return line.next }
            let full = fields.count >= limits.headerFields || line.content.upperBound > budget
            if full { problems.add(.headerTooLarge) }
            if bytes[line.content.lowerBound].isBlank {
                if line.content.allSatisfy({ bytes[$0].isBlank }), fields.isEmpty {
                    return line.next
                }
                if let last = fields.last, !full {
                    fields[fields.count - 1] = HeaderField(
                        nameRange: last.nameRange,
                        valueRange: last.valueRange.lowerBound..<line.content.upperBound
                    )
                }
            } else if let name = nameRange(bytes, line.content) {
                let colon = colonIndex(bytes, after: name.upperBound)
                if !full {
                    fields.append(
                        HeaderField(
                            nameRange: name,
                            valueRange: colon + 1..<line.content.upperBound
                        )
                    )
                }
            } else if !isEnvelopeLine(bytes, line.content, first: position == range.lowerBound) {
                problems.add(.malformedHeader, excerpt(bytes, line.content))
                return position
            }
            position = line.next
        }
        return range.upperBound
    }

    /// The name of a field: printable characters, then a colon, blanks before it allowed (obsolete).
    private func nameRange(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Range<Int>? {
        var end = line.lowerBound
        while end < line.upperBound, bytes[end].isFieldName { end += 1 }
        guard end > line.lowerBound else { return nil }
        var colon = end
        while colon < line.upperBound, bytes[colon].isBlank { colon += 1 }
        guard colon < line.upperBound, bytes[colon] == ASCII.colon else { return nil }
        return line.lowerBound..<end
    }

    private func colonIndex(_ bytes: UnsafeBufferPointer<UInt8>, after end: Int) -> Int {
        var colon = end
        while bytes[colon] != ASCII.colon { colon += 1 }
        return colon
    }

    /// The `From ` line of an mbox file or `>From ` of a relay, at the very head.
    private func isEnvelopeLine(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ line: Range<Int>,
        first: Bool
    ) -> Bool {
        guard first else { return false }
        let head = UnsafeBufferPointer(rebasing: bytes[line].prefix(6))
        return head.starts(with: "From ".utf8) || head.starts(with: ">From ".utf8)
    }

    private func excerpt(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> String {
        String(decoding: bytes[line].prefix(60), as: UTF8.self).withoutNUL
    }
}
