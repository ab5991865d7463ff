/// The bytes that a signature covers (RFC 6376 §3.7): the same to who signs and to who verifies.
package enum SignedBytes {
    /// What is hashed of the header.
    ///
    /// - Parameters:
    ///   - fields: Every field of the header in its order: name, colon and value, CRLF inside, without
    ///     the last line end.
    ///   - names: Those that are signed, in the order of `h=`. A name that stands there more often than
    ///     there are such fields covers that there is no further one.
    ///   - signature: The DKIM-Signature field itself, in which `b=` has no value.
    package static func header(
        _ fields: [[UInt8]],
        names: [String],
        signature: [UInt8],
        _ form: Canonicalization
    ) -> [UInt8] {
        var byName: [String: [Int]] = [:]
        for (index, field) in fields.enumerated() {
            byName[name(of: field), default: []].append(index)
        }
        var output: [UInt8] = []
        for name in names {
            // The last that has not been taken: relays add theirs at the top (§5.4.2).
            guard let index = byName[name.asciiLowercased]?.popLast() else { continue }
            output += form.field(fields[index]) + [ASCII.cr, ASCII.lf]
        }
        return output + form.field(signature)
    }

    /// The field with nothing behind its `b=`.
    package static func withoutSignature(_ field: [UInt8]) -> [UInt8] {
        guard let colon = field.firstIndex(of: ASCII.colon) else { return field }
        let pieces = field[(colon + 1)...].split(
            separator: ASCII.semicolon,
            omittingEmptySubsequences: false
        )
        let emptied = pieces.map { piece in
            guard let equal = piece.firstIndex(of: ASCII.equal),
                piece[..<equal].trimmed.elementsEqual("b".utf8)
            else { return Array(piece) }
            return Array(piece[...equal])
        }
        return Array(field[...colon]) + emptied.joined(separator: [ASCII.semicolon])
    }

    /// The name of a field, in lower case.
    static func name(of field: [UInt8]) -> String {
        let name = field.prefix { $0 != ASCII.colon }.trimmed
        return String(decoding: name.map(\.lowercased), as: UTF8.self)
    }
}

extension HeaderFields {
    /// Every field as it stands, with the line ends inside it as CRLF and without the last.
    package var wireFields: [[UInt8]] { fields.map(wire(_:)) }

    func wire(_ field: HeaderField) -> [UInt8] {
        WireLines.normalised(source[field.nameRange.lowerBound..<field.valueRange.upperBound])
    }
}

extension Message {
    /// The body of the whole mail as it stands, with CRLF line ends.
    package var wireBody: [UInt8] { WireLines.normalised(raw[root.body]) }
}
