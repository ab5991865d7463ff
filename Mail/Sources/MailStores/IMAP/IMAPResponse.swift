/// One answer of an IMAP server (RFC 3501 §7), as far as collecting mail needs it.
enum IMAPResponse: Equatable {
    /// The end of the command with this tag.
    case tagged(String, Status, text: String)
    case continuation
    /// `* OK`, `* BYE`, …
    case untagged(Status, text: String)
    case capabilities(Set<String>)
    case search([UInt32])
    case fetch([String: [UInt8]])
    /// How many mails the folder holds now: said when one comes in.
    case exists
    case other

    enum Status: String, Equatable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }
}

/// A line with the literals inside it.
struct IMAPLine: Equatable {
    /// What stands before, between and behind the literals.
    private(set) var texts: [[UInt8]] = []
    private(set) var literals: [[UInt8]] = []

    mutating func append(text: [UInt8]) { texts.append(text) }
    mutating func append(literal: [UInt8]) { literals.append(literal) }

    /// How many octets of a literal follow this piece of a line; nil when the line ends here.
    static func literalLength(behind text: [UInt8]) throws(MailStoreError) -> Int? {
        guard text.last == UInt8(ascii: "}"),
            let open = text.lastIndex(of: UInt8(ascii: "{"))
        else { return nil }
        var digits = text[(open + 1)...].dropLast()
        if digits.last == UInt8(ascii: "+") { digits.removeLast() }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        guard digits.count <= 10, let length = Int(String(decoding: digits, as: UTF8.self)) else {
            throw MailStoreError(.malformed, "the server announces a literal without end")
        }
        return length
    }

    func response() throws(MailStoreError) -> IMAPResponse {
        let first = texts.first ?? []
        let words = first.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: true)
        guard let mark = words.first else { return .other }
        let tag = String(decoding: mark, as: UTF8.self)
        if tag == "+" { return .continuation }
        guard words.count > 1 else {
            throw MailStoreError(.malformed, "the server does not speak IMAP: \(first.shown)")
        }
        let word = String(decoding: words[1], as: UTF8.self).uppercased()
        let rest = Array(first[words[1].endIndex...].drop { $0 == 0x20 })
        if let status = IMAPResponse.Status(rawValue: word) {
            return tag == "*"
                ? .untagged(status, text: rest.shown) : .tagged(tag, status, text: rest.shown)
        }
        guard tag == "*" else {
            throw MailStoreError(.malformed, "the server does not speak IMAP: \(first.shown)")
        }
        switch word {
        case "CAPABILITY":
            let names = rest.split(separator: 0x20).map {
                String(decoding: $0, as: UTF8.self).uppercased()
            }
            return .capabilities(Set(names))
        case "SEARCH":
            return .search(
                rest.split(separator: 0x20).compactMap {
                    UInt32(String(decoding: $0, as: UTF8.self))
                }
            )
        default:
            let about = words.count > 2 ? String(decoding: words[2], as: UTF8.self) : ""
            switch about.uppercased() {
            case let text where text.hasPrefix("FETCH"): return .fetch(attributes())
            case "EXISTS": return .exists
            default: return .other
            }
        }
    }

    // MARK: The attributes of FETCH

    private enum Token {
        case open
        case close
        case value([UInt8])
    }

    /// `(NAME value NAME value …)`: names in upper case, values that are lists left out.
    private func attributes() -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        var depth = 0
        var name: String?
        for token in tokens() {
            switch token {
            case .open: depth += 1
            case .close:
                depth -= 1
                if depth == 1 { name = nil }
            case .value(let bytes) where depth == 1:
                if let key = name {
                    found[key] = bytes
                    name = nil
                } else {
                    name = String(decoding: bytes.prefix(100), as: UTF8.self).uppercased()
                }
            case .value: continue
            }
        }
        return found
    }

    private func tokens() -> [Token] {
        var tokens: [Token] = []
        for (index, text) in texts.enumerated() {
            var reader = IMAPReader(text)
            while let token = reader.next(isLast: index == texts.count - 1) {
                switch token {
                case .open: tokens.append(.open)
                case .close: tokens.append(.close)
                case .string(let bytes): tokens.append(.value(bytes))
                }
            }
            if index < literals.count { tokens.append(.value(literals[index])) }
        }
        return tokens
    }
}

/// Walks over one piece of a line.
private struct IMAPReader {
    enum Token {
        case open
        case close
        case string([UInt8])
    }

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// - Parameter isLast: Whether no literal follows; otherwise its length at the end is no token.
    mutating func next(isLast: Bool) -> Token? {
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "("):
            index += 1
            return .open
        case UInt8(ascii: ")"):
            index += 1
            return .close
        case UInt8(ascii: "\""): return .string(quoted())
        default:
            let word = atom()
            let isLength = !isLast && index == bytes.count && word.first == UInt8(ascii: "{")
            return isLength ? nil : .string(word)
        }
    }

    private mutating func atom() -> [UInt8] {
        let start = index
        var isBracketed = false
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "["): isBracketed = true
            case UInt8(ascii: "]"): isBracketed = false
            case 0x20, UInt8(ascii: "("), UInt8(ascii: ")"):
                if !isBracketed { return Array(bytes[start..<index]) }
            default: break
            }
            index += 1
        }
        return Array(bytes[start...])
    }

    private mutating func quoted() -> [UInt8] {
        index += 1
        var text: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
            text.append(bytes[index])
            index += 1
        }
        index += 1
        return text
    }
}
