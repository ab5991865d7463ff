/// A mailbox: a display name and an address (RFC 5322 §3.4).
package struct Address: Sendable, Hashable, Encodable {
    /// The display name decoded and without quotes; empty when there is none.
    package let name: String
    /// `local@domain` as it was written, without comments.
    package let address: String

    package init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    /// The address in lower case, for comparing.
    package var normalized: String { address.lowercased() }

    /// What stands before the last `@`.
    package var localPart: String {
        address.lastIndex(of: "@").map { String(address[..<$0]) } ?? address
    }

    /// What stands behind the last `@`, in lower case.
    package var domain: String {
        guard let at = address.lastIndex(of: "@") else { return "" }
        return address[address.index(after: at)...].lowercased()
    }

    /// The addresses of a field's value, groups opened.
    package static func parse(_ value: String) -> [Address] {
        AddressParser.parse(Array(value.utf8)).addresses
    }
}

/// Reads lists of addresses in one pass over the bytes, with whatever real programs wrote.
struct AddressParser {
    struct Result {
        var addresses: [Address] = []
        /// Entries that hold no usable address, cut short.
        var malformed: [String] = []
    }

    private let bytes: [UInt8]
    private let limit: Int
    private let isStrict: Bool
    private var index = 0
    private var result = Result()
    private var entry = Entry()

    /// What was read of one mailbox so far.
    private struct Entry {
        /// Bytes outside angle brackets; quotes are gone, their content is here.
        var phrase: [UInt8] = []
        /// The same without what was quoted or bracketed: what can be a bare address.
        var bare: [UInt8] = []
        var comment: [UInt8] = []
        var angle: [UInt8]?
        var start = 0
        /// A square bracket outside quotes, which no phrase may hold.
        var hasBracket = false
    }

    private init(_ bytes: [UInt8], limit: Int, isStrict: Bool) {
        self.bytes = bytes
        self.limit = limit
        self.isStrict = isStrict
    }

    /// Reads a list. With `isStrict` a name with square brackets outside quotes makes its entry
    /// malformed: a sender who cannot be read for sure is no sender.
    static func parse(_ bytes: [UInt8], limit: Int = 1000, isStrict: Bool = false) -> Result {
        var parser = AddressParser(bytes, limit: limit, isStrict: isStrict)
        parser.run()
        guard parser.result.addresses.isEmpty, !bytes.contains(ASCII.at) else {
            return parser.result
        }
        // Some programs encode the whole field, address and all.
        let decoded = Array(EncodedWord.decode(bytes).utf8)
        guard decoded.contains(ASCII.at), decoded != bytes else { return parser.result }
        var second = AddressParser(decoded, limit: limit, isStrict: isStrict)
        second.run()
        return second.result.addresses.isEmpty ? parser.result : second.result
    }

    private mutating func run() {
        while index < bytes.count, result.addresses.count < limit {
            step(bytes[index])
        }
        finish()
    }

    private mutating func step(_ byte: UInt8) {
        index += 1
        switch byte {
        case ASCII.quote: quoted()
        case ASCII.openParenthesis: comment()
        case ASCII.less: angle()
        case ASCII.openBracket: bracket()
        case ASCII.comma: finish()
        case ASCII.semicolon: finish()
        case ASCII.colon where entry.angle == nil && isGroupName: entry = Entry(start: index)
        case ASCII.greater: break
        case ASCII.backslash where index < bytes.count:
            append(bytes[index])
            index += 1
        default: append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        entry.phrase.append(byte)
        entry.bare.append(byte)
    }

    /// A colon ends a group's name unless an address stands before it (`mailto:x` is none).
    private var isGroupName: Bool { !entry.bare.contains(ASCII.at) }

    private mutating func quoted() {
        let start = index
        var content: [UInt8] = []
        while index < bytes.count, bytes[index] != ASCII.quote {
            if bytes[index] == ASCII.backslash, index + 1 < bytes.count { index += 1 }
            content.append(bytes[index])
            index += 1
        }
        guard index < bytes.count else {
            // A quote that never ends is an ordinary character.
            index = start
            return
        }
        index += 1
        entry.phrase += content
        if index < bytes.count, bytes[index] == ASCII.at {
            entry.bare.append(ASCII.quote)
            entry.bare += content
            entry.bare.append(ASCII.quote)
        }
    }

    private mutating func comment() {
        let start = index
        var depth = 1
        var content: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == ASCII.backslash, index < bytes.count {
                content.append(bytes[index])
                index += 1
                continue
            }
            if byte == ASCII.openParenthesis { depth += 1 }
            if byte == ASCII.closeParenthesis { depth -= 1 }
            if depth == 0 || depth > Limits.commentDepth { break }
            content.append(byte)
        }
        guard depth == 0 else {
            // A comment that never ends: what follows may still hold the address.
            index = start
            return
        }
        if entry.comment.isEmpty { entry.comment = content }
    }

    private mutating func angle() {
        guard let close = bytes[index...].firstIndex(where: { $0 == ASCII.greater }) else {
            entry.angle = clean(bytes[index...])
            index = bytes.count
            return
        }
        // `<` within: the last one opens the address (`<foo <a@b>>`).
        let open = bytes[index..<close].lastIndex(of: ASCII.less).map { $0 + 1 } ?? index
        let content = clean(bytes[open..<close])
        if !content.isEmpty || entry.angle == nil { entry.angle = content }
        index = close + 1
    }

    /// `[mailto:a@b]`, as Outlook quotes an address, or brackets that have no place here.
    private mutating func bracket() {
        guard let close = bytes[index...].firstIndex(of: ASCII.closeBracket) else {
            append(ASCII.openBracket)
            return
        }
        let content = bytes[index..<close]
        if content.startsIgnoringCase("mailto:") {
            entry.angle = clean(content.dropFirst(7))
        } else if entry.bare.last == ASCII.at {
            entry.bare += [ASCII.openBracket] + content + [ASCII.closeBracket]
        } else {
            entry.hasBracket = true
            entry.phrase += [ASCII.openBracket] + content + [ASCII.closeBracket]
        }
        index = close + 1
    }

    /// An address without comments, white space, route and `mailto:`.
    private func clean(_ slice: ArraySlice<UInt8>) -> [UInt8] {
        var address: [UInt8] = []
        var depth = 0
        var inQuotes = false
        for byte in slice {
            if byte == ASCII.quote { inQuotes.toggle() }
            if !inQuotes {
                if byte == ASCII.openParenthesis { depth += 1 }
                if byte == ASCII.closeParenthesis {
                    depth -= 1
                    continue
                }
                if depth > 0 || byte.isWhitespace { continue }
            }
            address.append(byte)
        }
        if address.startsIgnoringCase("mailto:") { address.removeFirst(7) }
        // The obsolete route `@a,@b:user@c` (RFC 5322 §4.4) is dropped.
        if address.first == ASCII.at, let colon = address.firstIndex(of: ASCII.colon) {
            address.removeSubrange(...colon)
        }
        return address
    }

    private mutating func finish() {
        defer { entry = Entry(start: index) }
        let raw = bytes[min(entry.start, index)..<index].trimmed
        guard let found = address() else {
            let separators: Set<UInt8> = [ASCII.comma, ASCII.semicolon]
            let isEmpty = raw.allSatisfy { separators.contains($0) || $0.isWhitespace }
            if !isEmpty {
                result.malformed.append(String(decoding: raw.prefix(80), as: UTF8.self))
            }
            return
        }
        result.addresses.append(found)
    }

    private func address() -> Address? {
        if isStrict, entry.hasBracket { return nil }
        var name = entry.phrase
        let candidate: [UInt8]
        if let angle = entry.angle {
            candidate = angle
        } else if let word = bareAddress() {
            candidate = word
            name = name.split(whereSeparator: \.isWhitespace)
                .filter { !$0.contains(ASCII.at) }.joined(separator: [ASCII.space]).map { $0 }
        } else {
            return nil
        }
        guard let address = Self.valid(candidate) else { return nil }
        if name.trimmed.isEmpty { name = entry.comment }
        return Address(name: Self.displayName(name), address: address)
    }

    /// The address of an entry without angle brackets: the white space in it goes when that leaves one
    /// address, else its word with an `@`.
    private func bareAddress() -> [UInt8]? {
        let words = entry.bare.split(whereSeparator: \.isWhitespace)
        guard words.contains(where: { $0.contains(ASCII.at) }) else { return nil }
        let joined = words.joined().map { $0 }
        if words.count > 1, words.count(where: { $0.contains(ASCII.at) }) == 1 {
            let word = words.first { $0.contains(ASCII.at) } ?? []
            let isWhole = word.first != ASCII.at && word.last != ASCII.at
            return isWhole ? clean(word) : clean(joined[...])
        }
        return clean(words.count == 1 ? words[0] : joined[...])
    }

    /// The text of an address that has a local part and a domain; dots at its end are dropped.
    private static func valid(_ bytes: [UInt8]) -> String? {
        var bytes = bytes[...]
        while let last = bytes.last,
            last == ASCII.dot || last == ASCII.comma || last == ASCII.semicolon
        {
            bytes.removeLast()
        }
        guard let at = bytes.lastIndex(of: ASCII.at), at > bytes.startIndex,
            at + 1 < bytes.endIndex, bytes.count <= 998,
            bytes.allSatisfy({ $0 > 31 && $0 != 127 })
        else { return nil }
        return Charset.decode(Array(bytes), label: nil).text
    }

    /// Encoded words decoded, white space made single, surrounding quotes removed.
    private static func displayName(_ bytes: [UInt8]) -> String {
        var name = EncodedWord.decode(Array(bytes.trimmed))
        name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for quote in ["\"", "'"]
        where name.count > 1 && name.hasPrefix(quote) && name.hasSuffix(quote) {
            name = String(name.dropFirst().dropLast()).trimmed
        }
        return name
    }
}
