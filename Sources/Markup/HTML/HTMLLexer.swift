/// Reads HTML text into start tags, end tags and text.
///
/// Hostile text may not reach the tree builder as it is: adoption of misnested formatting elements,
/// attribute lists and deep nesting make its time and memory grow with the square of the input.
/// The lexer is therefore the authority on what is a tag: what follows sees only tags that were
/// written anew. Comments, declarations and the contents of `script`, `style` and their like are
/// dropped here.
struct HTMLLexer {
    /// One start tag: a lower-case name and attributes with their references still encoded.
    struct Tag {
        var name: String
        var attributes: [(name: String, value: ArraySlice<UInt8>)]
    }

    enum Token {
        case text(Range<Int>)
        case start(Tag)
        case end(String)
    }

    /// Elements whose content is not text for people.
    static let dropped: Set<String> = [
        "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext",
        "template",
    ]

    let bytes: [UInt8]
    private(set) var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next token, or nil at the end.
    mutating func next() -> Token? {
        while index < bytes.count {
            let start = index
            guard bytes[index] == UInt8(ascii: "<") else {
                skipText()
                return .text(start..<index)
            }
            guard index + 1 < bytes.count else {
                index += 1
                return .text(start..<index)
            }
            let second = bytes[index + 1]
            if Bytes.isLetter(second) {
                if let tag = startTag() {
                    return .start(tag)
                }
            } else if second == UInt8(ascii: "/"), index + 2 < bytes.count {
                if Bytes.isLetter(bytes[index + 2]) {
                    if let name = endTag() {
                        return .end(name)
                    }
                } else {
                    skip(past: UInt8(ascii: ">"))
                }
            } else if second == UInt8(ascii: "!") {
                skipDeclaration()
            } else if second == UInt8(ascii: "?") {
                skip(past: UInt8(ascii: ">"))
            } else {
                index += 1
                skipText()
                return .text(start..<index)
            }
        }
        return nil
    }

    private mutating func skipText() {
        while index < bytes.count, bytes[index] != UInt8(ascii: "<") {
            index += 1
        }
    }

    private mutating func skip(past byte: UInt8) {
        while index < bytes.count, bytes[index] != byte {
            index += 1
        }
        index = min(index + 1, bytes.count)
    }

    /// Skips `<!…>`: a comment to its `-->`, anything else to the next `>`.
    private mutating func skipDeclaration() {
        guard Bytes.matches(bytes, index, "<!--") else {
            skip(past: UInt8(ascii: ">"))
            return
        }
        index += 4
        if Bytes.matches(bytes, index, ">") || Bytes.matches(bytes, index, "->") {
            skip(past: UInt8(ascii: ">"))
            return
        }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "-") {
                if Bytes.matches(bytes, index, "-->") {
                    index += 3
                    return
                }
                if Bytes.matches(bytes, index, "--!>") {
                    index += 4
                    return
                }
            }
            index += 1
        }
    }

    private mutating func name() -> String {
        let start = index
        while index < bytes.count, !Bytes.isSpace(bytes[index]), bytes[index] != UInt8(ascii: "/"),
            bytes[index] != UInt8(ascii: ">")
        {
            index += 1
        }
        return Bytes.lowercased(bytes[start..<min(index, start + Limits.attributeNameBytes)])
    }

    /// Reads `</name …>`; nil when the text ends first.
    private mutating func endTag() -> String? {
        index += 2
        let found = name()
        // An end tag may carry attributes, whose quoted values may hold a `>`.
        guard readAttributes() != nil else {
            return nil
        }
        return found
    }

    /// Reads `<name attributes>`; nil when the text ends first, or when the element is one whose
    /// content is dropped, which then is skipped as well.
    private mutating func startTag() -> Tag? {
        index += 1
        let found = name()
        guard let attributes = readAttributes() else {
            return nil
        }
        if Self.dropped.contains(found) {
            skipContent(of: found)
            return nil
        }
        return Tag(name: found, attributes: attributes)
    }

    private mutating func skipContent(of name: String) {
        let letters = Array(name.utf8)
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "/")
            else {
                index += 1
                continue
            }
            let end = index + 2 + letters.count
            if end < bytes.count,
                bytes[index + 2..<end].lazy.map(Bytes.lower).elementsEqual(letters),
                Bytes.isSpace(bytes[end]) || bytes[end] == UInt8(ascii: ">")
                    || bytes[end] == UInt8(ascii: "/")
            {
                skip(past: UInt8(ascii: ">"))
                return
            }
            index += 2
        }
    }

    /// Reads attributes up to and with the closing `>`; nil when the text ends first.
    private mutating func readAttributes() -> [(name: String, value: ArraySlice<UInt8>)]? {
        var found: [(name: String, value: ArraySlice<UInt8>)] = []
        while true {
            while index < bytes.count,
                Bytes.isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "/")
            {
                index += 1
            }
            guard index < bytes.count else {
                return nil
            }
            if bytes[index] == UInt8(ascii: ">") {
                index += 1
                return found
            }
            let start = index
            index += 1
            while index < bytes.count, !Bytes.isSpace(bytes[index]),
                bytes[index] != UInt8(ascii: "="), bytes[index] != UInt8(ascii: ">"),
                bytes[index] != UInt8(ascii: "/")
            {
                index += 1
            }
            let range = start..<index
            let value = attributeValue()
            if found.count < Limits.attributes, range.count <= Limits.attributeNameBytes,
                bytes[range].allSatisfy(Self.isAttributeName),
                value.count <= Limits.attributeBytes
            {
                found.append((Bytes.lowercased(bytes[range]), value))
            }
        }
    }

    private mutating func attributeValue() -> ArraySlice<UInt8> {
        var ahead = index
        while ahead < bytes.count, Bytes.isSpace(bytes[ahead]) {
            ahead += 1
        }
        guard ahead < bytes.count, bytes[ahead] == UInt8(ascii: "=") else {
            return []
        }
        index = ahead + 1
        while index < bytes.count, Bytes.isSpace(bytes[index]) {
            index += 1
        }
        guard index < bytes.count else {
            return []
        }
        let quote = bytes[index]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let start = index + 1
            index = start
            while index < bytes.count, bytes[index] != quote {
                index += 1
            }
            let value = bytes[start..<index]
            index = min(index + 1, bytes.count)
            return value
        }
        let start = index
        while index < bytes.count, !Bytes.isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">") {
            index += 1
        }
        return bytes[start..<index]
    }

    private static func isAttributeName(_ byte: UInt8) -> Bool {
        Bytes.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ":")
    }
}
