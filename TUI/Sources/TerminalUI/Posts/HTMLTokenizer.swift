/// A piece of HTML.
enum HTMLToken: Hashable {
    case text(String)
    case open(HTMLTag)
    /// The name, in lower case.
    case close(String)
}

/// The start of an element.
struct HTMLTag: Hashable {
    /// In lower case.
    var name: String
    /// Names in lower case; only those that the terminal can use.
    var attributes: [String: String]

    func hasClass(_ wanted: Substring) -> Bool {
        attributes["class"]?.split(separator: " ").contains(wanted) ?? false
    }
}

/// Reads the HTML of cooked posts piece by piece. Any bytes give some tokens: broken markup
/// becomes text, and nothing is read twice.
struct HTMLTokenizer: Sequence, IteratorProtocol {
    private static let known: Set<String> = [
        "class", "href", "src", "alt", "title", "start", "width", "height", "data-username",
        "data-post", "data-topic", "style",
    ]
    /// Attributes read on one element.
    private static let attributeLimit = 60

    private let bytes: [UInt8]
    private var place = 0

    init(_ html: some StringProtocol) {
        bytes = Array(html.utf8.prefix(Limits.postBytes))
    }

    mutating func next() -> HTMLToken? {
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<") else { return text() }
            if let token = markup() {
                return token
            }
        }
        return nil
    }

    private mutating func text() -> HTMLToken {
        let start = place
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") {
            place += 1
        }
        return .text(HTMLEntities.decode(bytes[start..<place]))
    }

    /// Reads from a `<` on; nil for what leaves no token, such as a comment.
    private mutating func markup() -> HTMLToken? {
        let next = place + 1 < bytes.count ? bytes[place + 1] : 0
        if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
            skipDeclaration()
            return nil
        }
        let isClosing = next == UInt8(ascii: "/")
        let start = place + (isClosing ? 2 : 1)
        guard start < bytes.count, HTMLTokenizer.isLetter(bytes[start]) else { return text() }
        place = start
        let name = self.name()
        var attributes: [String: String] = [:]
        var count = 0
        while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
            let attribute = self.attribute()
            count += 1
            if count <= HTMLTokenizer.attributeLimit, let attribute,
                HTMLTokenizer.known.contains(attribute.name)
            {
                attributes[attribute.name] = attribute.value
            }
        }
        place = Swift.min(bytes.count, place + 1)
        return isClosing ? .close(name) : .open(HTMLTag(name: name, attributes: attributes))
    }

    private mutating func skipDeclaration() {
        let isComment = bytes[place...].starts(with: Array("<!--".utf8))
        if isComment {
            place += 4
            while place < bytes.count, !bytes[place...].starts(with: [0x2D, 0x2D, 0x3E]) {
                place += 1
            }
            place = Swift.min(bytes.count, place + 3)
            return
        }
        while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
            place += 1
        }
        place = Swift.min(bytes.count, place + 1)
    }

    private mutating func name() -> String {
        let start = place
        while place < bytes.count, !HTMLTokenizer.endsName(bytes[place]) {
            place += 1
        }
        return String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
    }

    /// Reads one attribute and always moves on; nil when there was only white space or a slash.
    private mutating func attribute() -> (name: String, value: String)? {
        guard !HTMLTokenizer.endsName(bytes[place]) else {
            place += 1
            return nil
        }
        let name = self.name()
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "=") else { return (name, "") }
        place += 1
        skipSpace()
        guard place < bytes.count else { return (name, "") }
        let quote = bytes[place]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let start = place + 1
            place = start
            while place < bytes.count, bytes[place] != quote {
                place += 1
            }
            let value = HTMLEntities.decode(bytes[start..<place])
            place = Swift.min(bytes.count, place + 1)
            return (name, value)
        }
        let start = place
        while place < bytes.count, bytes[place] > 0x20, bytes[place] != UInt8(ascii: ">") {
            place += 1
        }
        return (name, HTMLEntities.decode(bytes[start..<place]))
    }

    private mutating func skipSpace() {
        while place < bytes.count, bytes[place] <= 0x20 {
            place += 1
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "=")
    }
}
